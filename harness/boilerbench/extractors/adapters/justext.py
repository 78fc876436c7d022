"""Paragraphs that jusText's stop-word and link density rules call good."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

PACKAGE = "justext"
LICENCE = "BSD-2-Clause"
HOME = "https://github.com/miso-belica/jusText"
TAKES = "bytes"
CAUTION = "has no stop words for Chinese, Japanese and Thai, and judges such pages without"
CAUTION_LANGUAGES = ("zh", "ja", "th")

# Those of jusText's stop lists that have a language code (ISO 639) which pages use.
_STOP_LISTS = dict(
    re.findall(
        r"(\w+):(\w+)",
        "af:Afrikaans an:Aragonese ar:Arabic ast:Asturian az:Azerbaijani be:Belarusian bg:Bulgarian "
        "bn:Bengali br:Breton bs:Bosnian ca:Catalan ceb:Cebuano cs:Czech cv:Chuvash cy:Welsh da:Danish "
        "de:German el:Greek en:English eo:Esperanto es:Spanish et:Estonian eu:Basque fa:Persian "
        "fi:Finnish fil:Tagalog fr:French fy:West_Frisian ga:Irish gl:Galician gu:Gujarati he:Hebrew "
        "hi:Hindi hr:Croatian ht:Haitian hu:Hungarian hy:Armenian id:Indonesian ig:Igbo in:Indonesian "
        "io:Ido is:Icelandic it:Italian iw:Hebrew jv:Javanese ka:Georgian kk:Kazakh kn:Kannada ko:Korean "
        "ku:Kurdish ky:Kyrgyz la:Latin lb:Luxembourgish lmo:Lombard lt:Lithuanian lv:Latvian "
        "mk:Macedonian ml:Malayalam mr:Marathi ms:Malay mt:Maltese nap:Neapolitan nb:Norwegian_Bokmal "
        "nds:Low_Saxon ne:Nepali nl:Dutch nn:Norwegian_Nynorsk no:Norwegian_Bokmal oc:Occitan pl:Polish "
        "pms:Piedmontese pt:Portuguese qu:Quechua ro:Romanian ru:Russian scn:Sicilian sh:Serbo_Croatian "
        "sk:Slovak sl:Slovenian sq:Albanian sr:Serbian su:Sundanese sv:Swedish sw:Swahili ta:Tamil "
        "te:Telugu tk:Turkmen tl:Tagalog tr:Turkish uk:Ukrainian ur:Urdu uz:Uzbek vi:Vietnamese "
        "vo:Volapuk wa:Walloon war:Waray_Waray yo:Yoruba",
    )
)
_LANGUAGE = re.compile(rb"""<html\b[^>]*?\s(?:xml:)?lang\s*=\s*["']?\s*([a-z]{2,3})\b""", re.IGNORECASE)
_HEAD_BYTES = 20_000
_NONE = "none"
"""The language-independent mode."""


def options() -> Any:
    """Return the tool's function that takes the options."""
    from justext import justext

    return justext


def load(*, language: str | None = None, **options: Any) -> Callable[[bytes, str | None], str]:
    """Return ``justext.justext`` with the stop list of the language that the page declares.

    Its documentation asks for the stop list of the page's language, and for a language without one offers a
    language-independent mode: no stop words and no thresholds for them. A page that declares no language is
    taken for English, as in its examples. ``language=English`` forces a list, ``language=none`` that mode.
    """
    import justext

    if language is not None and language != _NONE:
        justext.get_stoplist(language)
    stop_list = functools.cache(justext.get_stoplist)

    def extract(page: bytes, url: str | None) -> str:
        name = language or _stop_list_of(page)
        chosen = (
            {"stoplist": frozenset(), "stopwords_low": 0.0, "stopwords_high": 0.0}
            if name == _NONE
            else {"stoplist": stop_list(name)}
        )
        paragraphs = justext.justext(page, **{**chosen, **options})
        return "\n\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)

    return extract


def _stop_list_of(page: bytes) -> str:
    """Return the name of the stop list for a page, by the language that its root element declares."""
    # A page in UTF-16 has a zero beside every letter of its tags.
    declared = _LANGUAGE.search(page[:_HEAD_BYTES].replace(b"\0", b""))
    return _STOP_LISTS.get(declared[1].decode("ascii").lower(), _NONE) if declared else "English"
