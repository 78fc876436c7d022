"""A stream of pages: read no further than the slots have got, and ended however it ends."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import pytest

from boilerbench.errors import InputError
from boilerbench.extractors import open_extractor
from boilerbench.extractors.adapter import Adapter
from boilerbench.records import Page
from boilerbench.runner import Prepared, WorkerLimits, prepare, work_through

LIMITS = WorkerLimits(10)


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    extractor = open_extractor("html-text")
    assert isinstance(extractor, Adapter)
    prepared = prepare(extractor, tmp_path_factory.mktemp("environments"))
    assert isinstance(prepared, Prepared)
    return prepared


def test_every_page_comes_back_once(worker: Prepared) -> None:
    pages = ((str(number), Page(f"<p>Page {number}".encode())) for number in range(30))
    found = {each.document: each.text for each in work_through(pages, [worker], jobs=3, limits=LIMITS)}
    assert found == {str(number): f"Page {number}" for number in range(30)}


def test_it_reads_no_further_than_it_must(worker: Prepared) -> None:
    read = 0

    def pages() -> Iterator[tuple[str, Page]]:
        nonlocal read
        for number in range(1000):
            read += 1
            yield str(number), Page(b"<p>x")

    extractions = work_through(pages(), [worker], jobs=2, limits=LIMITS)
    with contextlib.closing(extractions):
        for count, _ in enumerate(extractions, 1):
            # Of each slot a page at work, one ahead, one that waits to be taken, and one that was.
            assert read <= count + 8
            if count == 20:
                break
    assert read < 40


def test_what_a_stream_raises_is_raised(worker: Prepared) -> None:
    def pages() -> Iterator[tuple[str, Page]]:
        yield "0", Page(b"<p>x")
        raise InputError("it broke off")

    with pytest.raises(InputError, match="it broke off"):
        list(work_through(pages(), [worker], jobs=2, limits=LIMITS))
    assert threading.active_count() < 20


def test_a_stream_without_pages(worker: Prepared) -> None:
    assert list(work_through(iter(()), [worker], jobs=2, limits=LIMITS)) == []
