"""The benchmark from end to end, on small corpora."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import boilerbench
from boilerbench.corpora import open_corpus
from boilerbench.errors import InputError
from boilerbench.measures import make_measure
from boilerbench.progress import Progress
from boilerbench.records import Status
from boilerbench.results import LimitsInfo, MeasureInfo, StoredText
from boilerbench.scoring import score_texts
from tests.conftest import GoldFolder, write_aeb

PAGE = "<html><body><p>One two three four five.</p><p>Home page</p></body></html>"


@pytest.fixture
def aeb(tmp_path: Path) -> str:
    documents = dict.fromkeys(("d1", "d2", "d3"), (PAGE, "One two three four five."))
    return f"aeb:{write_aeb(tmp_path / 'aeb', documents)}"


def stored(folder: Path, name: str, **texts: str) -> str:
    file = folder / f"{name}.json"
    file.write_text(json.dumps(texts))
    return f"file:{file}"


def test_a_run_holds_every_pair(aeb: str, tmp_path: Path) -> None:
    run = boilerbench.run(
        aeb, ["html-text", "inscriptis"], ["words", "shingles"], out=tmp_path / "out", jobs=2
    )
    assert run.folder == tmp_path / "out" / "aeb"
    assert sorted(entry.name for entry in run.folder.iterdir()) == [
        "documents.csv",
        "extractions.csv",
        "extractions.jsonl.gz",
        "leaderboard.csv",
        "provenance.json",
        "run.json",
        "scores.csv",
    ]
    assert len(run.extractions) == 3 * 2
    assert len(run.scores) == 3 * 2 * 2
    assert len(run.leaderboard) == 2 * 3
    assert list(run.scores.columns) == [
        *("document", "extractor", "measure"),
        *("precision", "recall", "f1", "tp", "fp", "fn", "tn"),
    ]
    # Of seven words of the page, five are gold.
    words = run.scores[run.scores["measure"] == "words"]
    assert words["precision"].tolist() == pytest.approx([5 / 7] * 6)
    assert words["recall"].tolist() == [1] * 6


def test_what_run_json_says(aeb: str, tmp_path: Path) -> None:
    run = boilerbench.run(aeb, ["html-text"], out=tmp_path / "out", timeout=9, jobs=1)
    info = run.info
    assert info.corpus.name == "aeb"
    assert info.corpus.spec == aeb
    assert info.corpus.documents == 3
    assert info.corpus.digest.startswith("sha256:")
    assert [extractor.name for extractor in info.extractors] == ["html-text"]
    signature = r"shingles|n:4|seg:\w+|case:keep|v1"
    assert info.measures == (MeasureInfo("shingles", signature, ("mean", "zyte")),)
    assert (info.seed, info.resamples) == (0, 10_000)
    assert info.counts == {"html-text": {"ok": 3}}
    assert info.limits == LimitsInfo(seconds=9, memory_mb=2048, output_mb=64, cpu_seconds=18)
    assert (info.references, info.unavailable, info.left_out) == ((), {}, {})
    assert run.provenance is not None
    assert (run.provenance.jobs, run.provenance.command) == (1, None)
    assert run.provenance.network in ("namespace", "guard")
    assert run.provenance.platform.cores == (os.cpu_count() or 1)


@pytest.mark.slow
def test_the_same_run_writes_the_same_files(tmp_path: Path) -> None:
    for name, jobs in (("one", 1), ("two", 2)):
        boilerbench.run("gold", ["trafilatura", "justext"], out=tmp_path / name, jobs=jobs, fresh=True)
    one, two = tmp_path / "one" / "gold", tmp_path / "two" / "gold"
    for file in ("run.json", "scores.csv", "documents.csv", "extractions.jsonl.gz"):
        assert (one / file).read_bytes() == (two / file).read_bytes()
    for file, timings in (
        ("leaderboard.csv", ["ms_median", "ms_p95", "timed"]),
        ("extractions.csv", ["seconds", "peak_mb", "timed"]),
    ):
        first, second = (pd.read_csv(folder / file).drop(columns=timings) for folder in (one, two))
        assert first.equals(second)


def test_a_failed_or_empty_extraction_counts_in_every_mean(aeb: str, tmp_path: Path) -> None:
    theirs = stored(tmp_path, "theirs", d1="One two three four five.", d2="")
    board = boilerbench.run(aeb, [theirs], ["words"], out=tmp_path / "out").leaderboard
    row = board.iloc[0]
    assert (row["documents"], row["empty"], row["failed"]) == (3, 1, 1)
    assert row["f1"] == pytest.approx(1 / 3, abs=1e-6)


def test_the_corpus_chooses_the_measure_and_its_words(
    gold_folder: GoldFolder, aeb: str, tmp_path: Path
) -> None:
    gold_folder.add("one", page_html="<p>本を読んだ。</p>", body_txt="本を読んだ。\n")
    own = boilerbench.run(f"gold:{gold_folder.root}", ["html-text"], out=tmp_path / "out")
    assert own.info.measures[0].signature.startswith("words|seg:icu-")
    assert own.scores["tp"].tolist() == [5]
    published = boilerbench.run(aeb, ["html-text"], ["words"], out=tmp_path / "out")
    assert published.info.measures[0].signature == r"words|seg:\w+|case:lower|v1"


def test_a_limit_takes_the_first_documents(aeb: str, tmp_path: Path) -> None:
    run = boilerbench.run(aeb, ["html-text"], out=tmp_path / "out", limit=2)
    assert run.extractions["document"].tolist() == ["d1", "d2"]
    assert run.info.corpus.documents == 2
    assert (
        run.info.corpus.digest != boilerbench.run(aeb, ["html-text"], out=tmp_path / "out").info.corpus.digest
    )


def test_broken_gold_is_left_out_and_said(gold_folder: GoldFolder, tmp_path: Path) -> None:
    gold_folder.add("fine")
    gold_folder.add("wrong", body_txt=b"\xff")
    gold_folder.add("other", labels_tsv="paragraph\tAnother text.\n")
    remarks: list[str] = []
    run = boilerbench.run(
        f"gold:{gold_folder.root}", ["html-text"], out=tmp_path / "out", remark=remarks.append
    )
    assert list(run.documents["document"]) == ["fine"]
    assert list(run.info.left_out) == ["other", "wrong"]
    assert [remark.startswith("left out: ") for remark in remarks] == [True, True]
    assert "wrong: body.txt: not UTF-8" in remarks[1]


def test_nothing_runs_when_all_gold_is_broken(gold_folder: GoldFolder, tmp_path: Path) -> None:
    gold_folder.add("wrong", body_txt=b"\xff")
    with pytest.raises(InputError, match=r"^wrong: body.txt: not UTF-8"):
        boilerbench.run(f"gold:{gold_folder.root}", ["html-text"], out=tmp_path / "out")
    assert not (tmp_path / "out" / "small").exists()


def test_two_extractors_of_one_name(aeb: str, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    files = [
        stored(folder, "theirs", d1=text)
        for folder, text in ((tmp_path, "One."), (tmp_path / "other", "Two."))
    ]
    with pytest.raises(InputError, match="two extractors are called 'theirs'; rename a file"):
        boilerbench.run(aeb, files, out=tmp_path / "out")


def test_outputs_for_another_corpus(aeb: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no output for any document of aeb; is it for another corpus?"):
        boilerbench.run(aeb, [stored(tmp_path, "theirs", other="Text.")], out=tmp_path / "out")


class Heard(Progress):
    def __init__(self) -> None:
        self.stages: list[tuple[str, int, int]] = []
        self.steps: dict[str, int] = {}
        self.failed = 0

    def begin(self, stage: str, total: int, *, parts: int = 1) -> None:
        self.stages.append((stage, total, parts))

    def advance(self, *, failed: bool = False) -> None:
        stage = self.stages[-1][0]
        self.steps[stage] = self.steps.get(stage, 0) + 1
        self.failed += failed


def test_progress_is_told_of_every_step(aeb: str, tmp_path: Path) -> None:
    heard = Heard()
    theirs = stored(tmp_path, "theirs", d1="One.")
    boilerbench.run(aeb, ["html-text", theirs], out=tmp_path / "out", progress=heard)
    assert heard.stages == [
        ("reading", 3, 1),
        ("environments", 2, 1),
        ("extracting", 6, 2),
        ("scoring", 6, 2),
    ]
    assert heard.steps == {"reading": 3, "environments": 2, "extracting": 6, "scoring": 6}
    assert heard.failed == 2


def test_scoring_anew_runs_no_tool(aeb: str, tmp_path: Path) -> None:
    run = boilerbench.run(aeb, ["html-text"], out=tmp_path / "out")
    (run.folder / "report").mkdir()
    again = boilerbench.score(run.folder, ["words"])
    assert again.scores["measure"].unique().tolist() == ["words"]
    assert again.info.measures[0].name == "words"
    assert again.provenance == run.provenance
    assert list(again.texts()) == list(run.texts())
    assert boilerbench.score(run.folder).info.measures[0].name == "words"


def test_scoring_anew_sees_corrected_gold(gold_folder: GoldFolder, tmp_path: Path) -> None:
    folder = gold_folder.add("one")
    run = boilerbench.run(f"gold:{gold_folder.root}", ["html-text"], out=tmp_path / "out")
    before = run.scores["precision"][0]
    (folder / "body.txt").write_text("Home\n\nThe body of one.\n")
    again = boilerbench.score(run.folder)
    assert again.scores["precision"][0] > before
    assert again.info.corpus.digest != run.info.corpus.digest
    assert again.info.corpus.pages == run.info.corpus.pages


def test_scoring_anew_refuses_changed_pages(gold_folder: GoldFolder, tmp_path: Path) -> None:
    folder = gold_folder.add("one")
    run = boilerbench.run(f"gold:{gold_folder.root}", ["html-text"], out=tmp_path / "out")
    (folder / "page.html").write_text("<p>Another page.")
    with pytest.raises(InputError, match=r"pages of gold:.* have changed since; run the benchmark again"):
        boilerbench.score(run.folder)


def test_scoring_anew_where_the_corpus_lies_now(gold_folder: GoldFolder, tmp_path: Path) -> None:
    gold_folder.add("one")
    run = boilerbench.run(f"gold:{gold_folder.root}", ["html-text"], out=tmp_path / "out")
    moved = gold_folder.root.rename(tmp_path / "moved")
    with pytest.raises(InputError, match=r"^run .*: .* does not exist"):
        boilerbench.score(run.folder)
    again = boilerbench.score(run.folder, corpus=f"gold:{moved}")
    assert again.info.corpus.spec == f"gold:{moved}"
    assert again.scores.equals(run.scores)


def test_scoring_anew_misses_a_document(gold_folder: GoldFolder, tmp_path: Path) -> None:
    gold_folder.add("one")
    folder = gold_folder.add("two")
    run = boilerbench.run(f"gold:{gold_folder.root}", ["html-text"], out=tmp_path / "out")
    folder.rename(tmp_path / "two")
    with pytest.raises(InputError, match=r"two is not in gold:.* any more"):
        boilerbench.score(run.folder)


LABELLED = {
    "page_html": "<p>One two three.</p><p>Nice comment.</p>",
    "body_txt": "One two three.\n",
    "labels_tsv": "paragraph\tOne two three.\ncomment\tNice comment.\n",
    "annotator-1_txt": "paragraph\ncomment\n",
    "annotator-2_txt": "paragraph\nparagraph\n",
}


def _rows(table: pd.DataFrame, **values: str) -> list[dict[Any, Any]]:
    for column, value in values.items():
        table = table[table[column] == value]
    return table.to_dict("records")


def test_a_reference_row_stands_beside_the_extractors(gold_folder: GoldFolder, tmp_path: Path) -> None:
    gold_folder.add("one", **LABELLED)
    gold_folder.add("two", **LABELLED)
    run = boilerbench.run(f"gold:{gold_folder.root}", out=tmp_path / "out", limit=1)
    assert run.info.references == ("annotator-2",)
    assert "annotator-2" not in {extractor.name for extractor in run.info.extractors}
    assert "annotator-2" not in run.info.counts
    assert "annotator-2" not in (run.folder / "extractions.csv").read_text()
    # The second annotator takes the comment for body: of five words three are gold.
    (scores,) = _rows(run.scores, extractor="annotator-2", measure="words")
    assert (scores["precision"], scores["recall"]) == (0.6, 1)
    (row,) = _rows(run.leaderboard, extractor="annotator-2", measure="words")
    assert (row["documents"], row["failed"], row["among_best"]) == (1, 0, "")
    (text,) = [stored for stored in run.texts() if stored.extractor == "annotator-2"]
    assert text == StoredText("one", "annotator-2", Status.OK, "One two three.\n\nNice comment.")
    (line,) = run.extractions[run.extractions["extractor"] == "annotator-2"].to_dict("records")
    assert (line["document"], line["status"], line["version"]) == ("one", "ok", "")
    assert len(run.extractions) == len(run.info.rows)


def test_reference_rows_are_made_again_when_scoring(gold_folder: GoldFolder, tmp_path: Path) -> None:
    folder = gold_folder.add("one", **LABELLED)
    run = boilerbench.run(f"gold:{gold_folder.root}", out=tmp_path / "out")
    wider = boilerbench.score(run, policy="default,+comment")
    assert wider.scores.query("extractor == 'annotator-2' and measure == 'words'")["precision"].tolist() == [
        1
    ]
    (folder / "annotator-2.txt").unlink()
    without = boilerbench.score(run)
    assert without.info.references == ()
    assert "annotator-2" not in set(without.scores["extractor"]) | set(without.extractions["extractor"])
    assert not (run.folder / "references.jsonl.gz").exists()


def test_extractors_that_are_named_stand_alone(gold_folder: GoldFolder, tmp_path: Path) -> None:
    gold_folder.add("one", **LABELLED)
    run = boilerbench.run(f"gold:{gold_folder.root}", "html-text", out=tmp_path / "out")
    assert run.info.references == ()


def test_every_published_page_has_every_extraction(data: Path, tmp_path: Path) -> None:
    run = boilerbench.run(
        f"aeb:{data / 'aeb'}", ["resiliparse", "html-text"], out=tmp_path / "out", jobs=os.cpu_count()
    )
    assert run.extractions.groupby("extractor")["document"].nunique().tolist() == [181, 181]
    assert run.scores.groupby("extractor")["document"].nunique().tolist() == [181, 181]
    # html-text 0.7.0 in article-extraction-benchmark's README of March 2026, by its way of averaging.
    zyte = run.leaderboard[run.leaderboard["average"] == "zyte"].set_index("extractor").loc["html-text"]
    assert zyte["f1"] == pytest.approx(0.665, abs=0.001)
    assert zyte["precision"] == pytest.approx(0.500, abs=0.001)
    assert zyte["recall"] == pytest.approx(0.994, abs=0.001)


def test_scores_are_the_same_however_many_processes_share_the_work(tmp_path: Path) -> None:
    documents = {f"d{number:03}": (PAGE, "One two three four five.") for number in range(60)}
    corpus = open_corpus(f"aeb:{write_aeb(tmp_path / 'aeb', documents)}")
    measures = [make_measure(name, "plain") for name in ("words", "shingles")]
    texts = [
        StoredText(document, f"e{number}", Status.OK, "One two " * number)
        for document in documents
        for number in range(20)
    ]
    told: list[int] = []
    alone, shared = (
        list(score_texts(texts, corpus, measures, number=len(texts), jobs=jobs, done=told.append))
        for jobs in (1, 2)
    )
    assert alone == shared
    assert len(shared) == 60 * 20 * 2
    assert sum(told) == 2 * len(texts)
