"""An output as blocks with what they are: from the HTML of its markup, or from the lines of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from boilerbench.page_structure import Kind, Nature, Structure, StructuredBlock, structure_of

_SIGN = re.compile(r"\s*(?:[-*+•‣◦▪■●○·–]|(\d{1,3}[.)]))\s+\S")
"""What a line of a list begins with, in a text."""


@dataclass(frozen=True, slots=True)
class OutputStructure:
    """The blocks of an output with what they are."""

    structure: Structure
    paragraphs: tuple[int, ...]
    """Of each block the number of its paragraph: several lines of a text may be one that was wrapped."""
    markup: bool
    """Whether the output is markup, and so says more than the lines of a text can."""
    source: str
    """The output as it came, where it is a text."""


def structure_of_markup(html: str) -> OutputStructure:
    """Read the HTML of an output's markup.

    Raises:
        InputError: elements are nested too deep.
    """
    structure = structure_of(html)
    return OutputStructure(structure, tuple(range(len(structure.blocks))), True, "")


def structure_of_text(text: str) -> OutputStructure:
    """Read a text: a line is a block, one that begins with a bullet or a number is an item of a list.

    Lines are of one paragraph up to a blank line or a bullet, where the text has blank lines between others;
    else each line is a paragraph.
    """
    blocks: list[StructuredBlock] = []
    paragraphs: list[int] = []
    spaced = "\n\n" in "\n".join(line.strip() for line in text.strip().splitlines())
    number, begins = -1, True
    for line in text.splitlines():
        folded = " ".join(line.split())
        if not folded:
            begins = True
            continue
        nature = nature_of_line(line)
        number += begins or not spaced or nature.kind == Kind.LIST
        begins = False
        blocks.append(StructuredBlock(folded, nature, line))
        paragraphs.append(number)
    return OutputStructure(Structure(tuple(blocks), (), (), ""), tuple(paragraphs), False, text)


def nature_of_line(line: str) -> Nature:
    """Return what a line of a text is: an item of a list, or a paragraph."""
    sign = _SIGN.match(line)
    return Nature(Kind.LIST, ordered=bool(sign.group(1))) if sign else Nature()
