"""``boilerbench documents``."""

from __future__ import annotations

import csv
import io
import json

from boilerbench.results import Run
from tests.conftest import Command


def test_the_table(command: Command, two_runs: list[Run]) -> None:
    folder = two_runs[0].folder
    answer = command("documents", folder)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("first: 1 document, sha256:")
    assert lines[2].split() == [
        *("Document", "Extractor", "Status", "Type", "Lang."),
        *("F1", "Prec.", "Rec.", "Lost", "Leaked"),
    ]
    # Gold is "The body of a.": all of it, and nothing.
    assert lines[4].split() == ["a", "two", "empty", "news", "en", "0.0", "0.0", "0.0", "4", "0"]
    assert lines[5].split() == ["a", "one", "ok", "news", "en", "100.0", "100.0", "100.0", "0", "0"]
    assert answer.out.endswith(f"Next:  boilerbench show {folder} a two\n")


def test_one_extractor_is_named_above(command: Command, two_runs: list[Run]) -> None:
    out = command("documents", two_runs[0].folder, "one").out
    assert "each document, one" in out
    assert "Extractor" not in out


def test_formats(command: Command, two_runs: list[Run]) -> None:
    folder = two_runs[0].folder
    (row,) = csv.DictReader(io.StringIO(command("documents", folder, "--worst", "1", "-f", "csv").out))
    (record,) = json.loads(command("documents", folder, "--worst", "1", "-f", "json").out)
    assert row["extractor"] == record["extractor"] == "two"
    assert float(row["lost"]) == record["lost"] == 4
    assert "| a          | two" in command("documents", folder, "-f", "markdown").out


def test_wrong_use(command: Command, two_runs: list[Run]) -> None:
    answer = command("documents", two_runs[0].folder, "three")
    assert (answer.code, answer.out) == (2, "")
    assert "no extractor 'three' in this run; there are one, two" in answer.err
    assert command("documents", two_runs[0].folder, "-m", "exact").code == 2
    assert command("documents", "/nowhere").code == 2
