"""Rows read again from where they begin, plain and packed, and files that are not as they should be."""

from __future__ import annotations

import gc
import gzip
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerbench.corpora.jsonl_index import JsonLines, rows_file
from boilerbench.errors import InputError
from tests.corpora.writing import write_rows


def index(file: Path) -> JsonLines:
    return JsonLines(file, "id")


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_rows_are_read_by_id_whatever_their_order(tmp_path: Path, name: str) -> None:
    rows = [{"id": each, "text": text} for each, text in (("b", "zwei\nÄ"), ("a", "x" * 70_000), ("c", "七"))]
    lines = index(write_rows(tmp_path / name, rows))
    assert lines.ids() == ["a", "b", "c"]
    assert [lines.row(row["id"]) for row in rows] == rows


@settings(max_examples=30, deadline=None)
@given(
    texts=st.lists(st.text(max_size=30), min_size=1, max_size=8),
    ending=st.sampled_from(["\n", "\r\n", "\n\n", " \n"]),
    last=st.booleans(),
    mark=st.booleans(),
    packed=st.booleans(),
)
def test_rows_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[str],
    ending: str,
    last: bool,
    mark: bool,
    packed: bool,
) -> None:
    rows = [{"id": f"d{number}", "text": text} for number, text in enumerate(texts)]
    content = ending.join(json.dumps(row, ensure_ascii=False) for row in rows) + ending * last
    file = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    plain = content.encode("utf-8-sig" if mark else "utf-8", "surrogatepass")
    file.write_bytes(gzip.compress(plain) if packed else plain)
    lines = index(file)
    assert [lines.row(row["id"]) for row in rows] == rows


def test_threads_and_forks_read_without_disturbing_one_another(tmp_path: Path) -> None:
    ids = [f"{number:03}" for number in range(200)]
    lines = index(write_rows(tmp_path / "rows.jsonl.gz", [{"id": each, "text": each * 500} for each in ids]))
    child = os.fork()
    if child == 0:
        os._exit(not all(lines.row(each)["text"] == each * 500 for each in ids))
    with ThreadPoolExecutor(4) as pool:
        assert all(row["text"] == row["id"] * 500 for row in pool.map(lines.row, ids * 3))
    assert os.waitpid(child, 0)[1] == 0


def test_the_file_is_closed_when_nobody_reads_it_any_more(tmp_path: Path) -> None:
    lines = index(write_rows(tmp_path / "rows.jsonl", [{"id": "a"}]))
    file = lines._file
    del lines
    gc.collect()
    assert file.closed


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"id"', r"^corpus: rows.jsonl, line 1: not JSON \(.+\); correct it"),
        (b"\n[1]\n", "^corpus: rows.jsonl, line 2: not an object"),
        (b'{"name": "a"}\n', '^corpus: rows.jsonl, line 1: no id; write {"id"'),
        (b'{"id": 5.5}\n', "^corpus: rows.jsonl, line 1: id is not a text"),
        (b'{"id": ""}\n', "^corpus: rows.jsonl, line 1: id is not a text"),
        (b'{"id": "a\\nb"}\n', "^corpus: rows.jsonl, line 1: id .* is no id; use visible characters only"),
        (b'{"id": "\xe4"}\n', "^corpus: rows.jsonl, line 1: not UTF-8 .byte 8 is 0xe4.; save it as UTF-8"),
        (b"[" * 100_000, "^corpus: rows.jsonl, line 1: not JSON"),
        # Without the clock, which would get into the test's name.
        (gzip.compress(b'{"id": "a"}\n' * 2, mtime=0)[:-9], "^corpus: rows.jsonl: truncated or damaged gzip"),
    ],
)
def test_a_broken_file_is_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "rows.jsonl").write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        index(tmp_path / "rows.jsonl")
    assert "\n" not in str(caught.value)


def test_a_folder_stands_for_its_only_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^corpus x:.*: no JSON Lines in it; name a file"):
        rows_file("x", str(tmp_path), "a file")
    file = write_rows(tmp_path / "one.jsonl.gz", [])
    assert rows_file("x", str(tmp_path), "a file") == rows_file("x", str(file), "a file") == file
    write_rows(tmp_path / "two.jsonl", [])
    with pytest.raises(InputError, match=r"2 files of JSON Lines, such as one.jsonl.gz; name a file"):
        rows_file("x", str(tmp_path), "a file")
