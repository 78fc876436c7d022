"""``structure``: what a run's extractors keep of the structure of labelled pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Command, GoldFolder

PAGE = "<nav>Home</nav><h2>When it leaves</h2><p>The ferry leaves at nine.</p><ul><li>Bring a warm coat</ul>"
LABELS = (
    "navigation\tHome\nheading\tWhen it leaves\n"
    "paragraph\tThe ferry leaves at nine.\nlist\tBring a warm coat\n"
)
BODY = "When it leaves\n\nThe ferry leaves at nine.\n\nBring a warm coat\n"
OUTPUTS: dict[str, object] = {
    "text": "When it leaves\nThe ferry leaves at nine.\n- Bring a warm coat",
    "marked": {
        "markup": "## When it leaves\n\nThe ferry leaves at nine.\n\nBring a warm coat",
        "format": "markdown",
    },
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def stored_specs(here: Path, gold_folder: GoldFolder) -> list[str]:
    """Write the document and an output of each kind, and return what chooses these."""
    gold_folder.add("ferry", page_html=PAGE, body_txt=BODY, labels_tsv=LABELS)
    specs = []
    for name, output in OUTPUTS.items():
        (here / f"{name}.json").write_text(json.dumps({"ferry": output}))
        specs += ["-e", f"file:{name}.json"]
    return specs


def test_structure_by_extractor_and_worst_documents(
    command: Command, here: Path, gold_folder: GoldFolder
) -> None:
    specs = stored_specs(here, gold_folder)
    answer = command("run", "-c", f"gold:{gold_folder.root}", *specs, "-m", "structure")
    assert answer.code == 0, answer.err
    run = f"runs/{gold_folder.root.name}"
    lines = Path(run, "structure.csv").read_text().splitlines()
    # The text has the bullet and cannot have the heading; the Markdown has the heading and no bullet.
    assert "ferry,text,heading,0,0,0,1" in lines
    assert "ferry,text,list,1,0,0,0" in lines
    assert "ferry,marked,heading,1,0,0,0" in lines
    assert "ferry,marked,list,0,1,0,0" in lines
    assert "ferry,marked,paragraph,1,0,1,0" in lines

    table = command("structure", run)
    rows = {line.split()[0]: line.split()[1:] for line in table.out.splitlines() if line.strip()}
    assert rows["heading"] == ["-", "100"]
    assert rows["list"] == ["100", "0"]
    recall = command("structure", run, "--by", "recall")
    assert "paragraph" in recall.out
    one = command("structure", run, "marked")
    (listed,) = (line.split() for line in one.out.splitlines() if line.split()[:1] == ["list"])
    assert listed == ["list", "-", "0", "0", "1", "0", "0", "ferry"]
    assert f"show {run} ferry marked" in one.out
    markdown = command("structure", run, "--format", "markdown").out
    assert "| Extractor   |" in markdown
    assert any(line.startswith("| marked") and "100" in line for line in markdown.splitlines())
    rows_of_json = json.loads(command("structure", run, "-f", "json").out)
    assert {row["aspect"] for row in rows_of_json} >= {"heading", "paragraph", "list", "order"}


def test_structure_has_to_be_scored(command: Command, here: Path, gold_folder: GoldFolder) -> None:
    gold_folder.add("one")
    command("run", "-c", f"gold:{gold_folder.root}", "-e", "html-text")
    answer = command("structure", "runs/small")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "not scored by structure" in answer.err
    assert "-m structure" in answer.err


def test_two_side_by_side_and_what_is_not_judged(
    command: Command, here: Path, gold_folder: GoldFolder
) -> None:
    specs = stored_specs(here, gold_folder)
    command("run", "-c", f"gold:{gold_folder.root}", *specs, "-m", "structure", "-m", "words")
    run = f"runs/{gold_folder.root.name}"
    answer = command("compare", run, "text", "marked", "-m", "structure")
    assert answer.code == 0, answer.err
    rows = {line.split()[0]: line.split()[1:] for line in answer.out.splitlines() if line.strip()}
    assert rows["heading"] == ["1", "-", "100.0", "-"]
    assert rows["list"] == ["1", "100.0", "0.0", "+100.0", "too", "few"]
    record = json.loads(command("compare", run, "text", "marked", "-m", "structure", "--json").out)
    by_aspect = {row["aspect"]: row for row in record["structure"]}
    assert (by_aspect["list"]["difference"], by_aspect["heading"]["first"]) == (1.0, None)
    # Words have no aspects.
    assert "By aspect" not in command("compare", run, "text", "marked", "-m", "words").out
    # Of the three blocks that are there the text cannot say what the heading is.
    assert "of the blocks present not judged: text 33 %." in " ".join(
        command("leaderboard", run, "-m", "structure").out.split()
    )
    # Two runs, of which one has lost the numbers by aspect.
    both = command("compare", f"{run}:text", f"{run}:marked", "-m", "structure")
    assert "By aspect" in both.out
