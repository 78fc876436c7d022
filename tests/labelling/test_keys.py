"""Keys that no slip of the shift key mistakes, and ranges as they are typed."""

from __future__ import annotations

import pytest

from boilerbench.errors import InputError
from boilerbench.labelling.keys import KEYS, parse_range
from boilerbench.policy import default_policy


def test_every_label_has_a_key_of_its_own() -> None:
    assert sorted(KEYS.values()) == sorted(default_policy().roles)
    assert not {"u", "U", "Q", ":", ".", "-", " "} & KEYS.keys()
    assert all(key.isascii() and key.islower() for key in KEYS)


@pytest.mark.parametrize(
    ("line", "parsed"),
    [("12-20 related", ("related", 12, 20)), ("7 h", ("heading", 7, 7)), (" 3-3  y ", ("subscribe", 3, 3))],
)
def test_a_range_is_a_line(line: str, parsed: tuple[str, int, int]) -> None:
    assert parse_range(line) == parsed


@pytest.mark.parametrize("line", ["", "related", "x h", "1- h", "1-2", "1 2 h"])
def test_what_is_no_range(line: str) -> None:
    with pytest.raises(InputError, match="as in 12-20 related"):
        parse_range(line)
