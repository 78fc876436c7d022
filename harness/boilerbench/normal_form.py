"""Unicode's composed form, NFC, in linear time whatever the text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.uint32]

# What could be a long run of combining characters: they are no letters, digits, underscores or white space,
# and none is in the ranges of common symbols. Shorter runs cost next to nothing.
_LONG_RUN = re.compile(r"[^\w\s\0-\u02ff\u2000-\u20cf\u2100-\u2bff\u3000-\u3029\U0001f000-\U0001faff]{64}")


def nfc(text: str) -> str:
    """Compose a text, as ``unicodedata.normalize("NFC", text)`` does.

    Python's own function, which puts combining characters in their order one by one, takes time that grows
    with the square of a run of them. Here they are put in order first where there are such runs, which makes
    an equivalent text.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _ordered(text) if _LONG_RUN.search(text) else text)


def _ordered(text: str) -> str:
    """An equivalent text, its characters apart, and combining ones in Unicode's canonical order.

    Source: The Unicode Standard, section 3.11, Canonical Ordering Algorithm: each sequence of characters of
    other classes than 0 is sorted by class, equal ones as they stand.
    """
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    distinct = np.flatnonzero(np.bincount(codes, minlength=1))
    apart = {int(code): unicodedata.normalize("NFD", chr(code)) for code in distinct}
    codes = _replaced(codes, apart)
    by_code = np.zeros(int(codes.max()) + 1, np.uint8)
    for character in {character for parts in apart.values() for character in parts}:
        by_code[ord(character)] = unicodedata.combining(character)
    classes = by_code[codes]
    (combining,) = np.nonzero(classes)
    # A sequence is what has the same number of starters, which are of class 0, before it.
    sequences = np.cumsum(classes == 0, dtype=np.int64)[combining]
    order = np.argsort(sequences << 8 | classes[combining], kind="stable")
    codes[combining] = codes[combining[order]]
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _replaced(codes: Codes, parts: dict[int, str]) -> Codes:
    """The characters of a text, each as its parts."""
    import numpy as np

    highest = max(parts)
    lengths = np.ones(highest + 1, np.uint8)
    lengths[list(parts)] = list(map(len, parts.values()))
    numbers = lengths[codes]
    replaced = np.repeat(codes, numbers)
    starts = np.cumsum(numbers, dtype=np.int64) - numbers
    part = np.arange(highest + 1, dtype=np.uint32)
    for index in range(int(numbers.max())):
        having = numbers > index
        part[list(parts)] = [
            ord(characters[index]) if len(characters) > index else 0 for characters in parts.values()
        ]
        replaced[starts[having] + index] = part[codes[having]]
    return replaced
