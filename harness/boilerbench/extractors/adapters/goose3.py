"""Article text by Goose's stop-word and link density rules, in its Python 3 continuation."""

from __future__ import annotations

from collections.abc import Callable

PACKAGE = "goose3"
LICENCE = "Apache-2.0"
HOME = "https://github.com/goose3/goose3"
TAKES = "text"
# Without them its classes for Chinese and Arabic warn and find nothing. What Japanese needs, a dictionary of
# 250 MB, is left out, and so is its class.
NEEDS = ("jieba", "nltk")


def load(
    *,
    stopwords_class: str = "StopWords",
    target_language: str = "en",
    use_meta_language: bool = True,
    parser_class: str = "lxml",
    parse_lists: bool = True,
    pretty_lists: bool = True,
    parse_headers: bool = True,
    keep_footnotes: bool = True,
) -> Callable[[str, str | None], str]:
    """Return ``Goose().extract(raw_html=page).cleaned_text``; the defaults of options are the tool's."""
    from goose3 import Goose, text

    classes = ("StopWords", "StopWordsChinese", "StopWordsArabic", "StopWordsKorean")
    if stopwords_class not in classes:
        raise ValueError(f"no stop words {stopwords_class!r}; there are {', '.join(classes)}")
    goose = Goose(
        {
            "stopwords_class": getattr(text, stopwords_class),
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
        body: str = goose.extract(raw_html=page).cleaned_text
        return body

    return extract
