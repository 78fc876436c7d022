"""The whole tracebacks of failures, one line of JSON each, where a run keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from boilerbench.errors import InputError
from boilerbench.records import Extraction, Status
from boilerbench.results.files import ERRORS_FILE
from boilerbench.results.schema import SchemaError, decode, encode, parse


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed extraction with its traceback, in the words of the tool's own language."""

    document: str
    extractor: str
    status: Status
    error: str
    traceback: str
    """Empty where the tool died without one."""

    @classmethod
    def of(cls, extraction: Extraction) -> Self:
        """Return the failure that an extraction is."""
        facts = (extraction.document, extraction.extractor, extraction.status)
        return cls(*facts, extraction.error, extraction.traceback)

    def line(self) -> str:
        """Return it as a line of the file, with its end."""
        return json.dumps(encode(self)) + "\n"


def read_failures(folder: Path) -> Iterator[Failure]:
    """Read the failures of a run, one at a time; none where it keeps no tracebacks.

    Raises:
        InputError: the file is damaged.
    """
    file = folder / ERRORS_FILE
    if not file.exists():
        return
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield decode(Failure, parse(line))
                except SchemaError as error:
                    raise InputError(f"run {folder}: {file.name}: line {number}: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"run {folder}: {file.name} cannot be read ({error})") from None
