"""``blocks``: the labelled blocks of a page, body recovered and boilerplate leaked, label by label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from boilerbench.measures.base import Example, Measure
from boilerbench.policy import Policy, Role, default_policy
from boilerbench.records import Block, Counts, Gold, LabelCount
from boilerbench.tokenizers import icu_version, icu_words

SHORTEST_RUN = 3
"""Words in a row that are evidence of a block; of a shorter block, all its words."""
PRESENT = 0.5
"""The share of its words from which a block counts as present."""

_Span = tuple[int, int]

_UNKNOWN = "\0"
_TAKEN = "\1"
_FIRST = 2


@dataclass(frozen=True)
class PreparedBlocks:
    """A page's blocks, their words as one character each."""

    blocks: tuple[Block, ...]
    texts: list[str]
    characters: dict[str, str]
    order: list[int]
    """Longest first; of equally long ones body before optional before boilerplate, then as on the page."""
    last: dict[str, tuple[LabelCount, ...]] = field(default_factory=dict)
    """What was found in the last output, which is asked for twice: for its counts and for its labels."""


def measure(tokenizer: str) -> Measure[PreparedBlocks]:
    """``blocks`` under the default policy; ``with_policy`` gives it another."""
    return with_policy(default_policy())


def with_policy(policy: Policy) -> Measure[PreparedBlocks]:
    """``blocks`` counted by what the labels are under a policy."""

    def prepare(gold: Gold) -> PreparedBlocks:
        words = [_words(block.text) for block in gold.blocks]
        distinct = dict.fromkeys(word for each in words for word in each)
        characters = {word: chr(place) for place, word in enumerate(distinct, _FIRST)}
        texts = ["".join(map(characters.__getitem__, each)) for each in words]
        ranks = {role: rank for rank, role in enumerate(Role)}
        order = sorted(
            range(len(texts)),
            key=lambda place: (-len(texts[place]), ranks[policy.roles[gold.blocks[place].label]], place),
        )
        return PreparedBlocks(gold.blocks, texts, characters, order)

    def count(expected: PreparedBlocks, text: str) -> Counts:
        sums = {role: [0, 0] for role in Role}
        for each in label_counts(expected, text):
            there = sums[policy.roles[each.label]]
            there[0] += each.blocks_found
            there[1] += each.blocks - each.blocks_found
        (tp, fn), (fp, tn) = sums[Role.BODY], sums[Role.BOILERPLATE]
        return Counts(tp, fp, fn, tn)

    return Measure(
        name="blocks",
        signature=f"blocks|seg:icu-{icu_version().split('.')[0]}|run:{SHORTEST_RUN}|present:{PRESENT}|v1",
        summary="labelled blocks: body recovered, boilerplate leaked, by label",
        source="boilerbench; longest first after Wise (1993), String Similarity via Greedy String Tiling",
        explanation=(
            "Every block of the page takes its words from the output, and no word is taken twice: first the "
            "blocks that are there as a whole, the longest first, then those that are there for the most "
            "part in runs of three words or more, then blocks of one or two words, then fragments. So a "
            "button called Share finds nothing when the word stands only in a paragraph that has taken it. "
            "Line breaks, bullets and Markdown do not matter. A block is present from half of its words. "
            "Precision is the share of body among the blocks present, recall the share of body blocks that "
            "are present; optional blocks do not count. A document without labels is unscored."
        ),
        example=Example(
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
            "the long paragraph takes its words across line break, bullet and Markdown; Home is left for the "
            "menu, but the only 'share' is taken; the second paragraph is lost, two blocks are kept out (tn)",
        ),
        prepare=prepare,
        count=count,
        applies=lambda gold: bool(gold.blocks),
        labels=label_counts,
        with_policy=with_policy,
    )


def is_present(found: int, total: int) -> bool:
    """Whether so many of a block's words make it present."""
    return found >= PRESENT * total


def label_counts(expected: PreparedBlocks, text: str) -> tuple[LabelCount, ...]:
    """Blocks and words of each label on the page, and how many of them are in the output.

    Blocks without a word, such as a lone dash, are left out.
    """
    if text not in expected.last:
        expected.last.clear()
        expected.last[text] = _label_counts(expected, found_words(expected, text))
    return expected.last[text]


def _label_counts(expected: PreparedBlocks, found: list[int]) -> tuple[LabelCount, ...]:
    sums: dict[str, list[int]] = {}
    for block, words, number in zip(expected.blocks, map(len, expected.texts), found, strict=True):
        if words:
            each = sums.setdefault(block.label, [0, 0, 0, 0])
            each[0] += 1
            each[1] += is_present(number, words)
            each[2] += words
            each[3] += number
    return tuple(LabelCount(label, *each) for label, each in sorted(sums.items()))


def found_words(expected: PreparedBlocks, text: str) -> list[int]:
    """How many words of each block, in page order, are in the output."""
    return [sum(end - start for start, end in spans) for spans in _taken_by(expected, _words(text))]


def labels_of_words(expected: PreparedBlocks, words: Sequence[str]) -> list[str]:
    """For each word of an output, as ICU cuts it, the label of the block that took it, or nothing."""
    kept = [(place, bare) for place, word in enumerate(words) if (bare := word.strip("_"))]
    labels = [""] * len(words)
    for block, spans in zip(expected.blocks, _taken_by(expected, [word for _, word in kept]), strict=True):
        for start, end in spans:
            for place, _ in kept[start:end]:
                labels[place] = block.label
    return labels


def _taken_by(expected: PreparedBlocks, words: Sequence[str]) -> list[list[_Span]]:
    """Where the words stand that each block, in page order, takes from an output."""
    taken: list[list[_Span]] = [[] for _ in expected.texts]
    rest = "".join(expected.characters.get(word, _UNKNOWN) for word in words)

    def take_whole(places: Iterable[int]) -> list[int]:
        nonlocal rest
        missing = []
        for place in places:
            block = expected.texts[place]
            start = rest.find(block)
            if start >= 0:
                rest = _taken(rest, start, len(block))
                taken[place] = [(start, start + len(block))]
            else:
                missing.append(place)
        return missing

    def take_runs(places: Iterable[int], least: float) -> list[int]:
        nonlocal rest
        missing = []
        for place in places:
            spans, without = _runs_found(expected.texts[place], rest)
            number = sum(end - start for start, end in spans)
            if number and number >= least * len(expected.texts[place]):
                taken[place], rest = spans, without
            else:
                missing.append(place)
        return missing

    long = [place for place in expected.order if len(expected.texts[place]) >= SHORTEST_RUN]
    short = [place for place in expected.order if 0 < len(expected.texts[place]) < SHORTEST_RUN]
    # Whole blocks before blocks that are there for the most part, which may contain them; short blocks, whose
    # words may stand anywhere, after both; fragments last.
    broken = take_runs(take_whole(long), PRESENT)
    take_whole(short)
    take_runs(broken, 0)
    return taken


def _runs_found(block: str, rest: str) -> tuple[list[_Span], str]:
    """Where runs of a block's words stand in what is left, and what is left then."""
    pieces = [block]
    spans: list[_Span] = []
    found = 0
    while pieces:
        best = max(((*_longest_run(piece, rest), piece) for piece in pieces), key=lambda each: each[0])
        length, start, there, piece = best
        if length < SHORTEST_RUN:
            break
        found += length
        spans.append((there, there + length))
        rest = _taken(rest, there, length)
        pieces.remove(piece)
        pieces += [part for part in (piece[:start], piece[start + length :]) if len(part) >= SHORTEST_RUN]
    if found:
        rest = _closed(rest, sorted(spans), len(block) - found)
    return spans, rest


def _longest_run(piece: str, rest: str) -> tuple[int, int, int]:
    """Length of the longest run of a piece in what is left, where it starts in either."""
    best = (0, 0, 0)
    start = 0
    while start + max(SHORTEST_RUN, best[0] + 1) <= len(piece):
        length = max(SHORTEST_RUN, best[0] + 1)
        there = rest.find(piece[start : start + length])
        if there < 0:
            start += 1
            continue
        while (
            start + length < len(piece) and (more := rest.find(piece[start : start + length + 1], there)) >= 0
        ):
            length, there = length + 1, more
        best = (length, start, there)
    return best


def _words(text: str) -> list[str]:
    """ICU's words, without the underscores of Markdown's emphasis, which would belong to them."""
    return [word for each in icu_words(text) if (word := each.strip("_"))]


def _taken(rest: str, start: int, length: int) -> str:
    return f"{rest[:start]}{_TAKEN * length}{rest[start + length :]}"


def _closed(rest: str, spans: Sequence[_Span], missing: int) -> str:
    """Gaps between a block's runs, not much wider than the words it misses, belong to it and nothing else."""
    for (_, end), (start, _) in pairwise(spans):
        if 0 < start - end <= missing + SHORTEST_RUN:
            rest = _taken(rest, end, start - end)
    return rest
