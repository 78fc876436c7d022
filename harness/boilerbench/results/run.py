"""A run on disk: one folder of long, tidy tables, written whole or not at all."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench.errors import InputError
from boilerbench.results.checks import (
    LARGE_BYTES,
    check_agreement,
    check_references,
    check_scores_of,
    checked_documents,
    checked_extractions,
    checked_labels,
    checked_leaderboard,
    checked_scores,
    checked_structure,
)
from boilerbench.results.columns import with_columns
from boilerbench.results.digests import check_digest
from boilerbench.results.files import (
    DOCUMENTS_FILE,
    EXTRACTIONS_FILE,
    LABELS_FILE,
    LEADERBOARD_FILE,
    REFERENCES_FILE,
    SCORES_FILE,
    STRUCTURE_FILE,
    UNSCORABLE_COLUMNS,
    UNSCORABLE_FILE,
)
from boilerbench.results.info import Provenance, RunInfo, read_info, read_provenance
from boilerbench.results.packed import has_table
from boilerbench.results.tables import read_table, reference_rows, with_references
from boilerbench.results.texts import StoredText, read_texts

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Run:
    """A corpus × extractors × measures, as it lies in one folder; tables are read when first asked for."""

    folder: Path
    info: RunInfo
    """The facts that decide its figures, as run.json has them."""

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.resolve().name

    @functools.cached_property
    def scores(self) -> pd.DataFrame:
        """One row per document, extractor and measure; none where gold lacks what the measure needs.

        Raises:
            InputError: the table is not there, damaged, or does not hold together.
        """
        file = self.folder / SCORES_FILE
        scores = checked_scores(read_table(file), file)
        check_scores_of(scores, file, self.info, self._names)
        check_digest(file, self.info)
        if (self.folder / LEADERBOARD_FILE).exists():
            check_agreement(self._board, scores, self.folder / LEADERBOARD_FILE)
        return scores

    @functools.cached_property
    def extractions(self) -> pd.DataFrame:
        """One row per document and extractor or reference row; the texts are apart, in ``texts``.

        Raises:
            InputError: the table is not there, damaged, or not that of the run.
        """
        rows = list(reference_rows(self.folder))
        file = self.folder / REFERENCES_FILE
        check_references(rows, file, self.info, self._names)
        if rows:
            check_digest(file, self.info)
        return with_references(self.extracted, rows)

    @functools.cached_property
    def extracted(self) -> pd.DataFrame:
        """One row per document and extractor, as in ``extractions`` without the reference rows.

        Raises:
            InputError: the table is not there, damaged, or not that of the run.
        """
        file = self.folder / EXTRACTIONS_FILE
        return checked_extractions(read_table(file), file, self.info, self._names)

    @functools.cached_property
    def leaderboard(self) -> pd.DataFrame:
        """One row per extractor, measure and way of averaging.

        Raises:
            InputError: the table is not there, damaged, not that of the run or not that of its scores.
        """
        scores = self.folder / SCORES_FILE
        if scores.exists() and scores.stat().st_size <= LARGE_BYTES:
            _ = self.scores
        return with_unscorable(self._board, self.unscorable)

    @functools.cached_property
    def _board(self) -> pd.DataFrame:
        file = self.folder / LEADERBOARD_FILE
        board = checked_leaderboard(read_table(file), file, self.info)
        check_digest(file, self.info)
        return board

    @functools.cached_property
    def _names(self) -> frozenset[str] | None:
        """The documents, where their table can be read; scoring again needs the others to write it anew."""
        try:
            return frozenset(self.documents["document"])
        except InputError:
            return None

    @functools.cached_property
    def unscorable(self) -> pd.DataFrame:
        """One row per document, extractor and measure whose output was too large to be judged, and why."""
        import pandas as pd

        file = self.folder / UNSCORABLE_FILE
        if not has_table(file) and file.name not in self.info.tables:
            return pd.DataFrame(columns=list(UNSCORABLE_COLUMNS), dtype=str)
        table = with_columns(read_table(file), UNSCORABLE_COLUMNS, file)
        check_digest(file, self.info)
        return table

    @functools.cached_property
    def labels(self) -> pd.DataFrame:
        """One row per document, extractor and label: blocks and words of the page, and those in the output.

        Raises:
            InputError: the run was not scored by ``blocks``, or the table is damaged.
        """
        if not has_table(self.folder / LABELS_FILE):
            raise InputError(
                f"run {self.folder}: not scored by a measure that counts by label",
                remedy="score-blocks",
                run=str(self.folder),
            )
        file = self.folder / LABELS_FILE
        labels = checked_labels(read_table(file), file, self.info, self._names)
        check_digest(file, self.info)
        return labels

    @functools.cached_property
    def structure(self) -> pd.DataFrame:
        """One row per document, extractor and aspect of structure: what is kept, lost, invented, unjudged.

        Raises:
            InputError: the run was not scored by ``structure``, or the table is damaged.
        """
        file = self.folder / STRUCTURE_FILE
        if not has_table(file):
            raise InputError(
                f"run {self.folder}: not scored by structure",
                remedy="score-structure",
                run=str(self.folder),
            )
        structure = checked_structure(read_table(file), file, self.info, self._names)
        check_digest(file, self.info)
        return structure

    @functools.cached_property
    def documents(self) -> pd.DataFrame:
        """One row per document: a digest of its page and gold, its site, and its metadata.

        Raises:
            InputError: the table is not there, damaged, or not that of the run.
        """
        file = self.folder / DOCUMENTS_FILE
        documents = checked_documents(read_table(file), file, self.info)
        check_digest(file, self.info)
        return documents

    @functools.cached_property
    def provenance(self) -> Provenance | None:
        """The provenance of the run; none where the folder does not say.

        Raises:
            InputError: provenance.json is malformed.
        """
        return read_provenance(self.folder)

    def texts(self) -> Iterator[StoredText]:
        """Yield the text of each extractor for each document, one at a time, by document.

        Raises:
            InputError: the texts are not there (they are not committed) or damaged.
        """
        return read_texts(self.folder)


def with_unscorable(leaderboard: pd.DataFrame, unscorable: pd.DataFrame) -> pd.DataFrame:
    """Add a column to a leaderboard: of how many documents the output was unscorable by the measure."""
    numbers = unscorable.groupby(["extractor", "measure"]).size().to_dict()
    rows = zip(leaderboard["extractor"], leaderboard["measure"], strict=True)
    return leaderboard.assign(unscorable=[numbers.get(row, 0) for row in rows])


def load_run(path: str | Path | Run) -> Run:
    """Read the run in a folder; a run is read again, since its folder may have been replaced.

    Raises:
        InputError: the folder is not a run, or one of another format, or run.json is malformed.
    """
    folder = path.folder if isinstance(path, Run) else Path(path)
    return Run(folder, read_info(folder))
