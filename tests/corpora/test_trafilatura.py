"""trafilatura's layout, small and broken, and the data set itself."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.corpora.base import corpus_digest, document_digest
from boilerbench.corpora.trafilatura import document_id
from boilerbench.errors import InputError
from boilerbench.measures import MEASURES, make_measure
from tests.corpora.writing import read_whole, write_trafilatura

TWO = {"b.example.two.html": (b"<p>\xe4</p>", ["ä"], []), "a.example.html": (b"<p>A</p>", ["A"], ["Home"])}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_trafilatura(tmp_path / "trafilatura", TWO)


def change(root: Path, **changes: object) -> None:
    file = root / "evaldata.json"
    truth: dict[str, dict[str, Any]] = json.loads(file.read_text())
    truth["https://site.example/a.example.html"] |= changes
    file.write_text(json.dumps(truth))


def test_documents_are_read(root: Path) -> None:
    change(root, title="A title", license="CC0", comments=["A reader"])
    corpus = open_corpus(f"trafilatura:{root}")
    assert corpus.ids() == ["a.example", "b.example.two"]
    document = corpus.document("a.example")
    assert document.page.url == "https://site.example/a.example.html"
    assert (document.gold.body, document.gold.has_body) == ("", False)
    assert (document.gold.must_have, document.gold.must_not_have) == (("A",), ("Home",))
    assert (document.metadata.title, document.metadata.licence) == ("A title", "CC0")
    # In its own encoding, as it was served.
    assert corpus.page("b.example.two").content == b"<p>\xe4</p>"


def test_only_snippets_score_a_document_without_a_body(root: Path) -> None:
    gold = open_corpus(f"trafilatura:{root}").gold("a.example")
    scored = {name for name in MEASURES if make_measure(name, "plain").applies(gold)}
    assert scored == {"snippets", "snippets-wcxb"}


def test_the_cache_comes_before_eval(root: Path) -> None:
    # As resolve() in trafilatura's tests/eval_common.py has it.
    (root / "cache" / "a.example.html").write_bytes(b"<p>cached</p>")
    assert open_corpus(f"trafilatura:{root}").page("a.example").content == b"<p>cached</p>"


def test_a_key_that_is_no_address(root: Path) -> None:
    file = root / "evaldata.json"
    file.write_text(file.read_text().replace("https://site.example/a.example.html", "hard::a.example.html"))
    assert open_corpus(f"trafilatura:{root}").page("a.example").url is None


def test_the_repository_stands_for_its_tests(root: Path) -> None:
    root.rename(root.parent / "tests")
    assert open_corpus(f"trafilatura:{root.parent}").ids() == ["a.example", "b.example.two"]


@pytest.mark.parametrize(
    ("file", "beginning"),
    [
        ("site.example.page-1.html", "site.example.page-1"),
        ("„Fähre”_ ab 9 Uhr - Zeitung.html", "Fahre_-ab-9-Uhr-Zeitung-"),
        ("渡轮.html", ""),
    ],
)
def test_an_id_suits_every_file_system(file: str, beginning: str) -> None:
    found = document_id(file)
    assert found.startswith(beginning)
    assert re.fullmatch(r"[A-Za-z0-9._-]+", found)
    assert document_id(file.replace("ä", "a\u0308")) == found


def test_names_alike_but_for_other_characters_stay_apart() -> None:
    assert document_id("a b.html") != document_id("a-b.html") != document_id("a*b.html")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"file": "gone.html"}, "^gone: gone.html: missing .gold without a page.; add it to /"),
        (
            {"file": "b.example.two.html"},
            "^b.example.two: evaldata.json: duplicate id: two pages of one",
        ),
        ({"file": "../evaldata.json"}, "evaldata.json: file '../evaldata.json' is no file name"),
        ({"file": None}, "^https://site.example/a.example.html: evaldata.json: no file"),
    ],
)
def test_a_broken_entry_is_one_line(root: Path, changes: dict[str, object], message: str) -> None:
    change(root, **changes)
    with pytest.raises(InputError, match=message):
        read_whole(f"trafilatura:{root}")


def test_segments_that_are_none(root: Path) -> None:
    change(root, **{"with": "A"})
    with pytest.raises(InputError, match=r"^a.example: evaldata.json: with is a text, not a list"):
        open_corpus(f"trafilatura:{root}").gold("a.example")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "a list, not an object of documents"),
        ("{}", "no documents"),
        ("{", "not JSON in line 1"),
        ('{"u": {}, "u": {}}', "^u: evaldata.json: duplicate id"),
    ],
)
def test_a_broken_file_is_one_line(root: Path, content: str, message: str) -> None:
    (root / "evaldata.json").write_text(content)
    with pytest.raises(InputError, match=message):
        read_whole(f"trafilatura:{root}")


def test_the_published_data_set(data: Path) -> None:
    corpus = open_corpus(f"trafilatura:{data / 'trafilatura'}")
    ids = corpus.ids()
    assert len(ids) == 990
    first, middle, last = (corpus.document(ids[index]) for index in (0, 495, 989))
    assert first.id == "0a12df42d1764095989ab078ee0f940b"
    assert (middle.id, last.id) == ("hvw-online.org-zuschauer", "zvei.org.messestellenbetriebsgesetz")
    assert first.metadata.title == "Bohren, bis es heiß wird"
    assert middle.page.url == (
        "https://www.hvw-online.org/aktuell/detail/news/zuschauerrueckkehr-bei-den-proficlubs-der-region"
    )
    assert last.gold.must_have[0] == "Wolfgang Weber, Vorsitzender"
    # As tests/eval_baseline.json of trafilatura has it.
    segments = [corpus.gold(document) for document in ids]
    assert sum(len(gold.must_have) for gold in segments) == 2951
    assert sum(len(gold.must_not_have) for gold in segments) == 2966
    assert len({document.lower() for document in ids}) == 990
    # 45 file names have umlauts, spaces or quotation marks; 43 files belong to no entry.
    names = {file.stem for folder in ("cache", "eval") for file in (data / "trafilatura" / folder).iterdir()}
    assert len(names & set(ids)) == 945
    digests = {document.id: document_digest(document) for document in corpus.documents()}
    assert corpus_digest(digests).startswith("sha256:eb11dd0150b0")
