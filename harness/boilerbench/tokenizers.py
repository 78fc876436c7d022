"""The normaliser and the tokenizers, applied alike to gold and to every output."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from boilerbench.normal_form import nfc

Tokenizer = Callable[[str], list[str]]

# Characters without a width of their own: soft hyphen, zero-width space and joiners, directional marks,
# embeddings and isolates, word joiner and invisible operators, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\w+")
_ASCII = bytes(range(128))
_MARKS_TO_SPACES = bytes(
    code if chr(code).isalnum() or code >= 128 or code == ord("_") else 32 for code in range(256)
)
_FEW_MARKS = 32
_CACHED = 1 << 20
"""Characters of a text up to which its words are kept, since those of larger ones take too much memory."""


def storable(text: str) -> str:
    """A text with U+FFFD for lone surrogates, which no encoding can store."""
    return _SURROGATE.sub("\ufffd", text)


def without_invisible(text: str) -> str:
    """A text without characters that have no width of their own."""
    return _INVISIBLE.sub("", text)


def invisible_positions(text: str) -> list[int]:
    """Where characters stand that have no width of their own."""
    return [match.start() for match in _INVISIBLE.finditer(text)]


def normalize(text: str) -> str:
    """NFC, without invisible characters, white space folded to single spaces and trimmed.

    Lone surrogates, which no encoding can store, become U+FFFD. Applying it twice changes nothing.
    """
    visible = text if text.isascii() else nfc(without_invisible(storable(text)))
    return " ".join(visible.split())


def plain_words(text: str) -> list[str]:
    """Runs of ``\\w`` in the lower-cased text, as WCXB's ``tokenize`` finds them."""
    return cased_words(text.lower())


def cased_words(text: str) -> list[str]:
    """Runs of ``\\w`` as they stand, as article-extraction-benchmark's ``_tokenize`` finds them."""
    # Bytes with spaces for all that is no word are cut a quarter faster than the pattern finds words.
    written = text.encode("utf-8", "surrogatepass")
    beyond_ascii = set(written.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    marks = [character for character in beyond_ascii if not character.isalnum()]
    if len(marks) > _FEW_MARKS:
        return _WORD.findall(text)
    for mark in marks:
        written = written.replace(mark.encode("utf-8", "surrogatepass"), b" ")
    return written.translate(_MARKS_TO_SPACES).decode().split()


def white_space_tokens(text: str) -> list[str]:
    """Tokens between white space, as WCEB's ``tokenize_ws`` finds them."""
    return text.split()


def icu_words(text: str) -> list[str]:
    """Return the words of the normalised, case-folded text by ICU's rules.

    These are UAX #29 with dictionaries for Chinese, Japanese, Thai and others; segments without a letter or
    digit are no words.
    """
    return list(_cached_icu_words(text) if len(text) <= _CACHED else _icu_words(text))


# Several measures in a row cut the same output.
@functools.lru_cache(maxsize=4)
def _cached_icu_words(text: str) -> tuple[str, ...]:
    return tuple(_icu_words(text))


def _icu_words(text: str) -> Iterator[str]:
    folded = nfc(normalize(text).casefold())
    # Most segments are spaces, for which no function is called.
    return (segment for segment in _icu_segments(folded) if segment != " " and _is_word(segment))


def plain_word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each of ``plain_words`` in the text as it stands.

    Lower-casing can change a text's length (İ), so words are found in the text itself.
    """
    return (match.span() for match in _WORD.finditer(text))


def icu_word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of ICU's words in the text as it stands."""
    end = 0
    for segment in _icu_segments(storable(text)):
        start, end = end, end + len(segment)
        if _is_word(segment):
            yield start, end


@functools.cache
def icu_version() -> str:
    """The version of ICU that segments words, for example ``78.3``."""
    import icu4py

    return icu4py.icu_version


def _icu_segments(text: str) -> Iterator[str]:
    from icu4py.breakers import WordBreaker

    # Not segments(): it counts UTF-16 units, two for each character beyond the basic plane.
    return iter(WordBreaker(text, "en"))


def _is_word(segment: str) -> bool:
    return segment.isalnum() or (len(segment) > 1 and any(map(str.isalnum, segment)))
