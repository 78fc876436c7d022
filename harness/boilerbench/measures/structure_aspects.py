"""Aspects of a page's structure, and how much of each an output keeps, loses and invents."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from textwrap import dedent
from urllib.parse import unquote, urljoin

from boilerbench.measures.structure_blocks import PageBlocks, PresentBlock
from boilerbench.measures.structure_output import OutputStructure, nature_of_line
from boilerbench.page_structure import Kind, Nature
from boilerbench.records import Role, StructureCount

_OWN_PAGE = ("#", "javascript:")
"""The beginnings of targets that lead nowhere else."""
_OF_TEXT = (Kind.PARAGRAPH, Kind.LIST)
"""The kinds that a text can tell apart, by lines and bullets."""


class Aspect(StrEnum):
    """Aspects of structure besides the kinds of blocks."""

    LEVEL = "level"
    NESTING = "nesting"
    NUMBERING = "numbering"
    WHITE_SPACE = "white space"
    NEIGHBOURS = "neighbours"
    LINK = "link"
    IMAGE = "image"
    ORDER = "order"
    WHOLE = "whole"
    BOUNDARY = "boundary"


ASPECTS: tuple[str, ...] = (*Kind, *Aspect)
"""The kinds of blocks, then the other aspects."""


class Tally:
    """Numbers of what is kept, lost, invented and unjudged, by aspect."""

    def __init__(self) -> None:
        self._numbers: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])

    def ask(self, aspect: str, answers: Iterable[bool | None]) -> None:
        """Count answers: kept, lost, or None where the output cannot say."""
        for answer in answers:
            self._numbers[aspect][3 if answer is None else 1 - answer] += 1

    def invent(self, aspect: str, number: int = 1) -> None:
        """Count what the output has and the page has not."""
        if number:
            self._numbers[aspect][2] += number

    def counts(self) -> tuple[StructureCount, ...]:
        """Return the numbers of each aspect that has any, in the order of ``ASPECTS``."""
        return tuple(StructureCount(name, *self._numbers[name]) for name in ASPECTS if name in self._numbers)


def structure_counts(
    page: PageBlocks, output: OutputStructure, present: Sequence[PresentBlock]
) -> tuple[StructureCount, ...]:
    """Count by aspect what an output keeps, loses and invents of the structure of the blocks present."""
    tally = Tally()
    _ask_kinds(tally, output, present)
    kept = [block if block.is_kept and output.markup else None for block in present]
    tally.ask(Aspect.LEVEL, _steps(filter(None, kept), Kind.HEADING, lambda nature: nature.level))
    tally.ask(Aspect.NESTING, _item_steps(kept))
    tally.ask(Aspect.NUMBERING, _numberings(present))
    tally.ask(Aspect.WHITE_SPACE, _white_space(output, present))
    tally.ask(Aspect.NEIGHBOURS, _neighbours(filter(None, kept)))
    _ask_links(tally, page, output, present)
    _ask_images(tally, page, output, present)
    in_order = _longest_increasing([block.start for block in present])
    if len(present) > 1:
        tally.ask(Aspect.ORDER, [True] * in_order + [False] * (len(present) - in_order))
    tally.ask(Aspect.WHOLE, (_is_whole(block, output) for block in present))
    tally.ask(Aspect.BOUNDARY, _boundaries(output, present))
    return tally.counts()


def _ask_kinds(tally: Tally, output: OutputStructure, present: Sequence[PresentBlock]) -> None:
    """Count kinds: a block of another kind is lost to its own and invented for that of the output."""
    holders = Counter(block.holder for block in present)
    for block in present:
        if not output.markup and (
            block.kind not in _OF_TEXT or nature_of_line(block.page.text).kind == Kind.LIST
        ):
            tally.ask(block.kind, [None])
            continue
        kept = block.is_kept
        if block.kind == Kind.PARAGRAPH:
            kept = kept and _is_whole(block, output) is not False and holders[block.holder] == 1
        tally.ask(block.kind, [kept])
        if not kept:
            tally.invent(block.output.nature.kind)


def _steps(blocks: Iterable[PresentBlock], kind: Kind, depth: Callable[[Nature], int]) -> Iterator[bool]:
    """Tell of each two successive blocks of a kind whether it goes up, down or neither as on the page."""
    of_kind = [block for block in blocks if block.kind == kind]
    for first, second in pairwise(of_kind):
        page, output = (
            depth(to.nature) - depth(origin.nature)
            for origin, to in ((first.page, second.page), (first.output, second.output))
        )
        yield (page > 0, page < 0) == (output > 0, output < 0)


def _item_steps(blocks: Sequence[PresentBlock | None]) -> Iterator[bool]:
    """Ask about steps between items with no other block between them."""
    for first, second in pairwise(blocks):
        if first and second:
            yield from _steps((first, second), Kind.LIST, lambda nature: nature.depth)


def _numberings(present: Iterable[PresentBlock]) -> Iterator[bool]:
    for block in present:
        if block.kind == Kind.LIST and block.is_kept:
            yield block.page.nature.ordered == block.output.nature.ordered


def _white_space(output: OutputStructure, present: Iterable[PresentBlock]) -> Iterator[bool]:
    for block in present:
        if block.kind == Kind.CODE and (block.is_kept or not output.markup):
            yield _code(block.page.source) in _code(block.output.source if output.markup else output.source)


def _code(source: str) -> str:
    """Return code without the indentation that its lines share, and without white space that is not seen."""
    lines = [line.rstrip() for line in source.splitlines()]
    return dedent("\n".join(lines).strip("\n"))


def _neighbours(blocks: Iterable[PresentBlock]) -> Iterator[bool]:
    """Tell of each two neighbours in a row or in a column whether they share one, in order."""
    rows: dict[tuple[int, int], list[PresentBlock]] = defaultdict(list)
    columns: dict[tuple[int, int], list[PresentBlock]] = defaultdict(list)
    seen = set()
    for block in blocks:
        cell = block.page.nature.position
        # Of a cell with several blocks, the first stands for it.
        if block.kind == Kind.TABLE and cell and cell not in seen:
            seen.add(cell)
            rows[cell.table, cell.row].append(block)
            columns[cell.table, cell.column].append(block)
    for across, lines in ((True, rows), (False, columns)):
        for line in lines.values():
            for first, second in pairwise(line):
                yield _are_neighbours(first, second, across)


def _are_neighbours(first: PresentBlock, second: PresentBlock, across: bool) -> bool:
    one, other = first.output.nature.position, second.output.nature.position
    if one is None or other is None or one.table != other.table:
        return False
    if across:
        return one.row == other.row and one.column < other.column
    return one.column == other.column and one.row < other.row


def _ask_links(
    tally: Tally, page: PageBlocks, output: OutputStructure, present: Iterable[PresentBlock]
) -> None:
    """Count links of the blocks present by target, wherever in the same block."""
    base = _resolved(page.url, page.structure.base)
    pieces = {block.index: sorted(block.pieces) for block in present}
    returned: dict[int, Counter[str]] = defaultdict(Counter)
    for link in output.structure.links:
        returned[link.block][_resolved(base, link.target)] += 1
    left = Counter(target for targets in returned.values() for target in targets.elements())
    for link in page.structure.links:
        target = _resolved(base, link.target)
        left[target] -= 1
        if link.block not in pieces or link.target.lower().startswith(_OWN_PAGE):
            continue
        holder = next((piece for piece in pieces[link.block] if returned[piece][target] > 0), None)
        if holder is not None:
            returned[holder][target] -= 1
        tally.ask(Aspect.LINK, [holder is not None if output.markup else None])
    tally.invent(Aspect.LINK, sum(number for number in left.values() if number > 0))


def _resolved(base: str, target: str) -> str:
    try:
        return unquote(urljoin(base, target))
    except ValueError:
        # Such as brackets around what is no IPv6 address.
        return target


def _ask_images(
    tally: Tally, page: PageBlocks, output: OutputStructure, present: Iterable[PresentBlock]
) -> None:
    """Count descriptions of images beside a block that is present, with no boilerplate on the other side."""
    indexes = {block.index for block in present}
    returned = Counter(image.description for image in output.structure.images)
    left = returned - Counter(image.description for image in page.structure.images)
    for image in page.structure.images:
        beside = [index for index in (image.after, image.after + 1) if 0 <= index < len(page.roles)]
        if not indexes.intersection(beside) or any(page.roles[at] == Role.BOILERPLATE for at in beside):
            continue
        kept = returned[image.description] > 0
        returned[image.description] -= kept
        tally.ask(Aspect.IMAGE, [kept if output.markup else None])
    tally.invent(Aspect.IMAGE, left.total())


def _is_whole(block: PresentBlock, output: OutputStructure) -> bool | None:
    """Tell whether the words of a block stand in one paragraph; None for code in a text, which has lines."""
    if block.kind == Kind.CODE and not output.markup:
        return None
    return len({output.paragraphs[piece] for piece in block.pieces}) == 1


def _boundaries(output: OutputStructure, present: Sequence[PresentBlock]) -> Iterator[bool | None]:
    """Tell of each two successive blocks whether they stand apart; the cells of a text share lines."""
    for first, second in pairwise(present):
        cells = first.kind == second.kind == Kind.TABLE
        yield None if cells and not output.markup else first.holder != second.holder


def _longest_increasing(numbers: Sequence[int]) -> int:
    """Return the length of the longest increasing subsequence (Schensted 1961, by patience sorting)."""
    ends: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)
