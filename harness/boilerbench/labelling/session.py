"""A session of labelling a page block by block, with undo."""

from __future__ import annotations

from dataclasses import dataclass, field

from boilerbench.corpora.gold_files import UNLABELLED
from boilerbench.errors import InputError
from boilerbench.policy import default_policy

KEYS = {
    "h": "heading",
    "p": "paragraph",
    "l": "list",
    "q": "quote",
    "c": "code",
    "t": "table",
    "f": "formula",
    "e": "entry",
    "T": "title",
    "b": "byline",
    "d": "date",
    "i": "caption",
    "n": "navigation",
    "r": "related",
    "s": "share",
    "S": "subscribe",
    "a": "advert",
    "C": "consent",
    "o": "comment",
    "g": "tags",
    "L": "legal",
    "x": "interface",
}
"""The label that each key gives."""


@dataclass
class Session:
    """The labels of a page's blocks so far. Blocks count from 1, as rows in labels.tsv do."""

    labels: list[str]
    _earlier: list[list[str]] = field(default_factory=list)

    @property
    def next_block(self) -> int | None:
        """The first block without a label, if any."""
        return next((block for block, label in enumerate(self.labels, 1) if label == UNLABELLED), None)

    @property
    def left(self) -> int:
        """The number of blocks without a label."""
        return self.labels.count(UNLABELLED)

    def label(self, label: str, first: int, last: int | None = None) -> None:
        """Give a label to a block, or to all from ``first`` to ``last``.

        Raises:
            InputError: there is no such label or block.
        """
        last = first if last is None else last
        if label not in default_policy().roles:
            raise InputError(f"unknown label {label!r}; use {', '.join(default_policy().roles)}")
        if not 1 <= first <= last <= len(self.labels):
            raise InputError(f"no blocks {first} to {last}; there are 1 to {len(self.labels)}")
        self._earlier.append(list(self.labels))
        self.labels[first - 1 : last] = [label] * (last - first + 1)

    def undo(self) -> bool:
        """Take the last step back; return false where there is none."""
        if not self._earlier:
            return False
        self.labels = self._earlier.pop()
        return True


def parse_range(words: str) -> tuple[str, int, int]:
    """Parse a line such as ``12-20 related`` or ``7 h``: a label or its key, for a block or a range.

    Raises:
        InputError: the line has another form.
    """
    parts = words.split()
    span = parts[0].partition("-") if parts else ("", "", "")
    if len(parts) != 2 or not span[0].isdigit() or (span[1] and not span[2].isdigit()):
        raise InputError("write a block or a range and a label, as in 12-20 related or 7 h")
    return KEYS.get(parts[1], parts[1]), int(span[0]), int(span[2] or span[0])
