"""Bytes to text as in a browser; expected encodings are those of the WHATWG standard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.decoding import decode

RUSSIAN = "Мельница стояла на реке, и зимой её было слышно за версту."
JAPANESE = "港の倉庫が図書館になった。"


@pytest.mark.parametrize(
    ("declaration", "codec", "text"),
    [
        ('<meta charset="koi8-r">', "koi8-r", RUSSIAN),
        ("<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=windows-1251'>", "cp1251", RUSSIAN),
        ('<meta charset="shift_jis">', "cp932", JAPANESE),
        ('<meta charset="euc-jp">', "euc-jp", JAPANESE),
        ('<meta charset="gb2312">', "gb18030", "图书馆镕"),
        # In browsers latin1 is windows-1252: curly quotes and the euro sign are there.
        ('<meta charset="iso-8859-1">', "cp1252", "“café” €5"),
        ('<?xml version="1.0" encoding="windows-1250"?>', "cp1250", "příliš žluťoučký"),
        ('<!-- <meta charset="koi8-r"> --><meta charset="utf-8">', "utf-8", "žluťoučký"),
    ],
)
def test_the_declared_encoding_is_used(declaration: str, codec: str, text: str) -> None:
    assert decode(f"{declaration}<p>{text}</p>".encode(codec)) == f"{declaration}<p>{text}</p>"


def test_a_byte_order_mark_comes_before_the_declaration() -> None:
    page = '<meta charset="koi8-r"><p>žluťoučký</p>'
    assert decode(b"\xef\xbb\xbf" + page.encode()) == page
    assert decode(b"\xff\xfe" + page.encode("utf-16-le")) == page
    assert decode(b"\xfe\xff" + page.encode("utf-16-be")) == page


def test_a_declared_utf_16_that_can_be_read_in_the_bytes_is_utf_8() -> None:
    page = '<meta charset="utf-16"><p>žluťoučký</p>'
    assert decode(page.encode()) == page


def test_without_a_declaration_valid_utf_8_is_utf_8() -> None:
    assert decode("<p>žluťoučký 図書館</p>".encode()) == "<p>žluťoučký 図書館</p>"


@pytest.mark.parametrize(("codec", "text"), [("cp1251", RUSSIAN), ("cp932", JAPANESE * 4)])
def test_without_a_declaration_other_bytes_are_detected(codec: str, text: str) -> None:
    assert decode(f"<p>{text}</p>".encode(codec)) == f"<p>{text}</p>"


def test_a_few_bytes_are_never_taken_for_what_no_browser_would_guess() -> None:
    # UTF-16 without a mark, UTF-7 and EBCDIC are what a general detector finds in such bytes.
    assert decode(b"<p>\xe9") == "<p>é"


def test_a_wrong_declaration_loses_characters_and_nothing_else() -> None:
    assert (
        decode(b'<meta charset="utf-8"><p>caf\xe9 noir</p>') == '<meta charset="utf-8"><p>caf\ufffd noir</p>'
    )


def test_an_unknown_declaration_counts_as_none() -> None:
    assert decode('<meta charset="nonsense"><p>é</p>'.encode()) == '<meta charset="nonsense"><p>é</p>'


@given(st.binary(max_size=400))
def test_any_bytes_become_text_that_can_be_stored(content: bytes) -> None:
    decode(content).encode("utf-8")
