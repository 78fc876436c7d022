"""A function over many items on all cores, results in the order of the items."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_function: Callable[[Any], Any]


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


def _set_function(function: Callable[[Any], Any]) -> None:
    global _function  # noqa: PLW0603 - what this process does with every item
    _function = function


def _call(item: Any) -> Any:
    return _function(item)
