"""Declarations as browsers read them; expected values follow the steps of WHATWG HTML, worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.declared_encoding import (
    declared_when_parsed,
    encoding_named,
    label_in_content,
    may_change,
    prescanned,
)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("utf8", "utf-8"),
        (" UTF-8\n", "utf-8"),
        ("latin1", "windows-1252"),
        ("ISO-8859-1", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("gb2312", "gbk"),
        ("x-sjis", "shift_jis"),
        ("iso-2022-kr", "replacement"),
        *[(label, None) for label in ("undefined", "hex", "base64", "idna", "utf-7", "quoted-printable")],
        *[(label, None) for label in ("punycode", "rot13", "utf8mb4", "none", "", "mbcs", "cp037", "utf-32")],
        ("\u212aoi8-r", None),  # KELVIN SIGN: labels are compared in ASCII alone
        ("\ud800", None),
    ],
)
def test_labels_are_those_of_the_standard_and_no_others(label: str, name: str | None) -> None:
    assert encoding_named(label) == name


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ('<meta charset="koi8-r">', "koi8-r"),
        ("<meta charset=koi8-r>", "koi8-r"),
        ("<META CHARSET='KOI8-R' >", "koi8-r"),
        ("<meta/charset=koi8-r>", "koi8-r"),
        ("<meta http-equiv=content-type content='text/html; charset=koi8-r'>", "koi8-r"),
        # The order of the two does not matter, and one without the other says nothing.
        ("<meta content='text/html; charset=koi8-r' http-equiv=Content-Type>", "koi8-r"),
        ("<meta content='text/html; charset=koi8-r'>", None),
        ("<meta http-equiv=refresh content='0; url=?charset=koi8-r'>", None),
        ("<meta name=charset content=koi8-r>", None),
        # The first attribute of a name holds; the first meta with a known label holds.
        ("<meta charset=koi8-r charset=big5>", "koi8-r"),
        ("<meta charset=undefined><meta charset=koi8-r>", "koi8-r"),
        ("<meta charset=undefined http-equiv=content-type content='charset=koi8-r'>", None),
        # What is in comments, in values and in other tags is passed over.
        ("<!-- <meta charset=big5> --><meta charset=koi8-r>", "koi8-r"),
        ("<!--><meta charset=koi8-r>", "koi8-r"),
        ("<p title='<meta charset=big5>'><meta charset=koi8-r>", "koi8-r"),
        ("<metadata charset=big5>", None),
        ("<!doctype html><?php x ?></ ><meta charset=koi8-r>", "koi8-r"),
        # Scripts are not known to this step: it looks at tags.
        ("<script>'<meta charset=koi8-r>'</script>", "koi8-r"),
        ("<meta charset=utf-16le>", "utf-8"),
        ("<meta charset=x-user-defined>", "windows-1252"),
        ('<?xml version="1.0" encoding="koi8-r"?>', "koi8-r"),
        ("<?xml version='1.0' encoding = 'utf-16'?>", "utf-8"),
        ('<?xml version="1.0" encoding="koi8-r"?><meta charset=big5>', "big5"),
        (' <?xml version="1.0" encoding="koi8-r"?>', None),
        # A tag that is cut off by the end declares nothing.
        ("<meta charset=koi8-r", None),
        ("<meta charset='koi8-r>", None),
        ("", None),
    ],
)
def test_the_first_bytes_declare(page: str, name: str | None) -> None:
    assert prescanned(page.encode()) == name


def test_only_the_first_1024_bytes_are_scanned() -> None:
    declaration = b"<meta charset=koi8-r>"
    assert prescanned(b" " * (1024 - len(declaration)) + declaration) == "koi8-r"
    assert prescanned(b" " * (1025 - len(declaration)) + declaration) is None


def test_an_xml_declaration_in_utf_16_is_seen_without_a_mark() -> None:
    assert prescanned("<?xml version='1.0'?>".encode("utf-16-le")) == "utf-16le"
    assert prescanned("<?xml version='1.0'?>".encode("utf-16-be")) == "utf-16be"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("text/html; charset=koi8-r", "koi8-r"),
        ("text/html;CHARSET = 'koi8-r' x", "koi8-r"),
        ("charsetcharset=koi8-r", "koi8-r"),
        ("charset charset=koi8-r;", "koi8-r"),
        ("charset=koi8-r;charset=big5", "koi8-r"),
        ("charset='koi8-r", None),
        ("charset=", None),
        ("text/html", None),
    ],
)
def test_a_label_in_the_content_of_a_meta(content: str, name: str | None) -> None:
    assert label_in_content(content) == name


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("<body><p>x<meta charset=koi8-r>", "koi8-r"),
        ("<script>'<meta charset=big5>'</script><meta charset=koi8-r>", "koi8-r"),
        ("<textarea><meta charset=big5></textarea><meta charset=koi8-r>", "koi8-r"),
        ("<noscript><meta charset=big5></noscript><meta charset=koi8-r>", "koi8-r"),
        ("<svg><meta charset=koi8-r>", "koi8-r"),
        ("<meta charset=hex http-equiv=Content-Type content='a; charset=koi8-r'>", "koi8-r"),
        ("<!-- <meta charset=big5> -->", None),
    ],
)
def test_the_parser_comes_upon_a_declaration(page: str, name: str | None) -> None:
    assert declared_when_parsed(page) == name


def test_a_page_that_names_no_other_encoding_need_not_be_parsed() -> None:
    assert not may_change(b"<meta charset=utf8><script charset='UTF-8'>charset = undefined", "utf-8")
    assert may_change(b"<meta charset=utf8><script charset='big5'>", "utf-8")


@given(
    st.binary(max_size=200).map(lambda tail: b"<meta " + tail)
    | st.text("<>!-meta '\"/=charsetk8").map(str.encode)
)
def test_any_bytes_declare_something_or_nothing(content: bytes) -> None:
    name = prescanned(content)
    assert name is None or encoding_named(name) == name
