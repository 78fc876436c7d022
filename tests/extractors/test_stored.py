"""Stored outputs in each layout, and what is none."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from boilerbench.errors import InputError
from boilerbench.extractors import StoredOutputs, open_extractor


def write(folder: Path, content: object) -> str:
    file = folder / "theirs.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return f"file:{file}"


@pytest.mark.parametrize(
    ("content", "version"),
    [
        ({"a": "Text.", "b": None}, ""),
        ({"a": {"articleBody": "Text."}, "b": {"articleBody": None}}, ""),
        ({"version": "3.1", "output": {"a": {"articleBody": "Text."}, "b": {}}}, "3.1"),
        ({"version": None, "output": {"a": "Text.", "b": ""}}, ""),
    ],
)
def test_each_layout_is_read(tmp_path: Path, content: object, version: str) -> None:
    outputs = open_extractor(write(tmp_path, content))
    assert isinstance(outputs, StoredOutputs)
    assert outputs.name == "theirs"
    assert outputs.version == version
    assert outputs.texts == {"a": "Text.", "b": ""}


@pytest.mark.parametrize("lines", [False, True])
def test_markup_is_read_with_its_text(tmp_path: Path, lines: bool) -> None:
    markup: dict[str, dict[str, str | None]] = {
        "a": {"markup": "# T\n\nb *c*", "format": "markdown"},
        "d": {"markup": None, "format": "html"},
    }
    spec = write(tmp_path, {**markup, "e": "f"})
    if lines:
        rows = [{"id": name, **value} for name, value in markup.items()] + [{"id": "e", "text": "f"}]
        file = tmp_path / "theirs.jsonl"
        file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        spec = f"file:{file}"
    outputs = open_extractor(spec)
    assert isinstance(outputs, StoredOutputs)
    assert outputs.texts == {"a": "T\n\nb c", "d": "", "e": "f"}
    assert outputs.markup == {"a": ("# T\n\nb *c*", "markdown"), "d": ("", "html")}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"a": {"markup": 5, "format": "html"}}, r"theirs.json: a: markup is no text; write \{id: text\}"),
        ({"a": {"markup": "b"}}, "a: markup without its format; add markdown or html"),
        ({"a": {"markup": "b", "format": "xml"}}, "a: markup without its format; add markdown or html"),
        ([1], "not an object of outputs by id"),
        ({"a": 5}, r"theirs.json: a: not a text; write \{id: text\}"),
        ({"a": {"articleBody": ["Text."]}}, "a: not a text"),
    ],
)
def test_what_is_no_layout(tmp_path: Path, content: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        open_extractor(write(tmp_path, content))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file; give a JSON file"):
        open_extractor(f"file:{tmp_path / 'nowhere.json'}")


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b""])
def test_a_file_that_is_no_json(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "theirs.json").write_bytes(content)
    with pytest.raises(InputError, match=r"theirs.json: not (JSON|UTF-8)"):
        open_extractor(f"file:{tmp_path / 'theirs.json'}")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give a JSON file"):
        open_extractor(f"file:{tmp_path}")


ROWS = [{"id": "a", "text": "Text.", "version": "4.2"}, {"id": "b", "articleBody": None}]


@pytest.mark.parametrize("name", ["theirs.jsonl", "theirs.jsonl.gz", "theirs.json.gz"])
def test_lines_and_gzip_are_read(tmp_path: Path, name: str) -> None:
    lines = "\n".join(json.dumps(row) for row in ROWS) + "\n\n"
    whole = json.dumps({"version": "4.2", "output": {"a": "Text.", "b": None}})
    content = (lines if "jsonl" in name else whole).encode()
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    outputs = open_extractor(f"file:{tmp_path / name}")
    assert isinstance(outputs, StoredOutputs)
    assert (outputs.name, outputs.version, outputs.texts) == ("theirs", "4.2", {"a": "Text.", "b": ""})


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "theirs.jsonl",
            b'{"id": "a", "text": ""}\n{"id": "a", "text": ""}\n',
            "line 2 gives a a second time",
        ),
        ("theirs.jsonl", b"[1]\n", "line 1 is not an object"),
        ("theirs.jsonl", b"{\n", "not JSON"),
        ("theirs.json.gz", gzip.compress(b"{}", mtime=0)[:-5], "truncated or damaged gzip"),
        ("theirs.json.gz", b"{}", "truncated or damaged gzip"),
    ],
)
def test_lines_and_gzip_that_are_wrong(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        open_extractor(f"file:{tmp_path / name}")
