"""The file of each document: its texts with their marks, its scores, its page; read when it is looked at."""

from __future__ import annotations

import base64
import gzip
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boilerbench.corpora import Corpus
from boilerbench.corpora.base import content_digest
from boilerbench.corpora.complexity import complexity
from boilerbench.errors import InputError
from boilerbench.parallel import imap_ordered
from boilerbench.policy import Policy
from boilerbench.records import Document
from boilerbench.reports.diff.document import Marker, cutting_measures, make_marker
from boilerbench.reports.diff.snippets import SegmentMarker
from boilerbench.reports.diff.words import Mark, Stretch
from boilerbench.reports.html.preview import preview
from boilerbench.reports.inputs import Material

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "documents"
_FACTS = ("title", "language", "page_type", "source", "licence")
_COUNTS = ("precision", "recall", "f1", "tp", "fp", "fn")


@dataclass(frozen=True, slots=True)
class Task:
    """What one file is made from."""

    place: int
    """In the order of the documents; it names the file, so that no id has to be a file name."""
    document: str
    texts: Mapping[str, str]
    """By the extractors' names in the report."""


def write_pages(
    material: Material,
    tasks: Iterable[Task],
    corpus: Corpus,
    policy: Policy,
    folder: Path,
    *,
    jobs: int,
) -> Iterable[tuple[str, float | None]]:
    """Write a file per document; as each is done, yield its id and, where gold has a body, its complexity."""
    facts = _rows_of(material.extractions)
    contents = dict(zip(material.documents["document"], material.documents["content"], strict=True))
    scores = _rows_of(material.scores)
    names = cutting_measures([measure.name for measure in material.measures])
    (folder / FOLDER).mkdir()

    def write(task: Task) -> float | None:
        document = corpus.document(task.document)
        if content_digest(document) != contents[task.document]:
            raise InputError(
                f"{task.document}: page or gold have changed since; boilerbench score "
                f"{material.runs[0].folder} first"
            )
        markers = {name: make_marker(document.gold, policy, name, corpus.tokenizer) for name in names}
        content = _with_shared_lines(
            {
                **_about(document),
                "extractions": _extractions(
                    material, task, markers, facts[task.document], scores.get(task.document, [])
                ),
                "gold": {name: marker.text for name, marker in markers.items()},
                "page": preview(document),
            }
        )
        (folder / FOLDER / f"{task.place}.js").write_text(packed(task.place, content), encoding="ascii")
        return complexity(document) if document.gold.has_body else None

    for task, found in imap_ordered(write, tasks, jobs=jobs):
        yield task.document, found


def packed(place: int, content: Mapping[str, Any]) -> str:
    """A script that hands over a document, compressed: a page opened from disk can load scripts only."""
    text = json.dumps(content, separators=(",", ":"), sort_keys=True).encode("ascii")
    # No time: the same content makes the same bytes.
    return f'boilerbench.receive({place},"{base64.b64encode(gzip.compress(text, 9, mtime=0)).decode()}");\n'


def encoded(pieces: Sequence[Stretch]) -> list[Any]:
    """Stretches as the lengths of their texts, in JavaScript's units: a number for kept text, else a list of
    length, mark, words, and the label where there is one.
    """
    return [
        _length(piece.text)
        if piece.mark == Mark.KEPT
        else [_length(piece.text), piece.mark, piece.words, *([piece.label] if piece.label else [])]
        for piece in pieces
    ]


def _with_shared_lines(content: dict[str, Any]) -> dict[str, Any]:
    """The same with each line of the texts stored once, and texts as the places of their lines.

    Outputs of one page are much alike; in order, so are lines that stand beside one another.
    """
    texts = [content["gold"], *(each["text"] for each in content["extractions"])]
    lines = sorted({line for each in texts for text in each.values() for line in text.split("\n")})
    places = {line: place for place, line in enumerate(lines)}
    for each in texts:
        for measure, text in each.items():
            each[measure] = [places[line] for line in text.split("\n")]
    return {**content, "lines": lines}


def _extractions(
    material: Material,
    task: Task,
    markers: Mapping[str, Marker | SegmentMarker],
    facts: Sequence[Mapping[str, Any]],
    scores: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    by_extractor = {row["extractor"]: row for row in facts}
    found = []
    for entrant in material.entrants:
        row = by_extractor[entrant.name]
        each: dict[str, Any] = {
            "status": row["status"],
            "error": row["error"],
            "seconds": _number(row["seconds"]),
            "peak_mb": _number(row["peak_mb"]),
            "scores": {
                score["measure"]: [_number(score[name]) for name in _COUNTS]
                for score in scores
                if score["extractor"] == entrant.name
            },
            "text": {},
            "marks": {},
        }
        for name, marker in markers.items():
            marked = marker.marked(task.texts.get(entrant.name, ""))
            each["text"][name] = marked.text
            each["marks"][name] = [encoded(marked.in_gold), encoded(marked.in_output)]
        found.append(each)
    return found


def _about(document: Document) -> dict[str, Any]:
    facts = {name: getattr(document.metadata, name) or "" for name in _FACTS}
    return {
        **facts,
        "id": document.id,
        "url": document.page.url or "",
        "traps": document.metadata.traps,
        "labelled": bool(document.gold.blocks),
        "segments": not document.gold.has_body,
    }


def _rows_of(table: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_dict("records"):
        rows.setdefault(str(row["document"]), []).append({str(key): value for key, value in row.items()})
    return rows


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 6)


def _length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
