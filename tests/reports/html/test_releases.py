"""The releases of a tool in the report: a table and a chart, where a run is of nothing else."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

import boilerbench
from tests.conftest import GoldFolder
from tests.reports.html.conftest import Look

OUTPUTS = {
    "trafilatura@1.0": "The",
    "trafilatura@1.10": "The body of",
    "trafilatura@2.0": "The body of d00. The body of d00.",
}


def report_of(gold: GoldFolder, root: Path, *names: str) -> Path:
    documents = [f"d{number:02}" for number in range(12)]
    for document in documents:
        gold.add(document)
    for name in names:
        outputs = dict.fromkeys(documents, OUTPUTS.get(name, "The"))
        (root / f"{name}.json").write_text(json.dumps(outputs))
    specs = [f"file:{root / name}.json" for name in names]
    run = boilerbench.run(f"gold:{gold.root}", specs, "words", out=root / "out", cache=root / "cache")
    return boilerbench.report(run)


def test_each_release_stands_in_a_table_and_a_chart(
    look: Look, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    page = look(report_of(gold_folder, tmp_path, *OUTPUTS), "overview")
    table = page.locator("figure.table", has_text="Release by release")
    rows = [line.split("\t") for line in table.locator("tbody tr").all_inner_texts()]
    # As they were run. Of four words of gold one is found of one, F1 2/5; three of three, 6/7;
    # and of eight words four on d00, F1 2/3, three on the eleven others, 1/2.
    assert [row[0] for row in rows] == ["1.0", "1.10", "2.0"]
    assert [row[1] for row in rows] == ["40.0", "85.7", "51.4"]
    assert [row[3] for row in rows] == ["", "+45.7", "−34.3"]
    chart = page.locator("#releases")
    chart.locator(".main-svg").first.wait_for()
    ticks = chart.locator(".xaxislayer-above .xtick text")
    expect(ticks).to_have_text(["1.0", "1.10", "2.0"])
    assert chart.locator(".scatterlayer .point").count() == 3


def test_a_run_of_other_extractors_too_has_no_releases(
    look: Look, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    page = look(report_of(gold_folder, tmp_path, "trafilatura@1.0", "trafilatura@2.0", "other"), "overview")
    assert page.locator("#releases").count() == 0
