"""Run folders: written whole or not at all, and read back as they were."""

from __future__ import annotations

import dataclasses
import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerbench.errors import InputError
from boilerbench.records import Counts, Extraction, MarkupFormat, Score, Status
from boilerbench.results import (
    Run,
    Spool,
    check_target,
    load_run,
    replacing,
    stored_extractions,
    write_extractions,
    write_info,
    write_scores,
)
from tests.results.infos import INFO

ANOTHER = dataclasses.replace(INFO, seed=1)
EXTRACTIONS = [
    Extraction("a", "first", "1.0", Status.OK, "A text,\nwith “quotes”.", 0.0123456, 45.67),
    Extraction("a", "second", "", Status.TIMEOUT, error="no answer in 30 s"),
    Extraction("NA", "first", "1.0", Status.EMPTY, "", 0.5, 45.0),
    Extraction("NA", "second", "", Status.ERROR, error='ValueError: "x", y'),
]


def test_a_spool_gives_back_what_it_got_in_order() -> None:
    with Spool(["first", "second"]) as spool:
        for extraction in reversed(EXTRACTIONS):
            spool.add(extraction)
        by_document = [EXTRACTIONS[2], EXTRACTIONS[3], EXTRACTIONS[0], EXTRACTIONS[1]]
        assert list(spool) == by_document
        spool.add(Extraction("b", "first", "1.0", Status.OK, "lone \ud800 surrogate \0"))
        assert list(spool)[-1].text == "lone \ud800 surrogate \0"


def test_extractions_are_read_back(tmp_path: Path) -> None:
    counts = write_extractions(tmp_path, EXTRACTIONS)
    assert counts == {"first": {"ok": 1, "empty": 1}, "second": {"timeout": 1, "error": 1}}
    run = Run(tmp_path, replace(INFO, counts=counts, references=()))
    table = run.extractions
    assert table["document"].tolist() == ["a", "a", "NA", "NA"]
    assert table["version"].tolist() == ["1.0", "", "1.0", ""]
    assert table["seconds"].fillna(-1).tolist() == [0.012346, -1, 0.5, -1]
    assert table["characters"].tolist() == [22, 0, 0, 0]
    assert table["error"].tolist() == ["", "no answer in 30 s", "", 'ValueError: "x", y']
    assert [stored.text for stored in run.texts()] == [each.text for each in EXTRACTIONS]


def test_markup_is_read_back_and_nothing_stands_for_it_where_there_is_none(tmp_path: Path) -> None:
    marked = dataclasses.replace(EXTRACTIONS[0], markup="*A*", format=MarkupFormat.MARKDOWN)
    write_extractions(tmp_path, [marked, EXTRACTIONS[2]])
    first, second = Run(tmp_path, INFO).texts()
    assert (first.markup, first.format) == ("*A*", "markdown")
    assert (second.markup, second.format) == ("", None)
    lines = gzip.decompress((tmp_path / "extractions.jsonl.gz").read_bytes()).splitlines()
    assert [b"markup" in line for line in lines] == [True, False]
    (again, *_) = stored_extractions(Run(tmp_path, INFO))
    assert (again.markup, again.format) == ("*A*", "markdown")


def test_the_same_texts_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_extractions(tmp_path / name, EXTRACTIONS)
    assert (tmp_path / "one/extractions.jsonl.gz").read_bytes() == (
        tmp_path / "two/extractions.jsonl.gz"
    ).read_bytes()


@settings(deadline=None)
@given(tp=st.integers(0, 10**6), fp=st.integers(0, 10**6), fn=st.integers(0, 10**6))
def test_scores_are_read_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, tp: int, fp: int, fn: int
) -> None:
    folder = tmp_path_factory.mktemp("scores")
    counts = Counts(tp, fp, fn)
    write_scores(folder, [Score("a", "first", "words", counts)])
    row = Run(folder, replace(INFO, extractors=INFO.extractors[:1], references=())).scores.iloc[0]
    assert (row["tp"], row["fp"], row["fn"]) == (tp, fp, fn)
    assert row["f1"] == pytest.approx(counts.f1, abs=1e-11)


def test_a_run_takes_its_place_whole(tmp_path: Path) -> None:
    target = tmp_path / "results" / "gold"
    with replacing(target) as folder:
        write_info(folder, INFO)
        (folder / "old.csv").touch()
        assert not target.exists()
    with replacing(target) as folder:
        write_info(folder, ANOTHER)
        assert load_run(target).info == INFO
    assert load_run(target).info == ANOTHER
    assert [entry.name for entry in target.parent.iterdir()] == ["gold"]
    assert [entry.name for entry in target.iterdir()] == ["run.json"]


def test_what_goes_wrong_leaves_the_earlier_run(tmp_path: Path) -> None:
    target = tmp_path / "gold"
    with replacing(target) as folder:
        write_info(folder, INFO)

    def interrupted(folder: Path) -> None:
        write_info(folder, ANOTHER)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), replacing(target) as folder:
        interrupted(folder)
    assert load_run(target).info == INFO
    assert [entry.name for entry in tmp_path.iterdir()] == ["gold"]


def test_a_folder_that_is_not_a_run_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "gold"
    target.mkdir()
    (target / "thesis.tex").touch()
    with pytest.raises(InputError, match=r"is there and is not a run$"):
        check_target(target)
    with pytest.raises(InputError), replacing(target):
        pass
    assert (target / "thesis.tex").exists()


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "results").touch()
    with pytest.raises(InputError, match="cannot be written to") as caught:
        check_target(tmp_path / "results" / "gold")
    assert caught.value.remedy == "out"
    with pytest.raises(InputError, match="is not a run"):
        check_target(tmp_path / "results")


@pytest.mark.parametrize("folder", [Path("/proc/gold"), Path("/proc/results/gold")])
def test_a_folder_that_cannot_be_written_to(folder: Path) -> None:
    with pytest.raises(InputError, match=r"/proc.* cannot be written to"):
        check_target(folder)


def test_a_run_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        load_run(tmp_path / "nowhere")


def test_a_table_or_texts_that_are_gone(tmp_path: Path) -> None:
    write_info(tmp_path, INFO)
    run = load_run(tmp_path)
    with pytest.raises(InputError, match=r"scores.csv is not there; run the benchmark again"):
        _ = run.scores
    with pytest.raises(InputError, match=r"extractions.jsonl.gz is not there; run the benchmark again"):
        list(run.texts())


def test_damaged_texts(tmp_path: Path) -> None:
    write_extractions(tmp_path, EXTRACTIONS)
    file = tmp_path / "extractions.jsonl.gz"
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(InputError, match="is damaged"):
        list(Run(tmp_path, INFO).texts())
    file.write_bytes(b"not gzip")
    with pytest.raises(InputError, match="is damaged"):
        list(Run(tmp_path, INFO).texts())


FINE = '{"document": "a", "extractor": "first", "status": "ok", "text": "A"}\n'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{not json", "is not JSON"),
        ("[]", "is not an object"),
        ("", "is not JSON"),
        (FINE.replace(', "text": "A"', ""), "text is missing"),
        (FINE.replace('"A"', "null"), "text is not a text"),
        (FINE.replace('"ok"', '"fine"'), "status is none of ok, empty, error, timeout, crash, memory"),
        (FINE.replace('"text"', '"tekst"'), "tekst is unknown"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "extractions.jsonl.gz"
    file.write_bytes(gzip.compress((FINE + line + "\n" + FINE).encode()))
    with pytest.raises(InputError) as caught:
        list(Run(tmp_path, INFO).texts())
    assert f"run {tmp_path}: extractions.jsonl.gz: line 2: {message}" in str(caught.value)
    assert "\n" not in str(caught.value)
