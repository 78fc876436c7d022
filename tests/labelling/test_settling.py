"""Two annotators' labels brought together."""

from __future__ import annotations

from pathlib import Path

import pytest

from boilerbench.errors import InputError
from boilerbench.labelling.settling import Difference, Settling
from tests.conftest import GoldFolder

FIRST, SECOND = "navigation\nparagraph\ndate\n", "navigation\nlist\nbyline\n"


@pytest.fixture
def folder(gold_folder: GoldFolder) -> Path:
    folder = gold_folder.add("one", page_html="<nav>Home</nav><p>Text.</p><p>By Nell, 4 May</p>")
    (folder / "annotator-1.txt").write_text(FIRST)
    (folder / "annotator-2.txt").write_text(SECOND)
    return folder


def test_only_what_differs_is_asked_about(folder: Path) -> None:
    settling = Settling(folder)
    assert settling.left == [
        Difference(2, "Text.", "paragraph", "list"),
        Difference(3, "By Nell, 4 May", "date", "byline"),
    ]
    assert settling.take_agreed() == 1
    settling.settle(3, "byline", "2")
    # On disk, so that another session goes on from there.
    again = Settling(folder)
    assert [each.row for each in again.left] == [2]
    again.settle(2, "paragraph")
    assert (
        folder / "settled.tsv"
    ).read_text() == "2\tparagraph\tlist\tparagraph\t\n3\tdate\tbyline\tbyline\t2\n"
    assert [row.split("\t")[0] for row in (folder / "labels.tsv").read_text().splitlines()] == [
        "navigation",
        "paragraph",
        "byline",
    ]
    assert (folder / "body.txt").read_text() == "Text.\n"
    assert Settling(folder).left == []


def test_a_label_changed_since_opens_its_difference_again(folder: Path) -> None:
    Settling(folder).settle(2, "paragraph")
    (folder / "annotator-2.txt").write_text("navigation\nquote\nbyline\n")
    assert [(each.row, each.second) for each in Settling(folder).left] == [(2, "quote"), (3, "byline")]


def test_what_cannot_be_settled(folder: Path) -> None:
    settling = Settling(folder)
    with pytest.raises(InputError, match="do not differ in row 1"):
        settling.settle(1, "legal")
    with pytest.raises(InputError, match="unknown label 'leagl'"):
        settling.settle(2, "leagl")
    (folder / "annotator-2.txt").write_text("navigation\n?\nbyline\n")
    with pytest.raises(InputError, match="1 of 3 blocks have no label yet"):
        Settling(folder)
    (folder / "annotator-2.txt").unlink()
    with pytest.raises(InputError, match=r"annotator-2\.txt: missing"):
        Settling(folder)
