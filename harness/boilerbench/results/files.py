"""The files of a run's folder and the columns of its tables."""

from __future__ import annotations

RUN_FILE = "run.json"
PROVENANCE_FILE = "provenance.json"
EXTRACTIONS_FILE = "extractions.csv"
TEXTS_FILE = "extractions.jsonl.gz"
REFERENCES_FILE = "references.jsonl.gz"
"""The texts of reference rows, which scoring writes; a run without any has no such file."""
ERRORS_FILE = "errors.jsonl"
"""The failures of a run with their tracebacks; a run without any has no such file."""
SCORES_FILE = "scores.csv"
UNSCORABLE_FILE = "unscorable.csv"
"""The outputs too large to be judged, which are scored as empty; a run without any has no such file."""
LEADERBOARD_FILE = "leaderboard.csv"
DOCUMENTS_FILE = "documents.csv"
LABELS_FILE = "labels.csv"
STRUCTURE_FILE = "structure.csv"
PACKED_FOLDER = "shards"
"""The tables and texts of a large run, as Parquet files in place of the single ones."""
SHARD_FILE = "shard.csv"
"""The digests of a shard's documents, from which merging makes those of the corpus."""
RUN_FILES = (
    *(LEADERBOARD_FILE, SCORES_FILE, EXTRACTIONS_FILE, DOCUMENTS_FILE),
    *(TEXTS_FILE, RUN_FILE, PROVENANCE_FILE),
)
"""The files of every run; labels.csv and structure.csv come with a measure that counts so."""

MADE = (
    *RUN_FILES,
    *(LABELS_FILE, STRUCTURE_FILE, UNSCORABLE_FILE, REFERENCES_FILE, ERRORS_FILE, SHARD_FILE, PACKED_FOLDER),
)
"""All that boilerbench writes into a run's folder; whatever else lies there is the user's, or a report."""

EXTRACTION_COLUMNS = (
    "document",
    "extractor",
    "version",
    "status",
    "seconds",
    "peak_mb",
    "characters",
    "timed",
    "error",
)
SCORE_COLUMNS = ("document", "extractor", "measure", "precision", "recall", "f1", "tp", "fp", "fn", "tn")
UNSCORABLE_COLUMNS = ("document", "extractor", "measure", "reason")
LABEL_COLUMNS = ("document", "extractor", "label", "blocks", "blocks_found", "words", "words_found")
STRUCTURE_COLUMNS = ("document", "extractor", "aspect", "kept", "lost", "invented", "unjudged")
DOCUMENT_COLUMNS = ("document", "content", "site", "source", "page_type", "language", "traps")
SHARD_COLUMNS = ("document", "page", "digest")
TRAP_SEPARATOR = ";"
