"""Steps on disk when they are made, taken back by a later session; files that change underneath."""

from __future__ import annotations

from pathlib import Path

import pytest

from boilerbench.corpora.overlay_files import read_overlay
from boilerbench.errors import InputError
from boilerbench.labelling.journal import Journal
from boilerbench.labelling.label_files import AnnotatorFile, LabelsTable, OverlayFile, annotator_number

TEXTS = ["Home", "News", "Text."]


def journal(folder: Path) -> Journal:
    return Journal(LabelsTable(folder, TEXTS), folder / ".labelling" / "one" / "labels.jsonl")


def test_each_step_is_on_disk(tmp_path: Path) -> None:
    journal(tmp_path).label({0: "navigation", 1: "navigation"})
    assert (tmp_path / "labels.tsv").read_text() == "navigation\tHome\nnavigation\tNews\n?\tText.\n"
    assert (tmp_path / ".labelling" / ".gitignore").read_text() == "*\n"


def test_undo_and_redo_over_sessions(tmp_path: Path) -> None:
    journal(tmp_path).label({0: "navigation"})
    journal(tmp_path).label({0: "legal", 2: "paragraph"})
    assert journal(tmp_path).undo() == {0: "navigation", 2: "?"}
    assert journal(tmp_path).labels == ["navigation", "?", "?"]
    assert journal(tmp_path).undo() == {0: "?"}
    assert journal(tmp_path).undo() == {}
    assert journal(tmp_path).redo() == {0: "navigation"}
    assert journal(tmp_path).redo() == {0: "legal", 2: "paragraph"}
    assert journal(tmp_path).redo() == {}
    # A new step ends what could be made again.
    again = journal(tmp_path)
    again.undo()
    again.label({1: "tags"})
    assert again.redo() == {}
    assert journal(tmp_path).labels == ["navigation", "tags", "?"]


@pytest.mark.parametrize("torn", ['{"kind": "st', '{"kind": "step", "before": 1}', "[]", "\x00\x00", "{}"])
def test_a_torn_line_loses_no_label_and_no_earlier_step(tmp_path: Path, torn: str) -> None:
    journal(tmp_path).label({0: "navigation"})
    with (tmp_path / ".labelling" / "one" / "labels.jsonl").open("a") as history:
        history.write(torn)
    after = journal(tmp_path)
    assert after.labels == ["navigation", "?", "?"]
    after.label({1: "tags"})
    assert journal(tmp_path).undo() == {1: "?"}
    assert journal(tmp_path).undo() == {0: "?"}


def test_a_step_is_not_taken_back_over_what_somebody_else_wrote(tmp_path: Path) -> None:
    first = journal(tmp_path)
    first.label({0: "navigation"})
    (tmp_path / "labels.tsv").write_text("legal\tHome\n?\tNews\nparagraph\tText.\n")
    assert first.undo() == {}
    assert first.labels == ["legal", "?", "paragraph"]
    assert first.notice == "labels.tsv was changed elsewhere: 2 labels taken over"
    first.label({1: "tags"})
    assert (tmp_path / "labels.tsv").read_text() == "legal\tHome\ntags\tNews\nparagraph\tText.\n"


@pytest.mark.parametrize(
    "content", ["legal\tOther\n?\tNews\n?\tText.\n", "?\tHome\n", "leagl\tHome\n?\tNews\n?\tText.\n", "\xff"]
)
def test_a_file_that_is_not_about_these_blocks_is_refused_and_left(tmp_path: Path, content: str) -> None:
    steps = journal(tmp_path)
    steps.label({0: "navigation"})
    (tmp_path / "labels.tsv").write_text(content, encoding="latin-1")
    with pytest.raises(InputError, match=r"labels\.tsv"):
        steps.label({1: "tags"})
    assert (tmp_path / "labels.tsv").read_text(encoding="latin-1") == content


@pytest.mark.parametrize("step", [{0: "leagl"}, {3: "legal"}, {-1: "legal"}])
def test_what_cannot_be_labelled(tmp_path: Path, step: dict[int, str]) -> None:
    with pytest.raises(InputError):
        journal(tmp_path).label(step)
    assert not (tmp_path / "labels.tsv").exists()


def test_an_overlay_is_written_when_all_blocks_have_a_label(tmp_path: Path) -> None:
    def overlaid() -> OverlayFile:
        facts = [("language", "en")]
        return OverlayFile("1", tmp_path / "1.tsv", tmp_path / "draft", TEXTS, b"<p>", facts)

    overlaid().write(["navigation", "?", "paragraph"])
    assert not (tmp_path / "1.tsv").exists()
    assert overlaid().read() == ["navigation", "?", "paragraph"]
    overlaid().write(["navigation", "navigation", "paragraph"])
    overlay = read_overlay("1", tmp_path / "1.tsv")
    assert overlay.labels == ("navigation", "navigation", "paragraph")
    assert overlay.fact("language") == "en"
    (tmp_path / "draft").unlink()
    assert overlaid().read() == ["navigation", "navigation", "paragraph"]


def test_annotators_have_numbers_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    assert [annotator_number(names, "mk") for names in ([], ["ab"], ["mk", "ab"], ["ab", "mk"])] == [
        1,
        2,
        1,
        2,
    ]
    with pytest.raises(InputError, match="two annotators already, ab and cd"):
        annotator_number(["ab", "cd"], "mk")
    file = AnnotatorFile("one", tmp_path / "annotator-1.txt", TEXTS)
    file.write(["legal", "?", "tags"])
    assert file.file.read_text() == "legal\n?\ntags\n"
    assert file.read() == ["legal", "?", "tags"]
