"""Extractors over pages: slots that work side by side, each with one worker per extractor."""

from __future__ import annotations

import itertools
import json
import queue
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

from harness.decoding import decode
from harness.extractors import Adapter, Extractor, StoredOutputs
from harness.records import Extraction, Page, Status
from harness.runner.process import Worker, WorkerLostError

_WORKER_FILE = Path(__file__).with_name("worker.py")


def extract(
    documents: Sequence[str],
    page: Callable[[str], Page],
    extractors: Sequence[Extractor],
    *,
    jobs: int,
    timeout: float,
) -> Generator[Extraction, None, None]:
    """Run every extractor on every page; extractions come as they are finished, in no fixed order.

    Each of ``jobs`` slots takes one document at a time and gives its page, decoded once, to one extractor
    after the other, so that no more than ``jobs`` tools work at once. ``timeout`` is in seconds of wall-clock
    time per page. Whatever a tool does becomes an outcome of that page alone.

    Raises:
        InputError: a page cannot be read, or a tool cannot be loaded with its options.
    """
    stored = [extractor for extractor in extractors if isinstance(extractor, StoredOutputs)]
    adapters = [extractor for extractor in extractors if isinstance(extractor, Adapter)]
    for document in documents:
        for outputs in stored:
            yield _look_up(outputs, document)
    if not adapters:
        return
    todo: queue.SimpleQueue[str] = queue.SimpleQueue()
    for document in documents:
        todo.put(document)
    # Bounded, so that results wait with their slots and never pile up here.
    done: queue.Queue[Extraction | BaseException | None] = queue.Queue(maxsize=64)
    stop = threading.Event()
    slots = [
        threading.Thread(
            target=_work,
            kwargs={
                "todo": todo,
                "page": page,
                "bench": _Bench(adapters, timeout, stop),
                "done": done,
                "stop": stop,
            },
            daemon=True,
        )
        for _ in range(max(1, min(jobs, len(documents))))
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
    todo: queue.SimpleQueue[str],
    page: Callable[[str], Page],
    bench: _Bench,
    done: queue.Queue[Extraction | BaseException | None],
    stop: threading.Event,
) -> None:
    """What a slot does, in a thread of its own, until nothing is left to do."""
    with _Desk(todo, page) as desk:
        try:
            for document, request in desk:
                for extraction in bench.extract(document, request):
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

    def __init__(self, adapters: Sequence[Adapter], timeout: float, stop: threading.Event) -> None:
        self._adapters = adapters
        self._timeout = timeout
        self._stop = stop
        # All are started before the first is waited for, so that tools load side by side.
        self._starting = {adapter.name: self._start(adapter) for adapter in adapters}
        self._ready: dict[str, Worker] = {}

    def extract(self, document: str, request: bytes) -> Iterator[Extraction]:
        """One extraction after the other, by every extractor."""
        for adapter in self._adapters:
            worker = self._worker(adapter)
            try:
                yield worker.ask(document, request, self._timeout)
            except WorkerLostError as lost:
                if self._stop.is_set():
                    return
                self._ready.pop(adapter.name).kill()
                yield Extraction(document, adapter.name, worker.version, lost.status, error=str(lost))

    def close(self) -> None:
        for worker in (*self._starting.values(), *self._ready.values()):
            worker.kill()

    def _worker(self, adapter: Adapter) -> Worker:
        name = adapter.name
        if name not in self._ready:
            if name not in self._starting:
                self._starting[name] = self._start(adapter)
            self._starting[name].ready()
            self._ready[name] = self._starting.pop(name)
        return self._ready[name]

    def _start(self, adapter: Adapter) -> Worker:
        options = json.dumps(dict(adapter.spec.options))
        command = [sys.executable, str(_WORKER_FILE), str(adapter.file), options]
        return Worker(command, adapter.name, self._stop)


class _Desk:
    """Where a slot lays the page that its workers are to read: as served, and decoded as UTF-8.

    Iterating takes documents until none are left and yields each with its request line. The next page is read
    and laid down while the workers are busy with this one, so that they do not wait for it.
    """

    def __init__(self, todo: queue.SimpleQueue[str], page: Callable[[str], Page]) -> None:
        self._todo = todo
        self._page = page
        self._folder = tempfile.TemporaryDirectory(prefix="boilerbench-")
        self._ahead = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ahead.shutdown()
        self._folder.cleanup()

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        coming = self._ahead.submit(self._lay, "0")
        for side in itertools.cycle("10"):
            laid = coming.result()
            if laid is None:
                return
            coming = self._ahead.submit(self._lay, side)
            yield laid

    def _lay(self, side: str) -> tuple[str, bytes] | None:
        """Lay the next page on one of two sides; None when there is no next."""
        try:
            document = self._todo.get_nowait()
        except queue.Empty:
            return None
        page = self._page(document)
        as_served, as_text = (Path(self._folder.name) / f"{side}.{kind}" for kind in ("bytes", "txt"))
        as_served.write_bytes(page.content)
        as_text.write_bytes(decode(page.content).encode("utf-8", "replace"))
        request = {
            "id": document,
            "url": page.url,
            "page_bytes": str(as_served),
            "page_text": str(as_text),
        }
        return document, json.dumps(request).encode() + b"\n"


def _look_up(outputs: StoredOutputs, document: str) -> Extraction:
    text = outputs.texts.get(document)
    if text is None:
        error = f"{outputs.file.name} has no output for this document"
        return Extraction(document, outputs.name, outputs.version, Status.ERROR, error=error)
    status = Status.OK if text and not text.isspace() else Status.EMPTY
    return Extraction(document, outputs.name, outputs.version, status, text)


def _drain(done: queue.Queue[Extraction | BaseException | None]) -> None:
    try:
        while True:
            done.get_nowait()
    except queue.Empty:
        return
