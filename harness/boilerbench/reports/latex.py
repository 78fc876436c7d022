"""Tables for a paper: a LaTeX environment with caption and label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from boilerbench.reports.leaderboards import Board

_BOOKTABS = r"% \usepackage{booktabs}"
_SPECIAL = re.compile("[\\\\{}$&#^_%~|<>\u2212\u2248\u2260\u2264\u2265\u2713]")
_SPELLED = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    # Signatures are long and have no space at which a line may end.
    "|": r"\textbar{}\allowbreak{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    # Characters that pdfLaTeX has in mathematics alone.
    "\u2212": "$-$",
    "\u2248": r"$\approx$",
    "\u2260": r"$\neq$",
    "\u2264": r"$\leq$",
    "\u2265": r"$\geq$",
    "\u2713": r"$\surd$",
}


def latex_table(board: Board, caption: Iterable[str], label: Sequence[str]) -> str:
    r"""Return a board as a ``table`` environment that compiles with the package booktabs.

    Args:
        board: the table; its title is not printed, since the caption says more.
        caption: plain sentences.
        label: what the table is of, such as corpus and measure; together they make the ``\label``.
    """
    align = "l" * board.left + "r" * (len(board.columns) - board.left)
    lines = [
        _BOOKTABS,
        r"\begin{table}",
        r"\centering",
        rf"\caption{{{escape(' '.join(caption))}}}",
        rf"\label{{{_label(label)}}}",
        rf"\begin{{tabular}}{{{align}}}",
        r"\toprule",
        _row(board.columns),
        r"\midrule",
        *(_row(row) for row in board.rows),
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{table}",
    ]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Return text as LaTeX that prints it, on one line."""
    one_line = " ".join(text.split())
    escaped = _SPECIAL.sub(lambda match: _SPELLED.get(match[0], f"\\{match[0]}"), one_line)
    # Two hyphens would print as a dash.
    return re.sub("-(?=-)", "-{}", escaped)


def _row(cells: Sequence[str]) -> str:
    first, *others = (escape(cell) for cell in cells)
    # After the end of a row a bracket or an asterisk would be read as its argument.
    first = f"{{}}{first}" if first.startswith(("[", "*")) else first
    return " & ".join([first, *others]) + r" \\"


def _label(parts: Sequence[str]) -> str:
    return "tab:" + "-".join(re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-") for part in parts)
