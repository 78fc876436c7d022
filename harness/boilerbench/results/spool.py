"""Extractions of a run that goes on, kept on disk until they can be written in order."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Self

from boilerbench.records import Extraction


class Spool:
    """Extractions in a temporary file; read again by document, extractors in the order given."""

    def __init__(self, extractors: Iterable[str]) -> None:
        self._order = {extractor: index for index, extractor in enumerate(extractors)}
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="boilerbench-")  # noqa: SIM115 - closed by __exit__
        self._entries: list[tuple[str, int, int]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, extraction: Extraction) -> None:
        """Keep an extraction."""
        self._entries.append((extraction.document, self._order[extraction.extractor], self._file.tell()))
        pickle.dump(extraction, self._file)

    def __iter__(self) -> Iterator[Extraction]:
        for _, _, position in sorted(self._entries):
            self._file.seek(position)
            # Written by this process, into a file that has no name.
            extraction: Extraction = pickle.load(self._file)
            yield extraction
        self._file.seek(0, os.SEEK_END)
