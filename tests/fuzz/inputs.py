"""Inputs for the targets: what people write, broken in the ways in which files are."""

from __future__ import annotations

import io
import json
import tarfile
import warnings
import zipfile

from hypothesis import strategies as st

_TAGS = (
    "div p b a i font table tr td li ul select option button template svg math mi title script style "
    "textarea noscript iframe br img meta form pre dialog details frameset plaintext"
)
_PIECES = [
    *[f"<{slash}{name}>" for name in _TAGS.split() for slash in ("", "/")],
    *(
        "<p hidden>",
        "<div style='display:none'>",
        "<p style='visibility:hidden;display:block'>",
        "<!--",
        "-->",
    ),
    *(
        "<meta charset=undefined>",
        "<meta charset=utf-16>",
        "<meta http-equiv=content-type content='charset=big5'>",
    ),
    *(
        "<?xml encoding='koi8-r'?>",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "&#0;",
        "&#xD800;",
        "&unknown;",
        "&",
        "<",
        ">",
    ),
    *("\0", "\x1b[2J", "\x9b", "\u202e", "\u2028", "\ud800", "\ufeff", "\u00ad", "e\u0301", "語", "ক", "🇩🇪"),
    *(" ", "\n", "\r\n", "\t", "word", "1.5", "=", "'", '"', "-", "|", "[b]", ":car:"),
]
texts = st.one_of(
    st.text(st.characters(codec=None), max_size=200),
    st.lists(st.sampled_from(_PIECES), max_size=60).map("".join),
    # The same again and again is where careless code takes its time.
    st.tuples(
        st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4).map("".join), st.integers(1, 3_000)
    ).map(lambda pair: (pair[0] * pair[1])[:100_000]),
)
"""Pages, outputs and names: hostile in every way that fits into a string."""


def encoded(text: str) -> bytes:
    """The bytes of a text, whatever is in it."""
    return text.encode("utf-8", "surrogatepass")


pages = st.one_of(
    st.binary(max_size=400),
    texts.map(encoded),
    st.tuples(
        texts, st.sampled_from(["utf-8", "utf-16", "cp1252", "koi8-r", "gb18030", "shift_jis", "iso2022_jp"])
    ).map(lambda pair: pair[0].encode(pair[1], "replace")),
)

_JSON_PIECES = [
    *("[", "]", "{", "}", ":", ",", '"', "null", "true", "NaN", "-", "1e999", "1" * 5_000, "[" * 20_000),
    *('{"a":' * 5_000, "\\ud800", "\\u0000", "\u2028", "\x0c", "\ufeff", "\r\n", "\xff", " "),
]


def broken(content: bytes) -> st.SearchStrategy[bytes]:
    """The content of a file with pieces of it lost, doubled, or in the place of others."""
    pieces = st.sampled_from([piece.encode("utf-8", "surrogatepass") for piece in _JSON_PIECES]) | st.binary(
        max_size=8
    )
    change = st.tuples(st.integers(0, len(content)), st.integers(0, 40), pieces)

    def changed(changes: list[tuple[int, int, bytes]]) -> bytes:
        result = content
        for start, length, piece in changes:
            result = result[:start] + piece + result[start + length :]
        return result

    return st.one_of(
        st.lists(change, max_size=4).map(changed), st.binary(max_size=100), st.just(content[:-9])
    )


_scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = (
    _scalars | st.lists(_scalars, max_size=3) | st.dictionaries(st.text(max_size=8), _scalars, max_size=3)
)


def rows(keys: str) -> st.SearchStrategy[bytes]:
    """Lines of JSON with some of the keys and values of any kind."""
    row = st.dictionaries(st.sampled_from(keys.split()), values | st.just("page.html"), max_size=6)
    return st.lists(row, max_size=4).map(
        lambda listed: "".join(json.dumps(one) + "\n" for one in listed).encode("utf-8", "surrogatepass")
    )


_NAMES = st.sampled_from(
    [
        "html/a.html",
        "../x",
        "/etc/passwd",
        "a/" * 300 + "b",
        "n" * 300,
        "",
        ".",
        "html/\ud800",
        "a\0b",
        "html/b.html",
    ]
)


def _zip(members: list[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # A name that is there twice is just what is wanted.
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name.replace("\ud800", "\ufffd") or "x"), content)
    return file.getvalue()


def _tar(members: list[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(
        fileobj=file, mode="w:gz", format=tarfile.GNU_FORMAT, errors="surrogatepass"
    ) as archive:
        for name, content in members:
            entry = tarfile.TarInfo(name.replace("\0", "") or "x")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return file.getvalue()


_members = st.lists(st.tuples(_NAMES, st.binary(max_size=50) | st.just(100_000).map(bytes)), max_size=4)
archives = (_members.map(_zip) | _members.map(_tar)).flatmap(
    lambda content: st.just(content) | broken(content)
)
"""Archives of files with any names, whole and damaged."""
