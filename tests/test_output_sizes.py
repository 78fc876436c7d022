"""Sizes of outputs, counted by hand from two small documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import boilerbench
from boilerbench.errors import InputError
from boilerbench.results import Run
from tests.conftest import Command, GoldFolder

PAGE = "<p>Été à Žižkov.</p>"
OUTPUTS = {
    "text": "Été à Žižkov.",
    # Words are those of the markup, as it stands.
    "marked": {"markup": "# Été", "format": "markdown"},
}


@pytest.fixture
def run(gold_folder: GoldFolder, tmp_path: Path) -> Run:
    gold_folder.add(
        "one", page_html=PAGE, body_txt="Été à Žižkov.\n", labels_tsv="paragraph\tÉté à Žižkov.\n"
    )
    specs = []
    for name, output in OUTPUTS.items():
        (tmp_path / f"{name}.json").write_text(json.dumps({"one": output}), encoding="utf-8")
        specs.append(f"file:{tmp_path}/{name}.json")
    return boilerbench.run(f"gold:{gold_folder.root}", specs, out=tmp_path / "out", cache=tmp_path / "cache")


def test_sizes_are_of_what_was_returned(run: Run) -> None:
    table = boilerbench.leaderboard(run, "words", sizes=["characters", "bytes", "words"]).set_index(
        "extractor"
    )
    text, marked = table.loc["text"], table.loc["marked"]
    # É, t, é, space, à, space, Ž, i, ž, k, o, v, full stop; five of them take two bytes.
    assert (text["characters"], text["bytes"], text["words"]) == (13, 18, 3)
    assert (text["characters_of_page"], text["characters_of_gold"]) == (13 / 20, 1)
    # <p> and </p>: the p is a word in either.
    assert text["words_of_page"] == 3 / 5
    assert (marked["characters"], marked["bytes"], marked["words"]) == (5, 7, 1)
    assert marked["bytes_of_gold"] == 7 / 18


def test_sizes_by_kind_of_document(run: Run) -> None:
    table = boilerbench.leaderboard(run, "words", by="page_type", sizes=["characters"])
    assert set(zip(table["extractor"], table["characters"], strict=True)) == {("text", 13), ("marked", 5)}


def test_tokens_are_named(run: Run, tmp_path: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    made = tokenizers.Tokenizer(tokenizers.models.WordLevel({"?": 0}, unk_token="?"))
    made.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    made.save(str(tmp_path / "mine.json"))
    table = boilerbench.leaderboard(
        run, "words", sizes=["tokens"], tokenizer=f"tokenizers:{tmp_path}/mine.json"
    )
    assert dict(zip(table["extractor"], table["tokens"], strict=True)) == {"text": 3, "marked": 2}
    assert table["tokenizer"].str.contains("|mine.json|sha256:", regex=False).all()


def test_a_leaderboard_shows_them(command: Command, run: Run) -> None:
    answer = command("leaderboard", run.folder, "-m", "words", "--columns", "characters,words")
    assert answer.code == 0, answer.err
    (line,) = (line for line in answer.out.splitlines() if line.startswith("text "))
    assert line.split()[-6:] == ["13", "65.0", "100.0", "3", "60.0", "100.0"]
    assert "Chars and Words: mean per page of what was returned" in " ".join(answer.out.split())
    by = command("leaderboard", run.folder, "--columns", "bytes", "--by", "page_type", "-f", "markdown")
    assert "| Bytes | Bytes/page | Bytes/gold |" in " ".join(by.out.split())


def test_without_texts_or_with_other_gold_they_cannot_be_counted(run: Run, gold_folder: GoldFolder) -> None:
    with pytest.raises(InputError, match=r"unknown size 'letters'; there are characters, bytes"):
        boilerbench.leaderboard(run, "words", sizes=["letters"])
    (run.folder / "extractions.jsonl.gz").rename(run.folder / "kept")
    with pytest.raises(InputError, match=r"extractions\.jsonl\.gz is not there"):
        boilerbench.leaderboard(run, "words", sizes=["words"])
    (run.folder / "kept").rename(run.folder / "extractions.jsonl.gz")
    (gold_folder.root / "one" / "body.txt").write_text("Another body.\n", encoding="utf-8")
    with pytest.raises(InputError, match="page or gold have changed since"):
        boilerbench.leaderboard(run, "words", sizes=["words"])
