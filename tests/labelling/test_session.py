"""Labels given, taken back, given to ranges."""

from __future__ import annotations

import pytest

from boilerbench.errors import InputError
from boilerbench.labelling.session import KEYS, Session, parse_range
from boilerbench.policy import default_policy


def test_every_label_has_a_key_of_its_own() -> None:
    assert sorted(KEYS.values()) == sorted(default_policy().roles)
    assert not {"u", "Q", ":", "?"} & KEYS.keys()


def test_labels_are_given_in_order_and_taken_back() -> None:
    session = Session(["?", "title", "?"])
    assert (session.next_block, session.left) == (1, 2)
    session.label("navigation", 1)
    assert session.next_block == 3
    session.label("paragraph", 1, 3)
    assert session.labels == ["paragraph"] * 3
    assert session.next_block is None
    assert session.undo()
    assert session.labels == ["navigation", "title", "?"]
    assert session.undo()
    assert not session.undo()
    assert session.labels == ["?", "title", "?"]


@pytest.mark.parametrize(
    ("label", "first", "last"), [("leagl", 1, 1), ("legal", 0, 1), ("legal", 2, 1), ("legal", 1, 4)]
)
def test_what_cannot_be_labelled(label: str, first: int, last: int) -> None:
    session = Session(["?"] * 3)
    with pytest.raises(InputError):
        session.label(label, first, last)
    assert session.labels == ["?"] * 3


@pytest.mark.parametrize(
    ("line", "parsed"),
    [("12-20 related", ("related", 12, 20)), ("7 h", ("heading", 7, 7)), (" 3-3  S ", ("subscribe", 3, 3))],
)
def test_a_range_is_a_line(line: str, parsed: tuple[str, int, int]) -> None:
    assert parse_range(line) == parsed


@pytest.mark.parametrize("line", ["", "related", "x h", "1- h", "1-2", "1 2 h"])
def test_what_is_no_range(line: str) -> None:
    with pytest.raises(InputError, match="as in 12-20 related"):
        parse_range(line)
