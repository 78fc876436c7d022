"""Writing of a run's tables and texts."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from boilerbench.errors import InputError
from boilerbench.records import Extraction, Metadata, Score
from boilerbench.results.failures import Failure
from boilerbench.results.files import (
    DOCUMENT_COLUMNS,
    DOCUMENTS_FILE,
    ERRORS_FILE,
    EXTRACTION_COLUMNS,
    EXTRACTIONS_FILE,
    LABEL_COLUMNS,
    LABELS_FILE,
    LEADERBOARD_FILE,
    PACKED_FOLDER,
    PROVENANCE_FILE,
    REFERENCES_FILE,
    SCORE_COLUMNS,
    SCORES_FILE,
    STRUCTURE_COLUMNS,
    STRUCTURE_FILE,
    TEXTS_FILE,
    TRAP_SEPARATOR,
    UNSCORABLE_COLUMNS,
    UNSCORABLE_FILE,
)
from boilerbench.results.packed import is_packed, packed_files
from boilerbench.results.texts import StoredText, text_writer

if TYPE_CHECKING:
    from _csv import Writer

    import pandas as pd


def write_extractions(folder: Path, extractions: Iterable[Extraction]) -> dict[str, dict[str, int]]:
    """Write extractions.csv, extractions.jsonl.gz and, of failures, errors.jsonl; count each status.

    Returns:
        The number of each status by extractor.
    """
    counts: dict[str, dict[str, int]] = {}
    errors: IO[str] | None = None
    with (
        contextlib.ExitStack() as stack,
        (folder / EXTRACTIONS_FILE).open("w", encoding="utf-8", newline="") as table,
        text_writer(folder / TEXTS_FILE) as write_text,
    ):
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(EXTRACTION_COLUMNS)
        for made in extractions:
            seconds = "" if made.seconds is None else f"{made.seconds:.6f}"
            peak_mb = "" if made.peak_mb is None else f"{made.peak_mb:.1f}"
            facts = (made.document, made.extractor, made.version, made.status)
            rows.writerow((*facts, seconds, peak_mb, len(made.text), made.timed, made.error))
            write_text(
                StoredText(*(made.document, made.extractor, made.status, made.text), made.markup, made.format)
            )
            if made.error:
                errors = errors or stack.enter_context((folder / ERRORS_FILE).open("w", encoding="utf-8"))
                errors.write(Failure.of(made).line())
            by_status = counts.setdefault(made.extractor, {})
            by_status[made.status] = by_status.get(made.status, 0) + 1
    return counts


def write_references(folder: Path, texts: Iterable[StoredText]) -> None:
    """Write references.jsonl.gz: the texts of reference rows, by document."""
    with text_writer(folder / REFERENCES_FILE) as write_text:
        for text in texts:
            write_text(text)


def write_scores(folder: Path, scores: Iterable[Score]) -> None:
    """Write scores.csv and, if there are any, the tables by label, by aspect and of what was unscorable."""
    with contextlib.ExitStack() as stack:
        rows = _writer(stack, folder / SCORES_FILE, SCORE_COLUMNS)
        labels = structure = unscorable = None
        for score in scores:
            if score.unscorable:
                unscorable = unscorable or _writer(stack, folder / UNSCORABLE_FILE, UNSCORABLE_COLUMNS)
                unscorable.writerow([score.document, score.extractor, score.measure, score.unscorable])
            for label in score.labels:
                labels = labels or _writer(stack, folder / LABELS_FILE, LABEL_COLUMNS)
                labels.writerow([score.document, score.extractor, *dataclasses.astuple(label)])
            for aspect in score.structure:
                structure = structure or _writer(stack, folder / STRUCTURE_FILE, STRUCTURE_COLUMNS)
                structure.writerow([score.document, score.extractor, *dataclasses.astuple(aspect)])
            counts = score.counts
            figures = (
                *(counts.precision, counts.recall, counts.f1),
                *(counts.tp, counts.fp, counts.fn, counts.tn),
            )
            rows.writerow(
                [score.document, score.extractor, score.measure, *(f"{figure:.12g}" for figure in figures)]
            )


def write_documents(folder: Path, documents: Iterable[tuple[str, str, str, Metadata]]) -> None:
    """Write documents.csv from ids, content digests, sites and metadata."""
    with (folder / DOCUMENTS_FILE).open("w", encoding="utf-8", newline="") as table:
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(DOCUMENT_COLUMNS)
        for document, content, site, metadata in documents:
            traps = TRAP_SEPARATOR.join(metadata.traps)
            kinds = (metadata.source or "", metadata.page_type or "", metadata.language or "", traps)
            rows.writerow([document, content, site, *kinds])


def write_leaderboard(folder: Path, leaderboard: pd.DataFrame) -> None:
    """Write leaderboard.csv."""
    leaderboard.to_csv(folder / LEADERBOARD_FILE, index=False, float_format="%.6f", lineterminator="\n")


def carry_over(source: Path, folder: Path) -> None:
    """Put a run's extractions and their provenance into another folder, by a hard link where the disk can.

    Raises:
        InputError: the extractions are not there.
    """
    for packed in (*packed_files(source / EXTRACTIONS_FILE), *packed_files(source / TEXTS_FILE)):
        (folder / PACKED_FOLDER).mkdir(exist_ok=True)
        _link(packed, folder / PACKED_FOLDER / packed.name)
    for name in (EXTRACTIONS_FILE, TEXTS_FILE, ERRORS_FILE, PROVENANCE_FILE):
        if is_packed(source / name):
            continue
        if name in (ERRORS_FILE, PROVENANCE_FILE) and not (source / name).exists():
            continue
        if not (source / name).is_file():
            what = "is no file" if (source / name).exists() else "is not there"
            raise InputError(f"run {source}: {name} {what}; run the benchmark again")
        _link(source / name, folder / name)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _writer(stack: contextlib.ExitStack, file: Path, columns: Sequence[str]) -> Writer:
    table = stack.enter_context(file.open("w", encoding="utf-8", newline=""))
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(columns)
    return rows
