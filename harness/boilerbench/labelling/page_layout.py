"""Where the blocks of a page stand in its elements: what is labelled together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from boilerbench.page_blocks import BlockCollector

_DEEPEST = 40
"""Elements around a block that are looked at: pages may nest thousands."""


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """The elements around a block."""

    path: str
    """All elements around it, outermost first, by name and classes: blocks of one kind have one path."""
    ends: tuple[int, ...]
    """The index of the last block in each of them, innermost first, without repetitions."""


def block_places(collector: BlockCollector) -> list[BlockPlace]:
    """Return the elements around each block of a page, in page order."""
    chains = [_around(nodes[0]) for nodes in collector.nodes]
    last: dict[int, int] = {}
    for index, chain in enumerate(chains):
        for element in chain:
            last[id(element)] = index
    return [
        BlockPlace(
            " > ".join(_named(element) for element in reversed(chain)),
            tuple(sorted({last[id(element)] for element in chain} - {index})),
        )
        for index, chain in enumerate(chains)
    ]


def _around(node: Any) -> list[Any]:
    """Return the elements around a node, innermost first, without those around the whole page."""
    elements: list[Any] = []
    node = node.parent
    while node is not None and node.name not in ("body", "html", "#document") and len(elements) < _DEEPEST:
        elements.append(node)
        node = node.parent
    return elements


def _named(element: Any) -> str:
    return ".".join([element.name, *((element.attrs or {}).get("class") or "").split()])
