"""A worker seen from outside: start it, ask it, and name what became of it."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from boilerbench.bounded_markup import MarkupLimitError
from boilerbench.errors import InputError
from boilerbench.records import Extraction, Status, status_of
from boilerbench.runner import replies, sandbox
from boilerbench.runner.channel import Channel, WorkerLostError
from boilerbench.runner.inputs import FileMarks, make_inputs, observed
from boilerbench.runner.limits import START_SECONDS, WorkerLimits
from boilerbench.runner.outputs import returned
from boilerbench.runner.prepare import Prepared
from boilerbench.runner.readable import program_folders
from boilerbench.runner.replies import ProtocolError
from boilerbench.visible_text import visible_line

_NOT_FOUND = (
    *("No such file", "Permission denied", "Read-only file system", "not found", "Cannot find", "No module"),
    *("ENOENT", "EACCES", "EROFS"),
)
_NOT_READY = 'its worker\'s first line is not {"ready": true, …}'


class Worker:
    """A process that speaks the worker protocol, in its sandbox.

    It is started at once, so that several load their tools side by side; ``ready`` waits for it.

    Args:
        prepared: the extractor.
        limits: of the worker for a page.
        home: an empty folder for the worker's own files.
        stop: once it is set, every wait is given up.
        marks: digests what the worker reads, where that is to be known.
        pages: the folder in which pages are handed over.
    """

    def __init__(
        self,
        prepared: Prepared,
        limits: WorkerLimits,
        home: Path,
        stop: threading.Event,
        marks: FileMarks | None = None,
        pages: Path | None = None,
    ) -> None:
        self.name = prepared.name
        self.version = prepared.version
        self.inputs = make_inputs(None, {}, prepared.unknown, extractor=prepared.name)
        """What it has read so far, where ``marks`` are there to tell."""
        self._marks = marks
        self._started_ns = time.time_ns()
        self._trees = prepared.trees
        self._limits = limits
        readable = (*prepared.readable, *program_folders(prepared.command))
        view = sandbox.View(readable, prepared.covered, home, pages, prepared.network, prepared.variables)
        self._channel = Channel(prepared.command, prepared.runtime, limits, view, stop)

    def ready(self) -> dict[str, Any]:
        """Wait until the worker has loaded its tool, and return its first line.

        Raises:
            InputError: it cannot be loaded, or takes other options; its traceback, if any, is a note.
        """
        try:
            reply = replies.read_line(self._channel.exchange(b"", START_SECONDS))
            self._take_first(reply)
        except (WorkerLostError, ProtocolError) as lost:
            said = f"protocol: {lost}" if isinstance(lost, ProtocolError) else lost
            line = f"extractor {self.name}: its worker did not start ({said}); try the tool on its own"
            raise InputError(line, remedy=_remedy(line)) from None
        self._observe(reply)
        return reply

    def _take_first(self, reply: Mapping[str, Any]) -> None:
        error = replies.line_field(reply, "error", replies.ERROR_CHARACTERS)
        if reply.get("ready") is not True:
            line = f"extractor {self.name}: {error or _NOT_READY}"
            refusal = InputError(line, remedy=_remedy(line))
            if traceback := replies.text_field(reply, "traceback", replies.TRACEBACK_CHARACTERS):
                refusal.add_note(traceback)
            raise refusal
        version = visible_line(replies.line_field(reply, "version", replies.VERSION_CHARACTERS))
        self.version = self.version or version
        said = self.inputs.unknown
        self.inputs = make_inputs(None, {}, said, _fingerprint(reply), extractor=self.name)

    def ask(self, document: str, request: bytes) -> Extraction:
        """Send a request line and wait for its reply.

        Raises:
            WorkerLostError: it exited, went past a limit, or broke the protocol. Kill it.
        """
        started = time.perf_counter()
        line = self._channel.exchange(request, self._limits.seconds, self._limits.cpu_seconds)
        took = time.perf_counter() - started
        try:
            reply = replies.read_line(line)
            if reply.get("id") != document:
                said, asked = replies.quoted(reply.get("id")), replies.quoted(document)
                raise ProtocolError(f"answered {said} to {asked}")
            extraction = self._extraction(document, reply, took)
        except ProtocolError as error:
            raise WorkerLostError(Status.ERROR, f"protocol: {error}") from None
        self._observe(reply)
        return extraction

    def resident_mb(self) -> float:
        """Return the resident memory of all its processes now, in megabytes; 0 where nobody tells."""
        return self._channel.resident_mb()

    def kill(self) -> None:
        """End the worker with every descendant; nothing raises."""
        self._channel.kill()

    def _extraction(self, document: str, reply: Mapping[str, Any], took: float) -> Extraction:
        traceback = ""
        try:
            text, markup, format_ = returned(reply, self._limits)
            status, error = status_of(text), ""
        except MarkupLimitError as reason:
            text, markup, format_ = None, "", None
            status, error = reason.status, str(reason)
        if reply.get("error") is not None:
            status = Status.MEMORY if reply.get("status") == "memory" else Status.ERROR
            error = replies.line_field(reply, "error", replies.ERROR_CHARACTERS)
            error = error or "an error without a message"
            traceback = replies.text_field(reply, "traceback", replies.TRACEBACK_CHARACTERS)
        seconds = replies.number_field(reply, "seconds")
        return Extraction(
            document=document,
            extractor=self.name,
            version=self.version,
            status=status,
            text=text if text and status == Status.OK else "",
            seconds=took if seconds is None else seconds,
            peak_mb=replies.number_field(reply, "peak_mb"),
            error=error,
            traceback=traceback,
            markup=markup if status == Status.OK else "",
            format=format_,
        )

    def _observe(self, reply: Mapping[str, Any]) -> None:
        report = reply.get("inputs")
        if report and isinstance(report, dict) and self._marks is not None:
            self.inputs = observed(self.inputs, report, self._marks, self._started_ns, self._trees)


def _remedy(line: str) -> str:
    """Return the remedy of a worker that did not start, where the sandbox may be why."""
    confined = bool(sandbox.sandbox_here().bubblewrap)
    return "allow-read" if confined and any(sign in line for sign in _NOT_FOUND) else ""


def _fingerprint(reply: Mapping[str, Any]) -> str:
    """Return a worker's word for itself, as a digest where it is long: cut, two could become one."""
    value = reply.get("fingerprint") or ""
    if not isinstance(value, str | int | float):
        raise ProtocolError("fingerprint is not a text")
    said = str(value)
    plain = len(said) <= replies.FINGERPRINT_CHARACTERS and said.isprintable()
    return said if plain else hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


__all__ = ["Worker", "WorkerLostError"]
