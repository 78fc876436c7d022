"""A slot's pages on disk, where its workers read them."""

from __future__ import annotations

import itertools
import json
import queue
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from boilerbench.decoding import page_text
from boilerbench.folders import remove_folder, temporary_folder
from boilerbench.records import Page
from boilerbench.runner.inputs import Signature, signature_of
from boilerbench.runner.prepare import Prepared


@dataclass(frozen=True, slots=True)
class PageTask:
    """A document, and the extractors that have still to be run on its page."""

    document: str
    workers: tuple[Prepared, ...]


class Tasks(Protocol):
    """The tasks that slots share."""

    def get_nowait(self) -> PageTask:
        """Return the next task.

        Raises:
            queue.Empty: there is none any more.
        """


class PageFiles:
    """The files of the page that a slot's workers read: as served, and decoded as UTF-8.

    Iterating takes tasks until none are left and yields each with its request line. The next page is read and
    written while the workers are busy with this one, so that they do not wait for it.
    """

    def __init__(self, todo: Tasks, page: Callable[[str], Page]) -> None:
        self._todo = todo
        self._page = page
        self._own = temporary_folder()
        self.folder = self._own.path
        """Where they lie."""
        # Whoever a worker runs as, it reads them.
        self.folder.chmod(0o755)
        self._ahead = ThreadPoolExecutor(max_workers=1)
        self._current: _Handout | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ahead.shutdown()
        self._own.remove()

    def __iter__(self) -> Iterator[tuple[PageTask, bytes]]:
        upcoming = self._ahead.submit(self._write, "0")
        for pair in itertools.cycle("10"):
            self._current = upcoming.result()
            if self._current is None:
                return
            upcoming = self._ahead.submit(self._write, pair)
            yield self._current.task, self._current.request

    def are_intact(self) -> bool:
        """Tell whether the files of the current page are those that were written."""
        handout = self._current
        return handout is None or _signatures(handout.contents) == handout.signatures

    def restore(self) -> None:
        """Write the files of the current page again, whatever stands in their place."""
        if self._current is not None:
            self._current.signatures = _put(self._current.contents)

    def _write(self, pair: str) -> _Handout | None:
        """Write the next page into one of two pairs of files; return None when there is no next."""
        try:
            task = self._todo.get_nowait()
        except queue.Empty:
            return None
        page = self._page(task.document)
        as_served, as_text = (self.folder / f"{pair}.{kind}" for kind in ("bytes", "txt"))
        contents = {as_served: page.content, as_text: page_text(page).encode("utf-8", "replace")}
        request = {
            "id": task.document,
            "url": page.url,
            "page_bytes": str(as_served),
            "page_text": str(as_text),
        }
        return _Handout(task, json.dumps(request).encode() + b"\n", contents, _put(contents))


@dataclass(slots=True)
class _Handout:
    """A page as it is handed to workers."""

    task: PageTask
    request: bytes
    contents: Mapping[Path, bytes]
    signatures: Sequence[Signature | None]


def _put(contents: Mapping[Path, bytes]) -> Sequence[Signature | None]:
    """Write files that may only be read, each anew, so that nobody who has one open sees it change."""
    for file, content in contents.items():
        if file.is_dir() and not file.is_symlink():
            remove_folder(file)
        file.unlink(missing_ok=True)
        file.write_bytes(content)
        file.chmod(0o444)
    return _signatures(contents)


def _signatures(files: Iterable[Path]) -> Sequence[Signature | None]:
    return [signature_of(file) for file in files]
