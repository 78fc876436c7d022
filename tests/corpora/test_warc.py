"""WARC files: what is a page, what is counted instead, and how far damage reaches."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.errors import InputError
from tests.conftest import THOROUGH
from tests.corpora.warcs import HTML, SUFFIX, answer, packed, page, record, write_warc

KINDS = list(SUFFIX)
A, B, C = (page(letter * 4, f"https://{letter}.example/") for letter in "abc")
SOFTWARE = record(b"software: x\r\n", kind="warcinfo")


def read(spec: str | Path) -> tuple[dict[str, str], Counter[str]]:
    """The paragraphs of pages by their ids, and what else there was; each page is found again by its id."""
    corpus = open_corpus(f"warc:{spec}")
    skipped: Counter[str] = Counter()
    pages = dict(corpus.pages(lambda reason: skipped.update([reason])))
    for document, found in pages.items():
        assert corpus.page(document) == found
    texts = {
        name: found.content.decode().partition("<p>")[2].partition("</p>")[0] for name, found in pages.items()
    }
    return texts, skipped


@pytest.mark.parametrize("kind", KINDS)
def test_pages_in_the_order_of_the_file(tmp_path: Path, kind: str) -> None:
    file = write_warc(tmp_path, [SOFTWARE, A, record(b"GET / HTTP/1.1\r\n\r\n", kind="request"), B], kind)
    texts, skipped = read(file)
    assert list(texts.values()) == ["aaaa", "bbbb"]
    assert list(texts) == sorted(texts)
    assert skipped == {"a record of type warcinfo": 1, "a record of type request": 1}
    found = open_corpus(f"warc:{file}").page(next(iter(texts)))
    assert (found.url, found.charset) == ("https://a.example/", "utf-8")


def test_an_id_is_the_offset_of_the_record(tmp_path: Path) -> None:
    texts, _ = read(write_warc(tmp_path, [A, B, C], "plain"))
    assert list(texts) == [f"crawl.warc@{offset:012}" for offset in (0, len(A), len(A) + len(B))]


def test_what_is_no_page_is_counted_by_reason(tmp_path: Path) -> None:
    body = b"<html><p>x</p></html>"
    records = [
        record(answer(body, "404 Not Found")),
        record(answer(body, "301 Moved Permanently")),
        record(answer(b"\x89PNG", content_type="image/png")),
        record(answer(b"x", content_type="made/up")),
        record(answer(b"just text", content_type=None)),
        record(answer(b" \n ")),
        record(b"HTTP/1.1 200 OK\r\n", kind="conversion"),
        record(b"nothing of HTTP"),
    ]
    _, skipped = read(write_warc(tmp_path, records))
    assert skipped == {
        "status 404": 1,
        "status 301": 1,
        "not HTML (image)": 1,
        "not HTML (unknown)": 2,
        "empty": 1,
        "a record of type conversion": 1,
        "a damaged stretch": 1,
    }


@pytest.mark.parametrize(
    "block",
    [
        answer(b"<html><p>text</p>", content_type=None),
        answer(b"<p>text</p>", content_type="TEXT/HTML"),
        answer(b"<p>text</p>", content_type="application/xhtml+xml"),
        answer(gzip.compress(b"<p>text</p>"), headers=["Content-Encoding: gzip"]),
        # As crawlers leave them that decode bodies and keep headers.
        answer(b"<p>text</p>", headers=["Content-Encoding: gzip"]),
        answer(b"<p>text</p>", headers=["Content-Encoding: br"]),
        answer(b"b\r\n<p>text</p>\r\n0\r\n\r\n", headers=["Transfer-Encoding: chunked"]),
        answer(b"<p>text</p>", headers=["Transfer-Encoding: chunked"]),
    ],
)
def test_bodies_as_servers_and_crawlers_leave_them(tmp_path: Path, block: bytes) -> None:
    texts, skipped = read(write_warc(tmp_path, [record(block)]))
    assert (list(texts.values()), skipped) == (["text"], {})


def test_a_resource_is_a_page_without_http(tmp_path: Path) -> None:
    texts, _ = read(write_warc(tmp_path, [record(b"<p>text</p>", kind="resource")]))
    assert list(texts.values()) == ["text"]


@pytest.mark.parametrize("length", [60, 90, 150, 400, 99_999])
@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_length_costs_its_record(tmp_path: Path, kind: str, length: int) -> None:
    wrong = record(answer(b"<html><body><p>bbbb</p></body></html>"), length=length)
    texts, skipped = read(write_warc(tmp_path, [A, wrong, C], kind))
    assert list(texts.values()) == ["aaaa", "cccc"]
    assert skipped.total() == 1
    assert set(skipped) <= {"a record whose length is wrong", "a record that is cut off"}


@pytest.mark.parametrize("kind", ["plain", "gz", "zst"])
def test_a_file_that_is_cut_off_keeps_what_is_whole(tmp_path: Path, kind: str) -> None:
    file = write_warc(tmp_path, [A, B, C], kind)
    file.write_bytes(file.read_bytes()[:-60])
    texts, skipped = read(file)
    assert list(texts.values()) == ["aaaa", "bbbb"]
    assert skipped.total() == 1


@pytest.mark.parametrize("kind", ["plain", "gz", "zst"])
def test_damage_is_passed_over(tmp_path: Path, kind: str) -> None:
    file = write_warc(tmp_path, [A], kind)
    damaged = bytearray(packed([B], kind))
    damaged[len(damaged) // 2] ^= 0xFF
    file.write_bytes(
        packed([A], kind) + b"garbage" * 9 + packed([B], kind) + bytes(damaged) + packed([C], kind)
    )
    texts, skipped = read(file)
    assert list(texts.values()) == ["aaaa", "bbbb", "cccc"]
    # In a plain file the damage is in the block of a record, and may still be some page.
    assert 1 <= skipped.total() <= 2


def test_a_page_beyond_any_size_is_passed_over(tmp_path: Path) -> None:
    bomb = answer(gzip.compress(b"<p>" + b" x" * (20 << 20)), headers=["Content-Encoding: gzip"])
    file = write_warc(tmp_path, [record(bomb), A])
    tracemalloc.start()
    texts, skipped = read(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert list(texts.values()) == ["aaaa"]
    assert skipped == {"larger than 32 MB": 1}
    assert peak < 200 << 20


def test_files_of_a_folder_and_of_a_pattern(tmp_path: Path) -> None:
    write_warc(tmp_path / "in" / "one", [A])
    write_warc(tmp_path / "in" / "two", [B], "plain")
    (tmp_path / "in" / "notes.txt").write_text("none")
    for spec in (tmp_path / "in", f"{tmp_path}/in/*/crawl.*", f"{tmp_path}/i?/**/*.warc*"):
        texts, _ = read(spec)
        first, second = (name.rpartition("@")[0] for name in texts)
        assert first.endswith("one/crawl.warc.gz")
        assert second.endswith("two/crawl.warc")


@pytest.mark.parametrize("packed_index", [False, True])
@pytest.mark.parametrize("json_lines", [False, True])
def test_records_that_an_index_names(tmp_path: Path, json_lines: bool, packed_index: bool) -> None:
    file = write_warc(tmp_path / "warc", [A, B, C])
    offset = int(list(read(file)[0])[1].rpartition("@")[2])
    where = {"offset": str(offset), "filename": "crawl-data/warc/crawl.warc.gz"}
    if json_lines:
        lines = [f"example,b)/ 20260101000000 {json.dumps(where)}"]
    else:
        lines = [
            " CDX N b a m s k r M S V g",
            f"example,b)/ 1 https://b.example/ text/html 200 X - - 9 {offset} crawl.warc.gz",
        ]
    lines += ["no index line", "example,c)/ 1 {", f"x 1 {json.dumps({**where, 'offset': '1'})}"]
    content = "\n".join(lines).encode()
    index = tmp_path / "warc" / f"index.cdx{'j' * json_lines}{'.gz' * packed_index}"
    index.write_bytes(gzip.compress(content) if packed_index else content)
    texts, skipped = read(index)
    assert list(texts.values()) == ["bbbb"]
    assert skipped == {"a line of the index that cannot be read": 2, "cannot be read": 1}


def test_an_index_names_nothing_outside_its_folder(tmp_path: Path) -> None:
    write_warc(tmp_path, [A])
    index = tmp_path / "below" / "index.cdxj"
    index.parent.mkdir()
    where = {"offset": "0", "filename": "../crawl.warc.gz"}
    index.write_text(f"x 1 {json.dumps(where)}\n")
    assert read(index) == ({}, {"cannot be read": 1})


def test_an_id_that_is_none(tmp_path: Path) -> None:
    corpus = open_corpus(f"warc:{write_warc(tmp_path, [SOFTWARE, A])}")
    for document in ("crawl.warc.gz@000000000000", "crawl.warc.gz@7", "crawl.warc.gz", "other@0", "@"):
        with pytest.raises(InputError):
            corpus.page(document)


def test_any_number_of_records_in_flat_memory(tmp_path: Path) -> None:
    def peak(number: int) -> int:
        file = tmp_path / f"{number}.warc.gz"
        file.write_bytes(packed([A], "gz") * number)
        corpus = open_corpus(f"warc:{file}")
        tracemalloc.start()
        assert sum(1 for _ in corpus.pages()) == number
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(100)
    assert peak(30_000 if THOROUGH else 5_000) < 1.5 * peak(1_000) + 100_000


def test_html_is_told_by_its_beginning_where_nobody_says(tmp_path: Path) -> None:
    texts, _ = read(write_warc(tmp_path, [record(answer(b"<!DOCTYPE html><p>x</p>", content_type=None))]))
    assert list(texts.values()) == ["x"]
    assert HTML.startswith("text/html")
