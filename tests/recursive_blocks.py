"""The blocks of a page by recursion, as plain as can be: what the walk with a stack must agree with."""

from __future__ import annotations

from typing import Any

from justhtml import JustHTML

from boilerbench.page_blocks import BLOCK_ELEMENTS, is_hidden


def recursive_blocks(html: str) -> list[str]:
    """The texts of a page's blocks; only for pages without inline ``display``."""
    runs: list[list[str]] = [[]]
    breaks = 0

    def walk(node: Any) -> None:
        nonlocal breaks
        if node.name == "#text":
            if node.data.strip():
                if breaks >= 2:
                    runs.append([])
                breaks = 0
            runs[-1].append(node.data)
        elif node.name == "br":
            breaks += 1
            runs[-1].append(" ")
        elif node.name == "#document" or (node.name[0] not in "#!" and not is_hidden(node)):
            block = node.name in BLOCK_ELEMENTS
            if block:
                runs.append([])
                breaks = 0
            for child in node.children or ():
                walk(child)
            if block:
                runs.append([])
                breaks = 0

    walk(JustHTML(html, sanitize=False).root)
    return [text for run in runs if (text := " ".join("".join(run).split()))]
