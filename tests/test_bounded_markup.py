"""Long markup is read in a process of its own, with the same text, and outcomes where it takes too much."""

from __future__ import annotations

import time

import pytest

from boilerbench.bounded_markup import MarkupLimitError, bounded_text
from boilerbench.errors import InputError
from boilerbench.markup import text_of
from boilerbench.records import MarkupFormat, Status

LONG = {
    MarkupFormat.HTML: "<h1>Fares</h1><p>Grüße \u2028 and\r\n 4 €<br>single</p>" * 2_000,
    MarkupFormat.MARKDOWN: "# Fares\n\nGrüße and\r\n*4* €\n\n- single\n- return\n\n" * 2_000,
}


@pytest.mark.parametrize("format_", list(MarkupFormat))
def test_long_markup_has_the_same_text(format_: MarkupFormat) -> None:
    assert bounded_text(LONG[format_], format_, seconds=60, memory_mb=2048) == text_of(LONG[format_], format_)


def test_time_is_an_outcome() -> None:
    started = time.monotonic()
    with pytest.raises(MarkupLimitError, match=r"its markup is not read in 1\.5 s") as caught:
        bounded_text("- a\n" * 2_000_000, MarkupFormat.MARKDOWN, seconds=1.5, memory_mb=2048)
    assert caught.value.status == Status.TIMEOUT
    assert time.monotonic() - started < 10


def test_memory_is_an_outcome() -> None:
    with pytest.raises(MarkupLimitError, match="more than 200 MB") as caught:
        bounded_text("<p>a</p>" * 500_000, MarkupFormat.HTML, seconds=60, memory_mb=200)
    assert caught.value.status == Status.MEMORY


def test_what_is_nested_too_deep_is_said_as_in_short_markup() -> None:
    with pytest.raises(InputError, match="nested more than 100,000 deep"):
        bounded_text("<b>" * 100_001 + "a", MarkupFormat.HTML, seconds=60, memory_mb=4096)
