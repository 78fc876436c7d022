"""The folder of a survey: its tables, and the rows of its pages, written as they come."""

from __future__ import annotations

import csv
import dataclasses
import gzip
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pandas as pd

from boilerbench.results.schema import encode
from boilerbench.survey.filters import Rule
from boilerbench.survey.observation import Observation
from boilerbench.survey.proposals import PageRow, page_row

SURVEY_FILE = "survey.json"
PROVENANCE_FILE = "provenance.json"
COSTS_FILE = "costs.csv"
PAGES_FILE = "pages.csv.gz"
EXTRACTIONS_FILE = "extractions.csv.gz"
NEXT_FOLDER = "next"
REPORT_FOLDER = "report"
FORMAT = 1
"""The number of survey.json's schema."""

PAGE_COLUMNS = tuple(field.name for field in dataclasses.fields(PageRow))
EXTRACTION_COLUMNS = (
    "document",
    "extractor",
    "status",
    "words",
    "bytes",
    "agreement",
    "survives",
    "removed_by",
)
_NUMBERS = {"bytes": int, "second_words": int, "survivors": int, "disagreement": float}


@dataclass(frozen=True, slots=True)
class SurveyedExtractor:
    """An extractor of a survey."""

    name: str
    version: str
    tool: str
    """Extractors of one tool are versions of it, and do not count as agreement of one another."""


@dataclass(frozen=True, slots=True)
class SurveyInfo:
    """What decides the figures of a survey, times aside."""

    boilerbench: str
    corpus: str
    spec: str
    pages: int
    digest: str
    """``sha256:…`` over the ids and digests of its pages, in their order."""
    skipped: Mapping[str, int]
    """How much else there was, by reason."""
    extractors: tuple[SurveyedExtractor, ...]
    unavailable: Mapping[str, str]
    limits: Mapping[str, float | None]
    sample: int | None
    limit: int | None
    seed: int
    price: float
    """Of an hour of one core."""
    tokenizer: str
    languages: str
    """The identifier of languages, with its version."""
    suffix_list: str
    filters: tuple[Rule, ...]
    let_go: Mapping[str, int]
    """Pages of groups that were too many to be told apart, by grouping."""


class RowWriter:
    """The rows of pages and of extractions, each in a file of its own; the same rows make the same bytes.

    Args:
        folder: of the survey.
        names: of the extractors.
    """

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self._names = names
        self._files = [_Packed(folder / PAGES_FILE), _Packed(folder / EXTRACTIONS_FILE)]
        self._pages, self._extractions = (csv.writer(file.lines, lineterminator="\n") for file in self._files)
        self._pages.writerow(PAGE_COLUMNS)
        self._extractions.writerow(EXTRACTION_COLUMNS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files:
            file.close()

    def add(self, seen: Observation) -> None:
        """Write the rows of a page."""
        row = page_row(seen)
        values = [getattr(row, name) for name in PAGE_COLUMNS]
        self._pages.writerow([f"{value:.6f}" if isinstance(value, float) else value for value in values])
        for name, outcome, agreement in zip(self._names, seen.outcomes, seen.agreement, strict=True):
            facts = (str(outcome.status), outcome.words, outcome.content_bytes)
            judged = (f"{agreement:.6f}", int(outcome.survives), ";".join(outcome.removed_by))
            self._extractions.writerow([seen.document, name, *facts, *judged])


class _Packed:
    """A gzip file of text, without a name and a time in it."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("wb")
        zipped = gzip.GzipFile(filename="", mode="wb", fileobj=self._file, compresslevel=6, mtime=0)
        self.lines = io.TextIOWrapper(zipped, encoding="utf-8", errors="replace", newline="")

    def close(self) -> None:
        self.lines.close()
        self._file.close()


def read_pages(folder: Path) -> Iterator[PageRow]:
    """Read the rows of a survey's pages, one at a time."""
    with gzip.open(folder / PAGES_FILE, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield PageRow(**{name: _NUMBERS.get(name, str)(value) for name, value in row.items()})


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write each table under its name."""
    for name, table in tables.items():
        text = table.to_csv(index=False, float_format="%.6f", lineterminator="\n")
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", errors="replace")


def write_info(folder: Path, info: SurveyInfo, provenance: Mapping[str, Any]) -> None:
    """Write survey.json, and what decides no figure into provenance.json."""
    for name, values in ((SURVEY_FILE, {"format": FORMAT, **encode(info)}), (PROVENANCE_FILE, provenance)):
        text = json.dumps(values, indent=2, ensure_ascii=False) + "\n"
        (folder / name).write_text(text, encoding="utf-8", errors="backslashreplace")
