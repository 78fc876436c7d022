"""Hints of the command line: for every remedy that the library names, and no other."""

from __future__ import annotations

import ast
import pickle
from pathlib import Path

import boilerbench
from boilerbench.cli.hints import HINTS, error_line, finding_line
from boilerbench.corpora.base import Finding
from boilerbench.errors import InputError

PACKAGE = Path(boilerbench.__file__).parent


def named_remedies() -> set[str]:
    """The remedies that calls name: ``remedy="…"``, or the fifth argument of a finding."""
    remedies = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                values = [keyword.value for keyword in node.keywords if keyword.arg == "remedy"]
                if isinstance(node.func, ast.Name) and node.func.id == "Finding":
                    values += node.args[4:5]
                remedies |= {value.value for value in values if isinstance(value, ast.Constant)}
    return {str(remedy) for remedy in remedies}


def test_every_remedy_has_a_hint_and_every_hint_a_use() -> None:
    # One is the result of a function, in runner/process.py.
    assert named_remedies() | {"allow-read"} == HINTS.keys()


def test_facts_fill_a_hint() -> None:
    error = InputError("corpus aeb has not been fetched", remedy="fetch", name="aeb", format="aeb")
    line = "corpus aeb has not been fetched; boilerbench corpora fetch aeb, or give a path, as in aeb:FOLDER"
    assert error_line(error) == line
    # As an error of a worker process arrives.
    assert error_line(pickle.loads(pickle.dumps(error))) == line
    assert error_line(InputError("no such file")) == "no such file"


def test_a_finding_names_its_document() -> None:
    finding = Finding("one", "labels.tsv", 4, "2 of 5 blocks have no label yet", "label")
    assert str(finding) == "one: labels.tsv, row 4: 2 of 5 blocks have no label yet"
    assert finding_line(finding) == f"{finding}; boilerbench gold label one"
