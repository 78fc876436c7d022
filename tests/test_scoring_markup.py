"""Measures of text judge the text of markup, measures of Markdown the Markdown."""

from __future__ import annotations

import json
from pathlib import Path

import boilerbench

BODY = "Fares\n\n| single | return |\n|---|---|\n| 4 | 7 |"
HTML = "<h1>Fares</h1><table><tr><th>single<th>return<tr><td>4<td>7</table>"


def test_each_measure_reads_its_own(tmp_path: Path) -> None:
    row = {"id": "fares", "html": HTML, "body": BODY}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row))
    written = {
        "text": "Fares single return 4 7",
        "markdown": {"markup": f"# {BODY}", "format": "markdown"},
        "html": {"markup": HTML, "format": "html"},
    }
    for name, output in written.items():
        (tmp_path / f"{name}.json").write_text(json.dumps({"fares": output}))
    run = boilerbench.run(
        f"jsonl:{tmp_path}/rows.jsonl",
        [f"file:{tmp_path}/{name}.json" for name in written],
        ["words", "teds", "text-edit"],
        out=tmp_path / "out",
        cache=tmp_path / "cache",
    )
    table = run.scores
    f1 = {(row["extractor"], row["measure"]): row["f1"] for row in table.to_dict("records")}
    assert {f1[name, "words"] for name in written} == {1}
    # A text has no table; the HTML's is written as the same pipe table.
    assert [f1[name, "teds"] for name in written] == [0, 1, 1]
    # Two of 48 characters are the sign of the heading.
    assert len(BODY) == 46
    assert round(f1["markdown", "text-edit"], 9) == round(46 / 48, 9)
