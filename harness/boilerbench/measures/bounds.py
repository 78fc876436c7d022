"""The bounds within which outputs are judged: sizes, so that the same texts are always judged alike."""

from __future__ import annotations

MOST_BYTES = 10 << 20
"""The most bytes, in UTF-8, of an output that any measure judges."""
MOST_STRUCTURED = 2 << 20
"""The most characters of an output that is read as blocks, each with its kind and its place."""
MOST_CELLS = 60_000_000_000
"""The most tokens of gold times tokens of an output that are aligned: 10,000 by those of 10 MB at least."""
MOST_TABLE_CELLS = 2000
"""The most cells of the tables of a text that are compared as trees."""
MOST_MASKS = 5_000_000_000
"""The most tokens of gold times different ones among them, each of which takes a bit vector."""

MOST_STEPS = 10**11
"""The most pairs of characters, or of nodes, of two texts that are compared."""


class UnscorableError(Exception):
    """An output that cannot be judged within stated bounds; the message says which it exceeds."""


def check_size(text: str) -> None:
    """Check that an output is small enough to be judged.

    Raises:
        UnscorableError: it is not.
    """
    if 4 * len(text) > MOST_BYTES and len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise UnscorableError(f"more than {MOST_BYTES >> 20} MB")


def check_structured(text: str) -> None:
    """Check that an output is small enough to be read as blocks.

    Raises:
        UnscorableError: it is not.
    """
    if len(text) > MOST_STRUCTURED:
        raise UnscorableError(f"more than {MOST_STRUCTURED:,} characters to be read as blocks")


def check_table(gold_tokens: int, tokens: int, different: int) -> None:
    """Check that gold and output are small enough to be aligned.

    Args:
        gold_tokens: the number of gold's tokens.
        tokens: the number of the output's.
        different: the number of different tokens that need a bit vector.

    Raises:
        UnscorableError: they are not.
    """
    if gold_tokens * tokens > MOST_CELLS or gold_tokens * different > MOST_MASKS:
        raise UnscorableError(f"{gold_tokens:,} tokens of gold by {tokens:,}")
