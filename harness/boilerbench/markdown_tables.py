"""Pipe tables whose rows have more cells than their header, widened so that no cell is lost.

GitHub's Markdown ignores what a row has beyond its header. Tools write such rows where a page nests tables,
and what they return in them is returned all the same.
"""

from __future__ import annotations

import re

# Possessive, so that a long row of spaces is read once.
_RULE = re.compile(r"\s*+\|?+\s*+:?+-++:?+\s*+(?:\|\s*+:?+-++:?+\s*+)*+\|?+\s*+")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_PIPE = re.compile(r"(?<!\\)\|")


def widened(markdown: str) -> str:
    """Give the header and the rule of each pipe table as many cells as its widest row has."""
    if "|" not in markdown:
        return markdown
    lines = markdown.split("\n")
    fenced = False
    index = 0
    while index < len(lines):
        if _FENCE.match(lines[index]):
            fenced = not fenced
        index += 1
        if fenced or index < 2 or not _is_rule(lines[index - 1], lines[index - 2]):
            continue
        end = index
        while end < len(lines) and lines[end].strip():
            end += 1
        missing = max(map(_cells, lines[index:end]), default=0) - _cells(lines[index - 1])
        if missing > 0:
            lines[index - 2] = _closed(lines[index - 2]) + " |" * missing
            lines[index - 1] = _closed(lines[index - 1]) + "---|" * missing
        index = end
    return "\n".join(lines)


def _is_rule(line: str, header: str) -> bool:
    return "|" in line and _RULE.fullmatch(line) is not None and _cells(header) == _cells(line)


def _cells(line: str) -> int:
    bare = line.strip()
    cells = len(_PIPE.findall(bare)) + 1
    return cells - bare.startswith("|") - (bare.endswith("|") and not bare.endswith("\\|"))


def _closed(line: str) -> str:
    bare = line.rstrip()
    return bare if bare.endswith("|") and not bare.endswith("\\|") else f"{bare}|"
