"""Extractors over a stream of pages, of which nobody holds a list."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Generator, Iterator, Sequence

from boilerbench.records import Extraction, Page
from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.page_files import PageTask
from boilerbench.runner.pool import Result, results_of, start_slots
from boilerbench.runner.prepare import Prepared


def work_through(
    pages: Iterator[tuple[str, Page]], workers: Sequence[Prepared], *, jobs: int, limits: WorkerLimits
) -> Generator[Extraction, None, None]:
    """Run all workers on each page of a stream, of which each slot holds two pages at a time.

    Extractions come as they are finished; those of one page come one after the other, mixed with those of
    the pages of other slots. Nothing is kept for other runs.

    Args:
        pages: ids, each its own, and pages; read by one thread at a time.
        workers: the extractors.
        jobs: how many tools work side by side.
        limits: what a tool may take for a page.

    Raises:
        InputError: a tool cannot be loaded with its options; and whatever ``pages`` raises.
    """
    stream = _PageStream(pages, tuple(workers))
    # Bounded, so that results wait with their slots and never pile up here.
    done: queue.Queue[Result | BaseException | None] = queue.Queue(maxsize=jobs)
    stop = threading.Event()
    slots = start_slots(jobs, stream, stream.page, workers, limits=limits, marks=None, done=done, stop=stop)
    with contextlib.closing(results_of(slots, done, stop)) as results:
        for extraction, _ in results:
            yield extraction


class _PageStream:
    """The tasks of a stream of pages, as slots take them."""

    def __init__(self, pages: Iterator[tuple[str, Page]], workers: tuple[Prepared, ...]) -> None:
        self._pages = pages
        self._workers = workers
        self._lock = threading.Lock()
        self._taken: dict[str, Page] = {}

    def get_nowait(self) -> PageTask:
        """Return the next task.

        Raises:
            queue.Empty: there is none.
        """
        with self._lock:
            document, page = next(self._pages, (None, None))
            if document is None or page is None:
                raise queue.Empty
            self._taken[document] = page
        return PageTask(document, self._workers)

    def page(self, document: str) -> Page:
        """Return the page of a task, once."""
        with self._lock:
            return self._taken.pop(document)
