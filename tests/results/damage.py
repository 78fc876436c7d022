"""Damage to the files of a run, as an editor, a full disk or a spreadsheet does it."""

from __future__ import annotations

import copy
import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NOISE = bytes(range(256)) * 4
VALUES = ("", "x", "nan", "-1", "1e999", "0.5", "é\x00", "=1+1")
"""What may stand in a field of a table in the place of what was there."""
JSON_VALUES: tuple[Any, ...] = (None, [], {}, -1, 0, 1e308, "", "x", True, "\ud800", [None], {"x": None})

Damage = tuple[str, bytes]
"""What was done to a file, and what is in it then."""


def of_bytes(content: bytes) -> Iterator[Damage]:
    """Damage a file of any kind."""
    yield "empty", b""
    yield "cut", content[: len(content) // 2]
    yield "cut before its end", content[:-1]
    yield "noise", NOISE
    yield "noise at its end", content + NOISE
    yield "noise within", content[: len(content) // 2] + NOISE + content[len(content) // 2 :]
    yield "NUL bytes", b"\0" * len(content)
    yield "UTF-16", content.decode("utf-8", "replace").encode("utf-16")
    yield "byte order mark", b"\xef\xbb\xbf" + content
    yield "twice", content * 2
    yield "Windows line ends", content.replace(b"\n", b"\r\n")
    yield "another format", b"<html><body>404 Not Found"
    yield "white space", b" \n\n"


def of_table(content: bytes) -> Iterator[Damage]:
    """Damage a table: its columns, its rows, its fields."""
    header, *rows = list(csv.reader(io.StringIO(content.decode())))
    yield "no rows", _table(header, [])
    yield "no header", _table(rows[0], rows[1:])
    yield "a row less", _table(header, rows[:-1])
    yield "a row twice", _table(header, [*rows, rows[0]])
    yield "a short row", _table(header, [rows[0][:2], *rows[1:]])
    yield "a long row", _table(header, [[*rows[0], "more", "more"], *rows[1:]])
    yield "rows backwards", _table(header, rows[::-1])
    yield "semicolons", content.replace(b",", b";")
    yield "an open quote", content + b'"'
    for index, name in enumerate(header):
        yield f"without {name}", _table(_without(header, index), [_without(row, index) for row in rows])
        yield f"{name} twice", _table([*header, name], [[*row, row[index]] for row in rows])
        other = (index + 1) % len(header)
        yield f"{name} and {header[other]} swapped", _table(_swapped(header, index, other), rows)
        for value in VALUES:
            changed = [[*rows[0][:index], value, *rows[0][index + 1 :]], *rows[1:]]
            yield f"{name} is {value!r}", _table(header, changed)


def of_json(content: bytes) -> Iterator[Damage]:
    """Damage a JSON file: each value and each key."""
    whole = json.loads(content)
    for path in _paths(whole):
        for value in JSON_VALUES:
            yield f"{path} is {value!r}", _json(_replaced(whole, path, value))
        yield f"without {path}", _json(_replaced(whole, path, ...))
    yield "unknown key", _json({**whole, "unknown": 1})
    yield "nested", b"[" * 100_000
    yield "digits", content.replace(b": 0", b": " + b"1" * 5_000, 1)


def of_lines(content: bytes) -> Iterator[Damage]:
    """Damage packed lines of JSON."""
    lines = gzip.decompress(content).splitlines(keepends=True)
    for what, changed in (
        *of_bytes(b"".join(lines)),
        *((f"line 1: {what}", line + b"\n" + b"".join(lines[1:])) for what, line in of_json(lines[0])),
        ("a line less", b"".join(lines[:-1])),
        ("a line twice", b"".join([*lines, lines[-1]])),
        ("lines backwards", b"".join(lines[::-1])),
        ("another text", lines[0].replace(b'"text": "', b'"text": "changed ') + b"".join(lines[1:])),
    ):
        yield f"unpacked: {what}", gzip.compress(changed, mtime=0)


def damages(file: Path) -> Iterator[Damage]:
    """Damage a file in all ways that suit it."""
    content = file.read_bytes()
    yield from of_bytes(content)
    if file.suffix == ".csv":
        yield from of_table(content)
    elif file.suffix == ".json":
        yield from of_json(content)
    elif file.suffix == ".gz":
        yield from of_lines(content)


def _table(header: list[str], rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()


def _without(row: list[str], index: int) -> list[str]:
    return row[:index] + row[index + 1 :]


def _swapped(row: list[str], first: int, second: int) -> list[str]:
    row = list(row)
    row[first], row[second] = row[second], row[first]
    return row


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of each value within a JSON value, the first of each list alone."""
    if path:
        yield path
    members: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        members = list(value.items())
    elif isinstance(value, list):
        members = list(enumerate(value[:1]))
    for key, member in members:
        yield from _paths(member, (*path, key))


def _replaced(whole: Any, path: tuple[str | int, ...], value: object) -> object:
    """Return a JSON value with another value at a path, or with none there for ``...``."""
    changed = copy.deepcopy(whole)
    parent = changed
    for key in path[:-1]:
        parent = parent[key]
    if value is ...:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    return changed
