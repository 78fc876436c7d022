"""WCXB's layout, small and broken, and its development split itself."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.errors import InputError
from tests.conftest import write_wcxb
from tests.corpora.writing import read_whole

TWO = {"0001": ("<p>One.</p>", "One.", "article"), "0002": ("<p>Two.</p>", "Two.", "category")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_wcxb(tmp_path / "wcxb" / "dev", TWO)


def change(root: Path, document: str, **changes: object) -> None:
    file = root / "ground-truth" / f"{document}.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


def test_documents_are_read(root: Path) -> None:
    corpus = open_corpus(f"wcxb:{root}")
    assert corpus.ids() == ["0001", "0002"]
    assert corpus.name == "wcxb-dev"
    document = corpus.document("0001")
    assert document.page.content == b"<p>One.</p>"
    assert document.page.url == "https://site.example/0001"
    assert (document.gold.must_have, document.gold.must_not_have) == (("One.",), ("Home",))
    assert document.metadata.page_type == "article"
    assert document.metadata.title == "A title"


def test_a_category_is_a_collection(root: Path) -> None:
    # As get_page_type in WCXB's evaluate.py has it.
    assert open_corpus(f"wcxb:{root}").metadata("0002").page_type == "collection"


def test_a_page_type_that_is_not_given_is_article(root: Path) -> None:
    change(root, "0001", _internal=None)
    assert open_corpus(f"wcxb:{root}").metadata("0001").page_type == "article"


def test_the_folder_above_a_split(root: Path) -> None:
    with pytest.raises(InputError, match=r"not a split of WCXB; name a split, as in wcxb:.*wcxb/dev"):
        open_corpus(f"wcxb:{root.parent}")


def test_gold_without_a_page(root: Path) -> None:
    (root / "html" / "0001.html.gz").unlink()
    with pytest.raises(InputError, match=r"^0001: html/0001.html.gz: missing, although"):
        read_whole(f"wcxb:{root}")


def test_a_page_without_gold(root: Path) -> None:
    (root / "ground-truth" / "0002.json").unlink()
    with pytest.raises(InputError, match=r"^0002: ground-truth/0002.json: missing, although"):
        read_whole(f"wcxb:{root}")


def test_a_file_that_says_it_is_another(root: Path) -> None:
    change(root, "0002", file_id="0001")
    with pytest.raises(
        InputError, match=r"^0002: ground-truth/0002.json: duplicate id: it says it is '0001'"
    ):
        open_corpus(f"wcxb:{root}").gold("0002")


def test_gold_that_is_no_object(root: Path) -> None:
    change(root, "0001", ground_truth="text")
    with pytest.raises(InputError, match=r"^0001: ground-truth/0001.json: no ground_truth"):
        open_corpus(f"wcxb:{root}").gold("0001")


def test_snippets_that_are_no_list(root: Path) -> None:
    change(root, "0001", ground_truth={"main_content": "One.", "with": "One."})
    with pytest.raises(InputError, match="with is a text, not a list of texts"):
        open_corpus(f"wcxb:{root}").gold("0001")


def test_an_empty_split(tmp_path: Path) -> None:
    root = write_wcxb(tmp_path / "dev", {})
    with pytest.raises(InputError, match="no documents"):
        open_corpus(f"wcxb:{root}")


def test_the_published_data_set(data: Path) -> None:
    corpus = open_corpus(f"wcxb:{data / 'wcxb' / 'dev'}")
    ids = corpus.ids()
    assert len(ids) == 1497
    # From the table in the data set's README.
    types = Counter(corpus.metadata(document).page_type for document in ids)
    assert types["article"] == 793
    assert types["service"] == 165
    assert types["product"] == 119
    assert types["collection"] == 117
    assert types["forum"] == 113
    first, middle, last = (corpus.document(ids[place]) for place in (0, 748, 1496))
    assert first.id == "0001"
    assert first.gold.body.startswith("Fall isn't just pumpkin spice season")
    assert len(first.gold.must_have) == 3
    assert all(b"<" in document.page.content for document in (first, middle, last))
