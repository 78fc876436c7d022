"""Ids that are cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from boilerbench.reports.ids import id_beginning, short_id, short_ids

LONG = [f"{'a' * 20}{name}{'z' * 20}" for name in ("b", "bc", "d")]


def test_short_ids_stay() -> None:
    assert short_ids(["one", "two"]) == ["one", "two"]


def test_a_long_id_is_cut_where_it_is_its_own() -> None:
    assert short_ids(["0123456789" * 4]) == ["012345678901…"]
    assert short_ids(LONG) == [f"{'a' * 20}{name}…" for name in ("bz", "bc", "d")]
    assert id_beginning(LONG[0], LONG) == f"{'a' * 20}bz"


@given(st.lists(st.text("ab", min_size=1, max_size=60), unique=True, min_size=1))
def test_a_cut_id_is_the_beginning_of_its_own_document_only(documents: list[str]) -> None:
    for document, short in zip(documents, short_ids(documents), strict=True):
        assert short == short_id(document, documents)
        beginning = id_beginning(document, documents)
        assert short == document == beginning or short == f"{beginning}…"
        assert beginning == document or [o for o in documents if o.startswith(beginning)] == [document]
