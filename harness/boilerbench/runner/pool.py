"""Workers over pages: slots that work side by side, each with one worker per extractor."""

from __future__ import annotations

import itertools
import json
import queue
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from boilerbench.decoding import decode
from boilerbench.records import Extraction, Page
from boilerbench.runner.prepare import Prepared
from boilerbench.runner.process import Limits, Worker, WorkerLostError


@dataclass(frozen=True, slots=True)
class Task:
    """A document, and those who are still to extract from its page."""

    document: str
    workers: tuple[Prepared, ...]


def work(
    tasks: Sequence[Task], page: Callable[[str], Page], *, jobs: int, limits: Limits
) -> Generator[Extraction, None, None]:
    """Do all tasks; extractions come as they are finished, in no fixed order.

    Each of ``jobs`` slots takes one task at a time and gives its page, decoded once, to one worker after the
    other, so that no more than ``jobs`` tools work at once. Whatever a tool does becomes an outcome of that
    page alone.

    Raises:
        InputError: a page cannot be read, or a tool cannot be loaded with its options.
    """
    todo: queue.SimpleQueue[Task] = queue.SimpleQueue()
    for task in tasks:
        todo.put(task)
    # Bounded, so that results wait with their slots and never pile up here.
    done: queue.Queue[Extraction | BaseException | None] = queue.Queue(maxsize=64)
    stop = threading.Event()
    everybody = list({worker.name: worker for task in tasks for worker in task.workers}.values())
    slots = [
        threading.Thread(
            target=_work,
            kwargs={
                "todo": todo,
                "page": page,
                "bench": _Bench(everybody, limits, stop),
                "done": done,
                "stop": stop,
            },
            daemon=True,
        )
        for _ in range(min(jobs, len(tasks)))
    ]
    for slot in slots:
        slot.start()
    working = len(slots)
    try:
        while working:
            result = done.get()
            if result is None:
                working -= 1
            elif isinstance(result, BaseException):
                raise result
            else:
                yield result
    finally:
        stop.set()
        while any(slot.is_alive() for slot in slots):
            _drain(done)
            for slot in slots:
                slot.join(0.01)


def _work(
    *,
    todo: queue.SimpleQueue[Task],
    page: Callable[[str], Page],
    bench: _Bench,
    done: queue.Queue[Extraction | BaseException | None],
    stop: threading.Event,
) -> None:
    """What a slot does, in a thread of its own, until nothing is left to do."""
    with _Desk(todo, page) as desk:
        try:
            for task, request in desk:
                for extraction in bench.extract(task, request):
                    done.put(extraction)
                if stop.is_set():
                    break
        except BaseException as error:
            done.put(error)
        finally:
            bench.close()
            done.put(None)


class _Bench:
    """The workers of one slot; one that is lost is replaced when its extractor's next page comes."""

    def __init__(self, workers: Sequence[Prepared], limits: Limits, stop: threading.Event) -> None:
        self._limits = limits
        self._stop = stop
        self._home = tempfile.TemporaryDirectory(prefix="boilerbench-home-", ignore_cleanup_errors=True)
        # All are started before the first is waited for, so that tools load side by side.
        self._starting = {worker.name: self._start(worker) for worker in workers}
        self._ready: dict[str, Worker] = {}

    def extract(self, task: Task, request: bytes) -> Iterator[Extraction]:
        """One extraction after the other, by every worker of the task."""
        for prepared in task.workers:
            worker = self._worker(prepared)
            try:
                extraction = worker.ask(task.document, request)
            except WorkerLostError as lost:
                if self._stop.is_set():
                    return
                self._ready.pop(prepared.name).kill()
                extraction = Extraction(
                    task.document, prepared.name, worker.version, lost.status, error=str(lost)
                )
            else:
                # What it keeps from page to page must leave the next one room enough.
                half = self._limits.memory_mb / 2
                if (extraction.peak_mb is None or extraction.peak_mb > half) and worker.resident_mb() > half:
                    self._ready.pop(prepared.name).kill()
            yield extraction

    def close(self) -> None:
        for worker in (*self._starting.values(), *self._ready.values()):
            worker.kill()
        self._home.cleanup()

    def _worker(self, prepared: Prepared) -> Worker:
        name = prepared.name
        if name not in self._ready:
            if name not in self._starting:
                self._starting[name] = self._start(prepared)
            self._starting[name].ready()
            self._ready[name] = self._starting.pop(name)
        return self._ready[name]

    def _start(self, prepared: Prepared) -> Worker:
        home = Path(tempfile.mkdtemp(dir=self._home.name))
        return Worker(prepared, self._limits, home, self._stop)


class _Desk:
    """Where a slot lays the page that its workers are to read: as served, and decoded as UTF-8.

    Iterating takes tasks until none are left and yields each with its request line. The next page is read and
    laid down while the workers are busy with this one, so that they do not wait for it.
    """

    def __init__(self, todo: queue.SimpleQueue[Task], page: Callable[[str], Page]) -> None:
        self._todo = todo
        self._page = page
        self._folder = tempfile.TemporaryDirectory(prefix="boilerbench-")
        self._ahead = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ahead.shutdown()
        self._folder.cleanup()

    def __iter__(self) -> Iterator[tuple[Task, bytes]]:
        coming = self._ahead.submit(self._lay, "0")
        for side in itertools.cycle("10"):
            laid = coming.result()
            if laid is None:
                return
            coming = self._ahead.submit(self._lay, side)
            yield laid

    def _lay(self, side: str) -> tuple[Task, bytes] | None:
        """Lay the next page on one of two sides; None when there is no next."""
        try:
            task = self._todo.get_nowait()
        except queue.Empty:
            return None
        page = self._page(task.document)
        as_served, as_text = (Path(self._folder.name) / f"{side}.{kind}" for kind in ("bytes", "txt"))
        as_served.write_bytes(page.content)
        as_text.write_bytes(decode(page.content).encode("utf-8", "replace"))
        request = {
            "id": task.document,
            "url": page.url,
            "page_bytes": str(as_served),
            "page_text": str(as_text),
        }
        return task, json.dumps(request).encode() + b"\n"


def _drain(done: queue.Queue[Extraction | BaseException | None]) -> None:
    try:
        while True:
            done.get_nowait()
    except queue.Empty:
        return
