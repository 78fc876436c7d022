"""Gold as the texts that it allows: its paragraphs, with and without the optional ones."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from boilerbench.records import Gold, Paragraph

MOST = 4
"""Optional paragraphs up to which every choice of them is allowed; of more, all or none."""
SEPARATOR = "\n\n"


def gold_paragraphs(gold: Gold) -> tuple[Paragraph, ...]:
    """Return the paragraphs of gold; without any of its own, the lines of its body."""
    return gold.paragraphs or tuple(map(Paragraph, text_paragraphs(gold.body)))


def text_paragraphs(text: str) -> list[str]:
    """Cut a text into paragraphs: its lines, white space folded, without empty ones.

    Source: Fundus evaluation, scrapers/_scrapers.py, which cuts the texts of tools at line breaks and folds
    white space. There an empty line would be a paragraph; the stored outputs have none.
    """
    return [folded for line in text.split("\n") if (folded := " ".join(line.split()))]


def allowed_bodies(paragraphs: Sequence[Paragraph]) -> Iterator[list[str]]:
    """Yield each body that gold allows, as paragraphs; first the one with all optional paragraphs.

    Source: Fundus evaluation, utils.py (``get_reference_bodies``) with the limit of its ``score`` command.
    """
    optional = [index for index, paragraph in enumerate(paragraphs) if paragraph.optional]
    sizes = range(len(optional) + 1) if len(optional) <= MOST else (0, len(optional))
    for size in sizes:
        for removed in itertools.combinations(optional, size):
            yield [paragraph.text for index, paragraph in enumerate(paragraphs) if index not in removed]
