"""News article text by newspaper4k, the continuation of newspaper3k."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "newspaper4k"
LICENCE = "MIT"
HOME = "https://github.com/AndyTheFactory/newspaper4k"
TAKES = "text"
CAUTION = "fails on pages that declare Korean, for which nltk would have to download data"
CAUTION_LANGUAGES = ("ko",)
# Without them it raises on a page that declares a language with a tokenizer of its own. It still does on
# Korean, for which nltk would have to download data.
NEEDS = ("jieba", "tinysegmenter", "pythainlp", "indic-nlp-library", "nltk")


def load(
    *,
    mode: Literal["text", "html"] = "text",
    language: str | None = None,
    max_text: int = 100_000,
) -> Callable[[str, str | None], str]:
    """Return ``newspaper.article(url, input_html=page).text``, by default in the page's own language.

    As HTML it is the article's ``article_html``.
    """
    import newspaper

    # Refused here, not on the first page.
    newspaper.Config().language = language

    def extract(page: str, url: str | None) -> str:
        article = newspaper.article(
            url or "https://page.invalid/",
            language=language,
            input_html=page,
            fetch_images=False,
            memorize_articles=False,
            max_text=max_text,
        )
        text: str = article.article_html if mode == "html" else article.text
        return text

    return extract
