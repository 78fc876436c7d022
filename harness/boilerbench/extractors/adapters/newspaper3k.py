"""News article text by newspaper3k, which newspaper4k continues."""

from __future__ import annotations

from collections.abc import Callable

PACKAGE = "newspaper3k"
LICENCE = "MIT"
HOME = "https://github.com/codelucas/newspaper"
TAKES = "text"
STATUS = "abandoned"
# What it imports of lxml has been a package of its own since 2024.
NEEDS = ("lxml-html-clean",)


def load(*, language: str | None = None) -> Callable[[str, str | None], str]:
    """Return ``Article(url).text`` after its parsing, by default in the page's own language."""
    from newspaper import Article, Config

    def extract(page: str, url: str | None) -> str:
        config = Config()
        config.fetch_images = False
        config.memoize_articles = False
        if language is not None:
            # Setting it turns the page's own language off.
            config.set_language(language)
        article = Article(url or "https://page.invalid/", config=config)
        article.set_html(page)
        article.parse()
        text: str = article.text
        return text

    return extract
