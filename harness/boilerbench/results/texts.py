"""The texts of a run, one line of compressed JSON each."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from boilerbench.errors import InputError
from boilerbench.records import Status
from boilerbench.results.files import TEXTS_FILE
from boilerbench.results.schema import SchemaError, decode, encode, parse


@dataclass(frozen=True, slots=True)
class StoredText:
    """What an extractor returned for a document, as a run keeps it."""

    document: str
    extractor: str
    status: Status
    text: str

    def line(self) -> str:
        """The line that ``read_texts`` reads."""
        return json.dumps(encode(self)) + "\n"


def read_texts(folder: Path) -> Iterator[StoredText]:
    """Read a run's texts one at a time, by document.

    Raises:
        InputError: the texts are not there (they are not committed) or damaged.
    """
    file = folder / TEXTS_FILE
    number = 0
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                number += 1
                yield decode(StoredText, parse(line))
    except FileNotFoundError:
        raise InputError(f"run {folder}: {TEXTS_FILE} is not there; run the benchmark again") from None
    except SchemaError as error:
        raise InputError(
            f"run {folder}: {TEXTS_FILE}: line {number}: {error}; run the benchmark again"
        ) from None
    except (OSError, EOFError, ValueError) as error:
        raise InputError(
            f"run {folder}: {TEXTS_FILE} is damaged ({error}); run the benchmark again"
        ) from None
