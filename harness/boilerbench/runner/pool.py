"""Workers over pages: slots that work side by side, each with one worker per extractor."""

from __future__ import annotations

import queue
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from boilerbench.records import Extraction, Page
from boilerbench.runner.inputs import FileMarks, Inputs, make_inputs
from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.page_files import PageFiles, PageTask
from boilerbench.runner.prepare import Prepared
from boilerbench.runner.process import Worker, WorkerLostError

Result = tuple[Extraction, Inputs]


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
    slots = [
        threading.Thread(
            target=_work,
            kwargs={
                "todo": todo,
                "page": page,
                "workers": _SlotWorkers(all_workers, limits, stop, marks),
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
    todo: queue.SimpleQueue[PageTask],
    page: Callable[[str], Page],
    workers: _SlotWorkers,
    done: queue.Queue[Result | BaseException | None],
    stop: threading.Event,
) -> None:
    """Work as one slot, in a thread of its own, until no task is left."""
    with PageFiles(todo, page) as requests:
        try:
            workers.ready()
            for task, request in requests:
                for result in workers.extract(task, request):
                    done.put(result)
                if stop.is_set():
                    break
        except BaseException as error:
            done.put(error)
        finally:
            workers.close()
            done.put(None)


class _SlotWorkers:
    """The workers of one slot; one that is lost is replaced when its extractor's next page comes."""

    def __init__(
        self,
        workers: Sequence[Prepared],
        limits: WorkerLimits,
        stop: threading.Event,
        marks: FileMarks | None,
    ) -> None:
        self._limits = limits
        self._stop = stop
        self._marks = marks
        self._home = tempfile.TemporaryDirectory(prefix="boilerbench-home-", ignore_cleanup_errors=True)
        # All are started before the first is waited for, so that tools load side by side.
        self._starting = {worker.name: self._start(worker) for worker in workers}
        self._ready: dict[str, Worker] = {}

    def ready(self) -> None:
        """Wait until every worker has loaded its tool.

        Raises:
            InputError: a tool cannot be loaded, or takes other options.
        """
        for name in list(self._starting):
            self._starting[name].ready()
            self._ready[name] = self._starting.pop(name)

    def extract(self, task: PageTask, request: bytes) -> Iterator[Result]:
        """Yield one extraction after the other, by every worker of the task."""
        for prepared in task.workers:
            worker = self._worker(prepared)
            inputs = worker.inputs
            try:
                extraction = worker.ask(task.document, request)
            except WorkerLostError as lost:
                if self._stop.is_set():
                    return
                self._ready.pop(prepared.name).kill()
                extraction = Extraction(
                    task.document, prepared.name, worker.version, lost.status, error=str(lost)
                )
                if prepared.trees:
                    inputs = make_inputs(inputs, {}, "its worker ended before it told what it read")
            else:
                inputs = worker.inputs
                # What it keeps from page to page must leave the next one room enough.
                half = self._limits.memory_mb / 2
                if (extraction.peak_mb is None or extraction.peak_mb > half) and worker.resident_mb() > half:
                    self._ready.pop(prepared.name).kill()
            yield extraction, inputs

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
        return Worker(prepared, self._limits, home, self._stop, self._marks)


def _drain(done: queue.Queue[Result | BaseException | None]) -> None:
    try:
        while True:
            done.get_nowait()
    except queue.Empty:
        return
