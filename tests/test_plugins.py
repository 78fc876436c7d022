"""Installed plug-ins from end to end: a sound one does what a built-in does, a broken one costs a line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import GoldFolder
from tests.plugins import install

# A measure of sentences, with labels and with the spans that its counts come from.
MEASURE = """
from boilerbench.measures import Example, Measure, Measurement
from boilerbench.measures.marks import Mark, Marked, Marker, Span
from boilerbench.records import Counts, Gold, LabelCount


def lines(text):
    return [line for line in text.splitlines() if line]


def spans(shown, others, mark):
    start = 0
    for line in shown:
        if line not in others:
            yield Span(start, start + len(line), mark)
        start += len(line) + 1


def count(expected, text):
    returned = lines(text)
    shared = len(set(expected) & set(returned))
    counts = Counts(shared, len(returned) - shared, len(expected) - shared)
    return Measurement(counts, (LabelCount("paragraph", len(expected), shared, len(expected), shared),))


def marker(gold, optional):
    body = lines(gold.body)

    def mark(text):
        output = lines(text)
        lost, leaked = spans(body, output, Mark.LOST), spans(output, body, Mark.LEAKED)
        return Marked("\\n".join(output), list(lost), list(leaked))

    return Marker("\\n".join(body), mark, unit="line")


def measure(tokenizer):
    return Measure(
        name="lines", signature="lines|v1", summary="lines", source="a test", explanation="Whole lines.",
        example=Example(Gold("a\\nb"), "a", Counts(1, 0, 1), "b is lost"),
        prepare=lambda gold: lines(gold.body), count=count, marker=marker, counts_labels=True,
    )
"""
NODE_ADAPTER = """// A tool of a plug-in.
export const PACKAGE = "their-tool";
export const LICENCE = "MIT";
export const HOME = "https://tool.example/";
export const TAKES = "text";
export const NEEDS = {};
"""
ENTRY_POINTS = """
[boilerbench.measures]
lines = their_measure:measure
words = their_measure:measure
[boilerbench.extractors]
their-tool = node:their_adapters.tool
"""
BROKEN = """
[boilerbench.measures]
broken-measure = their_broken:measure
careless-measure = their_careless:measure
[boilerbench.corpora]
broken-corpus = their_broken:Corpus
[boilerbench.extractors]
broken-extractor = their_missing
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder on the module path with a sound plug-in and a broken one."""
    site = tmp_path / "site-packages"
    install(site, "sound-plugin", ENTRY_POINTS, their_measure=MEASURE)
    (site / "their_adapters").mkdir()
    (site / "their_adapters" / "__init__.py").write_text("")
    (site / "their_adapters" / "tool.mjs").write_text(NODE_ADAPTER)
    careless = "def measure(tokenizer):\n    return 1 / 0\n"
    install(site, "broken-plugin", BROKEN, their_broken="import no_such_library\n", their_careless=careless)
    return site


def boilerbench(site: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(site), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.run(
        [sys.executable, "-m", "boilerbench", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": path, "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
    )


MISSING = "(ModuleNotFoundError: No module named 'no_such_library')"
LINES = {
    "measures": (
        "measure words: entry point words = their_measure:measure of sound-plugin 1.0 is left out, "
        "since a built-in has that name; rename it"
    ),
    "corpora": (
        "corpus format broken-corpus: entry point broken-corpus = their_broken:Corpus of broken-plugin 1.0 "
        f"cannot be loaded {MISSING}; fix or uninstall it"
    ),
    "extractors": (
        "extractor broken-extractor: entry point broken-extractor = their_missing of broken-plugin 1.0 "
        "cannot be loaded (ImportError: no adapter their_missing); fix or uninstall it"
    ),
}


@pytest.mark.parametrize(
    ("listing", "listed"),
    [
        ("measures", {"words", "lines", "broken-measure"}),
        ("corpora", {"gold", "jsonl"}),
        ("extractors", {"trafilatura", "their-tool"}),
    ],
)
def test_a_listing_shows_the_others(site: Path, listing: str, listed: set[str]) -> None:
    answer = boilerbench(site, listing, "--json")
    assert answer.returncode == 0
    assert listed <= {next(iter(row.values())) for row in json.loads(answer.stdout)}
    assert answer.stderr == f"{LINES[listing]}\n"


def test_a_broken_measure_is_one_line(site: Path) -> None:
    for name, reason in (
        ("broken-measure", "cannot be loaded (ModuleNotFoundError: No module named 'no_such_library')"),
        ("careless-measure", "makes no measure (ZeroDivisionError: division by zero)"),
    ):
        answer = boilerbench(site, "measures", name)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert answer.stderr.count("\n") == 1
        assert f"of broken-plugin 1.0 {reason}; fix or uninstall it" in answer.stderr


def test_a_measure_of_a_plug_in_does_what_a_built_in_does(
    site: Path, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    gold_folder.add("ferry", body_txt="One line.\n\nAnother line.\n")
    (tmp_path / "it.json").write_text(json.dumps({"ferry": "One line.\nA menu.\nA footer."}))
    run = boilerbench(
        site,
        *("run", "-c", f"gold:{gold_folder.root}", "-m", "lines", "-m", "all", "-o", tmp_path / "out"),
        *("-e", f"file:{tmp_path}/it.json"),
    )
    assert run.returncode == 0, run.stderr
    assert "left out of all measures: measure broken-measure: entry point broken-measure" in run.stderr
    shown = boilerbench(site, "show", tmp_path / "out" / "small", "ferry", "it")
    assert shown.returncode == 0, shown.stderr
    # One of two lines of the gold is lost, and two lines leaked.
    assert "One line.\n[-Another line.-]" in shown.stdout
    assert "{+A menu.+}\n{+A footer.+}" in shown.stdout
    assert "1 line lost" in shown.stdout
    assert "2 lines leaked" in shown.stdout
    leaks = boilerbench(site, "leaks", tmp_path / "out" / "small", "--format", "json")
    (row,) = json.loads(leaks.stdout)
    assert (row["label"], row["blocks"], row["blocks_found"]) == ("paragraph", 2, 1)
