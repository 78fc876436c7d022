"""A function over many items on all cores, by processes or threads, results in the order of the items."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import islice
from typing import Any, TypeVar, cast

Item = TypeVar("Item")
Result = TypeVar("Result")

_function: Callable[[Any], Any]
_TAKEN_BY_A_THREAD = 32


def imap_ordered(
    function: Callable[[Item], Result], items: Iterable[Item], *, jobs: int
) -> Iterator[tuple[Item, Result]]:
    """Yield each item with the function's result, in order.

    With several jobs the processes are forked, so that the function may be a closure over anything; items and
    results are pickled. No more than a few items per process are taken ahead.
    """
    if jobs == 1 or "fork" not in multiprocessing.get_all_start_methods():
        for item in items:
            yield item, function(item)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, context, _set_function, (function,)) as pool:
        waiting: deque[tuple[Item, Future[Result]]] = deque()
        for item in items:
            waiting.append((item, pool.submit(_call, item)))
            if len(waiting) > 2 * jobs:
                first, future = waiting.popleft()
                yield first, future.result()
        for first, future in waiting:
            yield first, future.result()


def map_in_threads(
    function: Callable[[Item], Result], items: Iterable[Item]
) -> Generator[Result, None, None]:
    """Yield the function's result of each item, in order, by as many threads as there are cores.

    Reading, unpacking and hashing release Python's lock, so that threads share the work. No more than some
    hundred items are taken ahead; of these none is begun any more once the reader has left, as an interrupted
    one does.
    """
    following = iter(items)
    jobs = os.cpu_count() or 1
    if jobs == 1 or multiprocessing.parent_process():
        # A process among many that do the same work has one core.
        yield from map(function, following)
        return
    left = threading.Event()

    def results(chosen: list[Item]) -> list[Result]:
        return [function(item) for item in chosen if not left.is_set()]

    with ThreadPoolExecutor(jobs) as pool:
        waiting: deque[Future[list[Result]]] = deque()
        try:
            while some := list(islice(following, _TAKEN_BY_A_THREAD)):
                waiting.append(pool.submit(results, some))
                if len(waiting) > 2 * jobs:
                    yield from waiting.popleft().result()
            for future in waiting:
                yield from future.result()
        finally:
            left.set()


def in_a_process(function: Callable[[], Result]) -> Future[Result]:
    """Call a function in a process of its own, and return what is to come of it.

    The process is forked at once, so that the function may be a closure over anything; what it returns or
    raises is pickled. The future has an EOFError where the process ends before that. Where processes cannot
    be forked, a thread calls the function.
    """
    found: Future[Result] = Future()

    def call() -> tuple[Result | None, BaseException | None]:
        try:
            return function(), None
        except BaseException as error:
            return None, error

    wait = call
    if "fork" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)

        def tell() -> None:
            # Open here too, it would hide that the process that listens has been killed.
            receiver.close()
            with contextlib.suppress(BrokenPipeError):
                sender.send(call())

        # As a daemon it ends with this process.
        context.Process(target=tell, daemon=True).start()
        sender.close()
        wait = receiver.recv

    def settle() -> None:
        try:
            result, raised = wait()
        except (EOFError, OSError) as error:
            result, raised = None, error
        if raised is None:
            found.set_result(cast(Result, result))
        else:
            found.set_exception(raised)

    threading.Thread(target=settle, daemon=True).start()
    return found


def _set_function(function: Callable[[Any], Any]) -> None:
    global _function  # noqa: PLW0603 - what this process does with every item
    _function = function


def _call(item: Any) -> Any:
    return _function(item)
