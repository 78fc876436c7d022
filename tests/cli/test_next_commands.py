"""Every command that is offered is typed as it stands, and does what it says."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from boilerbench.cli.hints import HINTS
from boilerbench.cli.next_command import command_line
from tests.conftest import Command, GoldFolder


def offered(text: str) -> list[list[str]]:
    """The commands that an output offers, as a shell reads them."""
    commands = [line.partition("Next:  ")[2] for line in text.splitlines() if "Next:  " in line]
    return [shlex.split(command)[1:] for command in commands]


@pytest.fixture
def runs(
    command: Command, gold_folder: GoldFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """Two runs in a folder with a space, of documents with names that a shell or click reads otherwise."""
    monkeypatch.chdir(tmp_path)
    rows = []
    for name in ("ferry", "harbour", "-x; echo"):
        text = f"The text of {name} has some words that are its own."
        page = f"<html><body><nav>Home</nav><p>{text}</p></body></html>"
        rows.append(json.dumps({"id": name, "html": page, "body": text}) + "\n")
        if not name.startswith("-"):
            gold_folder.add(
                name,
                page_html=page,
                body_txt=text,
                labels_tsv=f"navigation\tHome\nparagraph\t{text}\n",
            )
    Path("rows.jsonl").write_text("".join(rows))
    extractors = ("-e", "html-text", "-e", "baseline:middle")
    for corpus, out in ((f"gold:{gold_folder.root}", "my runs"), ("jsonl:rows.jsonl", "my runs")):
        answer = command("run", "-c", corpus, *extractors, "--out", out)
        assert answer.code == 0, answer.err
        follow(command, answer.out)
    return [f"my runs/{gold_folder.root.name}", "my runs/rows"]


def follow(command: Command, text: str) -> None:
    """Type all that is offered."""
    commands = offered(text)
    assert commands
    for words in commands:
        answer = command(*words)
        assert answer.code == 0, (words, answer.err)


def test_what_is_offered_about_runs(command: Command, runs: list[str]) -> None:
    gold, rows = runs
    for words in (
        ["compare", gold],
        ["compare", gold, "html-text", "baseline:middle"],
        ["compare", rows, "html-text", "baseline:middle"],
        ["compare", rows, rows],
        ["compare", f"{rows}:html-text", f"{rows}:baseline:middle"],
        ["leaks", gold],
        ["leaks", gold, "html-text"],
        ["documents", gold],
        ["documents", rows, "html-text"],
        ["show", rows, "ferry", "html-text"],
        ["show", "--", rows, "-x; echo", "html-text", "baseline:middle"],
        ["corpora"],
    ):
        answer = command(*words)
        assert answer.code == 0, (words, answer.err)
        follow(command, answer.out)


def test_what_is_offered_about_gold_names_its_folder(command: Command, tmp_path: Path) -> None:
    root = tmp_path / "my gold"
    (tmp_path / "page.html").write_text("<title>A</title><p>The ferry leaves at nine.</p>")
    begun = command("gold", "new", tmp_path / "page.html", "--id", "ferry", "-g", root)
    assert begun.out.rstrip().endswith(f"boilerbench gold label ferry -g '{root}'")
    for words in (["gold", "build", "ferry", "-g", root], ["gold", "check", "-g", root]):
        answer = command(*words)
        assert f"boilerbench gold label ferry -g '{root}'" in answer.out + answer.err
    folder = root / "ferry"
    rows = (folder / "labels.tsv").read_text().replace("?", "paragraph")
    (folder / "labels.tsv").write_text(rows)
    built = command("gold", "build", "ferry", "-g", root)
    ((gold, check, *rest),) = offered(built.out)
    assert (gold, check, rest) == ("gold", "check", ["ferry", "-g", str(root)])
    missing = command("gold", "build", "nobody", "-g", root)
    assert f"boilerbench gold new FILE --id nobody -g '{root}'" in missing.err
    near = command("gold", "build", "fery", "-g", root)
    assert near.err.endswith("did you mean ferry?\n")


def test_hints_quote_what_a_shell_would_read() -> None:
    assert command_line("show", "a b", "x") == "boilerbench show 'a b' x"
    assert command_line("show", "-x") == "boilerbench show -- -x"
    # Nothing in a hint stands for something that is not filled in, but for files that only a person has.
    placeholders = {
        name for name, text in HINTS.items() if any(word.isupper() and len(word) > 3 for word in text.split())
    }
    assert placeholders <= {"new", "fetch", "pair"}


def test_a_command_that_is_none_names_the_nearest(command: Command) -> None:
    answer = command("leaderbord", "runs/gold")
    assert (answer.code, answer.err) == (
        2,
        "boilerbench: no command 'leaderbord'; did you mean leaderboard?\n",
    )
