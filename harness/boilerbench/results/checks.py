"""Tables of a run that somebody has edited or damaged: one line that says where."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench.records import FOREIGN, Status
from boilerbench.results.columns import (
    INFINITE,
    check_documents,
    check_names,
    check_numbers,
    check_once,
    check_texts,
    damaged,
    line_of,
    with_columns,
)
from boilerbench.results.files import (
    EXTRACTION_COLUMNS,
    LABEL_COLUMNS,
    SCORE_COLUMNS,
    STRUCTURE_COLUMNS,
)

if TYPE_CHECKING:
    import pandas as pd

    from boilerbench.results.info import RunInfo

LEADERBOARD_COLUMNS = (
    *("extractor", "version", "measure", "average", "documents", "sites", "unscored", "empty", "failed"),
    *("precision", "recall", "f1", "f1_low", "f1_high", "accuracy", "without_rate", "among_best"),
    *("detectable", "ms_median", "ms_p95", "timed"),
)
"""The columns of leaderboard.csv that commands read."""

NEEDED_DOCUMENT_COLUMNS = ("document", "content", "page_type", "language", "traps")
"""Those of documents.csv; without the others nothing can be grouped by them, or drawn by site."""

_COUNTS = ("tp", "fp", "fn", "tn")
_KEY = ("measure", "extractor", "document")
_TIMED = ("", "now", "earlier", "both")
_TOLERANCE = 1e-6
"""Tables keep six to twelve digits."""
LARGE_BYTES = 64_000_000
"""The size of a table from which only so much is checked as takes no time."""


def check_form(file: Path) -> None:
    """Check that no column of a table is there twice, and that all rows have as many fields as the first.

    Rows of large tables are not looked at: those end with a number, which is then missing.

    Raises:
        InputError: the table is otherwise, or empty.
        OSError: the file cannot be read.
        ValueError: it is not UTF-8.
    """
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines)
        try:
            names = next(rows, [])
            if not names:
                raise damaged(file, "is empty")
            if twice := [name for index, name in enumerate(names) if name in names[:index]]:
                raise damaged(file, f"has two columns {twice[0]}")
            for row in rows if file.stat().st_size <= LARGE_BYTES else ():
                if row and len(row) != len(names):
                    what = f"line {rows.line_num}: {len(row)} fields, and the first has {len(names)}"
                    raise damaged(file, what)
        except csv.Error as error:
            raise ValueError(str(error)) from None


def checked_documents(table: pd.DataFrame, file: Path, info: RunInfo) -> pd.DataFrame:
    """Return a table of documents as it is, if it has each document of the run once.

    Raises:
        InputError: it has not, or a column is missing.
    """
    with_columns(table, NEEDED_DOCUMENT_COLUMNS, file)
    check_texts(table, ("document", "content"), file)
    check_once(table, ("document",), file)
    if len(table) != info.corpus.documents:
        raise damaged(file, f"has {len(table):,} documents, and the run {info.corpus.documents:,}")
    return table


def checked_extractions(
    table: pd.DataFrame, file: Path, info: RunInfo, documents: Collection[str] | None
) -> pd.DataFrame:
    """Return a table of extractions as it is, if it has one of each extractor for each document.

    ``documents`` are those of the run, where they are known.

    Raises:
        InputError: it has not, a column is missing, or a value is none that can be.
    """
    with_columns(table, EXTRACTION_COLUMNS, file)
    check_names(table, "extractor", [extractor.name for extractor in info.extractors], file)
    check_texts(table, ("document",), file)
    check_documents(table, documents, file)
    check_names(table, "status", list(Status), file)
    check_names(table, "timed", _TIMED, file)
    check_once(table, ("document", "extractor"), file)
    check_numbers(table, "characters", INFINITE, file)
    for column in ("seconds", "peak_mb"):
        check_numbers(table, column, INFINITE, file, optional=True)
    counted = table.groupby(["extractor", "status"]).size().to_dict()
    for extractor in info.extractors:
        stated = info.counts.get(extractor.name, {})
        for status in Status:
            here, there = counted.get((extractor.name, status), 0), stated.get(status, 0)
            if here != there:
                what = (
                    f"has {here:,} extractions of {extractor.name} that are {status}, and the run {there:,}"
                )
                raise damaged(file, what)
    return table


def check_references(
    rows: Sequence[Mapping[str, object]], file: Path, info: RunInfo, documents: Collection[str] | None
) -> None:
    """Check that each reference row of a run has one text for each document.

    Raises:
        InputError: it has not.
    """
    if info.references and not file.exists():
        raise damaged(file, "is not there")
    known = set(documents or ())
    having: dict[str, set[object]] = {name: set() for name in info.references}
    for row in rows:
        name, document = str(row["extractor"]), row["document"]
        if name not in having or document in having[name] or (known and document not in known):
            raise damaged(file, f"{document}: a second text of {name}, or one that the run does not have")
        having[name].add(document)
    for name, texts in having.items():
        if len(texts) != info.corpus.documents:
            raise damaged(file, f"has {len(texts):,} texts of {name}, not {info.corpus.documents:,}")


def checked_scores(table: pd.DataFrame, file: Path) -> pd.DataFrame:
    """Return a table of scores as it is, if it holds together.

    Raises:
        InputError: a column is missing, a figure is missing, not a number, out of range or not what its
            counts make, a row stands twice, or the extractors are not scored on the same documents.
    """
    with_columns(table, SCORE_COLUMNS, file)
    check_texts(table, _KEY, file)
    for columns, highest in ((("precision", "recall", "f1"), 1.0), (_COUNTS, INFINITE)):
        for column in columns:
            check_numbers(table, column, highest, file)
    check_once(table, ("document", "extractor", "measure"), file)
    _check_shares(table, file)
    for measure, rows in table.groupby(table["measure"].astype(str), sort=False):
        scored = {str(name): set(mine["document"]) for name, mine in rows.groupby("extractor", sort=False)}
        first, documents = next(iter(scored.items()))
        for name, others in scored.items():
            if others != documents:
                document = min(others ^ documents)
                has, lacks = (name, first) if document in others else (first, name)
                raise damaged(file, f"{measure!s}: {document} is scored for {has} and not for {lacks}")
    return table


def check_scores_of(
    table: pd.DataFrame, file: Path, info: RunInfo, documents: Collection[str] | None
) -> None:
    """Check that scores are those of a run: its measures, all of its rows, its documents.

    Raises:
        InputError: they are not.
    """
    check_names(table, "measure", info.measure_names, file)
    check_names(table, "extractor", info.rows, file)
    check_documents(table, documents, file)
    for measure, rows in table.groupby("measure", sort=False):
        if missing := sorted(set(info.rows) - set(rows["extractor"])):
            raise damaged(file, f"{measure!s}: has no score of {missing[0]}")


def checked_leaderboard(table: pd.DataFrame, file: Path, info: RunInfo) -> pd.DataFrame:
    """Return a leaderboard as it is, if it is that of the run.

    Raises:
        InputError: it is not, a column is missing, or a figure is none that can be.
    """
    with_columns(table, LEADERBOARD_COLUMNS, file)
    averages = {measure.name: measure.averages for measure in info.measures}
    check_names(table, "extractor", info.rows, file)
    check_names(table, "measure", list(averages), file)
    check_names(table, "timed", _TIMED, file)
    check_once(table, ("extractor", "measure", "average"), file)
    shares = ("precision", "recall", "f1", "f1_low", "f1_high", "accuracy", "without_rate", "detectable")
    for column in shares:
        # Where no document is scored, there is no figure.
        # Accuracy by word error rate is below 0 where there are more errors than words.
        least, most = (-INFINITE, 1.0) if column == "accuracy" else (0.0, 1.0)
        check_numbers(table, column, most, file, least=least, optional=True)
    for column in ("ms_median", "ms_p95"):
        check_numbers(table, column, INFINITE, file, optional=True)
    late = (table["ms_p95"] < table["ms_median"]).to_numpy()
    if late.any():
        raise damaged(file, f"line {line_of(late)}: ms_p95 is less than ms_median")
    for column in ("documents", "sites", "unscored", "empty", "failed"):
        check_numbers(table, column, info.corpus.documents, file, whole=True)
    there = set(zip(table["extractor"], table["measure"], table["average"], strict=True))
    for row in info.rows:
        for measure, ways in averages.items():
            for average in ways:
                if (row, measure, average) not in there:
                    raise damaged(file, f"has no row of {row} by {measure}, {average}")
    _check_counted(table, file, info)
    return table


def check_agreement(board: pd.DataFrame, scores: pd.DataFrame, file: Path) -> None:
    """Check that a leaderboard's figures are those that the scores make, where that is a mean or a sum.

    Raises:
        InputError: they are not.
    """
    grouped = scores.groupby(["extractor", "measure"], sort=False)
    means = grouped[["precision", "recall", "f1"]].mean()
    sums = grouped[list(_COUNTS)].sum()
    sizes = grouped.size()
    for row in board.to_dict("records"):
        key = (row["extractor"], row["measure"])
        number = int(sizes.get(key, 0))
        expected: dict[str, float] = {"documents": number}
        if number and row["average"] in ("mean", "wer"):
            expected |= means.loc[key].to_dict()
        elif number and row["average"] == "micro":
            tp, fp, fn = (float(sums.loc[key, name]) for name in _COUNTS[:3])
            expected |= {"f1": 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 0.0}
        for column, figure in expected.items():
            if not abs(float(row[column]) - figure) <= _TOLERANCE:
                what = f"{column} of {key[0]} by {key[1]}, {row['average']}, is {row[column]:g}"
                raise damaged(file, f"{what}, and its scores make {figure:g}")


def checked_labels(
    table: pd.DataFrame, file: Path, info: RunInfo, documents: Collection[str] | None
) -> pd.DataFrame:
    """Return a table of labels as it is, if it holds together.

    Raises:
        InputError: a column is missing, a number is none that can be, a row stands twice, or the extractors
            are not counted on the same blocks.
    """
    with_columns(table, LABEL_COLUMNS, file)
    check_documents(table, documents, file)
    check_names(table, "extractor", info.rows, file)
    check_texts(table, ("label",), file)
    check_once(table, ("document", "extractor", "label"), file)
    for column in ("blocks", "blocks_found", "words", "words_found"):
        check_numbers(table, column, INFINITE, file, whole=True)
    # Foreign words are those of an output, and not of the page.
    of_page = table[table["label"] != FOREIGN]
    for column in ("blocks", "words"):
        more = (table[f"{column}_found"] > table[column]).to_numpy()
        if more.any():
            raise damaged(file, f"line {line_of(more)}: {column}_found is more than {column}")
        kinds = of_page.groupby(["document", "label"], sort=False)[column].nunique()
        if (kinds > 1).any():
            document, label = kinds.index[int((kinds > 1).to_numpy().argmax())]
            raise damaged(file, f"{document}: extractors have different {column} of {label}")
    numbers = of_page.groupby(["document", "label"], sort=False).size()
    if (numbers != len(info.rows)).any():
        document, label = numbers.index[int((numbers != len(info.rows)).to_numpy().argmax())]
        raise damaged(file, f"{document}: {label} is not counted for every extractor")
    return table


def checked_structure(
    table: pd.DataFrame, file: Path, info: RunInfo, documents: Collection[str] | None
) -> pd.DataFrame:
    """Return a table of structure as it is, if it holds together.

    Raises:
        InputError: a column is missing, a number is none that can be, or a row stands twice.
    """
    with_columns(table, STRUCTURE_COLUMNS, file)
    check_documents(table, documents, file)
    check_names(table, "extractor", info.rows, file)
    check_texts(table, ("aspect",), file)
    check_once(table, ("document", "extractor", "aspect"), file)
    for column in STRUCTURE_COLUMNS[3:]:
        check_numbers(table, column, INFINITE, file, whole=True)
    return table


def _check_counted(table: pd.DataFrame, file: Path, info: RunInfo) -> None:
    """Check what run.json says as well: versions, failures, documents without a score."""
    versions = {extractor.name: extractor.version for extractor in info.extractors}
    for index, row in enumerate(table.to_dict("records")):
        name = row["extractor"]
        facts: dict[str, object] = {"unscored": info.corpus.documents - row["documents"]}
        if name in versions:
            counts: Mapping[str, int] = info.counts.get(name, {})
            failed = sum(
                counts.get(status, 0) for status in Status if status not in (Status.OK, Status.EMPTY)
            )
            facts |= {"version": versions[name], "empty": counts.get(Status.EMPTY, 0), "failed": failed}
        for column, value in facts.items():
            if row[column] != value:
                what = f"line {index + 2}: {column} of {name} is {row[column]!r}, and the run says {value!r}"
                raise damaged(file, what)


def _check_shares(table: pd.DataFrame, file: Path) -> None:
    """Check that precision, recall and F1 are what the counts make, as in ``records.Counts``."""
    import numpy as np

    tp, fp, fn = (table[name].to_numpy(float) for name in ("tp", "fp", "fn"))
    precision, recall = (
        np.divide(tp, tp + mine, out=np.where(other > 0, 0.0, 1.0), where=tp + mine > 0)
        for mine, other in ((fp, fn), (fn, fp))
    )
    total = precision + recall
    f1 = np.divide(2 * precision * recall, total, out=np.zeros_like(total), where=total > 0)
    for column, expected in (("precision", precision), ("recall", recall), ("f1", f1)):
        wrong = ~(np.abs(table[column].to_numpy(float) - expected) <= _TOLERANCE)
        if wrong.any():
            value, figure = table[column].to_numpy(float)[wrong][0], expected[wrong][0]
            raise damaged(
                file, f"line {line_of(wrong)}: {column} is {value:g}, and its counts make {figure:g}"
            )
