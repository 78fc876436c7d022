"""``boilerbench history``, with releases of a tool of the tests' own from an index on loopback."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from boilerbench.errors import InputError
from boilerbench.tool_versions import version_specs
from tests.conftest import Command, GoldFolder
from tests.runner.index import Index, wheel

# Each release stands in for trafilatura, whose adapter calls trafilatura.extract.
BROKEN = "import nothing_of_the_kind\n"
FIRST_WORD = "def extract(page, *, deep=False):\n    return 'The'\n"
ALL = """
import re
def extract(page, *, deep=False):
    return re.sub('<[^>]+>', ' ', page).replace('Home', '')
"""


@pytest.fixture
def releases(index: Index) -> Index:
    for version, source in (("0.8", BROKEN), ("0.9", FIRST_WORD), ("0.10", FIRST_WORD), ("0.11", ALL)):
        index.add("trafilatura", version, wheel("trafilatura", version, source), "2024-01-01T00:00:00Z")
    return index


@pytest.fixture
def corpus(gold_folder: GoldFolder) -> str:
    for number in range(20):
        gold_folder.add(f"d{number:02}")
    return f"gold:{gold_folder.root}"


def test_each_release_stands_against_the_one_before(
    command: Command, releases: Index, corpus: str, tmp_path: Path
) -> None:
    common = ("history", "trafilatura", "-c", corpus, "-m", "words", "--out", tmp_path / "out")
    answer = command(*common)
    # One that cannot be loaded is left out and named; the others go on.
    assert answer.code == 1
    assert answer.err.startswith("boilerbench: trafilatura@0.8 is left out: ModuleNotFoundError")
    rows = [line.split() for line in answer.out.splitlines()]
    figures: dict[str, list[str]] = {}
    for row in rows:
        if row and row[0] in ("0.9", "0.10", "0.11"):
            figures.setdefault(row[0], row[1:])
    # "The body of d00.": one word of four returned, precision 1, recall 1/4, F1 2/5; then all four.
    assert list(figures) == ["0.9", "0.10", "0.11"]
    assert figures["0.9"][:2] == ["40.0", "40.0"]
    assert figures["0.10"][2] == "0.0"
    assert "0/0" in figures["0.10"]
    assert figures["0.11"][0] == "100.0"
    assert figures["0.11"][2] == "+60.0"
    assert "20/0" in figures["0.11"]
    assert max(map(len, answer.out.splitlines())) <= 80 or "Next:" in answer.out
    table = list(csv.DictReader(io.StringIO(command(*common, "-f", "csv").out)))
    assert [row["verdict"] for row in table] == ["", "cannot be told apart", "first is better"]
    record = json.loads(command(*common, "-f", "json", "--versions", "0.10..").out)
    assert [release["version"] for release in record["releases"]] == ["0.10", "0.11"]
    assert len(record["releases"][1]["gained"]) == 20


@pytest.mark.parametrize(
    ("versions", "chosen"),
    [
        ("all", ["0.8", "0.9", "0.10", "0.11"]),
        ("0.9..", ["0.9", "0.10", "0.11"]),
        ("..0.9", ["0.8", "0.9"]),
        ("0.9..0.10", ["0.9", "0.10"]),
        ("0.11, 0.9", ["0.9", "0.11"]),
    ],
)
def test_versions_are_chosen(releases: Index, versions: str, chosen: list[str]) -> None:
    specs = version_specs("trafilatura?deep=true", versions)
    assert specs == [f"trafilatura@{version}?deep=true" for version in chosen]


@pytest.mark.parametrize(
    ("tool", "versions", "problem"),
    [
        ("trafilatura@0.9", "all", "names a version already"),
        ("trafilatura", "new..", "'new' is no version; write all"),
        ("trafilatura", "9.0..", "has no release in 9.0.."),
        ("nothing-of-the-kind", "all", "unknown extractor"),
    ],
)
def test_what_cannot_be_chosen_is_one_line(releases: Index, tool: str, versions: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        version_specs(tool, versions)
