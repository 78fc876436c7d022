"""A run on disk, typed: read, written, replaced."""

from __future__ import annotations

from boilerbench.results.earlier import stored_extractions, taken_away
from boilerbench.results.files import (
    DOCUMENT_COLUMNS,
    DOCUMENTS_FILE,
    EXTRACTION_COLUMNS,
    EXTRACTIONS_FILE,
    LABEL_COLUMNS,
    LABELS_FILE,
    LEADERBOARD_FILE,
    MADE,
    PROVENANCE_FILE,
    REFERENCES_FILE,
    RUN_FILE,
    RUN_FILES,
    SCORE_COLUMNS,
    SCORES_FILE,
    TEXTS_FILE,
    TRAP_SEPARATOR,
)
from boilerbench.results.info import (
    FORMAT,
    CorpusInfo,
    ExtractorInfo,
    LimitsInfo,
    MeasureInfo,
    PlatformInfo,
    Provenance,
    RunInfo,
    write_info,
    write_provenance,
)
from boilerbench.results.replacing import check_target, replacing
from boilerbench.results.run import Run, load_run, read_extractions, read_table
from boilerbench.results.spool import Spool
from boilerbench.results.texts import StoredText, read_texts
from boilerbench.results.writing import (
    carry_over,
    write_documents,
    write_extractions,
    write_leaderboard,
    write_references,
    write_scores,
)

__all__ = [
    "DOCUMENTS_FILE",
    "DOCUMENT_COLUMNS",
    "EXTRACTIONS_FILE",
    "EXTRACTION_COLUMNS",
    "FORMAT",
    "LABELS_FILE",
    "LABEL_COLUMNS",
    "LEADERBOARD_FILE",
    "MADE",
    "PROVENANCE_FILE",
    "REFERENCES_FILE",
    "RUN_FILE",
    "RUN_FILES",
    "SCORES_FILE",
    "SCORE_COLUMNS",
    "TEXTS_FILE",
    "TRAP_SEPARATOR",
    "CorpusInfo",
    "ExtractorInfo",
    "LimitsInfo",
    "MeasureInfo",
    "PlatformInfo",
    "Provenance",
    "Run",
    "RunInfo",
    "Spool",
    "StoredText",
    "carry_over",
    "check_target",
    "load_run",
    "read_extractions",
    "read_table",
    "read_texts",
    "replacing",
    "stored_extractions",
    "taken_away",
    "write_documents",
    "write_extractions",
    "write_info",
    "write_leaderboard",
    "write_provenance",
    "write_references",
    "write_scores",
]
