"""News article text by news-please: newspaper4k and readability, compared."""

from __future__ import annotations

from collections.abc import Callable

PACKAGE = "news-please"
LICENCE = "Apache-2.0"
HOME = "https://github.com/fhamborg/news-please"
TAKES = "text"
CAUTION = "fails on pages that declare Korean, for which nltk would have to download data"
CAUTION_LANGUAGES = ("ko",)
# Its newspaper4k raises without them on a page that declares a language with a tokenizer of its own. It still
# does on Korean, for which nltk would have to download data.
NEEDS = ("jieba", "tinysegmenter", "pythainlp", "indic-nlp-library", "nltk")


def load() -> Callable[[str, str | None], str | None]:
    """Return ``NewsPlease.from_html(page, url=url).maintext``."""
    from newsplease import NewsPlease

    def extract(page: str, url: str | None) -> str | None:
        # Of an empty page it makes an empty dict, not an article.
        article = NewsPlease.from_html(page, url=url, fetch_images=False) or None
        text: str | None = article and article.maintext
        return text

    return extract
