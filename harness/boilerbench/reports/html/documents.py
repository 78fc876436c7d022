"""The file of each document: its texts with their marks, its scores, its page; read when it is looked at."""

from __future__ import annotations

import base64
import gzip
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from boilerbench.corpora import Corpus
from boilerbench.corpora.base import content_digest
from boilerbench.corpora.complexity import complexity
from boilerbench.errors import InputError
from boilerbench.measures.marks import Mark
from boilerbench.parallel import imap_ordered
from boilerbench.policy import Policy
from boilerbench.records import Document
from boilerbench.reports.diff.document import DocumentMarker, MarkingMeasures
from boilerbench.reports.diff.stretches import Stretch
from boilerbench.reports.html.preview import LARGEST, preview, rendered
from boilerbench.reports.inputs import Material
from boilerbench.results import StoredText

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "documents"
_COUNTS = ("precision", "recall", "f1", "tp", "fp", "fn")

EncodedStretch = int | list[int | str]
"""The length of kept text, in JavaScript's units, or a list of length, mark, units, and a label if any."""
Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows of a table by document."""


@dataclass(frozen=True, slots=True)
class DocumentTexts:
    """The texts that one file is made from."""

    index: int
    """In the order of the documents; it names the file, so that no id has to be a file name."""
    document: str
    texts: Mapping[str, StoredText]
    """By the extractors' names in the report."""


class ExtractionContent(TypedDict):
    """An extraction as the report's scripts read it."""

    status: str
    error: str
    seconds: float | None
    peak_mb: float | None
    scores: dict[str, list[float | None]]
    """By measure, in the order of ``_COUNTS``."""
    unscorable: dict[str, str]
    """By measure, the bound that the text exceeds; only of those by which it is scored as empty."""
    markup: dict[str, str]
    """Its format, its source and its rendering; empty where text was returned."""
    text: dict[str, list[int]]
    """By the measure that it is marked by, the indexes of its lines among all lines of the document."""
    marks: dict[str, list[list[EncodedStretch]]]
    """By measure, the stretches of the gold and of the output."""


class DocumentContent(TypedDict):
    """A document as the report's scripts read it."""

    id: str
    title: str
    url: str
    language: str
    page_type: str
    source: str
    licence: str
    traps: Sequence[str]
    labelled: bool
    extractions: list[ExtractionContent]
    gold: dict[str, list[int]]
    """By measure, the indexes of the lines of what stands for gold."""
    units: dict[str, str]
    """By measure, what its marks are counted in."""
    lines: list[str]
    """The lines of the texts, each once."""
    page: str


def write_document_files(
    material: Material,
    tasks: Iterable[DocumentTexts],
    corpus: Corpus,
    policy: Policy,
    folder: Path,
    *,
    jobs: int,
) -> Iterable[tuple[str, float | None]]:
    """Write a file per document; as each is done, yield its id and, where gold has a body, its complexity.

    Raises:
        InputError: a document cannot be read, or has changed since it was scored.
    """
    facts = _rows_by_document(material.extractions)
    scores = _rows_by_document(_with_reasons(material.scores, material.unscorable))
    digests = dict(zip(material.documents["document"], material.documents["content"], strict=True))
    measures = MarkingMeasures([measure.name for measure in material.measures], corpus.tokenizer, policy)
    (folder / FOLDER).mkdir()

    def write(task: DocumentTexts) -> float | None:
        published = corpus.published(task.document)
        gold = published.gold if corpus.overlay is None else corpus.gold(task.document)
        document = replace(published, gold=gold)
        if content_digest(published) != digests[task.document]:
            raise InputError(
                f"{task.document}: page or gold have changed since",
                remedy="score-again",
                run=str(material.runs[0].folder),
            )
        markers = measures.markers(document.gold)
        content = _document_content(material, task, document, markers, facts, scores)
        (folder / FOLDER / f"{task.index}.js").write_text(packed(task.index, content), encoding="ascii")
        return complexity(document) if document.gold.has_body else None

    for task, found in imap_ordered(write, tasks, jobs=jobs):
        yield task.document, found


def packed(index: int, content: Mapping[str, Any]) -> str:
    """A script that hands over a document, compressed: a page opened from disk can load scripts only."""
    text = json.dumps(content, separators=(",", ":"), sort_keys=True).encode("ascii")
    # No time: the same content makes the same bytes.
    return f'boilerbench.receive({index},"{base64.b64encode(gzip.compress(text, 9, mtime=0)).decode()}");\n'


def encoded(pieces: Sequence[Stretch]) -> list[EncodedStretch]:
    """Stretches by the lengths of their texts."""
    return [
        _length(piece.text)
        if piece.mark == Mark.KEPT
        else [_length(piece.text), piece.mark, piece.units, *([piece.label] if piece.label else [])]
        for piece in pieces
    ]


def _document_content(
    material: Material,
    task: DocumentTexts,
    document: Document,
    markers: Mapping[str, DocumentMarker],
    facts: Rows,
    scores: Rows,
) -> DocumentContent:
    lines = _Lines()
    known = document.metadata
    extractions = [
        _extraction_content(
            row,
            [score for score in scores.get(document.id, ()) if score["extractor"] == row["extractor"]],
            task.texts.get(str(row["extractor"])),
            markers,
            lines,
        )
        for row in _in_order(facts[document.id], [entrant.name for entrant in material.entrants])
    ]
    gold = {measure: lines.add(marker.text) for measure, marker in markers.items()}
    return lines.sorted(
        {
            "id": document.id,
            "title": known.title or "",
            "url": document.page.url or "",
            "language": known.language or "",
            "page_type": known.page_type or "",
            "source": known.source or "",
            "licence": known.licence or "",
            "traps": known.traps,
            "labelled": bool(document.gold.blocks),
            "extractions": extractions,
            "gold": gold,
            "units": {measure: marker.marker.unit for measure, marker in markers.items()},
            "lines": [],
            "page": preview(document),
        }
    )


def _extraction_content(
    row: Mapping[str, Any],
    scores: Sequence[Mapping[str, Any]],
    stored: StoredText | None,
    markers: Mapping[str, DocumentMarker],
    lines: _Lines,
) -> ExtractionContent:
    text = stored.text if stored else ""
    diffs = {measure: marker.diff(text) for measure, marker in markers.items()}
    return {
        "status": row["status"],
        "error": row["error"],
        "seconds": _number(row["seconds"]),
        "peak_mb": _number(row["peak_mb"]),
        "scores": {score["measure"]: [_number(score[name]) for name in _COUNTS] for score in scores},
        "unscorable": {score["measure"]: score["reason"] for score in scores if score["reason"]},
        "markup": _markup(stored),
        "text": {measure: lines.add(diff.text) for measure, diff in diffs.items()},
        "marks": {
            measure: [encoded(diff.in_gold), encoded(diff.in_output)] for measure, diff in diffs.items()
        },
    }


def _markup(stored: StoredText | None) -> dict[str, str]:
    if stored is None or stored.format is None or not stored.markup:
        return {}
    return {
        "format": stored.format,
        "source": stored.markup[:LARGEST],
        "rendered": rendered(stored.markup, stored.format),
    }


class _Lines:
    """The lines of a document's texts, each stored once: outputs of one page are much alike."""

    def __init__(self) -> None:
        self._indexes: dict[str, int] = {}

    def add(self, text: str) -> list[int]:
        """The indexes of a text's lines."""
        return [self._indexes.setdefault(line, len(self._indexes)) for line in text.split("\n")]

    def sorted(self, content: DocumentContent) -> DocumentContent:
        """Content with its lines in order, in which lines that are alike stand together and compress well."""
        lines = sorted(self._indexes)
        ranks = {self._indexes[line]: rank for rank, line in enumerate(lines)}
        content["lines"] = lines
        for texts in (content["gold"], *(extraction["text"] for extraction in content["extractions"])):
            for measure, indexes in texts.items():
                texts[measure] = [ranks[index] for index in indexes]
        return content


def _in_order(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[Mapping[str, Any]]:
    by_extractor = {row["extractor"]: row for row in rows}
    return [by_extractor[name] for name in names]


def _rows_by_document(table: pd.DataFrame) -> Rows:
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_dict("records"):
        rows.setdefault(str(row["document"]), []).append({str(key): value for key, value in row.items()})
    return rows


def _with_reasons(scores: pd.DataFrame, unscorable: pd.DataFrame) -> pd.DataFrame:
    """Scores with the bound that an unscorable output exceeds, which is empty for any other."""
    key = ["document", "extractor", "measure"]
    reasons = dict(
        zip(zip(*(unscorable[name] for name in key), strict=True), unscorable["reason"], strict=True)
    )
    rows = zip(*(scores[name] for name in key), strict=True)
    return scores.assign(reason=[reasons.get(row, "") for row in rows])


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 6)


def _length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
