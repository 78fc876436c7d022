"""WCEB's combined layout, small and broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.decoding import decode
from boilerbench.errors import InputError
from tests.corpora.writing import read_whole, write_rows, write_wceb

A, B, C = ("a" * 64, "b" * 64, "c" * 64)
PAGE = '<meta charset="iso-8859-1"><p>Fähre</p>'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    datasets = {"dragnet": {B: (PAGE, "Fähre"), A: ("<p>A</p>", "")}, "cleaneval": {C: ("<p>C</p>", "C")}}
    return write_wceb(tmp_path / "wceb", datasets)


def test_all_data_sets_at_once(root: Path) -> None:
    corpus = open_corpus(f"wceb:{root}")
    assert corpus.name == "wceb"
    assert corpus.ids() == [f"cleaneval.{C}", f"dragnet.{A}", f"dragnet.{B}"]
    assert [corpus.gold(each).body for each in corpus.ids()] == ["C", "", "Fähre"]
    assert corpus.metadata(f"dragnet.{A}").source == "dragnet"


def test_one_data_set_with_the_ids_of_its_authors(root: Path) -> None:
    corpus = open_corpus(f"wceb:{root / 'dragnet'}")
    assert (corpus.name, corpus.ids()) == ("wceb-dragnet", [A, B])
    assert corpus.spec == f"wceb:{root / 'dragnet'}"


def test_a_page_is_utf8_whatever_it_declares(root: Path) -> None:
    # dataset_readers.py decodes pages, extract.py writes them as UTF-8.
    assert decode(open_corpus(f"wceb:{root}").page(f"dragnet.{B}").content) == PAGE


@pytest.mark.parametrize("above", ["combined", "datasets/combined"])
def test_the_archive_and_the_repository_name_the_same(root: Path, above: str) -> None:
    place = root.parent / "repository" / above
    place.parent.mkdir(parents=True)
    root.rename(place)
    for path in (root.parent / "repository", place):
        assert len(open_corpus(f"wceb:{path}").ids()) == 3
        assert open_corpus(f"wceb:{path / 'cleaneval'}").ids() == [C]


def test_a_data_set_that_is_not_there(root: Path) -> None:
    with pytest.raises(InputError, match="no such data set; there are cleaneval, dragnet"):
        open_corpus(f"wceb:{root / 'cetd'}")
    with pytest.raises(InputError, match="not WCEB; it needs html/<data set>/"):
        open_corpus(f"wceb:{root / 'dragnets'}")


def test_gold_without_a_page(root: Path) -> None:
    (root / "html" / "dragnet" / f"{A}.html").unlink()
    with pytest.raises(
        InputError, match=f"^dragnet.{A}: html/dragnet/{A}.html: missing, although .*dragnet.jsonl is"
    ):
        read_whole(f"wceb:{root}")


def test_a_page_without_gold(root: Path) -> None:
    (root / "html" / "dragnet" / f"{C}.html").write_text("<p>")
    with pytest.raises(
        InputError, match=f"^dragnet.{C}: ground-truth/dragnet.jsonl: missing, although .*html is there"
    ):
        read_whole(f"wceb:{root}")


def test_a_data_set_without_gold(root: Path) -> None:
    (root / "ground-truth" / "dragnet.jsonl").unlink()
    with pytest.raises(InputError, match=r"^dragnet: .*dragnet.jsonl: missing, although .*/dragnet is there"):
        open_corpus(f"wceb:{root}")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            {"page_id": A, "plaintext": 5},
            f"^dragnet.{A}: dragnet.jsonl, line 1: plaintext is a number, not text",
        ),
        ({"page_id": A}, f"^dragnet.{A}: dragnet.jsonl, line 1: no plaintext"),
        ({"plaintext": "A"}, "^corpus: dragnet.jsonl, line 1: no page_id"),
    ],
)
def test_a_broken_row_is_one_line(root: Path, row: dict[str, object], message: str) -> None:
    write_rows(root / "ground-truth" / "dragnet.jsonl", [row])
    with pytest.raises(InputError, match=message):
        read_whole(f"wceb:{root}")


def test_gold_that_is_null_is_empty(root: Path) -> None:
    # As in WCEB's eval.py: plaintext or ''.
    rows = [{"page_id": each, "plaintext": None} for each in (A, B)]
    write_rows(root / "ground-truth" / "dragnet.jsonl", rows)
    assert open_corpus(f"wceb:{root / 'dragnet'}").gold(A).body == ""
