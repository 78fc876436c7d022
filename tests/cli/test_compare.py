"""``boilerbench compare`` and ``leaderboard`` as a person meets them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import boilerbench
from boilerbench.reports.latex import escape
from tests.cli.conftest import outputs
from tests.conftest import DOCUMENT_TOML, Command, GoldFolder


def fits(text: str) -> bool:
    return all(len(line) <= 80 or line.startswith("Next:") for line in text.splitlines())


def test_two_extractors_are_compared_in_one_sentence(command: Command, run: Path) -> None:
    answer = command("compare", run, "poor", "good")
    assert answer.code == 0
    sentence = " ".join(answer.out.split())
    assert sentence.startswith(
        "All pages are of site.example; what is said holds for that site alone. good is better than poor by "
    )
    assert "p < 0.001) on 40 documents of wcxb-dev." in sentence
    assert "0/0/40" in answer.out
    assert "By page type" in answer.out
    assert "By language" not in answer.out
    assert "Where good wins most" in answer.out
    assert "Where poor wins most" not in answer.out
    assert fits(answer.out)


def test_what_cannot_be_told_apart_is_said(command: Command, run: Path) -> None:
    answer = command("compare", run, "good", "peer")
    assert "peer and good cannot be told apart" in " ".join(answer.out.split())


def test_all_pairs_are_a_matrix(command: Command, run: Path) -> None:
    answer = command("compare", run)
    *lines, following = answer.out.splitlines()
    rows = [line.split() for line in lines if "/" in line and "W/T/L" not in line]
    assert following.startswith(f"Next:  boilerbench compare {run} ")
    assert len(rows) == 3
    assert [row[-1] == "=" for row in rows] == [{"good", "peer"} == set(row[:2]) for row in rows]
    assert fits(answer.out)


def test_json_has_every_figure(command: Command, run: Path) -> None:
    record = json.loads(command("compare", run, "--json", "--seed", "3").out)
    assert record["measure"] == r"words|seg:\w+|case:lower|v1"
    assert record["average"] == "mean"
    assert record["seed"] == 3
    assert len(record["comparisons"]) == 3
    for each in record["comparisons"]:
        assert each["low"] <= each["difference"] <= each["high"]
        assert each["sentence"].endswith("on 40 documents of wcxb-dev.")
        assert each["verdict"] in ("first is better", "second is better", "cannot be told apart")


def test_the_same_extractor_in_two_runs(command: Command, corpus: str, run: Path, tmp_path: Path) -> None:
    outputs(tmp_path / "good.json", 0.6, 4)
    other = boilerbench.run(corpus, [f"file:{tmp_path / 'good.json'}"], out=tmp_path / "other").folder
    answer = command("compare", run, other)
    assert answer.code == 0
    # A path may be broken anywhere.
    assert f"good in {run} is better than good in {other} by".replace(" ", "") in "".join(answer.out.split())


def test_runs_of_part_of_a_corpus_are_compared_on_what_is_common(
    command: Command, corpus: str, run: Path, tmp_path: Path
) -> None:
    part = boilerbench.run(corpus, [f"file:{tmp_path / 'poor.json'}"], out=tmp_path / "part", limit=25).folder
    answer = command("compare", run, part)
    assert answer.code == 0
    said = " ".join(answer.out.split())
    assert "The corpora differ; compared on the 25 documents in common (of 40 and 25)" in said


def test_runs_over_changed_gold_are_not_compared(
    command: Command, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    folder = gold_folder.add("one")
    gold_folder.add("two")
    runs = []
    for name in ("before", "after", "retitled"):
        runs.append(boilerbench.run(f"gold:{gold_folder.root}", ["html-text"], out=tmp_path / name).folder)
        # A title decides no score; gold does.
        change = {
            "before": ("body.txt", "Home\n\nThe body of one.\n"),
            "after": ("document.toml", DOCUMENT_TOML + 'traps = ["x"]\n'),
        }
        if name in change:
            (folder / change[name][0]).write_text(change[name][1])
    before, after, retitled = runs
    answer = command("compare", before, after)
    assert answer.code == 2
    assert "differ in page or gold of 1 documents, as in one" in answer.err
    assert command("compare", after, retitled).code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["good"], "run good: no such folder"),
        (["good", "nobody"], "no extractor 'nobody' in this run; there are good, peer, poor"),
        (["good", "good"], "good is compared with itself"),
        (["good", "peer", "poor"], "compare takes a run and two extractors"),
        (["-m", "shingles"], "not scored by shingles but by words"),
        (["--average", "zyte"], "words is not averaged as zyte"),
    ],
)
def test_wrong_use_is_one_line(command: Command, run: Path, arguments: list[str], message: str) -> None:
    answer = command("compare", run, *arguments)
    assert answer.code == 2
    assert message in answer.err
    assert answer.err.count("\n") == 1


def test_runs_with_nothing_in_common_are_not_compared(
    command: Command, corpus: str, run: Path, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    gold_folder.add("one")
    other = boilerbench.run(f"gold:{gold_folder.root}", ["html-text"], out=tmp_path / "gold").folder
    assert "no document in common" in command("compare", run, other).err
    good = [f"file:{tmp_path / 'good.json'}"]
    scored = boilerbench.run(corpus, good, ["lcs"], out=tmp_path / "lcs").folder
    assert "not scored by words but by lcs" in command("compare", run, scored).err
    named = boilerbench.run(corpus, ["html-text"], out=tmp_path / "other").folder
    assert "no extractor in common" in command("compare", run, named).err
    alone = command("compare", other)
    assert (alone.code, "one extractor alone" in alone.err) == (2, True)


def test_a_leaderboard_by_kind_of_document(command: Command, run: Path) -> None:
    answer = command("leaderboard", run, "--by", "page_type")
    assert answer.code == 0
    assert answer.out.count("article") == answer.out.count("forum ") == 1
    assert fits(answer.out)
    none = command("leaderboard", run, "--by", "language")
    assert none.code == 2
    assert "wcxb-dev does not say the language of its documents" in none.err


def test_a_leaderboard_by_trap_counts_a_document_for_each(
    command: Command, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    gold_folder.add("one", document_toml=DOCUMENT_TOML + 'traps = ["tags", "caption"]\n')
    gold_folder.add("two", document_toml=DOCUMENT_TOML + 'traps = ["tags"]\n')
    run = boilerbench.run(f"gold:{gold_folder.root}", ["html-text"], out=tmp_path / "out").folder
    rows = json.loads(command("leaderboard", run, "--by", "trap", "-f", "json").out)
    assert [(row["group"], row["documents"]) for row in rows] == [("tags", 2), ("caption", 1)]


def test_a_leaderboard_by_difficulty(command: Command, gold_folder: GoldFolder, tmp_path: Path) -> None:
    # Of 20 words, 20, 15, 10 and 5 are body: complexity 0, 0.25, 0.5, 0.75, quartiles 0.19 and 0.56.
    for name, body in (("all", 20), ("most", 15), ("half", 10), ("some", 5)):
        page = f"<p>{'chrome ' * (20 - body)}</p><p>{'body ' * body}</p>"
        gold_folder.add(name, page_html=page, body_txt=" ".join(["body"] * body) + "\n")
    run = boilerbench.run(f"gold:{gold_folder.root}", ["html-text"], out=tmp_path / "out").folder
    rows = json.loads(command("leaderboard", run, "--by", "difficulty", "-f", "json").out)
    assert [(row["group"], row["documents"]) for row in rows] == [
        ("low (< 0.19)", 1),
        ("medium", 2),
        ("high (≥ 0.56)", 1),
    ]


def test_every_format_holds_the_same_rows(command: Command, run: Path) -> None:
    table = list(csv.DictReader(io.StringIO(command("leaderboard", run, "-f", "csv").out)))
    records = json.loads(command("leaderboard", run, "-f", "json").out)
    assert [row["extractor"] for row in table] == [row["extractor"] for row in records]
    # What was unscorable has a table of its own.
    stored = list(csv.DictReader((run / "leaderboard.csv").open()))
    assert table == [{**row, "unscorable": "0"} for row in stored]
    markdown = command("leaderboard", run, "-f", "markdown").out
    latex = command("leaderboard", run, "-f", "latex").out
    for row in records:
        figure = f"{100 * row['f1']:.1f}"
        assert any(row["extractor"] in line and figure in line for line in markdown.splitlines())
        assert any(row["extractor"] in line and figure in line for line in latex.splitlines())
    assert "\\toprule" in latex


def test_a_latex_table_says_what_it_is_of(command: Command, run: Path) -> None:
    info = boilerbench.load_run(run).info
    text = command("leaderboard", run, "-f", "latex").out
    caption = next(line for line in text.splitlines() if line.startswith("\\caption{"))
    assert "Corpus wcxb-dev: 40 documents, sha256:" in caption
    assert info.corpus.digest[: len("sha256:") + 12] in caption
    assert escape(info.measures[0].signature) in caption
    assert "\\label{tab:wcxb-dev-words-mean}" in text
    by = command("leaderboard", run, "-f", "latex", "--by", "page_type").out
    assert "\\label{tab:wcxb-dev-words-mean-page-type}" in by


def test_columns_of_speed_and_memory(command: Command, run: Path) -> None:
    """The times and memory of an edited table: 0.1 and 0.3 seconds are five pages a second."""
    file = run / "extractions.csv"
    rows = list(csv.DictReader(file.open()))
    good = [row for row in rows if row["extractor"] == "good"]
    for row, seconds, peak in zip(good, ("0.1", "0.3"), ("64", "128"), strict=False):
        row |= {"seconds": seconds, "peak_mb": peak}
    with file.open("w", newline="") as opened:
        writer = csv.DictWriter(opened, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    answer = command("leaderboard", run, "--columns", "speed,memory")
    assert (answer.code, fits(answer.out)) == (0, True)
    (line,) = (line for line in answer.out.splitlines() if line.startswith("good "))
    assert line.split()[-2:] == ["5.00", "128"]
    assert "Pages/s: 1 / mean seconds of a page" in " ".join(answer.out.split())
    records = json.loads(command("leaderboard", run, "--columns", "speed", "-f", "json").out)
    figures = {row["extractor"]: (row["pages_per_second"], row["peak_mb"]) for row in records}
    assert figures == {"good": (5.0, 128.0), "peer": (None, None), "poor": (None, None)}
    assert "5.00" in command("leaderboard", run, "--columns", "speed", "-f", "markdown").out


def test_columns_that_cannot_be_had_are_one_line(command: Command, run: Path) -> None:
    for arguments, said in (
        (["--columns", "memroy"], "unknown column 'memroy'; did you mean memory?"),
        (["--columns", "speed,price"], "unknown column 'price'; there are speed, p95, memory, characters"),
        (["--columns", "p95", "--by", "page_type"], "of one whole run; leave out p95, or --by"),
        (["--columns", "words", "--published"], "leave out --columns, or --published"),
        (["--columns", "tokens"], "tokens need a tokenizer; name it with --tokenizer"),
        (["--tokenizer", "tokenizers:x.json"], "ask for them with --columns tokens"),
        (["--columns", "tokens", "--tokenizer", "x.json"], "give LIBRARY:FILE"),
        (["--columns", "tokens", "--tokenizer", "tokenizers:none.json"], "none.json: no such file"),
    ):
        answer = command("leaderboard", run, *arguments)
        assert (answer.code, answer.err.count("\n")) == (2, 1)
        assert said in answer.err


def test_one_measure_of_several(command: Command, run: Path) -> None:
    assert command("score", run, "-m", "all").code == 0
    answer = command("leaderboard", run, "-m", "lcs")
    assert "lcs|" in answer.out
    assert "words|" not in answer.out
    assert command("leaderboard", run, "-m", "wurds").code == 2


@pytest.mark.parametrize("arguments", [["compare"], ["report"], ["leaderboard", "--by", "page_type"]])
def test_a_damaged_table_is_one_line_in_every_command(
    command: Command, run: Path, arguments: list[str]
) -> None:
    file = run / "scores.csv"
    rows = file.read_text().splitlines()
    rows[1] = ",".join([*rows[1].split(",")[:5], "nan", *rows[1].split(",")[6:]])
    file.write_text("\n".join(rows) + "\n")
    answer = command(arguments[0], run, *arguments[1:])
    assert answer.code == 2
    assert f"{file}: line 2: f1 is missing" in answer.err or f"{file}: line 2: f1 is 'nan'" in answer.err
    assert answer.err.count("\n") == 1
