"""Bytes to text as in a browser; expected encodings are those of the WHATWG standard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.decoding import decode, decode_as, encoding_of, page_text
from boilerbench.records import Page

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


# Old pages of each kind, read without their address, as a browser reads them (with an address it knows more).
WESTERN = {
    "es": "La panadería abrió el lunes y los niños esperaban; mañana será otro día, señaló la dueña.",
    "sv": "Bageriet öppnade på måndagen, och barnen väntade. Även på söndagar är det öppet, sade ägaren.",
    "da": "Bageriet åbnede om mandagen, og børnene ventede. Også om søndagen er der åbent.",
    "it": "Il panettiere ha aperto lunedì, perché così voleva la città. Domani sarà più tardi.",
    "de": "Die Bäckerei öffnete am Montag für alle, und die Schüler dürfen künftig früher hinein.",
    "pt": "A padaria abriu na segunda-feira, e as crianças já não esperavam. Amanhã será às oito.",
}


@pytest.mark.parametrize("text", WESTERN.values(), ids=WESTERN)
def test_western_pages_that_declare_nothing_are_windows_1252(text: str) -> None:
    page = f"<html><head><title>x</title></head><body><a href=a>A</a><h1>x</h1><p>{text}</p></body></html>"
    assert decode(page.encode("cp1252")) == page


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


@pytest.mark.parametrize(
    "label", ["undefined", "hex", "base64", "idna", "utf-7", "quoted-printable", "rot13"]
)
def test_codecs_that_are_no_encodings_of_the_web_are_not_there(label: str) -> None:
    page = f"<meta http-equiv=Content-Type content='text/html; charset={label}'><p>1 + 1, a+AGE-b, Grüße"
    assert decode(page.encode()) == page
    assert decode(page.encode(), charset=label) == page


def test_the_header_outranks_the_page_and_a_mark_outranks_the_header() -> None:
    page = "<meta charset=utf-8><p>Мельница"
    assert decode(page.encode("koi8-r"), charset="KOI8-R") == page
    assert decode(page.encode("utf-16-le"), charset="utf-16") == page
    assert decode(b"\xef\xbb\xbf" + page.encode(), charset="koi8-r") == page
    assert page_text(Page(page.encode("koi8-r"), charset="koi8-r")) == page


@pytest.mark.parametrize("before", [2_000, 200_000])
def test_a_declaration_behind_the_first_bytes_holds_if_the_parser_comes_upon_it(before: int) -> None:
    page = f"<head><style>{'x' * before}</style><meta charset=iso-8859-2></head><p>Grüße čeština"
    assert decode(page.encode("iso-8859-2")) == page
    text = f"<p>{'x' * before}<!-- <meta charset=big5> --><script>'<meta charset=koi8-r>'</script><p>Grüße"
    assert decode(text.encode()) == text


def test_the_declaration_that_is_parsed_outranks_one_in_a_script() -> None:
    page = "<script>'<meta charset=big5>'</script><meta charset=koi8-r><p>Мельница"
    assert decode(page.encode("koi8-r")) == page


def test_the_country_of_an_address_decides_between_what_is_alike() -> None:
    page = "<p>A téri pékségben már tíz óra előtt elfogyott a kenyér."
    assert decode(page.encode("iso-8859-2"), url="https://pek.example.hu/x?y") == page
    for url in ("https://EXAMPLE.HU./", "https://example.HU:80/", "//example.hu/"):
        assert decode(page.encode("iso-8859-2"), url=url) == page
    assert encoding_of(page.encode("iso-8859-2"), url="https://example.com/") != "iso-8859-2"


@pytest.mark.parametrize(
    "url", ["http://[", "http://\ud800/", "x", "http://a.ÜBER/", "http://1.2.3.4/", "http://a..b/"]
)
def test_an_address_that_is_none_is_no_obstacle(url: str) -> None:
    assert decode(b"<p>caf\xe9 noir", url=url) == "<p>café noir"


@pytest.mark.parametrize(
    ("encoding", "content", "text"),
    [
        # WHATWG's indexes, where Python's codecs of the same name have other characters or none.
        ("windows-1252", b"\x81\x8d\x80", "\x81\x8d€"),
        ("windows-1253", b"\xaa\xd2\xe1", "\ufffd\ufffdα"),
        ("windows-1255", b"\xca\xd9", "\u05ba\ufffd"),
        ("windows-874", b"\x81\xa1", "\x81ก"),
        ("koi8-u", b"\xae\xbe", "ўЎ"),
        ("iso-8859-8-i", b"\xe0", "א"),
        ("gbk", b"\x80\x81\x30\x81\x30", "€\x80"),
        ("x-user-defined", b"a\x80\xff", "a\uf780\uf7ff"),
        ("replacement", b"abc", "\ufffd"),
        ("shift_jis", b"\x83", "\ufffd"),
    ],
)
def test_decoders_are_those_of_the_standard(encoding: str, content: bytes, text: str) -> None:
    assert decode_as(content, encoding) == text
