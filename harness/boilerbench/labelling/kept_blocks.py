"""What extractors agree on: of each block of a page, the share of them that return it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from boilerbench.records import Block, Role

_NEARLY_ALL = 0.95
"""The share of a page's blocks from which an output is the page as a whole."""


def kept_shares(texts: Sequence[str], outputs: Iterable[str]) -> list[float]:
    """Return the share of outputs in which each block of a page is, in page order.

    A block is in an output by the measure ``blocks``: from half of its words. Outputs that have no block of
    the page, or nearly all of them, say nothing and do not count; neither does a block without a word, such
    as a lone dash. The share is one half where nothing is said.

    Args:
        texts: the blocks of the page.
        outputs: what each extractor returned for it.
    """
    from boilerbench.measures.block_matching import block_words, found_words, is_present, prepare_blocks

    # Roles decide which of two blocks that are alike takes words first; here none is known.
    blocks = tuple(Block(text, "") for text in texts)
    prepared = prepare_blocks(blocks, (Role.BOILERPLATE,) * len(blocks))
    sizes = list(map(len, prepared.texts))
    worded = sum(map(bool, sizes))
    counts, number = [0] * len(blocks), 0
    for output in outputs:
        found = found_words(prepared, block_words(output))
        kept = [bool(size) and is_present(words, size) for words, size in zip(found, sizes, strict=True)]
        if 0 < sum(kept) < _NEARLY_ALL * worded:
            number += 1
            counts = [count + present for count, present in zip(counts, kept, strict=True)]
    return [count / number if number and size else 0.5 for count, size in zip(counts, sizes, strict=True)]
