"""``boilerbench gate`` as a tool's own CI meets it."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

import boilerbench
from boilerbench.judgement import GateLimits
from tests.cli.conftest import outputs
from tests.conftest import Command
from tests.results.editing import unsealed

FALLEN = ["0003", "0011", "0014", "0015", "0016", "0021", "0033", "0037"]


@pytest.fixture
def worse(corpus: str, run: Path, tmp_path: Path) -> Path:
    """A run in which ``good`` lost most of eight documents, ``poor`` is as it was, and ``peer`` is gone."""
    texts = json.loads((tmp_path / "good.json").read_text())
    for document in FALLEN:
        texts[document] = " ".join(texts[document].split()[:5])
    (tmp_path / "good.json").write_text(json.dumps(texts))
    (tmp_path / "new.json").write_text(json.dumps(texts))
    specs = [f"file:{tmp_path / name}.json" for name in ("good", "poor", "new")]
    return boilerbench.run(corpus, specs, out=tmp_path / "worse").folder


def edited(run: Path, file: str, change: Callable[[pd.DataFrame], None]) -> None:
    table = pd.read_csv(run / file, dtype=str, keep_default_na=False)
    change(table)
    table.to_csv(run / file, index=False)


def test_a_run_passes_against_itself(command: Command, run: Path) -> None:
    answer = command("gate", run, "--baseline", run)
    assert answer.code == 0
    assert "FAIL" not in answer.out
    assert answer.out.count("0.0 points, within chance (95 % interval 0.0 to 0.0; p = 1.00;") == 3
    assert answer.out.count("0 new failures (allowed 0)") == 3
    assert "All pages are of site.example" in answer.out


def test_a_degraded_extractor_fails_and_names_the_documents(command: Command, run: Path, worse: Path) -> None:
    answer = command("gate", worse, "--baseline", run)
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert next(line for line in lines if line.startswith("FAIL")).startswith("FAIL good in ")
    assert next(line for line in lines if line.startswith("ok")).startswith("ok   poor in ")
    assert "Documents that fell (8)" in answer.out
    assert all(document in answer.out for document in FALLEN)
    # What fell has a minus, in the sentence and for each document.
    assert all("−" in line for line in lines if line.strip().startswith(tuple(FALLEN)))
    assert "points, worse (95 % interval −" in answer.out
    assert "not gated: new (not in " in answer.out
    assert "not gated: peer (not in " in answer.out
    lenient = command("gate", worse, "--baseline", run, "--max-drop", "30")
    assert lenient.code == 0
    # The documents that fell are listed when it passes, too.
    assert all(document in lenient.out for document in FALLEN)


def test_json_has_every_figure_and_every_document(command: Command, run: Path, worse: Path) -> None:
    record = json.loads(command("gate", worse, "--baseline", run, "-f", "json").out)
    assert record["passed"] is False
    good = record["extractors"][0]
    assert sorted(each["document"] for each in good["fallen"]) == FALLEN
    assert all(each["difference"] < 0 for each in good["fallen"])
    assert [(check["name"], check["passed"]) for check in good["checks"]] == [
        ("f1", False),
        ("failures", True),
    ]
    assert good["comparisons"][0]["verdict"] == "second is better"
    assert record["limits"]["max_drop"] == 0
    assert set(record["not_gated"]) == {"new", "peer"}


def test_the_verdict_is_that_of_compare(command: Command, run: Path, worse: Path) -> None:
    asked = ["--pair", "good=good"]
    gated = json.loads(command("gate", worse, "--baseline", run, *asked, "-f", "json").out)
    compared = json.loads(command("compare", worse, run, *asked, "--json").out)
    ours, theirs = gated["extractors"][0]["comparisons"][0], compared["comparisons"][0]
    assert {name: theirs[name] for name in ours} == ours


def test_extractors_of_different_names_are_paired(command: Command, run: Path, worse: Path) -> None:
    answer = command("gate", worse, "--baseline", run, "--pair", "new=good", "--pair", "poor=poor")
    assert answer.code == 1
    assert "FAIL new, was good" in answer.out
    assert "not gated: good (not among the pairs)" in answer.out
    record = json.loads(command("compare", f"{worse}:new", f"{run}:good", "--json").out)
    assert [(each["first"], each["second"]) for each in record["comparisons"]] == [("new", "good")]
    assert record["comparisons"][0]["verdict"] == "second is better"
    for arguments, message in (
        (["--pair", "newgood"], "--pair newgood: give an extractor of each run, as in NEW=OLD"),
        (["--pair", "nobody=good"], "no extractor 'nobody'"),
    ):
        wrong = command("gate", worse, "--baseline", run, *arguments)
        assert (wrong.code, wrong.err.count("\n")) == (2, 1)
        assert message in wrong.err


def test_a_pair_of_specs_with_equals_signs(command: Command, corpus: str, tmp_path: Path) -> None:
    specs = ["baseline:text?a=b", "c=d"]
    runs = []
    for spec in specs:
        outputs(tmp_path / "x.json", 0.9, 1)
        folder = boilerbench.run(corpus, f"file:{tmp_path / 'x.json'}", out=tmp_path / spec[:1]).folder
        for file in ("run.json", "scores.csv", "extractions.csv", "leaderboard.csv"):
            text = (folder / file).read_text()
            for old in ('"x"', ",x,", "\nx,"):
                text = text.replace(old, old.replace("x", spec))
            (folder / file).write_text(text)
        unsealed(folder)
        runs.append(folder)
    answer = command("gate", runs[0], "--baseline", runs[1], "--pair", "baseline:text?a=b=c=d")
    assert answer.code == 0
    assert "ok   baseline:text?a=b, was c=d" in answer.out
    both = command("compare", f"{runs[0]}:baseline:text?a=b", f"{runs[1]}:c=d")
    assert both.code == 0


def test_a_single_document_that_fell_is_a_reason_of_its_own(command: Command, run: Path, worse: Path) -> None:
    passes = ["--max-drop", "30", "--max-document-drop", "100"]
    assert command("gate", worse, "--baseline", run, *passes).code == 0
    answer = command("gate", worse, "--baseline", run, "--max-drop", "30", "--max-document-drop", "40")
    assert answer.code == 1
    assert "FAIL 8 documents fell by more than 40 points of F1, most " in answer.out
    assert answer.out.count("no document fell by more than 40 points of F1") == 1


def test_precision_and_recall_have_limits_of_their_own(command: Command, run: Path, worse: Path) -> None:
    # What is cut costs recall alone: every word that is left is right.
    base: list[object] = ["gate", worse, "--baseline", run, "--max-drop", "30"]
    assert command(*base, "--max-precision-drop", "0").code == 0
    answer = command(*base, "--max-recall-drop", "1")
    assert answer.code == 1
    assert "FAIL recall " in answer.out


def test_new_failures_are_counted(command: Command, corpus: str, tmp_path: Path) -> None:
    tool = "py:tests.cli.fragile:{}"
    before, now = (
        boilerbench.run(corpus, tool.format(name), out=tmp_path / name, cache=tmp_path / "cache").folder
        for name in ("whole", "failing")
    )
    pair = f"{tool.format('failing')}={tool.format('whole')}"
    answer = command("gate", now, "--baseline", before, "--pair", pair, "--max-drop", "100")
    assert answer.code == 1
    assert "FAIL 1 new failure (allowed 0), as 0007: error, ValueError" in answer.out
    allowed = command(
        *("gate", now, "--baseline", before, "--pair", pair, "--max-drop", "100", "--max-new-failures", "1")
    )
    assert allowed.code == 0
    # Not new, if it was there before.
    assert command("gate", now, "--baseline", now).code == 0


def test_speed_has_a_limit(command: Command, run: Path) -> None:
    base: list[object] = ["gate", run, "--baseline", run, "--max-slowdown", "1.5", "--pair", "good=peer"]
    assert "ok   no page was timed in both runs" in command(*base).out

    def slow(table: pd.DataFrame) -> None:
        table["seconds"] = [{"good": "0.040", "peer": "0.020"}.get(name, "") for name in table["extractor"]]

    edited(run, "extractions.csv", slow)
    answer = command(*base)
    assert answer.code == 1
    line = "FAIL the median page takes 40.0 ms, took 20.0 ms: 2.00 times as long (allowed 1.5)"
    assert line in answer.out
    assert command(*base[:5], "2", *base[6:]).code == 0


def test_a_published_run_is_a_baseline_without_extractions(
    command: Command, run: Path, tmp_path: Path
) -> None:
    published = tmp_path / "published"
    shutil.copytree(run, published)
    (published / "extractions.csv").unlink()
    answer = command("gate", run, "--baseline", published)
    assert answer.code == 0
    said = "".join(answer.out.split())
    assert (
        f"{published} has no extractions.csv, so that new failures are not looked at.".replace(" ", "")
        in said
    )
    assert "failures (allowed" not in answer.out
    assert command("gate", run, "--baseline", published, "--max-slowdown", "2").code == 2


def test_one_document_is_too_few_to_fail(command: Command, corpus: str, run: Path, tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text(json.dumps({"0000": "word0 word1"}))
    worse = boilerbench.run(corpus, f"file:{tmp_path / 'good.json'}", out=tmp_path / "one", limit=1).folder
    answer = command("gate", worse, "--baseline", run)
    assert answer.code == 0
    assert "points on 1 document, too few to tell" in answer.out


def test_junit_has_a_case_per_check(command: Command, run: Path, worse: Path) -> None:
    answer = command("gate", worse, "--baseline", run, "-f", "junit")
    assert answer.code == 1
    root = ElementTree.fromstring(answer.out)
    assert (root.tag, root.get("tests"), root.get("failures")) == ("testsuites", "6", "1")
    cases = {(case.get("classname"), case.get("name")): case for case in root.iter("testcase")}
    failed = [key for key, case in cases.items() if case.find("failure") is not None]
    assert len(failed) == 1
    assert failed[0][1] == "f1"
    failure = cases[failed[0]].find("failure")
    assert failure is not None
    assert failure.text is not None
    assert all(document in failure.text for document in FALLEN)
    skipped = [key for key, case in cases.items() if case.find("skipped") is not None]
    assert len(skipped) == 2


def test_github_has_an_annotation_per_check(command: Command, run: Path, worse: Path) -> None:
    answer = command("gate", worse, "--baseline", run, "-f", "github")
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert all(line.startswith(("::error ", "::notice ", "::warning ")) for line in lines)
    (error,) = [line for line in lines if line.startswith("::error ")]
    title, _, message = error.removeprefix("::error title=").partition("::")
    assert title.startswith("boilerbench gate%3A good in ")
    assert title.endswith("%2C f1")
    # A percent sign is escaped, as GitHub wants it.
    assert "95 %25 interval" in message


def test_markdown_has_a_row_per_check(command: Command, run: Path, worse: Path) -> None:
    answer = command("gate", worse, "--baseline", run, "-f", "markdown")
    assert answer.code == 1
    assert answer.out.startswith("### boilerbench gate: failed\n")
    assert sum("**FAIL**" in line for line in answer.out.splitlines()) == 1
    assert all(f"| {document} |" in answer.out for document in FALLEN)


def test_in_python(run: Path, worse: Path) -> None:
    result = boilerbench.gate(worse, run, pairs=[("good", "good")])
    assert not result.passed
    (good,) = result.extractors
    assert [check.name for check in good.checks if not check.passed] == ["f1"]
    assert boilerbench.gate(worse, run, GateLimits(max_drop=30)).passed
    compared = boilerbench.compare(worse, "good", "good", other_run=run)
    assert compared.comparisons == good.comparisons
    assert compared.lost[0].difference < 0
    with pytest.raises(boilerbench.InputError, match="good is named alone"):
        boilerbench.compare(run, "good")


def test_a_tenth_of_the_paragraphs_dropped_fails(command: Command, data: Path, tmp_path: Path) -> None:
    stored = json.loads((data / "aeb" / "output" / "readability_js.json").read_text())
    texts = {key: value["articleBody"] for key, value in stored.get("output", stored).items()}
    draw = random.Random(1)
    file = tmp_path / "readability_js.json"
    file.write_text(json.dumps(texts))
    corpus = f"aeb:{data / 'aeb'}"
    baseline = boilerbench.run(corpus, [f"file:{file}"], out=tmp_path / "baseline").folder
    dropped = {
        key: "\n".join(line for line in text.split("\n") if not line.strip() or draw.random() > 0.1)
        for key, text in texts.items()
    }
    file.write_text(json.dumps(dropped))
    worse = boilerbench.run(corpus, [f"file:{file}"], out=tmp_path / "worse").folder
    answer = command("gate", worse, "--baseline", baseline, "--max-drop", "0.5")
    assert answer.code == 1
    assert "FAIL readability_js" in answer.out
    assert "on 181 documents (126 sites)" in answer.out
    assert "Documents that fell most" in answer.out
    assert command("gate", baseline, "--baseline", worse).code == 0
