"""A document added from nothing, checked, counted; and what leaks by its labels."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from tests.conftest import DOCUMENT_TOML, Command, GoldFolder, write_wcxb

PAGE = """<!doctype html><html lang="en"><title>Library opens | Harbour News</title>
<nav><a>Home</a> <a>News</a></nav><h1>Library opens</h1>
<p>The harbour library opened its doors on Monday.</p><p>It has room for forty readers.</p>
<aside><h2>Related</h2><p>Ferry fares will not go up</p></aside><footer>Imprint</footer></html>
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text(PAGE)
    return tmp_path


def press(monkeypatch: pytest.MonkeyPatch, keys: str, lines: list[str]) -> None:
    pressed, typed = iter(keys), iter(lines)
    monkeypatch.setattr(click, "getchar", lambda: next(pressed))
    monkeypatch.setattr(click, "prompt", lambda *_: next(typed))


def test_a_document_from_nothing(command: Command, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = command("gold", "new", "page.html", "--id", "harbour-news")
    assert answer.code == 0
    assert "gold/harbour-news: " in answer.out
    assert "7 blocks" in answer.out
    folder = here / "gold" / "harbour-news"
    assert (folder / "labels.tsv").read_text().splitlines()[0] == "?\tHome News"
    assert 'title = "Library opens"\n' in (folder / "document.toml").read_text()
    assert answer.err.startswith("harbour-news: it shows only 26 words without scripts; ")

    # Stopped after three, one of them taken back; gone on with a range.
    press(monkeypatch, "nmpuQ", [])
    answer = command("gold", "label", "harbour-news")
    assert "5 of 7 blocks left" in answer.out
    press(monkeypatch, ":T:.   r", ["3-4 p", "9 p"])
    answer = command("gold", "label", "harbour-news")
    assert "no blocks 9 to 9; there are 1 to 7" in answer.out
    assert "all 7 blocks have a label" in answer.out

    assert "2 blocks" in command("gold", "build", "harbour-news").out
    assert (folder / "body.txt").read_text() == (
        "The harbour library opened its doors on Monday.\n\nIt has room for forty readers.\n"
    )
    unfinished = command("gold", "check")
    assert unfinished.code == 1
    assert "page_type is missing" in unfinished.out
    toml = (folder / "document.toml").read_text().replace('page_type = ""', 'page_type = "news"')
    (folder / "document.toml").write_text(toml)
    answer = command("gold", "check")
    assert (answer.code, answer.out) == (0, "1 document checked, 0 findings\n")

    answer = command("run", "-c", "gold:gold", "-e", "html-text", "-e", "inscriptis")
    assert answer.code == 0
    leaks = command("leaks", "runs/gold")
    rows = {line.split()[0]: line.split()[1:] for line in leaks.out.splitlines() if line.strip()}
    assert rows["related"] == ["3", "100", "100"]
    assert rows["paragraph"] == ["2", "0", "0"]
    one = command("leaks", "runs/gold", "html-text")
    assert "harbour-news" in one.out
    assert "Boilerplate leaked" in command("leaks", "runs/gold", "--by", "page_type").out
    table = json.loads(command("leaks", "runs/gold", "-f", "json").out)
    assert {row["label"] for row in table} == {"navigation", "title", "paragraph", "related", "foreign"}


def test_another_policy_scores_anew_without_extracting(
    command: Command, here: Path, gold_folder: GoldFolder
) -> None:
    gold_folder.add(
        "one",
        page_html="<p>Body text here.</p><p>Nice comment that.</p>",
        body_txt="Body text here.\n",
        labels_tsv="paragraph\tBody text here.\ncomment\tNice comment that.\n",
    )
    command("run", "-c", f"gold:{gold_folder.root}", "-e", "html-text")
    run = here / "runs" / "small"
    before = (run / "extractions.jsonl.gz").read_bytes()
    plain = json.loads(command("score", run, "--json").out)
    wider = json.loads(command("score", run, "--policy", "default,+comment", "--json").out)
    assert [each["leaderboard"][0]["precision"] for each in (plain, wider)] == [0.5, 1.0]
    assert wider["measures"][0]["signature"].endswith("|policy:default,+comment|v2")
    # It stays until it is changed again.
    assert json.loads(command("score", run, "--json").out)["policy"] == "default,+comment"
    assert (run / "extractions.jsonl.gz").read_bytes() == before
    assert command("score", run, "--policy", "default,+coment").code == 2


def test_what_is_wrong_is_said_with_file_and_row(
    command: Command, here: Path, gold_folder: GoldFolder
) -> None:
    gold_folder.add("one", labels_tsv="navigation\tHome\nleagl\tThe body of one.\n")
    gold_folder.add("two")
    answer = command("gold", "check", "-g", gold_folder.root)
    assert answer.code == 1
    assert answer.out.splitlines()[0].startswith("one: labels.tsv, row 2: unknown label 'leagl'")
    assert answer.out.endswith("2 documents checked, 1 finding\n")
    assert command("gold", "check", "two", "-g", gold_folder.root).code == 0
    (found,) = json.loads(command("gold", "check", "one", "-g", gold_folder.root, "--json").out)
    assert found["document"] == "one"
    left_out = command("run", "-c", f"gold:{gold_folder.root}", "-e", "html-text", "-o", here / "out")
    assert left_out.code == 1
    assert "boilerbench: left out: one: labels.tsv, row 2" in left_out.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["new", "nothing.html"], "nothing.html: No such file"),
        (["new", "page.html", "--id", "Harbour News"], "'Harbour News' is no id"),
        (["label", "nobody"], "no such document; begin it with boilerbench gold new"),
        (["build", "nobody"], "no such document"),
        (["check", "nobody", "-g", "small"], "no document 'nobody'"),
        (["agreement", "-g", "small"], "no document has annotator-1.txt"),
        (["import", "gold:small", "--ids", "nobody", "--into", "x"], "no document 'nobody'"),
    ],
)
def test_wrong_use_is_one_line(
    command: Command, here: Path, gold_folder: GoldFolder, arguments: list[str], message: str
) -> None:
    gold_folder.add("one")
    answer = command("gold", *arguments)
    assert answer.code == 2
    assert message in answer.err
    assert answer.err.count("\n") == 1


def test_a_folder_is_never_written_over(command: Command, here: Path) -> None:
    assert command("gold", "new", "page.html").code == 0
    again = command("gold", "new", "page.html")
    assert (again.code, "is there already" in again.err) == (2, True)
    assert (here / "gold" / "library-opens").is_dir()


def test_plain_text_is_captured_by_its_ending(command: Command, here: Path) -> None:
    (here / "note.txt").write_text("\n".join(f"Line {number} of a note about ferries" for number in range(9)))
    answer = command("gold", "new", "note.txt")
    assert (answer.code, answer.err) == (0, "")
    assert "9 blocks" in answer.out
    assert (here / "gold" / "note" / "page.txt").exists()
    assert (here / "gold" / "note" / "labels.tsv").read_text().startswith("?\tLine 0 of a note")


def test_another_corpus_becomes_gold(command: Command, here: Path) -> None:
    root = write_wcxb(here / "wcxb" / "dev", {"0001": (PAGE, "It has room for\nforty readers.", "article")})
    answer = command("gold", "import", f"wcxb:{root}", "--into", "mine")
    assert answer.code == 0
    folder = here / "mine" / "0001"
    assert f"{Path('mine') / '0001'}: 6 blocks without a label" in answer.out
    assert (folder / "page.html").read_text() == PAGE
    assert (folder / "body.txt").read_text() == "It has room for\n\nforty readers.\n"
    assert 'page_type = "article"' in (folder / "document.toml").read_text()
    assert 'source = "wcxb-dev, 0001"' in (folder / "document.toml").read_text()
    assert "paragraph\tIt has room for forty readers.\n" in (folder / "labels.tsv").read_text()
    assert command("gold", "import", f"wcxb:{root}", "--into", "mine").code == 2


def test_the_gold_that_comes_with_boilerbench_is_counted(command: Command, here: Path) -> None:
    record = json.loads(command("gold", "stats", "--json").out)
    assert record["documents"] == record["labelled"] == 92
    assert sum(record["blocks_by_label"].values()) > 6000
    told = command("gold", "stats").out
    assert "92 documents (92 labelled)" in told
    assert all(len(line) <= 80 for line in told.splitlines())
    agreed = json.loads(command("gold", "agreement", "--json").out)
    assert agreed["documents"] == 92
    assert "by the same kind of reader" in " ".join(command("gold", "agreement").out.split())


def test_a_sample_of_a_corpus_becomes_gold(command: Command, here: Path) -> None:
    pages = {f"{number:04}": (PAGE, "It has room for forty readers.", "article") for number in range(1, 9)}
    root = write_wcxb(here / "wcxb" / "dev", pages)
    first = command("gold", "import", f"wcxb:{root}", "--sample", "3", "--into", "mine")
    assert first.out.endswith("3 documents. Next:  boilerbench gold label 0004 -g mine\n")
    command("gold", "import", f"wcxb:{root}", "--sample", "3", "--into", "again")
    command("gold", "import", f"wcxb:{root}", "--sample", "3", "--seed", "5", "--into", "other")
    drawn = [sorted(each.name for each in (here / name).iterdir()) for name in ("mine", "again", "other")]
    assert drawn[0] == drawn[1] != drawn[2]


def test_what_is_unfinished_is_counted_apart(command: Command, here: Path, gold_folder: GoldFolder) -> None:
    gold_folder.add("done", labels_tsv="navigation\tHome\nparagraph\tThe body of done.\n")
    gold_folder.add("begun", labels_tsv="navigation\tHome\n?\tThe body of begun.\n")
    gold_folder.add("untitled", document_toml='language = "en"\npage_type = "news"\n')
    answer = command("gold", "stats", "-g", gold_folder.root)
    told = " ".join(answer.out.split())
    assert "1 document (1 labelled), 4 words of body" in told
    assert "Unfinished and not counted: 1 document, with 1 of 2 blocks unlabelled." in told
    # What is at fault is no work in progress.
    assert answer.code == 1
    assert "untitled" in answer.err
    record = json.loads(command("gold", "stats", "-g", gold_folder.root, "--json").out)
    assert (record["unfinished"], record["unfinished_blocks"], record["unlabelled_blocks"]) == (1, 2, 1)


def test_equal_things_with_different_labels_are_asked_about(
    command: Command, here: Path, gold_folder: GoldFolder
) -> None:
    for name, label in (("one", "legal"), ("two", "navigation")):
        page = f"<p>The body of {name}.</p><a>Privacy</a>"
        rows = f"paragraph\tThe body of {name}.\n{label}\tPrivacy\n"
        gold_folder.add(name, page_html=page, labels_tsv=rows)
    assert command("gold", "check", "-g", gold_folder.root).code == 0
    answer = command("gold", "check", "--consistency", "-g", gold_folder.root)
    assert (answer.code, answer.out.splitlines()) == (
        1,
        [
            "two: labels.tsv, row 2: 'Privacy' is navigation; terms, privacy or imprint is legal",
            "2 documents checked, 1 finding",
        ],
    )
    assert command("gold", "check", "--consistency", "one", "-g", gold_folder.root).code == 0


def test_a_page_that_scripts_fill_is_nobodys_fault(
    command: Command, here: Path, gold_folder: GoldFolder
) -> None:
    gold_folder.add("one", labels_tsv="navigation\tHome\nparagraph\tThe body of one.\n")
    filled = {
        "page_html": "<nav>Home</nav><template><p>The body.</p></template>",
        "document_toml": DOCUMENT_TOML + 'traps = ["filled-by-scripts"]\n',
    }
    gold_folder.add("two", body_txt="\n", labels_tsv="navigation\tHome\n", **filled)
    (gold_folder.root / "two" / "body.txt").write_text("")
    assert command("gold", "check", "-g", gold_folder.root).out == "2 documents checked, 0 findings\n"
    run = command("run", "-c", f"gold:{gold_folder.root}", "-e", "html-text", "-m", "words", "-m", "blocks")
    assert run.code == 0
    scores = (here / "runs" / "small" / "scores.csv").read_text().splitlines()
    assert sorted(line.split(",")[0] for line in scores[1:]) == ["one", "one"]


def test_leaks_need_labels(command: Command, here: Path, gold_folder: GoldFolder) -> None:
    gold_folder.add("one")
    command("run", "-c", f"gold:{gold_folder.root}", "-e", "html-text")
    answer = command("leaks", "runs/small")
    assert answer.code == 2
    assert "not scored by a measure that counts by label" in answer.err


def test_kinds_that_are_too_small_are_said(command: Command, here: Path, gold_folder: GoldFolder) -> None:
    gold_folder.add("one", labels_tsv="navigation\tHome\nparagraph\tThe body of one.\n")
    command("run", "-c", f"gold:{gold_folder.root}", "-e", "html-text")
    answer = command("leaks", "runs/small", "--by", "page_type", "--at-least", "2")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "no page type has 2 documents in runs/small; lower --at-least" in answer.err
