"""New gold documents from WARC files: the page that is named, or the only one."""

from __future__ import annotations

from pathlib import Path

import pytest

from boilerbench.errors import InputError
from boilerbench.labelling.capture import capture
from boilerbench.labelling.warc_page import warc_source
from tests.conftest import Command
from tests.corpora.warcs import SUFFIX, answer, page, record, write_warc

NOTICE = record(b"robots", kind="metadata")
GONE = record(answer(b"<p>Gone", status="404 Not Found"), "https://site.example/gone")


@pytest.mark.parametrize("kind", SUFFIX)
def test_the_only_page_needs_no_name(tmp_path: Path, kind: str) -> None:
    file = write_warc(tmp_path, [NOTICE, GONE, page("Ferry")], kind)
    found = capture(str(file))
    assert (found.url, found.charset) == ("https://site.example/", "utf-8")
    assert b"<p>Ferry</p>" in found.content


def test_one_of_several_by_address_or_offset(tmp_path: Path) -> None:
    first, second = page("Ferry", "https://site.example/a"), page("Library", "https://site.example/b")
    file = write_warc(tmp_path, [first, second], "plain")
    for name in ("https://site.example/b", str(len(first))):
        assert b"Library" in capture(f"{file}@{name}").content
    with pytest.raises(InputError) as error:
        capture(str(file))
    assert str(error.value) == (
        f"{file}: several pages; name one, as {file}@0: https://site.example/a, https://site.example/b"
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("@https://site.example/x", "no page of https://site.example/x in it"),
        ("@3", "no page"),
        ("@0", "no page"),
        ("@99999999999999999999999", "no page"),
        ("", "no page in HTML with status 200 in it"),
    ],
)
def test_what_is_no_page(tmp_path: Path, name: str, said: str) -> None:
    file = write_warc(tmp_path, [GONE])
    with pytest.raises(InputError, match=said):
        capture(f"{file}{name}")


@pytest.mark.parametrize(
    "content", [b"", b"\x1f\x8b\x08junk", b"WARC/1.0\r\nContent-Length: -4\r\n\r\n", b"x"]
)
def test_what_is_no_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.warc.gz").write_bytes(content)
    for source in (tmp_path / "x.warc.gz", tmp_path / "none.warc"):
        with pytest.raises(InputError):
            capture(str(source))


def test_what_names_an_archive() -> None:
    assert warc_source("a/b.WARC.gz@https://x.example/y.warc") == (
        Path("a/b.WARC.gz"),
        "https://x.example/y.warc",
    )
    assert warc_source("b.warc") == (Path("b.warc"), "")
    assert warc_source("https://site.example/b.warc.gz") is None
    assert warc_source("page.html") is None


def test_a_document_from_a_record(tmp_path: Path, command: Command) -> None:
    file = write_warc(tmp_path, [page("Ferry", "https://site.example/a"), page("Library")])
    made = command("gold", "new", f"{file}@https://site.example/a", "--id", "ferry", "-g", tmp_path / "gold")
    assert made.code == 0
    toml = (tmp_path / "gold" / "ferry" / "document.toml").read_text()
    assert 'url = "https://site.example/a"' in toml
    assert (tmp_path / "gold" / "ferry" / "labels.tsv").read_text() == "?\tFerry\n"
