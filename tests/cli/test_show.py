"""``boilerbench show``."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from boilerbench.records import Status
from boilerbench.results import ERRORS_FILE
from boilerbench.results.failures import Failure
from tests.conftest import DOCUMENT_TOML, Command, GoldFolder
from tests.results.editing import unsealed

BODY = "The boat was the easy half.\n\nFares will not go up [yet].\n"


@pytest.fixture
def run(command: Command, gold_folder: GoldFolder, tmp_path: Path) -> Path:
    gold_folder.add("ferry", body_txt=BODY, document_toml=DOCUMENT_TOML + 'url = "https://a.example/ferry"\n')
    gold_folder.add("ferment")
    outputs = {"ferry": "Home\nThe boat was the half.", "ferment": ""}
    (tmp_path / "theirs.json").write_text(json.dumps(outputs))
    (tmp_path / "others.json").write_text(json.dumps({"ferry": BODY}))
    answer = command(
        *("run", "-c", f"gold:{gold_folder.root}", "-o", tmp_path / "out"),
        *("-e", f"file:{tmp_path}/theirs.json", "-e", f"file:{tmp_path}/others.json"),
    )
    assert answer.code == 0
    return tmp_path / "out" / "small"


def test_lost_and_leaked_words_are_marked(command: Command, run: Path) -> None:
    answer = command("show", run, "ferry", "theirs")
    assert answer.code == 0
    assert "The boat was the [-easy-] half.\n[-Fares will not go up [yet-]]." in answer.out
    assert "{+Home+}\nThe boat was the half." in answer.out
    assert "gold: 7 words lost [-…-]" in answer.out
    assert "theirs: 1 word leaked {+…+}" in answer.out
    assert "https://a.example/ferry" in answer.out
    # Five of six words returned, five of twelve expected.
    assert "precision  83.3  recall  41.7  F1  55.6" in answer.out
    assert "marked as counted by words" in answer.out


def test_the_beginning_of_an_id_is_enough(command: Command, run: Path) -> None:
    assert command("show", run, "ferr", "th").out == command("show", run, "ferry", "theirs").out


def test_an_error_is_shown(command: Command, run: Path) -> None:
    answer = command("show", run, "ferment", "others")
    assert "error: others.json has no output for this document" in answer.out
    assert "(empty)" in answer.out


@pytest.mark.parametrize(
    ("document", "extractor", "message"),
    [
        ("fer", "theirs", "document 'fer' may be any of ferment, ferry; give more of its name"),
        ("boat", "theirs", "no document 'boat' in this run; there are ferment, ferry"),
        ("ferry", "mine", "no extractor 'mine' in this run; there are theirs, others"),
    ],
)
def test_a_name_that_is_none(
    command: Command, run: Path, document: str, extractor: str, message: str
) -> None:
    answer = command("show", run, document, extractor)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err


def test_a_corpus_that_has_moved(
    command: Command, run: Path, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    moved = gold_folder.root.rename(tmp_path / "moved")
    assert "say with --corpus where it lies now" in command("show", run, "ferry", "theirs").err
    assert command("show", run, "ferry", "theirs", "--corpus", f"gold:{moved}").code == 0


def test_a_wide_terminal_has_both_side_by_side(
    command: Command, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    wide = command("show", run, "ferry", "theirs").out
    assert any("The boat was the [-easy-] half." in line and "{+Home+}" in line for line in wide.splitlines())
    assert max(map(len, wide.splitlines())) <= 160
    inline = command("show", run, "ferry", "theirs", "--inline").out
    assert "The boat was the [-easy-] half.\n" in inline
    monkeypatch.setenv("COLUMNS", "80")
    assert "{+Home+}" in command("show", run, "ferry", "theirs", "--side-by-side").out


def test_leaked_words_say_which_block_they_come_from(
    command: Command, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    labels = "navigation\tHome\nparagraph\tThe body of ferry.\n"
    gold_folder.add("ferry", labels_tsv=labels)
    (tmp_path / "it.json").write_text(json.dumps({"ferry": "Home\nThe body of ferry.\nMore"}))
    assert (
        command(
            *(
                "run",
                "-c",
                f"gold:{gold_folder.root}",
                "-e",
                f"file:{tmp_path}/it.json",
                "-o",
                tmp_path / "out",
            )
        ).code
        == 0
    )
    shown = command("show", tmp_path / "out" / "small", "ferry", "it").out
    assert "{+Home+ navigation}\nThe body of ferry.\n{+More+ foreign}" in shown
    assert "leaked: 1 of navigation, 1 foreign" in shown


def two_versions(command: Command, gold_folder: GoldFolder, tmp_path: Path) -> list[Path]:
    """Two runs of one page with navigation and a date, an older and a newer output of the same name."""
    labels = (
        "navigation\tHome\ndate\tMay 2024\nparagraph\tThe ferry leaves at nine.\nparagraph\tBring a coat.\n"
    )
    body = "The ferry leaves at nine.\n\nBring a coat.\n"
    page = "<nav>Home</nav><p>May 2024</p><p>The ferry leaves at nine.</p><p>Bring a coat.</p>"
    gold_folder.add("ferry", body_txt=body, page_html=page, labels_tsv=labels)
    runs = []
    for name, text in (
        ("old", "Home\nThe ferry leaves at nine."),
        ("new", "May 2024\nThe ferry leaves at\nBring a coat."),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "it.json").write_text(json.dumps({"ferry": text}))
        specs = ("-e", f"file:{tmp_path}/{name}/it.json")
        assert command("run", "-c", f"gold:{gold_folder.root}", *specs, "-o", tmp_path / name).code == 0
        runs.append(tmp_path / name / "small")
    return runs


def test_two_runs_against_each_other(command: Command, gold_folder: GoldFolder, tmp_path: Path) -> None:
    old, new = two_versions(command, gold_folder, tmp_path)
    answer = command("show", old, new, "ferry")
    assert answer.code == 0, answer.err
    # What gold wants stands in square brackets, what it does not in braces, optional words in round ones.
    assert "{-Home-}\nThe ferry leaves at [-nine-]." in answer.out
    assert "(+May 2024+)\nThe ferry leaves at\n[+Bring a coat+]." in answer.out
    out = answer.out.replace("\n", "").replace(" ", "")
    assert "1wordthatgoldwants[-…-],1wordthatgolddoesnotwant{-…-}" in out
    assert "3wordsthatgoldwants[+…+],2wordsofoptionaltext(+…+)" in out


def test_two_extractors_of_a_run(command: Command, run: Path) -> None:
    answer = command("show", run, "ferry", "theirs", "others")
    assert answer.code == 0
    assert "{-Home-}\nThe boat was the half." in answer.out
    assert "The boat was the [+easy+] half.\n[+Fares will not go up [yet+]]." in answer.out
    assert answer.out.count("precision") == 2


def test_an_output_against_itself_has_no_marks(command: Command, run: Path) -> None:
    answer = command("show", run, "ferry", "others", "others")
    assert answer.out.count("nothing") == 2
    assert "[+" not in answer.out


def test_optional_words_are_marked(command: Command, gold_folder: GoldFolder, tmp_path: Path) -> None:
    _, new = two_versions(command, gold_folder, tmp_path)
    answer = command("show", new, "ferry", "it")
    assert "{~May 2024~}\nThe ferry leaves at\nBring a coat." in answer.out
    assert "2 optional {~…~}" in answer.out


def test_words_that_moved_are_marked_where_they_cost(command: Command, run: Path, tmp_path: Path) -> None:
    command("score", run, "-m", "words", "-m", "lcs")
    (tmp_path / "moved.json").write_text(json.dumps({"ferry": "half. The boat was the easy"}))
    corpus = run.parents[1] / "small"
    command(
        "run",
        "-c",
        f"gold:{corpus}",
        "-m",
        "lcs",
        "-e",
        f"file:{tmp_path}/moved.json",
        "-o",
        tmp_path / "moved",
    )
    answer = command("show", tmp_path / "moved" / "small", "ferry", "moved")
    assert "marked as counted by lcs" in answer.out
    assert "The boat was the easy [>half.<]" in answer.out
    assert "1 moved [>…<]" in answer.out


def test_another_measure_marks(command: Command, run: Path) -> None:
    assert "measure exact offers no spans" in command("show", run, "ferry", "theirs", "-m", "exact").err
    command("score", run, "-m", "words", "-m", "lcs")
    assert "marked as counted by lcs" in command("show", run, "ferry", "theirs", "-m", "lcs").out


def test_the_next_commands_work(command: Command, run: Path) -> None:
    lines = command("show", run, "ferry", "theirs").out.splitlines()
    told = [line.removeprefix("Next:  boilerbench ") for line in lines if line.startswith("Next:")]
    assert len(told) == 2
    for line in told:
        assert command(*shlex.split(line)).code == 0
    assert shlex.split(told[0])[2:] == ["ferry", "theirs", "others"]
    assert shlex.split(told[1])[2:] == ["ferment", "theirs"]


def test_a_traceback_that_the_run_keeps_is_shown(command: Command, run: Path) -> None:
    other = Failure("ferry", "others", Status.ERROR, "no", "no")
    failure = Failure(
        *("ferment", "others", Status.ERROR, "KeyError: 'x'"),
        "Traceback (most recent call last):\n  ...\nKeyError: \x1b[31m'x'\n",
    )
    (run / ERRORS_FILE).write_text(other.line() + failure.line())
    out = command("show", run, "ferment", "others").out
    assert "Traceback (most recent call last):\n  ...\nKeyError: ␛[31m'x'" in out
    assert "Traceback" not in command("show", run, "ferment", "theirs").out
    (run / ERRORS_FILE).write_text("{}\n")
    answer = command("show", run, "ferment", "others")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "errors.jsonl: line 1: document is missing" in answer.err


def test_an_output_cannot_steer_the_terminal(
    command: Command, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    gold_folder.add("ferry")
    (tmp_path / "it.json").write_text(json.dumps({"ferry": "\x1b[2J\x9b31m The body of ferry. \x07"}))
    command("run", "-c", f"gold:{gold_folder.root}", "-e", f"file:{tmp_path}/it.json", "-o", tmp_path / "out")
    out = command("show", tmp_path / "out" / "small", "ferry", "it").out
    assert "␛[" in out
    assert not {"\x1b", "\x9b", "\x07"} & set(out)


def test_markup_is_shown_as_it_was_returned(
    command: Command, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    gold_folder.add("ferry")
    markup = {"markup": "# The *body*\n\n|a|\n|---|\n\x1b[2J", "format": "markdown"}
    (tmp_path / "marked.json").write_text(json.dumps({"ferry": markup}))
    (tmp_path / "plain.json").write_text(json.dumps({"ferry": "The body"}))
    files = [part for name in ("marked", "plain") for part in ("-e", f"file:{tmp_path}/{name}.json")]
    command("run", "-c", f"gold:{gold_folder.root}", *files, "-o", tmp_path / "out")
    run = tmp_path / "out" / "small"
    shown = command("show", run, "ferry", "marked", "--markup")
    assert "# The *body*\n\n|a|\n|---|\n␛[2J\n" in shown.out
    assert "# " not in command("show", run, "ferry", "marked").out
    answer = command("show", run, "ferry", "plain", "--markup")
    assert (answer.code, answer.err) == (2, "boilerbench: plain returned no markup for ferry\n")


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["ferry"], "name an extractor"),
        (["ferry", "theirs", "others", "theirs"], "two extractors at most"),
        (["{run}"], "no document is named"),
        (["{run}", "ferry"], "name an extractor"),
        (["{run}", "nothing", "theirs"], "no document 'nothing' in this run"),
    ],
)
def test_wrong_use_is_one_line(command: Command, run: Path, names: list[str], message: str) -> None:
    answer = command("show", run, *(name.format(run=run) for name in names))
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert message in answer.err


def test_a_page_that_differs_between_runs(command: Command, gold_folder: GoldFolder, tmp_path: Path) -> None:
    old, new = two_versions(command, gold_folder, tmp_path)
    table = (new / "documents.csv").read_text()
    digest = table.splitlines()[1].split(",")[1]
    (new / "documents.csv").write_text(table.replace(digest, "0" * 64))
    unsealed(new)
    assert "ferry: page or gold differ between" in command("show", old, new, "ferry").err
