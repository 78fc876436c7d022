"""Workers over pages: slots that work side by side, each with one worker per extractor."""

from __future__ import annotations

import contextlib
import queue
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from boilerbench.errors import InputError
from boilerbench.folders import remove_folder, temporary_folder
from boilerbench.records import Extraction, Page, Status
from boilerbench.runner.inputs import FileMarks, Inputs, make_inputs
from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.page_files import PageFiles, PageTask, Tasks
from boilerbench.runner.prepare import Prepared
from boilerbench.runner.process import Worker, WorkerLostError

Result = tuple[Extraction, Inputs]

_STARTS = 3
"""The number of times in a row that a lost worker may fail to start before it is given up."""
_NOT_STARTED = "its worker did not start again"


def work(
    tasks: Sequence[PageTask],
    page: Callable[[str], Page],
    *,
    jobs: int,
    limits: WorkerLimits,
    marks: FileMarks | None = None,
) -> Generator[Result, None, None]:
    """Do all tasks; extractions come as they are finished, in no fixed order, each with its inputs.

    Each of ``jobs`` slots takes one task at a time and gives its page, decoded once, to one worker after the
    other, so that no more than ``jobs`` tools work at once. No page is given out before every tool of the
    slot is loaded; whatever a tool does then becomes an outcome of that page alone.

    Raises:
        InputError: a page cannot be read, or a tool cannot be loaded with its options.
    """
    todo: queue.SimpleQueue[PageTask] = queue.SimpleQueue()
    for task in tasks:
        todo.put(task)
    # Bounded, so that results wait with their slots and never pile up here.
    done: queue.Queue[Result | BaseException | None] = queue.Queue(maxsize=jobs)
    stop = threading.Event()
    all_workers = list({worker.name: worker for task in tasks for worker in task.workers}.values())
    slots = start_slots(
        min(jobs, len(tasks)), todo, page, all_workers, limits=limits, marks=marks, done=done, stop=stop
    )
    yield from results_of(slots, done, stop)


def results_of(
    slots: Sequence[threading.Thread],
    done: queue.Queue[Result | BaseException | None],
    stop: threading.Event,
) -> Generator[Result, None, None]:
    """Yield what slots make until none works any more, then end them, however this ends itself.

    Raises:
        InputError: as ``work`` does, and whatever else ends a slot.
    """
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
        end_slots(slots, done, stop)


def start_slots(
    number: int,
    todo: Tasks,
    page: Callable[[str], Page],
    workers: Sequence[Prepared],
    *,
    limits: WorkerLimits,
    marks: FileMarks | None,
    done: queue.Queue[Result | BaseException | None],
    stop: threading.Event,
) -> list[threading.Thread]:
    """Start slots that take tasks until there are none, tell results to ``done``, and None at their end."""
    slots = [
        threading.Thread(
            target=_work,
            kwargs={
                "pages": PageFiles(todo, page),
                "workers": workers,
                "limits": limits,
                "marks": marks,
                "done": done,
                "stop": stop,
            },
            daemon=True,
        )
        for _ in range(number)
    ]
    for slot in slots:
        slot.start()
    return slots


def end_slots(
    slots: Sequence[threading.Thread],
    done: queue.Queue[Result | BaseException | None],
    stop: threading.Event,
) -> None:
    """Let slots end, and wait until all have."""
    stop.set()
    while any(slot.is_alive() for slot in slots):
        _drain(done)
        for slot in slots:
            slot.join(0.01)


def _work(
    *,
    pages: PageFiles,
    workers: Sequence[Prepared],
    limits: WorkerLimits,
    marks: FileMarks | None,
    done: queue.Queue[Result | BaseException | None],
    stop: threading.Event,
) -> None:
    """Work as one slot, in a thread of its own, until no task is left; whatever happens, its end is told."""
    try:
        with pages, contextlib.closing(_SlotWorkers(workers, limits, stop, marks, pages)) as slot:
            slot.ready()
            for task, request in pages:
                for result in slot.extract(task, request):
                    done.put(result)
                if stop.is_set():
                    break
    except BaseException as error:
        done.put(error)
    finally:
        done.put(None)


class _SlotWorkers:
    """The workers of one slot; one that is lost is replaced when its extractor's next page comes."""

    def __init__(
        self,
        workers: Sequence[Prepared],
        limits: WorkerLimits,
        stop: threading.Event,
        marks: FileMarks | None,
        pages: PageFiles,
    ) -> None:
        self._limits = limits
        self._stop = stop
        self._marks = marks
        self._pages = pages
        self._homes = temporary_folder()
        self._home_of: dict[str, Path] = {}
        self._failed_starts: Counter[str] = Counter()
        self._starting: dict[str, Worker] = {}
        self._ready: dict[str, Worker] = {}
        # All are started before the first is waited for, so that tools load side by side.
        try:
            for worker in workers:
                self._start(worker)
        except BaseException:
            self.close()
            raise

    def ready(self) -> None:
        """Wait until every worker has loaded its tool.

        Raises:
            InputError: a tool cannot be loaded, or takes other options.
        """
        for name in list(self._starting):
            self._await(name)

    def extract(self, task: PageTask, request: bytes) -> Iterator[Result]:
        """Yield one extraction after the other, by every worker of the task."""
        for prepared in task.workers:
            result = self._one(prepared, task.document, request)
            if self._stop.is_set():
                return
            yield result

    def close(self) -> None:
        """End all workers, and remove what they have left; nothing raises."""
        for worker in (*self._starting.values(), *self._ready.values()):
            worker.kill()
        self._homes.remove()

    def _one(self, prepared: Prepared, document: str, request: bytes) -> Result:
        """Return a worker's extraction of the page; whatever goes wrong is the extraction's outcome."""
        name, version = prepared.name, prepared.version
        inputs = make_inputs(None, {}, _NOT_STARTED, extractor=name)
        try:
            worker = self._worker(prepared)
            version, inputs = worker.version, worker.inputs
            if not self._pages.are_intact():
                self._pages.restore()
            extraction = worker.ask(document, request)
        except WorkerLostError as lost:
            self._drop(name)
            if prepared.trees:
                inputs = make_inputs(inputs, {}, "its worker ended before it told what it read")
            return Extraction(document, name, version, lost.status, error=str(lost)), inputs
        if not self._pages.are_intact():
            self._drop(name)
            error = "the page was changed while it was read"
            changed = make_inputs(inputs, {}, error)
            return Extraction(document, name, version, Status.ERROR, error=error), changed
        # What it keeps from page to page must leave the next one room enough.
        half = self._limits.memory_mb / 2
        inputs = worker.inputs
        if (extraction.peak_mb is None or extraction.peak_mb > half) and worker.resident_mb() > half:
            self._drop(name)
        return extraction, inputs

    def _worker(self, prepared: Prepared) -> Worker:
        """Return the worker of an extractor, started again where it was lost.

        Raises:
            WorkerLostError: it does not start any more.
        """
        name = prepared.name
        if name in self._ready:
            return self._ready[name]
        if self._failed_starts[name] >= _STARTS:
            raise WorkerLostError(Status.CRASH, f"its worker did not start again, {_STARTS} times in a row")
        if name not in self._starting:
            self._start(prepared)
        try:
            self._await(name)
        except InputError as error:
            self._failed_starts[name] += 1
            said = str(error).removeprefix(f"extractor {name}: ")
            raise WorkerLostError(Status.CRASH, f"not started again: {said}") from None
        self._failed_starts[name] = 0
        return self._ready[name]

    def _await(self, name: str) -> None:
        self._starting[name].ready()
        self._ready[name] = self._starting.pop(name)

    def _start(self, prepared: Prepared) -> None:
        home = Path(tempfile.mkdtemp(dir=self._homes.path))
        self._home_of[prepared.name] = home
        worker = Worker(prepared, self._limits, home, self._stop, self._marks, self._pages.folder)
        self._starting[prepared.name] = worker

    def _drop(self, name: str) -> None:
        """End a worker, if it is there, and remove what it has left."""
        for workers in (self._ready, self._starting):
            if name in workers:
                workers.pop(name).kill()
        if name in self._home_of:
            remove_folder(self._home_of.pop(name))


def _drain(done: queue.Queue[Result | BaseException | None]) -> None:
    try:
        while True:
            done.get_nowait()
    except queue.Empty:
        return
