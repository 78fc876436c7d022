"""Slots of workers that stay from one batch of pages to the next, so that tools are started once."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Sequence

from boilerbench.records import Page
from boilerbench.runner.inputs import FileMarks
from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.page_files import PageTask
from boilerbench.runner.pool import Result, end_slots, start_slots
from boilerbench.runner.prepare import Prepared


class _Waiting(queue.Queue[PageTask | None]):
    """A queue of tasks that is empty only once it is closed."""

    def get_nowait(self) -> PageTask:
        task = self.get()
        if task is None:
            # For the next who asks.
            self.put(None)
            raise queue.Empty
        return task


class StandingPool:
    """The slots of ``pool.work`` for some extractors, used batch after batch until it is closed.

    Args:
        workers: the extractors.
        page: gives the page of a document.
        jobs: how many slots work side by side.
        limits: what a tool may take for a page.
    """

    def __init__(
        self, workers: Sequence[Prepared], page: Callable[[str], Page], *, jobs: int, limits: WorkerLimits
    ) -> None:
        self.marks = FileMarks()
        """Of the files that the workers read."""
        self._todo = _Waiting()
        self._done: queue.Queue[Result | BaseException | None] = queue.Queue(maxsize=jobs)
        self._stop = threading.Event()
        self._slots = start_slots(
            jobs, self._todo, page, workers, limits=limits, marks=self.marks, done=self._done, stop=self._stop
        )

    def work(self, tasks: Sequence[PageTask]) -> Generator[Result, None, None]:
        """Do all tasks; extractions come as they are finished, each with its inputs.

        Raises:
            InputError: a page cannot be read, or a tool cannot be loaded; the pool is of no use then.
        """
        for task in tasks:
            self._todo.put(task)
        for _ in range(sum(len(task.workers) for task in tasks)):
            result = self._done.get()
            if isinstance(result, BaseException):
                raise result
            assert result is not None
            yield result

    def close(self) -> None:
        """End all workers."""
        self._todo.put(None)
        end_slots(self._slots, self._done, self._stop)
