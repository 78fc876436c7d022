"""A slot's pages on disk, where its workers read them."""

from __future__ import annotations

import itertools
import json
import queue
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from boilerbench.decoding import page_text
from boilerbench.records import Page
from boilerbench.runner.prepare import Prepared


@dataclass(frozen=True, slots=True)
class PageTask:
    """A document, and the extractors that have still to be run on its page."""

    document: str
    workers: tuple[Prepared, ...]


class PageFiles:
    """The files of the page that a slot's workers read: as served, and decoded as UTF-8.

    Iterating takes tasks until none are left and yields each with its request line. The next page is read and
    written while the workers are busy with this one, so that they do not wait for it.
    """

    def __init__(self, todo: queue.SimpleQueue[PageTask], page: Callable[[str], Page]) -> None:
        self._todo = todo
        self._page = page
        self._folder = tempfile.TemporaryDirectory(prefix="boilerbench-")
        self._ahead = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ahead.shutdown()
        self._folder.cleanup()

    def __iter__(self) -> Iterator[tuple[PageTask, bytes]]:
        upcoming = self._ahead.submit(self._write, "0")
        for pair in itertools.cycle("10"):
            written = upcoming.result()
            if written is None:
                return
            upcoming = self._ahead.submit(self._write, pair)
            yield written

    def _write(self, pair: str) -> tuple[PageTask, bytes] | None:
        """Write the next page into one of two pairs of files; return None when there is no next."""
        try:
            task = self._todo.get_nowait()
        except queue.Empty:
            return None
        page = self._page(task.document)
        as_served, as_text = (Path(self._folder.name) / f"{pair}.{kind}" for kind in ("bytes", "txt"))
        as_served.write_bytes(page.content)
        as_text.write_bytes(page_text(page).encode("utf-8", "replace"))
        request = {
            "id": task.document,
            "url": page.url,
            "page_bytes": str(as_served),
            "page_text": str(as_text),
        }
        return task, json.dumps(request).encode() + b"\n"
