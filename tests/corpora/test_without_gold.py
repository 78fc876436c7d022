"""Folders, tables and rows of pages without gold."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

import boilerbench
from boilerbench.corpora import open_corpus
from boilerbench.corpora.jsonl_index import JsonLines
from boilerbench.errors import InputError
from tests.conftest import Command
from tests.corpora.writing import write_parquet, write_rows

PAGE = "<p>The ferry leaves.</p>"


def read(spec: str) -> tuple[dict[str, bytes], Counter[str]]:
    corpus = open_corpus(spec)
    skipped: Counter[str] = Counter()
    pages = dict(corpus.pages(lambda reason: skipped.update([reason])))
    assert all(corpus.page(document) == page for document, page in pages.items())
    return {document: page.content for document, page in pages.items()}, skipped


def test_a_folder_of_pages(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "b.HTML").write_text(PAGE)
    (tmp_path / "below" / "a.htm.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "c.html.gz").write_bytes(b"no gzip")
    (tmp_path / "d.xhtml").write_text(" \n")
    (tmp_path / "e.txt").write_text("no page")
    pages, skipped = read(f"html:{tmp_path}")
    assert pages == {"b.HTML": PAGE.encode(), "below/a.htm.gz": PAGE.encode()}
    assert skipped == {"cannot be read": 1, "empty": 1}


def test_no_id_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(PAGE)
    (tmp_path / "b.html").write_text(PAGE)
    corpus = open_corpus(f"html:{tmp_path / 'in'}")
    for document in ("../b.html", str(tmp_path / "b.html"), "", "none.html"):
        with pytest.raises(InputError):
            corpus.page(document)


def test_rows_of_parquet(tmp_path: Path) -> None:
    columns: dict[str, list[object]] = {
        "raw": [PAGE.encode(), None, b" ", PAGE.encode() * 2],
        "address": ["https://a.example/", "x", "x", None],
    }
    file = write_parquet(tmp_path / "pages.parquet", columns, rows_in_group=2)
    spec = f"parquet:{file}?html=raw&url=address"
    pages, skipped = read(spec)
    assert pages == {
        "pages.parquet@000000000000": PAGE.encode(),
        "pages.parquet@000000000003": PAGE.encode() * 2,
    }
    assert skipped == {"cannot be read": 1, "empty": 1}
    assert open_corpus(spec).page("pages.parquet@000000000000").url == "https://a.example/"
    for row in ("000000000001", "000000000004", "x"):
        with pytest.raises(InputError):
            open_corpus(spec).page(f"pages.parquet@{row}")


def test_a_damaged_table_among_others(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a.parquet", {"html": [PAGE]})
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and no more")
    pages, skipped = read(f"parquet:{tmp_path}")
    assert list(pages) == ["a.parquet@000000000000"]
    assert skipped == {"a file that cannot be read to its end": 1}


@pytest.mark.parametrize(
    ("query", "message"),
    [("", "no column 'html' in it; there are text; name one"), ("?page=text", "'page' is none of html, url")],
)
def test_columns_that_are_not_there(tmp_path: Path, query: str, message: str) -> None:
    file = write_parquet(tmp_path / "a.parquet", {"text": [PAGE]})
    with pytest.raises(InputError, match=message):
        open_corpus(f"parquet:{file}{query}")


def test_rows_without_a_body_are_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"id": "b", "html": PAGE, "url": "https://b.example/"}, {"id": "a", "html_path": "missing.html"}]
    file = write_rows(tmp_path / "rows.jsonl.gz", rows)
    pages, skipped = read(f"jsonl:{file}")
    assert (pages, skipped) == ({"b": PAGE.encode()}, {"cannot be read": 1})
    # Nothing is listed before somebody asks for a document.
    monkeypatch.setattr(JsonLines, "ids", None)
    assert len(list(open_corpus(f"jsonl:{file}").pages())) == 1


def test_a_line_that_is_no_row(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps({"id": "a", "html": PAGE}) + '\n{"id"\n\n{"html": ""}\n')
    assert read(f"jsonl:{tmp_path}")[1] == {"a line that is no row with an id": 2}


def test_a_run_without_gold_says_what_there_is_instead(tmp_path: Path, command: Command) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    with pytest.raises(InputError, match=r"no gold to score by$"):
        boilerbench.run(f"html:{tmp_path}", out=tmp_path / "out")
    answer = command("run", "-c", f"html:{tmp_path}", "-o", tmp_path / "out")
    assert answer.code == 2
    assert answer.err == (
        f"boilerbench: corpus html:{tmp_path}: no gold to score by; boilerbench survey html:{tmp_path} says "
        "what extractors cost and how far they agree\n"
    )


def test_a_folder_with_gold_is_no_folder_of_pages(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_text(PAGE)
    assert open_corpus(str(tmp_path / "pages")).spec == f"html:{tmp_path / 'pages'}"
    write_rows(
        tmp_path / "rows.jsonl", [{"id": "a", "html_path": "pages/a.html", "body": "The ferry leaves."}]
    )
    assert open_corpus(str(tmp_path)).has_gold
