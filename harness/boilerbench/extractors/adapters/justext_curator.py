"""jusText as NeMo Curator calls it: pages in Chinese, Japanese, Korean and Thai are kept whole."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

PACKAGE = "justext"
LICENCE = "BSD-2-Clause"
HOME = "https://github.com/NVIDIA-NeMo/Curator"
TAKES = "text"
VARIANT_OF = "justext"

_LANGUAGE = re.compile(r"""<html\b[^>]*?\s(?:xml:)?lang\s*=\s*["']?\s*([a-z]{2,3})\b""", re.IGNORECASE)
_HEAD_CHARACTERS = 20_000
_UNSPACED = ("zh", "ja", "ko", "th")
_NAMES = dict(
    re.findall(
        r"(\w+):(\w+)",
        "ar:Arabic bg:Bulgarian ca:Catalan cs:Czech da:Danish de:German el:Greek en:English es:Spanish "
        "et:Estonian fa:Persian fi:Finnish fr:French he:Hebrew hi:Hindi hr:Croatian hu:Hungarian "
        "id:Indonesian it:Italian lt:Lithuanian lv:Latvian nl:Dutch no:Norwegian_Bokmal nb:Norwegian_Bokmal "
        "pl:Polish pt:Portuguese ro:Romanian ru:Russian sk:Slovak sl:Slovenian sr:Serbian sv:Swedish "
        "tr:Turkish uk:Ukrainian ur:Urdu vi:Vietnamese",
    )
)


def load(
    *,
    length_low: int = 70,
    length_high: int = 200,
    stopwords_low: float = 0.30,
    stopwords_high: float = 0.32,
    max_link_density: float = 0.2,
    max_heading_distance: int = 200,
    no_headings: bool = False,
    is_boilerplate: bool | None = None,
) -> Callable[[str, str | None], str]:
    """Return what Curator's ``JusTextExtractor`` does; options and defaults are its own.

    Curator detects the language of a page, which here is the one that the page declares, else English. For a
    language without spaces between words it takes all paragraphs, unless ``is_boilerplate`` says otherwise.
    """
    import justext

    stop_list = functools.cache(justext.get_stoplist)

    def extract(page: str, url: str | None) -> str:
        declared = _LANGUAGE.search(page[:_HEAD_CHARACTERS])
        code = declared[1].lower() if declared else "en"
        paragraphs = justext.justext(
            page,
            stop_list(_NAMES[code]) if code in _NAMES else frozenset(),
            length_low=length_low,
            length_high=length_high,
            stopwords_low=stopwords_low,
            stopwords_high=stopwords_high,
            max_link_density=max_link_density,
            max_heading_distance=max_heading_distance,
            no_headings=no_headings,
        )
        dropping = code not in _UNSPACED if is_boilerplate is None else is_boilerplate
        kept = [paragraph.text for paragraph in paragraphs if not (dropping and paragraph.is_boilerplate)]
        return "\n\n".join(kept)

    return extract
