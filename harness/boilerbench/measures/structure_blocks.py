"""The body blocks of a page that an output has, each with the blocks of the output that hold its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.measures.block_matching import (
    PreparedBlocks,
    WordSpan,
    block_words,
    is_present,
    prepare_blocks,
    taken_spans,
)
from boilerbench.measures.structure_output import OutputStructure
from boilerbench.page_structure import Kind, Structure, StructuredBlock, structure_of
from boilerbench.policy import roles_of
from boilerbench.records import Gold, Role

_CELL_LABEL = "table"


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """The labelled blocks of a page with what they are, ready to be matched against many outputs."""

    structure: Structure
    kinds: tuple[Kind, ...]
    """The kinds of the elements, except that a cell which is not labelled so is a paragraph in a layout."""
    roles: tuple[Role, ...]
    matching: PreparedBlocks
    url: str


@dataclass(frozen=True, slots=True)
class PresentBlock:
    """A body block that an output has."""

    index: int
    """On the page."""
    kind: Kind
    page: StructuredBlock
    output: StructuredBlock
    """The block of the output that holds most of its words."""
    holder: int
    """The index of that block."""
    pieces: frozenset[int]
    """The indexes of all blocks of the output that hold words of it."""
    start: int
    """The index, among the words of the output, of the first in its longest run."""

    @property
    def is_kept(self) -> bool:
        """Whether it is of one kind on the page and in the output."""
        return self.output.nature.kind in (self.kind, self.page.nature.kind)


def prepare_page(gold: Gold) -> PageBlocks:
    """Make the labelled blocks of a page ready.

    Raises:
        InputError: the blocks are not those of the page.
    """
    assert gold.page is not None
    structure = structure_of(page_text(gold.page))
    if [block.text for block in structure.blocks] != [" ".join(block.text.split()) for block in gold.blocks]:
        raise InputError("the labelled blocks are not those of the page")
    roles = roles_of(gold)
    kinds = tuple(
        _kind(block, labelled.label) for block, labelled in zip(structure.blocks, gold.blocks, strict=True)
    )
    return PageBlocks(structure, kinds, roles, prepare_blocks(gold.blocks, roles), gold.page.url or "")


def present_blocks(page: PageBlocks, output: OutputStructure) -> list[PresentBlock]:
    """Find the body blocks of a page that an output has, in page order, as the measure ``blocks`` does."""
    words: list[str] = []
    owners: list[int] = []
    for index, block in enumerate(output.structure.blocks):
        own = block_words(block.text)
        words += own
        owners += [index] * len(own)
    present = []
    for index, spans in enumerate(_in_page_order(page.matching, taken_spans(page.matching, words))):
        total = len(page.matching.texts[index])
        number = sum(end - start for start, end in spans)
        if page.roles[index] == Role.BODY and total and is_present(number, total):
            present.append(_present(page, output, index, spans, owners))
    return present


def _in_page_order(matching: PreparedBlocks, spans: list[list[WordSpan]]) -> list[list[WordSpan]]:
    """Let blocks of the same words share what they took whole, the first on the page the first.

    Which of two is body does not matter to ``blocks``; here one may be in a table of contents, the other a
    heading.
    """
    alike: dict[str, list[int]] = {}
    for index, (text, taken) in enumerate(zip(matching.texts, spans, strict=True)):
        if len(taken) == 1 and taken[0][1] - taken[0][0] == len(text):
            alike.setdefault(text, []).append(index)
    shared = list(spans)
    for indexes in alike.values():
        for index, taken in zip(indexes, sorted(spans[other] for other in indexes), strict=True):
            shared[index] = taken
    return shared


def _present(
    page: PageBlocks,
    output: OutputStructure,
    index: int,
    spans: Sequence[WordSpan],
    owners: Sequence[int],
) -> PresentBlock:
    pieces = Counter(owner for start, end in spans for owner in owners[start:end])
    holder = max(pieces, key=lambda owner: (pieces[owner], -owner))
    longest = max(spans, key=lambda span: (span[1] - span[0], -span[0]))
    return PresentBlock(
        index,
        page.kinds[index],
        page.structure.blocks[index],
        output.structure.blocks[holder],
        holder,
        frozenset(pieces),
        longest[0],
    )


def _kind(block: StructuredBlock, label: str) -> Kind:
    layout = block.nature.kind == Kind.TABLE and label != _CELL_LABEL
    return Kind.PARAGRAPH if layout else block.nature.kind
