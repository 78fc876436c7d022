"""Every regular expression of the package takes about linear time, whatever it is let loose on."""

from __future__ import annotations

import collections
import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest

import boilerbench
from tests.conftest import NIGHT, THOROUGH
from tests.fuzz.contract import kept

SIZE = 60_000
PIECES = [
    *(" ", "\n", "\t", "a", "A1", "1", "-", "=", "_", ".", ",", ";", ":", "|", "/", "*", "#", "&", "$", "`"),
    *("<", ">", "</", "<a", "<a ", '<a ="', "<a ='", "<a =", "<!--", "<p", "<table", "<frame", "<text "),
    *(
        "<meta ",
        "&a",
        "&#1",
        "\\u00",
        "a ",
        "a\n",
        " a",
        "a-",
        "a.",
        ".a",
        "1.",
        "- ",
        " -",
        " | ",
        "| ",
        "--",
    ),
    *("```", "$$", "url", "url ", "url=", "charset", "charset ", "charset=", "display:", ";display", "git+"),
    *(
        "version",
        "version ",
        "error:",
        "(",
        "[",
        "{",
        '"',
        "'",
        "\x1b",
        "é",
        "語",
        "\u0301",
        "\ufffd",
        "\\",
        "@",
    ),
]
"""What is repeated; the end that a pattern looks for never comes."""
WHOLE = (
    *("corpora.cleaneval._WRAPPER_START", "extractors.spec._SOURCE", "extractors.spec._FLOAT"),
    *("runner.checkouts._GIT_SPEC", "runner.packages._NO_CONTENT"),
    *("markdown_tables._RULE", "markdown_tables._FENCE", "measures.structure_output._SIGN"),
)
"""Patterns that are held against a whole text or its beginning, and never looked for."""


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The patterns that modules hold by a name, themselves or in a tuple."""
    for module in pkgutil.walk_packages(boilerbench.__path__, "boilerbench."):
        if ".adapters." in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for part in value if isinstance(value, tuple) else (value,):
                for each in part if isinstance(part, tuple) else (part,):
                    if isinstance(each, re.Pattern):
                        yield f"{module.name}.{name}", each


PATTERNS = list(patterns())


def test_there_are_patterns() -> None:
    assert len(PATTERNS) > 60


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=[name for name, _ in PATTERNS])
def test_a_pattern(name: str, pattern: re.Pattern[Any]) -> None:
    for piece in PIECES[:: 1 if NIGHT else 6 if THOROUGH else 12]:
        text = (piece * SIZE)[:SIZE] + "\0!"
        subject = text.encode() if isinstance(pattern.pattern, bytes) else text
        with kept(SIZE):
            pattern.fullmatch(subject)
            if name.removeprefix("boilerbench.") not in WHOLE:
                collections.deque(pattern.finditer(subject), maxlen=0)
