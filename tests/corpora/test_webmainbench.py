"""WebMainBench's layout, small and broken, two of its rows, and pages rid of their annotation."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerbench.corpora import open_corpus
from boilerbench.corpora.base import corpus_digest, document_digest
from boilerbench.corpora.webmainbench import without_annotation
from boilerbench.errors import InputError
from boilerbench.page_blocks import page_blocks
from tests.corpora.writing import write_rows

STYLE_SHEET = '<style id="cc-extraStyle" name="cc">\n .mark-selected { outline: 2px }\n</style>'
ROW = {
    "track_id": "one",
    "html": f'<html><head>{STYLE_SHEET}</head><body><p cc-select="true">Text.</p></body></html>',
    "url": "https://site.example/",
    "convert_main_content": "Text.",
    "groundtruth_content": "# Text.",
    "meta": {"language": "en", "style": "Article", "level": "mid"},
}


def opened(root: Path, *rows: dict[str, Any]) -> Any:
    return open_corpus(f"webmainbench:{write_rows(root / 'rows.jsonl', rows)}")


def test_documents_are_read(tmp_path: Path) -> None:
    document = opened(tmp_path, ROW).document("one")
    assert document.page.content == b"<html><head></head><body><p>Text.</p></body></html>"
    assert document.page.url == "https://site.example/"
    assert document.gold.body == "Text."
    assert (document.metadata.language, document.metadata.page_type) == ("en", "Article")


def test_calibrated_markdown_where_there_is_no_other(tmp_path: Path) -> None:
    # ROUGE-5 is published against convert_main_content, which rows of the smaller set may lack.
    assert opened(tmp_path, {**ROW, "convert_main_content": None}).gold("one").body == "# Text."


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"html": None}, "^one: rows.jsonl, line 1: no html .gold without a page."),
        (
            {"convert_main_content": None, "groundtruth_content": None},
            "^one: rows.jsonl, line 1: neither .*page without",
        ),
        ({"track_id": None}, "^corpus: rows.jsonl, line 1: track_id is not a text"),
    ],
)
def test_a_broken_row_is_one_line(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        opened(tmp_path, {**ROW, **changes}).document("one")


@pytest.mark.parametrize(
    ("annotated", "page"),
    [
        ('<p cc-select="true" class="mark-selected" data-anno-uid="anno-uid-x1" style="">a</p>', "<p>a</p>"),
        # The page's own classes and styles stay, in their own quotes.
        ("<p class='a mark-selected b' id=c cc-select=true>", "<p class='a b' id=c>"),
        ('<p data-anno-uid="x" style="color: red">', '<p style="color: red">'),
        ('<body data-anno-uid="x" style="user-select: none;">', "<body>"),
        ('<img src="a.png" data-anno-uid="x"/>', '<img src="a.png"/>'),
        ("<a>x<marked-text data-anno-uid='x'>b</marked-text><marked-tail>c</marked-tail></a>", "<a>xbc</a>"),
        (f"<head>\n{STYLE_SHEET}\n<title>t</title>", "<head>\n\n<title>t</title>"),
        ("<script data-anno-uid='x'>a = '<p cc-select>'</script>", "<script>a = '<p cc-select>'</script>"),
        # What is no annotation stays: other styles, texts, values, comments, scripts, and broken tags.
        ('<p style="">', None),
        ('<p style="user-select: none;">', None),
        ("<p class='mark-selected-not'>", None),
        ('<p title=" cc-select mark-selected">cc-select="true"</p>', None),
        ("<!-- <p cc-select> --><style>.mark-selected {}</style>", None),
        ("<script>'<p cc-select>'</script><textarea><p cc-select></textarea>", None),
        ("<p class=a\">x</p> < b & <p id='cc-select", None),
        ("<!-- never closed <p cc-select>", None),
        ("<script>never closed <p cc-select>", None),
    ],
)
def test_what_the_annotation_left_is_removed_and_nothing_else(annotated: str, page: str | None) -> None:
    assert without_annotation(annotated) == (annotated if page is None else page)


NAMES = st.sampled_from(["p", "div", "a", "IMG", "script", "style", "svg:path", "x-own"])
VALUES = st.text(alphabet="ab <>/=&", max_size=6)
ATTRIBUTES = st.one_of(
    st.sampled_from([" hidden", " data-x", "/", " class=plain"]),
    VALUES.map(lambda value: f' title="{value}"'),
    VALUES.map(lambda value: f" class='{value}'"),
)
MARKS = st.sampled_from(["", ' cc-select="true"', " data-anno-uid='x1'", ' class="mark-selected"'])
TEXTS = st.text(alphabet="ab <>\"'&;-", max_size=8).map(lambda text: text.replace("<", "< "))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NAMES, st.lists(ATTRIBUTES, max_size=3), MARKS, TEXTS), max_size=6))
def test_marks_put_into_any_page_come_out_again(parts: list[tuple[str, list[str], str, str]]) -> None:
    def page(marked: bool) -> str:
        return "".join(
            f"<{name}{''.join(own)}{mark if marked else ''}>{text}</{name}>"
            for name, own, mark, text in parts
        )

    assert without_annotation(page(True)) == page(False)
    assert without_annotation(page(False)) == page(False)


@pytest.mark.parametrize(
    "broken", ["<p ", "<p a='", '<p a="b"', "<!--", "<script>", "<style id=cc-extraStyle>", "="]
)
def test_no_page_takes_long(broken: str) -> None:
    begun = time.process_time()
    without_annotation(broken * 20_000)
    assert time.process_time() - begun < 5


def test_the_published_rows(data: Path) -> None:
    corpus = open_corpus(f"webmainbench:{data / 'webmainbench'}")
    first, last = corpus.documents()
    assert corpus.ids() == [first.id, last.id]
    assert first.id == "33e291cd-5b26-48b1-977f-3c63b45e6d13"
    assert last.id == "93898d00-0d6c-451d-9f99-4c386c6c2918"
    assert (len(first.gold.body), len(last.gold.body)) == (280, 182_820)
    rows = map(json.loads, next((data / "webmainbench").glob("*.jsonl")).read_text().splitlines())
    annotated = {row["track_id"]: row["html"] for row in rows}
    for document in (first, last):
        page = document.page.content.decode()
        for mark in ("cc-select", "cc-extraStyle", "mark-selected", "anno-uid", "marked-t"):
            assert mark in annotated[document.id]
            assert mark not in page
        # Characters were only taken away, and none of those that a reader sees.
        rest = iter(annotated[document.id])
        assert all(character in rest for character in page)
        assert [b.text for b in page_blocks(page)] == [b.text for b in page_blocks(annotated[document.id])]
    assert (len(first.page.content), len(last.page.content)) == (745_695, 1_156_098)
    digests = {document.id: document_digest(document) for document in (first, last)}
    assert corpus_digest(digests).startswith("sha256:d8f4069dd32b")
