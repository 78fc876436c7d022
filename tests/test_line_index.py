"""Lines of a file by the ids of their rows."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from boilerbench.line_index import Line, LineIndex, open_lines, read_line

NAMES = ["b", "a", "ä", "\U0001f600", "aa", "\ud800"]


def test_each_id_has_its_line_whatever_their_order() -> None:
    index = LineIndex((name, Line(10 * place, place + 1, place + 1)) for place, name in enumerate(NAMES))
    assert list(index) == sorted(NAMES)
    assert len(index) == len(NAMES)
    for place, name in enumerate(NAMES):
        assert index.find(name) == Line(10 * place, place + 1, place + 1)
    for other in ("", "A", "ab", "zz"):
        assert other not in index
        assert index.find(other) is None
    assert not index.twice


def test_of_an_id_that_is_there_twice_the_first_line_is_kept() -> None:
    names = ["b", "a", "b", "b"]
    index = LineIndex((name, Line(place, 1, place + 1)) for place, name in enumerate(names))
    assert index.find("b") == Line(0, 1, 1)
    assert index.twice == {"b": (Line(0, 1, 1), Line(2, 1, 3))}
    assert list(index) == ["a", "b"]


def test_nothing_is_in_an_empty_one() -> None:
    assert "a" not in LineIndex(())
    assert list(LineIndex(())) == []


@pytest.mark.parametrize("packed", [False, True])
def test_lines_are_read_where_they_are(tmp_path: Path, packed: bool) -> None:
    content = b"eins\nzwei zwei\n"
    file = tmp_path / "lines"
    file.write_bytes(gzip.compress(content) if packed else content)
    with open_lines(file) as lines:
        assert list(lines) == [b"eins\n", b"zwei zwei\n"]
        assert read_line(lines, Line(5, 10, 2)) == b"zwei zwei\n"
        assert read_line(lines, Line(0, 5, 1)) == b"eins\n"


def test_a_damaged_file_leaves_nothing_open(tmp_path: Path) -> None:
    file = tmp_path / "lines.gz"
    file.write_bytes(gzip.compress(b"text " * 1000)[:-9])
    with pytest.raises(EOFError):
        open_lines(file)
