"""Sites in a run: drawn whole, counted beside documents, or left aside when asked."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from boilerbench.sites import suffix_list_version
from tests.conftest import Command, GoldFolder
from tests.results.editing import unsealed


@pytest.fixture
def corpus(gold_folder: GoldFolder) -> str:
    """Twenty-four pages, two of each of twelve authors of one platform; one type has a site alone."""
    for number in range(24):
        author, kind = number // 2, "forum" if number < 2 else "news"
        language = "de" if number < 2 else "en"
        gold_folder.add(
            f"page-{number:02}",
            document_toml=f'title = "A title"\nlanguage = "{language}"\npage_type = "{kind}"\n'
            f'url = "https://author{author}.github.io/{number}"\n',
        )
    return f"gold:{gold_folder.root}"


def run(command: Command, corpus: str, out: Path, *options: str) -> Path:
    tools = ("-e", "html-text", "-e", "resiliparse")
    assert command("run", "-c", corpus, *tools, "--out", out, *options).code == 0
    return out / "small"


def sites_of(folder: Path) -> set[int]:
    """The numbers of sites in a leaderboard, of measures that scored any document."""
    board = pd.read_csv(folder / "leaderboard.csv")
    return set(board.loc[board["documents"] > 0, "sites"])


def test_sites_are_drawn_and_counted(command: Command, corpus: str, tmp_path: Path) -> None:
    folder = run(command, corpus, tmp_path / "out")
    documents = pd.read_csv(folder / "documents.csv")
    assert documents["site"].tolist() == [f"author{number // 2}.github.io" for number in range(24)]
    assert json.loads((folder / "run.json").read_text())["suffix_list"] == suffix_list_version()
    assert sites_of(folder) == {12}
    shown = command("leaderboard", folder).out
    assert "small: 24 documents (12 sites)" in shown
    assert "95 %: bootstrap interval of F1 over sites." in shown
    compared = command("compare", folder, "html-text", "resiliparse").out
    assert "on 24 documents (12 sites) of small." in " ".join(compared.split())
    independent = command("compare", folder, "html-text", "resiliparse", "--independent").out
    assert "on 24 documents of small." in " ".join(independent.split())


def test_pages_can_be_taken_as_independent(command: Command, corpus: str, tmp_path: Path) -> None:
    folder = run(command, corpus, tmp_path / "out", "--independent")
    assert json.loads((folder / "run.json").read_text())["suffix_list"] is None
    assert sites_of(folder) == {24}
    assert "95 %: bootstrap interval of F1 over documents." in command("leaderboard", folder).out
    assert command("score", folder).code == 0
    assert sites_of(folder) == {12}


def test_a_run_that_does_not_know_its_sites_says_so(command: Command, corpus: str, tmp_path: Path) -> None:
    folder = run(command, corpus, tmp_path / "out")
    table = pd.read_csv(folder / "documents.csv", dtype=str, keep_default_na=False)
    table.drop(columns="site").to_csv(folder / "documents.csv", index=False)
    unsealed(folder)
    answer = command("compare", folder)
    assert answer.code == 0
    assert "does not say of which sites its pages are; they count as independent." in " ".join(
        answer.out.split()
    )


def test_a_kind_with_one_site_is_too_few_and_kinds_hang_together(
    command: Command, corpus: str, tmp_path: Path
) -> None:
    folder = run(command, corpus, tmp_path / "out")
    shown = " ".join(command("leaderboard", folder, "--by", "page_type").out.split())
    assert "Too few to tell which is the best (fewer than 10 independent documents): forum." in shown
    rows = json.loads(command("leaderboard", folder, "--by", "page_type", "-f", "json").out)
    among = {(row["group"], row["sites"], row["among_best"]) for row in rows}
    assert {each for each in among if each[0] == "forum"} == {("forum", 1, "too few")}
    assert ("news", 11, "yes") in among
