"""``boilerbench run`` and ``score`` as a person meets them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Command, GoldFolder, write_aeb

ROOT = Path(__file__).parents[2]
SCRIPT = Path(sys.executable).with_name("boilerbench")
EXAMPLE = ("<p>One two three four.</p><p>Five</p>", "One two three four.")


@pytest.fixture
def aeb(tmp_path: Path) -> str:
    return f"aeb:{write_aeb(tmp_path / 'aeb', {'f' * 64: EXAMPLE, 'e' * 64: EXAMPLE})}"


def test_a_run_ends_in_a_leaderboard(command: Command, aeb: str, tmp_path: Path) -> None:
    (tmp_path / "theirs.json").write_text(json.dumps({"f" * 64: "One two."}))
    out = tmp_path / "out"
    answer = command("run", "-c", aeb, "-e", "html-text", "-e", f"file:{tmp_path}/theirs.json", "-o", out)
    assert answer.code == 0
    assert answer.err == ""
    lines = answer.out.splitlines()
    assert all(len(line) <= 80 or line.startswith(("Next:", "In ")) for line in lines)
    assert "Tools had no network" in answer.out
    assert lines[0].startswith("aeb: 2 documents, sha256:")
    assert "mean over documents" in lines[1]
    assert answer.out.index("html-text") < answer.out.index("theirs")
    assert "as Zyte averages" in answer.out
    why = "theirs: 1 error, mostly theirs.json has no output for this document, as on eeeeeeeeeeee"
    assert why in " ".join(answer.out.split())
    assert "Where the extractors disagree most" in answer.out
    assert f"Next:  boilerbench show {out}/aeb eeeeeeeeeeee theirs" in answer.out
    assert (out / "aeb" / "scores.csv").exists()


def test_json_is_what_a_program_reads(command: Command, aeb: str, tmp_path: Path) -> None:
    answer = command("run", "-c", aeb, "-e", "html-text", "-m", "words", "-o", tmp_path / "out", "--json")
    assert answer.code == 0
    (run,) = json.loads(answer.out)["runs"]
    assert run["corpus"]["documents"] == 2
    (row,) = run["leaderboard"]
    assert row["extractor"] == "html-text"
    assert row["recall"] == 1


def test_several_corpora_make_several_runs(
    command: Command, aeb: str, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    gold_folder.add("one")
    answer = command(
        *("run", "-c", aeb, "-c", f"gold:{gold_folder.root}", "-e", "html-text", "-o", tmp_path / "out")
    )
    assert answer.code == 0
    assert sorted(entry.name for entry in (tmp_path / "out").iterdir()) == ["aeb", "small"]


def test_two_corpora_of_one_name(command: Command, aeb: str, tmp_path: Path) -> None:
    answer = command("run", "-c", aeb, "-c", aeb, "-o", tmp_path / "out")
    assert answer.code == 2
    assert "two corpora are called aeb" in answer.err


def test_score_renews_a_run(command: Command, aeb: str, tmp_path: Path) -> None:
    command("run", "-c", aeb, "-e", "html-text", "-o", tmp_path / "out")
    answer = command("score", tmp_path / "out" / "aeb", "-m", "words")
    assert answer.code == 0
    assert r"words|seg:\w+|case:lower|v1: mean over documents" in answer.out
    assert (
        json.loads(command("score", tmp_path / "out" / "aeb", "--json").out)["measures"][0]["name"] == "words"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "-c", "nowhere"], "boilerbench: corpus 'nowhere' is neither gold nor FORMAT:PATH nor one"),
        (["run", "-c", "aeb:/nowhere"], "boilerbench: corpus /nowhere: does not exist; give a folder with"),
        (
            ["run", "-e", "trafilatur"],
            "boilerbench: unknown extractor 'trafilatur'; did you mean trafilatura?",
        ),
        (
            ["run", "-e", "html-text?x=1"],
            "boilerbench: extractor html-text?x=1: there is no option x; there are",
        ),
        (["run", "-e", "file:/nowhere.json"], "boilerbench: file:/nowhere.json: there is no such file"),
        (["run", "-m", "wurds"], "boilerbench: unknown measure 'wurds'"),
        (["run", "-j", "0"], "Error: Invalid value for '-j' / '--jobs'"),
        (["run", "--timeout", "0"], "Error: Invalid value for '--timeout'"),
        (["run", "--limit", "-1"], "Error: Invalid value for '--limit'"),
        (["run", "--nonsense"], "Error: No such option '--nonsense'"),
        (["nonsense"], "no command 'nonsense'; there are run, survey"),
        (["score", "/nowhere"], "boilerbench: run /nowhere: no such folder; give a folder that"),
        (["show", "/nowhere", "a", "b"], "boilerbench: run /nowhere: no such folder"),
        (["show"], "Error: Missing argument 'RUN'"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(
    command: Command, tmp_path: Path, arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = command(*arguments)
    assert answer.code == 2
    assert message in answer.err
    assert "Traceback" not in answer.err
    assert answer.out == ""
    assert not list(tmp_path.glob("results/*"))


def test_a_target_that_is_not_a_run(command: Command, aeb: str, tmp_path: Path) -> None:
    (tmp_path / "out" / "aeb").mkdir(parents=True)
    (tmp_path / "out" / "aeb" / "mine.txt").touch()
    answer = command("run", "-c", aeb, "-e", "html-text", "-o", tmp_path / "out")
    assert answer.code == 2
    assert "is there and is not a run; choose another folder with --out" in answer.err


@pytest.mark.parametrize("copies", [1, 20], ids=["while a tool hangs", "while documents are read"])
def test_ctrl_c_stops_at_once_and_replaces_nothing(tmp_path: Path, copies: int) -> None:
    package = misbehaving_package(tmp_path)
    (tmp_path / "gold").mkdir()
    for document in ROOT.glob("gold/*/"):
        for number in range(copies):
            (tmp_path / "gold" / f"{document.name}-{number}").symlink_to(document)
    options = ["-c", f"gold:{tmp_path / 'gold'}", "-e", "misbehaving?fault=hang", "--timeout", "60"]
    process = subprocess.Popen(
        [SCRIPT, "run", *options, "-o", tmp_path / "out"],
        env={**os.environ, "PYTHONPATH": str(package)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    if copies == 1:
        # Its documents are read when a run has its token.
        while not (tmp_path / "out" / ".gold.unfinished").exists():
            assert process.poll() is None
            time.sleep(0.02)
    else:
        time.sleep(6)
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    out, err = process.communicate(timeout=20)
    assert time.monotonic() - started < 2
    assert (process.returncode, out) == (130, "")
    assert err.startswith("boilerbench: interrupted; ")
    assert "is as it was, and what was extracted is kept" in err
    assert "the same command goes on from there" in err
    assert "Traceback" not in err
    # The token of the run may stay, by which the next one finds what was kept for this one alone.
    assert {entry.name for entry in (tmp_path / "out").iterdir()} <= {".gold.unfinished"}


def test_extractors_that_misbehave_leave_all_other_results_intact(tmp_path: Path) -> None:
    """The whole of it, as installed: five faults beside one good tool, on the gold that comes with it."""
    package = misbehaving_package(tmp_path)
    faults = ("hang", "raise", "os-exit", "print", "bytes")
    specs = [f"misbehaving?fault={fault}" for fault in faults]
    chosen = [part for spec in (*specs, "html-text") for part in ("-e", spec)]
    done = subprocess.run(
        [SCRIPT, "run", *chosen, "--timeout", "2", "-o", tmp_path / "out", "--json"],
        env={**os.environ, "PYTHONPATH": str(package)},
        capture_output=True,
        text=True,
        check=True,
    )
    (run,) = json.loads(done.stdout)["runs"]
    documents = run["corpus"]["documents"]
    # The Sphinx page alone says "trouble".
    rest = documents - 1
    assert run["counts"] == {
        specs[0]: {"ok": rest, "timeout": 1},
        specs[1]: {"ok": rest, "error": 1},
        specs[2]: {"ok": rest, "crash": 1},
        specs[3]: {"ok": documents},
        specs[4]: {"ok": rest, "error": 1},
        "html-text": {"ok": documents},
    }
    assert all(row["documents"] + row["unscored"] == documents for row in run["leaderboard"])


def misbehaving_package(root: Path) -> Path:
    """The misbehaving extractor as an installed package that registers it by an entry point."""
    source = Path(__file__).parents[1] / "runner" / "misbehaving.py"
    package = root / "site"
    package.mkdir()
    (package / "misbehaving_adapter.py").write_text(source.read_text().replace("trouble", TROUBLE))
    info = package / "misbehaving-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: misbehaving\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[boilerbench.extractors]\nmisbehaving = misbehaving_adapter\n")
    return package


TROUBLE = "Retries and back-off"
"""Words that one of the gold pages has."""


def test_times_of_an_earlier_run_are_marked(command: Command, aeb: str, tmp_path: Path) -> None:
    def heading(*options: str) -> tuple[str, int]:
        answer = command("run", "-c", aeb, "-e", "inscriptis", "-o", tmp_path / "out", *options)
        said = " ".join(answer.out.split())
        return answer.out.splitlines()[2].split()[-1], said.count("of an earlier run, not of this one.")

    assert heading("--fresh") == ("ms", 0)
    assert heading() == ("ms*", 1)


def test_an_extractor_that_fails_on_every_page(
    command: Command, aeb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.py").write_text("def extract(html, url):\n    raise ValueError('no such element')\n")
    (tmp_path / "blank.py").write_text("def extract(html, url):\n    return ''\n")
    (tmp_path / "theirs.json").write_text(json.dumps({"f" * 64: "One", "x": "", "y": "", "z": ""}))
    monkeypatch.chdir(tmp_path)
    common = ("run", "-c", aeb, "-o", tmp_path / "out", "-e", "py:blank:extract")
    answer = command(*common, "-e", "py:broken:extract", "-e", "file:theirs.json")
    assert answer.code == 1
    # It came last, and stands before the remark about the file.
    assert answer.err.splitlines() == [
        "boilerbench: py:broken:extract failed on every page: error, mostly ValueError: no such element",
        "boilerbench: file:theirs.json: 3 outputs are for no document of aeb, as x",
    ]
    # Nothing from every page is an answer; so is a failure on some pages only, as of stored outputs.
    answer = command(*common, "-e", "file:theirs.json", "--limit", "1", "--document", "f")
    assert answer.code == 0
    # The outputs for what was not selected are for documents of the corpus.
    (tmp_path / "theirs.json").write_text(json.dumps({"f" * 64: "One", "e" * 64: "Two"}))
    answer = command(*common, "-e", "file:theirs.json", "--document", "f")
    assert "no document" not in answer.err
