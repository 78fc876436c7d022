"""``blocks``: the labelled blocks of a page, body recovered and boilerplate leaked, label by label."""

from __future__ import annotations

from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.measures.block_matching import (
    PRESENT,
    SHORTEST_RUN,
    PreparedBlocks,
    found_words,
    prepare_blocks,
)
from boilerbench.policy import Policy, Role, default_policy
from boilerbench.records import Block, Counts, Gold, LabelCount
from boilerbench.tokenizers import icu_version

_EXPLANATION = (
    "Every block of the page takes its words from the output, and no word is taken twice: first the "
    "blocks that are there as a whole, the longest first, then those that are there for the most "
    "part in runs of three words or more, then blocks of one or two words, then fragments. So a "
    "button called Share finds nothing when the word stands only in a paragraph that has taken it. "
    "Line breaks, bullets and Markdown do not matter. A block is present from half of its words. "
    "Precision is the share of body among the blocks present, recall the share of body blocks that "
    "are present; optional blocks do not count. A document without labels is unscored."
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


def measure(tokenizer: str) -> Measure[PreparedBlocks]:
    """``blocks`` under the default policy; ``with_policy`` gives it another."""
    return with_policy(default_policy())


def with_policy(policy: Policy) -> Measure[PreparedBlocks]:
    """``blocks`` counted by what the labels are under a policy."""

    def prepare(gold: Gold) -> PreparedBlocks:
        return prepare_blocks(gold, policy)

    def count(expected: PreparedBlocks, text: str) -> Measurement:
        labels = label_counts(expected, text)
        sums = {role: [0, 0] for role in Role}
        for label in labels:
            found_and_missed = sums[policy.roles[label.label]]
            found_and_missed[0] += label.blocks_found
            found_and_missed[1] += label.blocks - label.blocks_found
        (tp, fn), (fp, tn) = sums[Role.BODY], sums[Role.BOILERPLATE]
        return Measurement(Counts(tp, fp, fn, tn), labels)

    return Measure(
        name="blocks",
        signature=f"blocks|seg:icu-{icu_version().split('.')[0]}|run:{SHORTEST_RUN}|present:{PRESENT}|v1",
        summary="labelled blocks: body recovered, boilerplate leaked, by label",
        source="boilerbench; longest first after Wise (1993), String Similarity via Greedy String Tiling",
        explanation=_EXPLANATION,
        example=_EXAMPLE,
        unseen=_UNSEEN,
        prepare=prepare,
        count=count,
        applies=lambda gold: bool(gold.blocks) and gold.has_body,
        counts_labels=True,
        with_policy=with_policy,
    )


def is_present(found: int, total: int) -> bool:
    """Tell whether so many of a block's words make it present."""
    return found >= PRESENT * total


def label_counts(expected: PreparedBlocks, text: str) -> tuple[LabelCount, ...]:
    """Blocks and words of each label on the page, and how many of them are in the output.

    Blocks without a word, such as a lone dash, are left out.
    """
    sums: dict[str, list[int]] = {}
    found = found_words(expected, text)
    for block, words, number in zip(expected.blocks, map(len, expected.texts), found, strict=True):
        if words:
            of_label = sums.setdefault(block.label, [0, 0, 0, 0])
            of_label[0] += 1
            of_label[1] += is_present(number, words)
            of_label[2] += words
            of_label[3] += number
    return tuple(LabelCount(label, *of_label) for label, of_label in sorted(sums.items()))
