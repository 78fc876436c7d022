"""``blocks``: the labelled blocks of a page, body recovered and boilerplate leaked, label by label."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.measures.block_matching import (
    PRESENT,
    PreparedBlocks,
    block_words,
    found_words,
    is_present,
    prepare_blocks,
)
from boilerbench.measures.tiling import SHORTEST_RUN
from boilerbench.policy import roles_of
from boilerbench.records import FOREIGN, Block, Counts, Gold, LabelCount, Role
from boilerbench.tokenizers import icu_version

_EXPLANATION = (
    "Every block of the page takes its words from the output, and no word is taken twice: first the "
    "blocks that are there as a whole, the longest first, then those that are there for the most "
    "part in runs of three words or more, then blocks of one or two words, then fragments. So a "
    "button called Share finds nothing when the word stands only in a paragraph that has taken it. "
    "Line breaks, bullets and Markdown do not matter. A block is present from half of its words. "
    "Words that no block took are foreign, and so is the body returned once more; they count as "
    "boilerplate, as one block for each so many words as a block of the body has on average, the last "
    "from half of it. Precision is the share of body among the blocks present, recall the share of body "
    "blocks that are present; optional blocks do not count. A document without labels is unscored."
)
_EXAMPLE = Example(
    Gold(
        "",
        blocks=(
            Block("Home", "navigation"),
            Block("Share", "share"),
            Block("We share the ferry home with forty sheep.", "paragraph"),
            Block("It leaves at nine.", "paragraph"),
            Block("More ferries", "related"),
        ),
    ),
    "Home\n\n* We share the ferry\n  home with **forty** sheep.",
    Counts(tp=1, fp=1, fn=1, tn=2),
    "the long paragraph takes its words across line break, bullet and Markdown; Home is left for the "
    "menu, but the only 'share' is taken; the second paragraph is lost, two blocks are kept out (tn)",
)

_UNSEEN = Example(
    Gold("", blocks=(Block("It leaves at nine.", "paragraph"), Block("Bring a warm coat.", "paragraph"))),
    "Bring a warm coat. It leaves at nine.",
    Counts(tp=2, fp=0, fn=0),
    "both blocks take their words, wherever these stand",
)


@dataclass(frozen=True, slots=True)
class LabelledBlocks:
    """The blocks of a page with their roles, ready to be matched against many outputs."""

    matching: PreparedBlocks
    roles: Mapping[str, Role]
    """By label."""
    usual_words: float
    """The mean number of words of a block of the body; of any block, where there is no body."""


def measure(tokenizer: str) -> Measure[LabelledBlocks]:
    """``blocks`` of gold as a policy has it, the default policy where none was applied."""

    def prepare(gold: Gold) -> LabelledBlocks:
        roles = roles_of(gold)
        matching = prepare_blocks(gold.blocks, roles)
        sizes = list(map(len, matching.texts))
        body = [size for size, role in zip(sizes, roles, strict=True) if size and role == Role.BODY]
        sizes = body or [size for size in sizes if size] or [1]
        by_label = {block.label: role for block, role in zip(gold.blocks, roles, strict=True)}
        return LabelledBlocks(matching, by_label, sum(sizes) / len(sizes))

    def count(expected: LabelledBlocks, text: str) -> Measurement:
        words = block_words(text)
        found = found_words(expected.matching, words)
        labels = label_counts(expected.matching, found)
        sums = {role: [0, 0] for role in Role}
        for label in labels:
            found_and_missed = sums[expected.roles[label.label]]
            found_and_missed[0] += label.blocks_found
            found_and_missed[1] += label.blocks - label.blocks_found
        (tp, fn), (fp, tn) = sums[Role.BODY], sums[Role.BOILERPLATE]
        foreign = len(words) - sum(found)
        present = sum(label.blocks_found for label in labels)
        extra = foreign_count(len(words), foreign, present, expected.usual_words)
        return Measurement(Counts(tp, fp + extra.blocks_found, fn, tn), (*labels, extra))

    return Measure(
        name="blocks",
        signature=f"blocks|seg:icu-{icu_version().split('.')[0]}|run:{SHORTEST_RUN}|present:{PRESENT}|foreign:counted|v2",
        summary="labelled blocks: body recovered, boilerplate leaked, by label",
        source="boilerbench; longest first after Wise (1993), String Similarity via Greedy String Tiling",
        explanation=_EXPLANATION,
        example=_EXAMPLE,
        unseen=_UNSEEN,
        prepare=prepare,
        count=count,
        applies=lambda gold: bool(gold.blocks) and gold.has_body,
        counts_labels=True,
    )


def label_counts(expected: PreparedBlocks, found: Sequence[int]) -> tuple[LabelCount, ...]:
    """Blocks and words of each label on the page, and how many of them are in the output.

    Blocks without a word, such as a lone dash, are left out.

    Args:
        expected: the blocks of the page.
        found: how many words of each are in the output.
    """
    sums: dict[str, list[int]] = {}
    for block, words, number in zip(expected.blocks, map(len, expected.texts), found, strict=True):
        if words:
            of_label = sums.setdefault(block.label, [0, 0, 0, 0])
            of_label[0] += 1
            of_label[1] += is_present(number, words)
            of_label[2] += words
            of_label[3] += number
    return tuple(LabelCount(label, *of_label) for label, of_label in sorted(sums.items()))


def foreign_count(words: int, foreign: int, present: int, usual_words: float) -> LabelCount:
    """Foreign words of an output, which no block took, and as how many blocks they count.

    They make a block for each ``usual_words`` of them, the last from half of it. Unlike a label's, ``blocks``
    and ``words`` are all that the output has, not the page.

    Args:
        words: how many words the output has.
        foreign: how many of them no block took.
        present: how many blocks of the page the output has.
        usual_words: the mean number of words of a block.
    """
    blocks = math.floor(foreign / usual_words + PRESENT)
    return LabelCount(FOREIGN, present + blocks, blocks, words, foreign)
