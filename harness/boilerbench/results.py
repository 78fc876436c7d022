"""A run on disk: one folder of long, tidy tables, written whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import functools
import gzip
import io
import json
import os
import pickle
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from boilerbench.errors import InputError
from boilerbench.records import Extraction, Metadata, Score

if TYPE_CHECKING:
    from _csv import Writer

    import pandas as pd

FORMAT = 2
RUN_FILE = "run.json"
EXTRACTIONS_FILE = "extractions.csv"
TEXTS_FILE = "extractions.jsonl.gz"
SCORES_FILE = "scores.csv"
LEADERBOARD_FILE = "leaderboard.csv"
DOCUMENTS_FILE = "documents.csv"
LABELS_FILE = "labels.csv"
RUN_FILES = (LEADERBOARD_FILE, SCORES_FILE, EXTRACTIONS_FILE, DOCUMENTS_FILE, TEXTS_FILE, RUN_FILE)

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
LABEL_COLUMNS = ("document", "extractor", "label", "blocks", "blocks_found", "words", "words_found")
DOCUMENT_COLUMNS = ("document", "content", "page_type", "language", "traps")
TRAP_SEPARATOR = ";"
_NUMBERS = (
    *("seconds", "peak_mb", "ms_median", "ms_p95", "precision", "recall", "f1", "accuracy", "specificity"),
    *(f"{figure}_{end}" for figure in ("precision", "recall", "f1") for end in ("low", "high")),
)


@dataclass(frozen=True)
class Run:
    """A corpus × extractors × measures, as it lies in one folder; tables are read when first asked for."""

    folder: Path
    info: dict[str, Any]
    """What run.json says: corpus and digest, extractors with versions, measure signatures, platform."""

    @property
    def name(self) -> str:
        return self.folder.resolve().name

    @functools.cached_property
    def scores(self) -> pd.DataFrame:
        """One row per document, extractor and measure; none where gold lacks what the measure needs."""
        return _table(self.folder / SCORES_FILE)

    @functools.cached_property
    def extractions(self) -> pd.DataFrame:
        """One row per document and extractor; the texts are apart, in ``texts``."""
        return _table(self.folder / EXTRACTIONS_FILE)

    @functools.cached_property
    def leaderboard(self) -> pd.DataFrame:
        """One row per extractor, measure and way of averaging."""
        return _table(self.folder / LEADERBOARD_FILE)

    @functools.cached_property
    def labels(self) -> pd.DataFrame:
        """One row per document, extractor and label: blocks and words of the page, and those in the output.

        Raises:
            InputError: the run was not scored by ``blocks``.
        """
        if not (self.folder / LABELS_FILE).exists():
            raise InputError(
                f"run {self.folder}: labels were not looked at; boilerbench score {self.folder} -m blocks, "
                "where gold is labelled"
            )
        return _table(self.folder / LABELS_FILE)

    @functools.cached_property
    def documents(self) -> pd.DataFrame:
        """One row per document: a digest of its page and gold, and its metadata."""
        return _table(self.folder / DOCUMENTS_FILE)

    def texts(self) -> Iterator[dict[str, str]]:
        """Document, extractor, status and text of every extraction, one at a time, by document.

        Raises:
            InputError: the texts are not there (they are not committed) or damaged.
        """
        file = self.folder / TEXTS_FILE
        try:
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                for line in lines:
                    yield json.loads(line)
        except FileNotFoundError:
            raise InputError(
                f"run {self.folder}: {TEXTS_FILE} is not there; run the benchmark again"
            ) from None
        except (OSError, EOFError, ValueError) as error:
            raise InputError(
                f"run {self.folder}: {TEXTS_FILE} is damaged ({error}); run the benchmark again"
            ) from None


def load_run(path: str | Path) -> Run:
    """The run in a folder.

    Raises:
        InputError: the folder is not a run, or one of another format.
    """
    folder = Path(path)
    try:
        info = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        what = f"no {RUN_FILE} in it" if folder.is_dir() else "no such folder"
        raise InputError(f"run {folder}: {what}; give a folder that boilerbench run has written") from None
    except (OSError, ValueError) as error:
        raise InputError(
            f"run {folder}: {RUN_FILE} cannot be read ({error}); run the benchmark again"
        ) from None
    if not isinstance(info, dict) or info.get("format") != FORMAT:
        raise InputError(
            f"run {folder}: not of format {FORMAT}; run the benchmark again with this boilerbench"
        )
    return Run(folder, info)


def check_target(folder: Path, mark: str = RUN_FILE, what: str = "a run") -> None:
    """See that a run may be written to a folder: it is free, or holds a run that may be renewed.

    The same for ``what`` is known by another file, its ``mark``.

    Raises:
        InputError: something else is there, or nothing can be written.
    """
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() and not (folder / mark).is_file():
        raise InputError(f"{folder} is there and is not {what}; choose another folder with --out")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent)).rmdir()
    except OSError as error:
        raise InputError(
            f"{folder.parent} cannot be written to ({error.strerror}); choose another folder with --out"
        ) from None


@contextlib.contextmanager
def replacing(folder: Path, mark: str = RUN_FILE, what: str = "a run") -> Iterator[Path]:
    """A new folder to fill, which takes the place of ``folder`` when all went well and else vanishes.

    Raises:
        InputError: ``folder`` may not be replaced, see ``check_target``.
    """
    check_target(folder, mark, what)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    fresh.chmod(0o777 & ~_umask())
    try:
        yield fresh
        stale = fresh.with_name(fresh.name + ".stale")
        if folder.exists():
            folder.rename(stale)
        fresh.rename(folder)
        shutil.rmtree(stale, ignore_errors=True)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


class Spool:
    """Extractions as they come, on disk; read again by document, extractors in the order given."""

    def __init__(self, extractors: Iterable[str]) -> None:
        self._order = {extractor: place for place, extractor in enumerate(extractors)}
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="boilerbench-")  # noqa: SIM115 - closed by __exit__
        self._places: list[tuple[str, int, int]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, extraction: Extraction) -> None:
        self._places.append((extraction.document, self._order[extraction.extractor], self._file.tell()))
        pickle.dump(extraction, self._file)

    def __iter__(self) -> Iterator[Extraction]:
        for _, _, place in sorted(self._places):
            self._file.seek(place)
            # Written by this process, into a file that has no name.
            extraction: Extraction = pickle.load(self._file)
            yield extraction
        self._file.seek(0, os.SEEK_END)


def write_extractions(folder: Path, extractions: Iterable[Extraction]) -> dict[str, dict[str, int]]:
    """Write extractions.csv and extractions.jsonl.gz; return the number of each status by extractor."""
    counts: dict[str, dict[str, int]] = {}
    with (
        (folder / EXTRACTIONS_FILE).open("w", encoding="utf-8", newline="") as table,
        (folder / TEXTS_FILE).open("wb") as packed,
        # No file name and no time: the same texts make the same bytes.
        gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=1, mtime=0) as zipped,
        io.TextIOWrapper(zipped, encoding="utf-8", newline="\n") as texts,
    ):
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(EXTRACTION_COLUMNS)
        for each in extractions:
            seconds = "" if each.seconds is None else f"{each.seconds:.6f}"
            peak_mb = "" if each.peak_mb is None else f"{each.peak_mb:.1f}"
            facts = (each.document, each.extractor, each.version, each.status)
            rows.writerow((*facts, seconds, peak_mb, len(each.text), each.timed, each.error))
            line = {
                "document": each.document,
                "extractor": each.extractor,
                "status": each.status,
                "text": each.text,
            }
            texts.write(json.dumps(line) + "\n")
            by_status = counts.setdefault(each.extractor, {})
            by_status[each.status] = by_status.get(each.status, 0) + 1
    return counts


def write_scores(folder: Path, scores: Iterable[Score]) -> None:
    """Write scores.csv, and labels.csv where a measure looked at labels."""
    with contextlib.ExitStack() as stack:
        rows = _writer(stack, folder / SCORES_FILE, SCORE_COLUMNS)
        labels = None
        for score in scores:
            for each in score.labels:
                labels = labels or _writer(stack, folder / LABELS_FILE, LABEL_COLUMNS)
                labels.writerow([score.document, score.extractor, *dataclasses.astuple(each)])
            counts = score.counts
            figures = (
                *(counts.precision, counts.recall, counts.f1),
                *(counts.tp, counts.fp, counts.fn, counts.tn),
            )
            rows.writerow(
                [score.document, score.extractor, score.measure, *(f"{figure:.12g}" for figure in figures)]
            )


def write_documents(folder: Path, documents: Iterable[tuple[str, str, Metadata]]) -> None:
    """Write documents.csv from ids, content digests and metadata."""
    with (folder / DOCUMENTS_FILE).open("w", encoding="utf-8", newline="") as table:
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(DOCUMENT_COLUMNS)
        for document, content, metadata in documents:
            traps = TRAP_SEPARATOR.join(metadata.traps)
            rows.writerow([document, content, metadata.page_type or "", metadata.language or "", traps])


def write_leaderboard(folder: Path, leaderboard: pd.DataFrame) -> None:
    """Write leaderboard.csv."""
    leaderboard.to_csv(folder / LEADERBOARD_FILE, index=False, float_format="%.6f", lineterminator="\n")


def write_info(folder: Path, info: dict[str, Any]) -> None:
    """Write run.json."""
    text = json.dumps({"format": FORMAT, **info}, indent=2, ensure_ascii=False)
    (folder / RUN_FILE).write_text(text + "\n", encoding="utf-8")


def carry_over(run: Run, folder: Path) -> None:
    """Put a run's extractions into another folder, without a second copy where the disk allows it."""
    for name in (EXTRACTIONS_FILE, TEXTS_FILE):
        try:
            os.link(run.folder / name, folder / name)
        except OSError:
            shutil.copy2(run.folder / name, folder / name)


def _writer(stack: contextlib.ExitStack, file: Path, columns: Sequence[str]) -> Writer:
    table = stack.enter_context(file.open("w", encoding="utf-8", newline=""))
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(columns)
    return rows


def _table(file: Path) -> pd.DataFrame:
    import pandas as pd

    texts = dict.fromkeys(
        ("document", "extractor", "version", "status", "error", "label", *DOCUMENT_COLUMNS), str
    )
    try:
        # Only an empty field is missing: a document may well be called NA.
        return pd.read_csv(
            file,
            dtype=texts,
            keep_default_na=False,
            na_values={name: [""] for name in _NUMBERS},
        )
    except FileNotFoundError:
        raise InputError(f"run {file.parent}: {file.name} is not there; run the benchmark again") from None
    except ValueError as error:
        raise InputError(f"{file}: cannot be read ({error}); run the benchmark again") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
