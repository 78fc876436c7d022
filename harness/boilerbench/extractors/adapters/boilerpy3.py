"""Boilerpipe's shallow text features in Python: its ArticleExtractor, or another by name."""

from __future__ import annotations

from collections.abc import Callable

PACKAGE = "boilerpy3"
LICENCE = "Apache-2.0"
HOME = "https://github.com/jmriebold/BoilerPy3"
TAKES = "text"
CAUTION = "counts words between spaces, of which Chinese, Japanese and Thai texts have hardly any"
CAUTION_LANGUAGES = ("zh", "ja", "th")


def load(*, extractor: str = "ArticleExtractor") -> Callable[[str, str | None], str]:
    """Return ``ArticleExtractor().get_content``, or that of another extractor class of boilerpy3."""
    from boilerpy3 import extractors

    classes = [name for name in vars(extractors) if name.endswith("Extractor") and name != "Extractor"]
    if extractor not in classes:
        raise ValueError(f"boilerpy3 has no {extractor!r}; it has {', '.join(classes)}")
    get_content = getattr(extractors, extractor)().get_content
    return lambda page, url: get_content(page)
