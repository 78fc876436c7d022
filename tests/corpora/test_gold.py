"""boilerbench's own format, and each way in which a folder can be wrong."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.errors import InputError
from boilerbench.records import Metadata
from tests.conftest import DOCUMENT_TOML, GoldFolder
from tests.corpora.writing import read_whole

FULL_TOML = """title = "A title"
url = "https://www.tidewatch.example/a"
language = "en-GB"
page_type = "news"
traps = ["caption", "related-rail-after-body"]
source = "Written for boilerbench"
licence = "Apache-2.0"
captured = 2026-11-21
annotators = ["first", "second"]
"""


def read_all(root: Path) -> list[str]:
    return [document.id for document in open_corpus(f"gold:{root}").documents()]


def test_a_document_is_read_whole(gold_folder: GoldFolder) -> None:
    gold_folder.add("one", document_toml=FULL_TOML, body_txt="First block.\n\nSecond block.\n")
    document = open_corpus(f"gold:{gold_folder.root}").document("one")
    assert document.page.url == "https://www.tidewatch.example/a"
    assert document.page.content.startswith(b"<html>")
    assert document.gold.body == "First block.\n\nSecond block."
    assert document.metadata == Metadata(
        title="A title",
        language="en-GB",
        page_type="news",
        traps=("caption", "related-rail-after-body"),
        source="Written for boilerbench",
        licence="Apache-2.0",
        captured=datetime.date(2026, 11, 21),
        annotators=("first", "second"),
    )


def test_documents_come_by_id_and_can_be_limited(gold_folder: GoldFolder) -> None:
    for name in ("b", "a", "c"):
        gold_folder.add(name)
    (gold_folder.root / "README.md").write_text("Not a document.")
    (gold_folder.root / ".git").mkdir()
    corpus = open_corpus(f"gold:{gold_folder.root}")
    assert corpus.ids() == ["a", "b", "c"]
    assert [document.id for document in corpus.documents(2)] == ["a", "b"]
    assert corpus.name == "small"


def test_the_page_is_as_served(gold_folder: GoldFolder) -> None:
    content = '<meta charset="koi8-r"><p>Мельница'.encode("koi8-r")
    gold_folder.add("one", page_html=content)
    assert open_corpus(f"gold:{gold_folder.root}").page("one").content == content


def test_a_plain_text_page_becomes_one_paragraph_per_line(gold_folder: GoldFolder) -> None:
    gold_folder.add("one", page_html=None, page_txt="Fish & chips\n\n  <b> is a tag\n")
    page = open_corpus(f"gold:{gold_folder.root}").page("one").content.decode()
    assert "<p>Fish &amp; chips</p>\n<p>&lt;b&gt; is a tag</p>" in page
    assert page.startswith("<!DOCTYPE html>")


def test_labels_may_be_there(gold_folder: GoldFolder) -> None:
    gold_folder.add("one", labels_tsv="paragraph\tThe body of one.\n")
    assert read_all(gold_folder.root) == ["one"]


def test_an_empty_body_is_gold(gold_folder: GoldFolder) -> None:
    gold_folder.add("one", body_txt="")
    assert open_corpus(f"gold:{gold_folder.root}").gold("one").body == ""


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"page_html": None},
            r"^one: page.html: missing \(gold without a page\); add .*page.html or page.txt$",
        ),
        ({"body_txt": None}, r"^one: body.txt: missing \(page without gold\); add .*body.txt$"),
        ({"document_toml": None}, r"^one: document.toml: missing; add .*document.toml$"),
        (
            {"body_txt": b"fine\ncaf\xe9 noir\n"},
            r"^one: body.txt: not UTF-8 in line 2 \(byte 8 is 0xe9\); save it as UTF-8$",
        ),
        (
            {"document_toml": DOCUMENT_TOML + 'colour = "red"\n'},
            "^one: document.toml: unknown key 'colour'; use title, ",
        ),
        (
            {"document_toml": 'language = "en"\npage_type = "news"\n'},
            r'^one: document.toml: title is missing; add title = "…"$',
        ),
        (
            {"document_toml": DOCUMENT_TOML + "url = 7\n"},
            "^one: document.toml: url is a number, not text; make it a string$",
        ),
        (
            {"document_toml": DOCUMENT_TOML + 'traps = "caption"\n'},
            "^one: document.toml: traps is a text, not a list of texts; make it one$",
        ),
        (
            {"document_toml": DOCUMENT_TOML + 'captured = "today"\n'},
            "^one: document.toml: captured is not a date; write it as 2026-11-21$",
        ),
        ({"document_toml": 'title = "A\n'}, r"^one: document.toml: not TOML \(.*line 1.*\); correct it$"),
        ({"page_txt": "Text."}, "^one: .*one: both page.html and page.txt; keep one$"),
    ],
)
def test_what_is_wrong_is_one_line(
    gold_folder: GoldFolder, files: dict[str, str | bytes | None], message: str
) -> None:
    gold_folder.add("one", **files)
    with pytest.raises(InputError, match=message) as caught:
        read_all(gold_folder.root)
    assert "\n" not in str(caught.value)


def test_an_id_is_unique_whatever_its_case(gold_folder: GoldFolder) -> None:
    gold_folder.add("one")
    gold_folder.add("One")
    corpus = open_corpus(f"gold:{gold_folder.root}")
    assert list(corpus.findings("One")) == []
    assert "duplicate id: One differs in case only; rename one" in str(corpus.findings("one")[0])
    with pytest.raises(InputError, match="duplicate id: One differs in case only; rename one"):
        corpus.document("one")


def test_an_id_is_made_of_plain_characters(gold_folder: GoldFolder) -> None:
    gold_folder.add("a document")
    with pytest.raises(InputError, match=r"a document: .*: not an id; use letters"):
        read_whole(f"gold:{gold_folder.root}")


def test_a_folder_without_documents_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no documents; give a folder per document"):
        open_corpus(f"gold:{tmp_path}")


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist; give a folder with"):
        open_corpus(f"gold:{tmp_path / 'nowhere'}")


def test_a_path_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="is a file; give a folder with"):
        open_corpus(f"gold:{tmp_path / 'file'}")
