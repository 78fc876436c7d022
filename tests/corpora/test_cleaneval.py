"""CleanEval's original layout, small and broken. The texts are invented in the form of the real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.errors import InputError
from tests.corpora.writing import read_whole, write_cleaneval

PAGE = (
    b'<text id="7" title="Ferry" encoding="iso-8859-1">\n<html><body><p>F\xe4hre</p></body></html>\n</text>\n'
)
TEXT = """
 URL: http://ferry.example/times

<h>Ferry times

<p>The ferry leaves at
 nine &amp; at ten, for 2 < 3.

<l>Bikes are free.
<P>The end.</P>
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_cleaneval(tmp_path / "cleaneval", {"7": (PAGE, TEXT), "12": (b"<p>One.</p>", "<p>One.")})


def test_documents_are_read(root: Path) -> None:
    corpus = open_corpus(f"cleaneval:{root}")
    assert corpus.ids() == ["12", "7"]
    document = corpus.document("7")
    # The wrapper goes, and nothing else of the bytes.
    assert document.page.content == b"<html><body><p>F\xe4hre</p></body></html>"
    assert document.page.url == "http://ferry.example/times"
    assert document.gold.body.split("\n\n") == [
        "Ferry times",
        "The ferry leaves at nine & at ten, for 2 < 3.",
        "Bikes are free.",
        "The end.",
    ]
    assert corpus.page("12").content == b"<p>One.</p>"
    assert corpus.page("12").url is None
    assert corpus.gold("12").body == "One."


@pytest.mark.parametrize(
    ("pages", "golds"), [("orig", "clean"), ("en-original", "en-cleaned"), ("en_original", "en_cleaned")]
)
def test_folders_of_other_copies(root: Path, pages: str, golds: str) -> None:
    (root / "input").rename(root / pages)
    (root / "GoldStandard").rename(root / golds)
    assert open_corpus(f"cleaneval:{root}").ids() == ["12", "7"]


def test_gold_named_after_its_annotator(root: Path) -> None:
    (root / "GoldStandard" / "7.txt").rename(root / "GoldStandard" / "7-cleaned.txt")
    corpus = open_corpus(f"cleaneval:{root}")
    assert corpus.gold("7").body.startswith("Ferry times")


def test_a_page_without_gold_is_left_out(root: Path) -> None:
    # As in dragnet's reader of this data set.
    (root / "input" / "99.html").write_text("<p>")
    assert open_corpus(f"cleaneval:{root}").ids() == ["12", "7"]


def test_gold_without_a_page(root: Path) -> None:
    (root / "input" / "7.html").unlink()
    with pytest.raises(InputError, match=r"^7: .*7.txt: gold without a page; add .*input/7.html or"):
        read_whole(f"cleaneval:{root}")


def test_gold_given_twice(root: Path) -> None:
    (root / "GoldStandard" / "7-again.txt").write_text("<p>Again.")
    with pytest.raises(InputError, match=r"^7: .*7.txt: duplicate id: 7-again.txt is there; keep one"):
        read_whole(f"cleaneval:{root}")


def test_two_languages_in_one_folder(root: Path) -> None:
    for name in ("en-original", "en-cleaned"):
        (root / name).mkdir()
    with pytest.raises(InputError, match="pages of several languages, name one folder"):
        open_corpus(f"cleaneval:{root}")


def test_a_folder_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"not CleanEval; it needs <id>.html and <id>.txt"):
        open_corpus(f"cleaneval:{tmp_path}")
    write_cleaneval(tmp_path, {})
    with pytest.raises(InputError, match="no documents"):
        open_corpus(f"cleaneval:{tmp_path}")
