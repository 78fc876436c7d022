"""Reports as folders: what is in them, when they are refused, and that they can be made again."""

from __future__ import annotations

import base64
import csv
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import boilerbench
from boilerbench.errors import InputError
from boilerbench.measures.marks import Mark
from boilerbench.reports.diff.stretches import Stretch
from boilerbench.reports.html.documents import encoded, packed
from boilerbench.results import Run
from tests.conftest import DOCUMENT_TOML, GoldFolder, write_wcxb
from tests.corpora.writing import write_trafilatura


@pytest.fixture
def run(gold_folder: GoldFolder, tmp_path: Path) -> Run:
    for name, page_type in (("ferry", "news"), ("forum-post", "forum"), ("empty", "news")):
        toml = DOCUMENT_TOML.replace('"news"', f'"{page_type}"') + 'traps = ["caption"]\n'
        gold_folder.add(name, document_toml=toml)
    outputs = {"ferry": "The body of ferry. Home 😀", "forum-post": "Other 😀 words"}
    (tmp_path / "one.json").write_text(json.dumps(outputs), encoding="utf-8")
    (tmp_path / "two.json").write_text(
        json.dumps({"ferry": "The body of ferry.", "empty": ""}), encoding="utf-8"
    )
    specs = [f"file:{tmp_path}/one.json", f"file:{tmp_path}/two.json"]
    return boilerbench.run(f"gold:{gold_folder.root}", specs, out=tmp_path / "out", cache=tmp_path / "cache")


def content(report: Path, place: int) -> dict[str, Any]:
    """What a document's file hands over."""
    script = (report / "documents" / f"{place}.js").read_text(encoding="ascii")
    found = re.fullmatch(rf'boilerbench\.receive\({place},"([\w+/=]+)"\);\n', script)
    assert found
    unpacked: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(found[1])))
    for texts in (unpacked["gold"], *(each["text"] for each in unpacked["extractions"])):
        for measure, places in texts.items():
            texts[measure] = "\n".join(unpacked["lines"][at] for at in places)
    return unpacked


def data(report: Path) -> dict[str, Any]:
    """What the report's own scripts read."""
    script = (report / "data.js").read_text(encoding="ascii")
    read: dict[str, Any] = json.loads(script.removeprefix("boilerbench.start(").removesuffix(");\n"))
    return read


def test_a_report_is_a_folder_of_its_own(run: Run) -> None:
    report = boilerbench.report(run.folder)
    assert report == run.folder / "report"
    there = sorted(file.relative_to(report).as_posix() for file in report.rglob("*") if file.is_file())
    assert [name for name in there if name.startswith("documents/")] == [
        f"documents/{at}.js" for at in range(3)
    ]
    assert {"index.html", "data.js", "raw/scores.csv", "raw/run.json", "assets/plotly.js"} <= set(there)


def test_a_document_has_its_texts_and_counts(run: Run) -> None:
    report = boilerbench.report(run.folder)
    places = {name: place for place, name in enumerate(data(report)["documents"])}
    ferry = content(report, places["ferry"])
    assert ferry["gold"] == {"words": "The body of ferry."}
    first, second = ferry["extractions"]
    assert first["text"]["words"] == "The body of ferry. Home 😀"
    # 😀 is no word; in JavaScript it is two units long.
    assert first["marks"]["words"] == [[18], [19, [4, "leaked", 1], 3]]
    assert second["scores"]["words"] == [1, 1, 1, 4, 0, 0]
    assert content(report, places["forum-post"])["extractions"][1]["status"] == "error"
    assert content(report, places["empty"])["extractions"][1]["status"] == "empty"


def test_the_data_are_those_of_the_run(run: Run) -> None:
    found = data(boilerbench.report(run.folder))
    with (run.folder / "scores.csv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if row["measure"] == "words"]
    for row in rows:
        place = [each["name"] for each in found["extractors"]].index(row["extractor"])
        at = found["documents"].index(row["document"])
        assert found["f1"]["words"][place][at] == round(100 * float(row["f1"]), 2)
    assert found["kinds"]["trap"] == [["caption"]] * 3
    assert set(found["verdicts"]["words"]) == {"0,1"}
    # The three difficulties are those of all documents.
    assert sum(len(each) for each in found["kinds"]["difficulty"]) == 3


def test_the_same_run_makes_the_same_bytes(run: Run, tmp_path: Path) -> None:
    reports = [boilerbench.report(run.folder, out=tmp_path / name) for name in ("a", "b")]
    files = [
        {file.relative_to(each): file.read_bytes() for file in each.rglob("*") if file.is_file()}
        for each in reports
    ]
    assert files[0] == files[1]


def test_two_runs_are_compared(run: Run, tmp_path: Path) -> None:
    specs = [f"file:{tmp_path}/one.json"]
    (tmp_path / "one.json").write_text(json.dumps({"ferry": "The body of ferry."}), encoding="utf-8")
    later = boilerbench.run(run.info.corpus.spec, specs, out=tmp_path / "later", cache=tmp_path / "cache")
    report = boilerbench.report(run.folder, later.folder, out=tmp_path / "report")
    found = data(report)
    names = [each["name"] for each in found["extractors"]]
    assert names == ["one (first)", "two", "one (second)"]
    assert found["pair"] == ["one (first)", "one (second)"]
    ferry = content(report, found["documents"].index("ferry"))
    assert [each["text"]["words"] for each in ferry["extractions"]] == [
        *("The body of ferry. Home 😀", "The body of ferry.", "The body of ferry."),
    ]
    assert (report / "raw" / "2" / "scores.csv").read_bytes() == (later.folder / "scores.csv").read_bytes()


def test_two_runs_of_different_documents(run: Run, gold_folder: GoldFolder, tmp_path: Path) -> None:
    gold_folder.add("later")
    later = boilerbench.run(
        f"gold:{gold_folder.root}",
        [f"file:{tmp_path}/two.json"],
        out=tmp_path / "later",
        cache=tmp_path / "cache",
    )
    report = boilerbench.report(later.folder, run.folder, out=tmp_path / "report")
    assert "compared on the 3 documents in common" in (report / "index.html").read_text(encoding="utf-8")
    assert data(report)["documents"] == ["empty", "ferry", "forum-post"]


def test_two_runs_that_cannot_be_compared(run: Run, tmp_path: Path) -> None:
    boilerbench.score(run.folder, ["lcs"])
    other = boilerbench.run(
        run.info.corpus.spec,
        [f"file:{tmp_path}/two.json"],
        ["words"],
        out=tmp_path / "other",
        cache=tmp_path / "cache",
    )
    with pytest.raises(InputError, match="have no measure in common"):
        boilerbench.report(run.folder, other.folder)
    boilerbench.score(run.folder, ["words"], policy="default,+comment")
    with pytest.raises(InputError, match=r"under policy default,\+comment"):
        boilerbench.report(run.folder, other.folder)


def test_gold_that_has_changed_since(run: Run, gold_folder: GoldFolder) -> None:
    (gold_folder.root / "ferry" / "body.txt").write_text("The body.\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"^ferry: page or gold have changed since"):
        boilerbench.report(run.folder)
    assert not (run.folder / "report").exists()


def test_a_report_takes_the_place_of_one_and_of_nothing_else(run: Run, tmp_path: Path) -> None:
    boilerbench.report(run.folder)
    boilerbench.report(run.folder)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="is there and is not a report"):
        boilerbench.report(run.folder, out=tmp_path / "notes")
    assert (tmp_path / "notes" / "mine.txt").read_text() == "mine"


def test_a_run_without_its_texts(run: Run) -> None:
    (run.folder / "extractions.jsonl.gz").unlink()
    with pytest.raises(InputError, match=r"extractions.jsonl.gz is not there; run the benchmark again"):
        boilerbench.report(run.folder)


def test_a_measure_that_scores_nothing_and_a_lone_extractor(tmp_path: Path) -> None:
    """Gold without labels has no blocks to count, and one extractor has nobody to be compared with."""
    root = write_wcxb(tmp_path / "dev", {"one": ("<p>Text.</p>", "Text.", "article")})
    (tmp_path / "it.json").write_text('{"one": "Text."}')
    run = boilerbench.run(
        f"wcxb:{root}",
        [f"file:{tmp_path}/it.json"],
        ["blocks", "words"],
        out=tmp_path / "out",
        cache=tmp_path,
    )
    found = data(boilerbench.report(run.folder))
    assert found["f1"] == {"blocks": [[None]], "words": [[100.0]]}
    assert found["pair"] is None
    assert found["verdicts"] == {"blocks": {}, "words": {}}


@given(st.lists(st.tuples(st.text(min_size=1), st.sampled_from(list(Mark))), max_size=8))
def test_lengths_are_those_of_javascript(pieces: list[tuple[str, Mark]]) -> None:
    """The independent count is that of UTF-16's code units."""
    stretches = [Stretch(text, mark, 1, "") for text, mark in pieces]
    lengths = [each if isinstance(each, int) else each[0] for each in encoded(stretches)]
    assert lengths == [len(text.encode("utf-16-le", "surrogatepass")) // 2 for text, _ in pieces]


@given(st.dictionaries(st.text(), st.text()))
def test_a_script_holds_any_text(value: dict[str, str]) -> None:
    script = packed(7, value)
    assert script.isascii()
    assert json.loads(gzip.decompress(base64.b64decode(script.split('"')[1]))) == value


def test_gold_that_gives_segments_only(tmp_path: Path) -> None:
    """Nothing is marked for want of a body, and no page has a difficulty."""
    root = write_trafilatura(tmp_path / "sample", {"a.html": (b"<p>One two.</p>", ["One two"], ["Home"])})
    (tmp_path / "it.json").write_text('{"a": "One two. Home"}')
    specs = [f"file:{tmp_path}/it.json"]
    run = boilerbench.run(f"trafilatura:{root}", specs, out=tmp_path / "out", cache=tmp_path / "cache")
    report = boilerbench.report(run.folder)
    assert "difficulty" not in data(report)["kinds"]
    found = content(report, 0)
    assert found["gold"] == {"snippets": "One two"}
    assert found["units"] == {"snippets": "segment"}
    assert found["extractions"][0]["marks"]["snippets"] == [[7], [9, [4, "leaked", 1]]]
