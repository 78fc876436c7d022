"""Article text by Goose's stop-word and link density rules, in its Python 3 continuation."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

PACKAGE = "goose3"
LICENCE = "Apache-2.0"
HOME = "https://github.com/goose3/goose3"
TAKES = "text"
CAUTION = "has no stop words for Japanese and Thai here"
CAUTION_LANGUAGES = ("ja", "th")
# Without them its classes for Chinese and Arabic warn and find nothing. What Japanese needs, a dictionary of
# 250 MB, is left out, and so is its class.
NEEDS = ("jieba", "nltk")

_CLASSES = {"zh": "StopWordsChinese", "ar": "StopWordsArabic", "ko": "StopWordsKorean"}
_LANGUAGE = re.compile(r"""<html\b[^>]*?\s(?:xml:)?lang\s*=\s*["']?\s*([a-z]{2,3})\b""", re.IGNORECASE)
_HEAD_CHARACTERS = 20_000


def load(
    *,
    stopwords_class: str | None = None,
    target_language: str = "en",
    use_meta_language: bool = True,
    parser_class: str = "lxml",
    parse_lists: bool = True,
    pretty_lists: bool = True,
    parse_headers: bool = True,
    keep_footnotes: bool = True,
) -> Callable[[str, str | None], str]:
    """Return ``Goose().extract(raw_html=page).cleaned_text``; the defaults of options are the tool's.

    Its documentation has a class of stop words of their own for Chinese, Arabic and Korean: a page that
    declares one of these languages is read with it, unless ``stopwords_class`` names one for all pages.
    """
    from goose3 import Goose, text

    classes = ("StopWords", *_CLASSES.values())
    if stopwords_class is not None and stopwords_class not in classes:
        raise ValueError(f"no stop words {stopwords_class!r}; there are {', '.join(classes)}")

    @functools.cache
    def goose(name: str) -> Goose:
        return Goose(
            {
                "stopwords_class": getattr(text, name),
                "target_language": target_language,
                "use_meta_language": use_meta_language,
                "parser_class": parser_class,
                "parse_lists": parse_lists,
                "pretty_lists": pretty_lists,
                "parse_headers": parse_headers,
                "keep_footnotes": keep_footnotes,
                "enable_image_fetching": False,
            }
        )

    def extract(page: str, url: str | None) -> str:
        # Without its address, which it would fetch for an empty page and needs for nothing else here.
        body: str = goose(stopwords_class or _class_of(page)).extract(raw_html=page).cleaned_text
        return body

    return extract


def _class_of(page: str) -> str:
    """Return the class of stop words for a page, by the language that its root element declares."""
    declared = _LANGUAGE.search(page[:_HEAD_CHARACTERS])
    return _CLASSES.get(declared[1].lower(), "StopWords") if declared else "StopWords"
