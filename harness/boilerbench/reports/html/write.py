"""The whole report: a folder that opens from disk, loads nothing from anywhere, and can be mailed."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from boilerbench.corpora import Corpus
from boilerbench.corpora.complexity import by_difficulty
from boilerbench.policy import Policy
from boilerbench.progress import Progress
from boilerbench.reports.html import tables
from boilerbench.reports.html.assets import SCRIPTS, copy_assets
from boilerbench.reports.html.data import report_data
from boilerbench.reports.html.documents import DocumentTexts, write_document_files
from boilerbench.reports.html.releases import release_table
from boilerbench.reports.html.structure import structure_tables
from boilerbench.reports.html.templating import page_template
from boilerbench.reports.inputs import Material
from boilerbench.reports.leaderboards import cost_notes
from boilerbench.results import (
    DOCUMENTS_FILE,
    EXTRACTIONS_FILE,
    LABELS_FILE,
    LEADERBOARD_FILE,
    PROVENANCE_FILE,
    RUN_FILE,
    SCORES_FILE,
    STRUCTURE_FILE,
    Provenance,
    RunInfo,
    StoredText,
)
from boilerbench.stats.groups import UNKNOWN, document_groups

PAGE = "index.html"
RAW = "raw"
_RAW_FILES = (
    *(RUN_FILE, PROVENANCE_FILE, LEADERBOARD_FILE, SCORES_FILE),
    *(EXTRACTIONS_FILE, DOCUMENTS_FILE, LABELS_FILE, STRUCTURE_FILE),
)
_KINDS = ("page_type", "language", "trap")

Texts = Iterable[StoredText]
"""The texts of a run, by document."""


def write_report(
    material: Material,
    texts: Sequence[Texts],
    corpus: Corpus,
    policy: Policy,
    folder: Path,
    *,
    jobs: int,
    progress: Progress,
) -> None:
    """Write the report into an empty folder.

    Args:
        material: what it is made from.
        texts: those of each run, in the order of the material's runs.
        corpus: where pages and gold are read.
        policy: what labels count as.
        folder: where to write.
        jobs: how many processes share the work.
        progress: is told how far it has come.

    Raises:
        InputError: texts are missing or damaged, or a document cannot be read or has changed since.
    """
    documents = [str(name) for name in material.documents["document"]]
    progress.begin("documents", len(documents))
    complexity = {}
    for name, of_document in write_document_files(
        material, _tasks(material, texts, documents), corpus, policy, folder, jobs=jobs
    ):
        if of_document is not None:
            complexity[name] = of_document
        progress.advance()
    kinds: dict[str, Mapping[str, Sequence[str]]] = {
        by: found for by in _KINDS if list(found := document_groups(material.documents, by)) != [UNKNOWN]
    }
    if complexity:
        kinds["difficulty"] = by_difficulty(complexity)
    progress.begin("report", 1)
    copy_assets(folder)
    data = report_data(material, policy if material.labels is not None else None, kinds)
    script = f"boilerbench.start({json.dumps(data, separators=(',', ':'))});\n"
    (folder / "data.js").write_text(script, encoding="ascii")
    _copy_raw(material, folder)
    page = _page(material, kinds, policy)
    (folder / PAGE).write_text(page, encoding="utf-8", errors="replace")
    progress.advance()


def _tasks(material: Material, texts: Sequence[Texts], documents: Sequence[str]) -> Iterator[DocumentTexts]:
    """The texts of each document's file; the runs' texts come by document, in one order."""
    streams = [_by_document(of_run) for of_run in texts]
    names = [
        {entrant.own_name: entrant.name for entrant in material.entrants if entrant.run == index}
        for index in range(len(texts))
    ]
    wanted = set(documents)
    indexes = {document: index for index, document in enumerate(documents)}
    for document, first in streams[0]:
        if document not in wanted:
            continue
        found = {names[0][name]: text for name, text in first.items() if name in names[0]}
        for index, stream in enumerate(streams[1:], 1):
            other = next(own for name, own in stream if name == document)
            found |= {names[index][name]: text for name, text in other.items() if name in names[index]}
        yield DocumentTexts(indexes[document], document, found)


def _by_document(texts: Texts) -> Iterator[tuple[str, dict[str, StoredText]]]:
    for document, group in itertools.groupby(texts, key=lambda stored: stored.document):
        yield document, {stored.extractor: stored for stored in group}


def _copy_raw(material: Material, folder: Path) -> None:
    """The runs' own tables, which every table of the report links to."""
    for index, run in enumerate(material.runs):
        target = folder / RAW / (str(index + 1) if len(material.runs) > 1 else "")
        target.mkdir(parents=True)
        for name in _RAW_FILES:
            if (run.folder / name).is_file():
                shutil.copyfile(run.folder / name, target / name)


def _page(material: Material, kinds: Mapping[str, Mapping[str, Sequence[str]]], policy: Policy) -> str:
    return page_template("report.html.jinja").render(
        material=material,
        scripts=SCRIPTS,
        raw_folders=[RAW] if len(material.runs) == 1 else [f"{RAW}/1", f"{RAW}/2"],
        about=about(material),
        leaderboards=list(tables.leaderboard_tables(material)),
        earlier=" ".join(cost_notes(material.leaderboard)[1:]),
        releases=release_table(material),
        outcomes=tables.outcome_table(material),
        disagreements=list(tables.disagreement_tables(material)),
        groups=[table for by, found in kinds.items() for table in tables.kind_tables(material, by, found)],
        labels=list(tables.label_share_tables(material, policy)),
        structure=structure_tables(material),
        document_count=len(material.documents),
    )


def about(material: Material) -> list[tuple[str, list[str]]]:
    """Facts about the run, as names and lines."""
    infos = [run.info for run in material.runs]
    known = [run.provenance for run in material.runs]
    told = list(zip(infos, known, strict=True))

    def distinct(say: Callable[[RunInfo], str]) -> list[str]:
        return list(dict.fromkeys(line for info in infos if (line := say(info))))

    return [
        ("Corpus", distinct(lambda info: f"{info.corpus.name}, {info.corpus.documents:,} documents")),
        ("Digest", distinct(lambda info: info.corpus.identity)),
        ("Extractors", [entrant.label for entrant in material.entrants]),
        ("Unavailable", distinct(lambda info: "; ".join(map(": ".join, info.unavailable.items())))),
        ("Left out", distinct(lambda info: "; ".join(info.left_out.values()))),
        ("Measures", [measure.signature for measure in material.measures]),
        ("Policy", distinct(lambda info: info.policy or "")),
        ("Run", list(dict.fromkeys(_run_line(*run) for run in told))),
        ("Machine", list(dict.fromkeys(_machine(provenance) for provenance in known if provenance))),
        ("Limits", list(dict.fromkeys(_limits(*run) for run in told))),
        (
            "Intervals",
            distinct(
                lambda info: f"95 %, {info.resamples:,} resamples over {_units(info)}, seed {info.seed}"
            ),
        ),
    ]


def _run_line(info: RunInfo, provenance: Provenance | None) -> str:
    started = f"{provenance.started}, " if provenance else ""
    return f"{started}boilerbench {info.boilerbench}"


def _machine(provenance: Provenance) -> str:
    platform = provenance.platform
    return f"{platform.system} {platform.machine}, {platform.cores} cores, Python {platform.python}"


def _limits(info: RunInfo, provenance: Provenance | None) -> str:
    network = {"namespace": ", no network", "guard": ", no network as far as tools are Python"}
    protection = network.get(provenance.network, "") if provenance else ""
    return f"{info.limits.seconds:g} s and {info.limits.memory_mb:,} MB per page{protection}"


def _units(info: RunInfo) -> str:
    """Return the name of the units that are drawn, for the line about intervals."""
    if info.suffix_list is None:
        return "documents"
    return f"sites (public suffix list {info.suffix_list})"
