"""Markdown tables, and the prose that stands beside names in the source."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable, Sequence


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table whose cells are one line each."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def code(text: str) -> str:
    """Return text as inline code."""
    return f"`{text}`" if text else ""


def field_notes(kind: type) -> dict[str, str]:
    """Return the string that stands below each annotated attribute of a class, by attribute, as one line."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    notes: dict[str, str] = {}
    name = None
    for statement in body.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name = statement.target.id
            notes[name] = ""
        elif name and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            notes[name] = " ".join(str(statement.value.value).split())
            name = None
        else:
            name = None
    return notes


def first_line(documented: object) -> str:
    """Return the first line of a docstring, without its full stop."""
    return (inspect.getdoc(documented) or "").partition("\n")[0].rstrip(".")


def described(names: Iterable[str], descriptions: dict[str, str], what: str) -> list[tuple[str, str]]:
    """Pair names that the code has with their descriptions.

    Raises:
        KeyError: a name has no description, or a description no name.
    """
    names = list(names)
    if odd := set(names) ^ descriptions.keys():
        raise KeyError(f"{what}: in the code or described here, but not both: {', '.join(sorted(odd))}")
    return [(name, descriptions[name]) for name in names]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")
