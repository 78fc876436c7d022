"""The pages that a survey has seen, beside its folder: one that is stopped goes on after them."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import numpy as np

from boilerbench.results.schema import SchemaError, decode, encode, parse
from boilerbench.survey.observation import Observation, Outcome, mean_agreement
from boilerbench.survey.page_facts import PageFacts
from boilerbench.unfinished import held

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page as a line has it."""

    document: str
    digest: str
    """Of the page, as ``page_digest`` says."""
    facts: PageFacts
    outcomes: tuple[Outcome, ...]
    f1: tuple[float, ...]
    """Of each two extractors, row by row: the upper triangle of the matrix."""
    union_words: int
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Header:
    """The first line."""

    survey: str


class Journal:
    """The pages that a survey has seen, a line each; on leaving it is kept only if the survey was stopped.

    A line that cannot be read, as where the machine was switched off, ends what is taken up.

    Args:
        target: the folder of the survey, beside which the file lies.
        survey: all that decides what is seen of a page; the pages of another survey are not taken up.

    Raises:
        InputError: another process is making the same folder.
    """

    def __init__(self, target: Path, survey: str) -> None:
        self._file = target.with_name(f".{target.name}.unfinished")
        self._survey = survey
        self._holding = contextlib.ExitStack()
        # Whoever cannot write here is told so by who writes the survey.
        with contextlib.suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
        self._holding.enter_context(held(self._file, target))
        self._lines: io.BufferedRandom | None = None
        with contextlib.suppress(OSError):
            self._lines = self._holding.enter_context(self._file.open("r+b"))
        self._empty = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None or self._empty:
            self._file.unlink(missing_ok=True)
        self._holding.close()

    def earlier(
        self, others: Sequence[Sequence[int]]
    ) -> Generator[tuple[str, Observation, tuple[str, ...]], None, None]:
        """Yield digest and observation of each page that was seen, and the versions of the extractors.

        The page at which the caller stops and those after it are forgotten. ``others`` has for each extractor
        those that it is compared with.
        """
        if self._lines is None:
            return
        end = 0
        try:
            header = self._read(_Header)
            if header is None or header.survey != self._survey:
                return
            end = self._lines.tell()
            for index in itertools.count():
                seen = self._read(_Seen)
                if seen is None or len(seen.outcomes) != len(others):
                    return
                yield seen.digest, _observation(index, seen, others), seen.versions
                end = self._lines.tell()
        finally:
            self._lines.seek(end)
            self._lines.truncate()
            self._empty = not end

    def add(self, digest: str, seen: Observation, versions: Sequence[str]) -> None:
        """Write down a page, so that it is there whatever ends this process."""
        if self._lines is None:
            return
        if self._empty:
            self._write(_Header(self._survey))
            self._empty = False
        rows, columns = np.triu_indices(len(seen.f1), 1)
        f1 = tuple(seen.f1[rows, columns].tolist())
        self._write(
            _Seen(
                *(seen.document, digest, seen.facts, seen.outcomes, f1, seen.union_words),
                versions=tuple(versions),
            )
        )
        self._lines.flush()

    def _read(self, kind: type[Line]) -> Line | None:
        assert self._lines is not None
        line = self._lines.readline()
        if not line.endswith(b"\n"):
            return None
        try:
            return decode(kind, parse(line.decode("utf-8")))
        except (SchemaError, UnicodeDecodeError):
            return None

    def _write(self, line: _Header | _Seen) -> None:
        assert self._lines is not None
        self._lines.write(json.dumps(encode(line)).encode() + b"\n")


def _observation(index: int, seen: _Seen, others: Sequence[Sequence[int]]) -> Observation:
    f1 = np.eye(len(seen.outcomes))
    rows, columns = np.triu_indices(len(f1), 1)
    f1[rows, columns] = f1[columns, rows] = seen.f1
    agreement = mean_agreement(f1, others)
    return Observation(index, seen.document, seen.facts, seen.outcomes, f1, agreement, seen.union_words)
