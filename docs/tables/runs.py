"""The files of a run, the outcomes of an extraction, and the limits of a worker."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Mapping
from typing import Any, Union, get_args, get_origin, get_type_hints

import click

from boilerbench import results
from boilerbench.cli.run import run as run_command
from boilerbench.records import Status
from boilerbench.runner import WorkerLimits
from boilerbench.runner.limits import PROCESSES, SCRATCH_MB, START_SECONDS
from boilerbench.stats.aggregate import COLUMNS as LEADERBOARD_COLUMNS
from tables.markdown import code, described, field_notes, table

_FILES = {
    results.RUN_FILE: "what decides the figures: corpus, extractors, measures, policy, limits, seed",
    results.PROVENANCE_FILE: "how the run came about, which decides no figure: command line, date, machine",
    results.LEADERBOARD_FILE: "one row per extractor, measure and average",
    results.SCORES_FILE: "one row per document, extractor and measure",
    results.DOCUMENTS_FILE: "one row per document",
    results.LABELS_FILE: "one row per document, extractor and label, where the run was scored by `blocks`",
    results.STRUCTURE_FILE: "one row per document, extractor and aspect, after scoring by `structure`",
    results.UNSCORABLE_FILE: "one row per output too large to be judged and measure, if there are any",
    results.EXTRACTIONS_FILE: "one row per document and extractor: what became of it",
    results.TEXTS_FILE: "the texts, one JSON object a line: document, extractor, status, text, and where "
    "markup was returned, markup and format",
    results.REFERENCES_FILE: "the texts of reference rows in the same form, if there are any",
    results.ERRORS_FILE: "failures with their whole tracebacks, one JSON object a line, if there are any",
    results.SHARD_FILE: "digests of the documents of a `--shard`, which `merge` needs",
    results.PACKED_FOLDER: "of a large run the tables and texts above, as Parquet files in their place",
}
_TABLES = {
    results.LEADERBOARD_FILE: tuple(LEADERBOARD_COLUMNS),
    results.SCORES_FILE: results.SCORE_COLUMNS,
    results.DOCUMENTS_FILE: results.DOCUMENT_COLUMNS,
    results.LABELS_FILE: results.LABEL_COLUMNS,
    results.STRUCTURE_FILE: results.STRUCTURE_COLUMNS,
    results.UNSCORABLE_FILE: results.UNSCORABLE_COLUMNS,
    results.EXTRACTIONS_FILE: results.EXTRACTION_COLUMNS,
}
_COLUMNS = {
    "document": "the document's id",
    "extractor": "the extractor's spec",
    "version": "the version of the tool; empty where it does not say",
    "measure": "the measure's name",
    "average": "how scores are averaged over documents",
    "documents": "how many documents are scored",
    "unscored": "documents whose gold lacks what the measure needs; they are in no mean",
    "empty": "documents for which nothing came back",
    "failed": "documents that ended in error, timeout, crash or memory",
    "aspect": "a kind of block, such as `heading`, or another aspect, such as `link`",
    "kept": "how much of it is in the output as on the page",
    "lost": "how much of it should be in the output and is not",
    "invented": "how much of it is in the output and not on the page",
    "unjudged": "how much of it the output cannot say, since it is a text",
    "reason": "the bound that the output exceeds; it is scored as an empty one",
    "precision": "right / returned, from 0 to 1",
    "recall": "right / expected, from 0 to 1",
    "f1": "the harmonic mean of precision and recall; in a leaderboard as its average says",
    "precision_low": "low end of the 95 % interval",
    "precision_high": "high end of the 95 % interval",
    "recall_low": "low end of the 95 % interval",
    "recall_high": "high end of the 95 % interval",
    "f1_low": "low end of the 95 % interval",
    "f1_high": "high end of the 95 % interval",
    "accuracy": "(tp + tn) / all, for measures with true negatives",
    "specificity": "tn / (tn + fp), for measures with true negatives",
    "without_rate": "mean share found of segments that must not be there, as in WCXB; lower is better",
    "among_best": "whether it may be the best: `yes`, `no`, `undecided`, `too few`; empty for reference rows",
    "detectable": "the smallest difference of F1 that this corpus finds with 80 % power",
    "site": "the registered domain of the page's address; empty where it has none",
    "sites": "how many units intervals and tests draw: sites, or documents where these are independent",
    "ms_median": "median milliseconds of the tool's call per page",
    "ms_p95": "95th percentile of the same",
    "timed": "`now` for times of this run, `earlier` for those that came with a stored text, `both` if mixed",
    "tp": "true positives, in the measure's unit",
    "fp": "false positives: what leaked",
    "fn": "false negatives: what got lost",
    "tn": "true negatives, for measures that have them",
    "content": "a digest of page and gold",
    "source": "where the document comes from, as the corpus has it; empty where it does not say",
    "page_type": "the page type",
    "language": "the language (BCP 47)",
    "traps": "the traps, separated by semicolons",
    "label": "the label, or `foreign`: words that stand on no block of the page, or more often than on it",
    "blocks": "blocks of that label on the page; of `foreign`, all blocks in the output",
    "blocks_found": "those of them that are in the output; of `foreign`, as many as its words count for",
    "words": "words of that label on the page; of `foreign`, all words of the output",
    "words_found": "those of them that are in the output",
    "status": "the outcome",
    "seconds": "wall-clock seconds of the tool's call",
    "peak_mb": "peak resident memory of the tool's call, in megabytes",
    "characters": "characters of the text",
    "error": "what went wrong, in one line",
}
_NOTES = {
    "corpus": "the corpus",
    "corpus.name": "its name, which is that of the run's folder",
    "extractors": "what was run, in the order of the command line",
    "extractors[].source": "where its code came from, where that is a tree of yours",
    "measures[].name": "the measure's name",
    "resamples": "how often the bootstrap and the permutation test draw",
    "environments.*.runtime_version": "of that",
    "environments.*.packages": "the tool and what it requires, by name",
    "environments.*.packages[].name": "normalized as in PEP 503 for Python",
    "environments.*.packages[].version": "its version",
    "suffix_list": "version of the public suffix list by which sites are told; null if pages are independent",
    "tables": "digests of the tables that follow from the extractions, times aside",
    "tables.*": "`sha256:…`, by the name of the file",
    "limits": "the limits of a worker",
    "limits.memory_mb": "of memory",
    "limits.output_mb": "of the answer as it is sent",
    "platform": "the machine that made the extractions",
    "platform.python": "the version of Python",
    "platform.system": "the operating system",
    "platform.machine": "the processor",
    "platform.cores": "how many processors there are",
    "hosts.*.python": "the version of Python",
    "hosts.*.system": "the operating system",
    "hosts.*.machine": "the processor",
    "hosts.*.cores": "how many processors there are",
}
_STATUSES: dict[str, str] = {
    Status.OK: "text came back",
    Status.EMPTY: "nothing, or white space alone, came back",
    Status.ERROR: "the tool raised, or returned something else than text",
    Status.TIMEOUT: "no answer within the limit; the worker and all its children were killed",
    Status.CRASH: "the worker died",
    Status.MEMORY: "the tool ran out of memory",
}
_LIMITS = {
    "seconds": ("wall-clock time for a page", "s", "--timeout"),
    "cpu_seconds": ("processor time for a page, all threads and processes of the worker together", "s", ""),
    "memory_mb": (
        "memory: data of each process, for Node its JavaScript heap; all processes of the worker together",
        "MB",
        "--memory",
    ),
    "output_mb": ("the answer as it is sent", "MB", ""),
}


def files() -> str:
    """The files of a run."""
    written = results.MADE
    described(written, _FILES, "files of a run")
    return table(("file", "holds"), [(code(name), what) for name, what in _FILES.items()])


def columns(file: str) -> str:
    """The columns of one table of a run."""
    if odd := {name for names in _TABLES.values() for name in names} ^ _COLUMNS.keys():
        raise KeyError(f"columns: in the code or described here, but not both: {', '.join(sorted(odd))}")
    return table(("column", "holds"), [(code(name), _COLUMNS[name]) for name in _TABLES[file]])


def schema(record: str) -> str:
    """The keys of run.json (``RunInfo``) or provenance.json (``Provenance``)."""
    rows = [*_keys({"RunInfo": results.RunInfo, "Provenance": results.Provenance}[record], "")]
    if record == "RunInfo":
        rows.insert(0, ("`format`", "whole number", f"of this schema, {results.FORMAT} now"))
    return table(("key", "type", "holds"), rows)


def _keys(kind: type, prefix: str) -> Iterator[tuple[str, str, str]]:
    """Each key below a prefix with its type and its note, those of nested records included."""
    hints, notes = get_type_hints(kind), field_notes(kind)
    for field in dataclasses.fields(kind):
        key = prefix + field.name
        note = (notes[field.name] or _NOTES[key]).rstrip(".").replace("``", "`")
        yield code(key), _type_name(hints[field.name]), note[:1].lower() + note[1:]
        inner = hints[field.name]
        if get_origin(inner) in (Union, types.UnionType):
            inner = get_args(inner)[0]
        if get_origin(inner) is tuple and dataclasses.is_dataclass(get_args(inner)[0]):
            yield from _keys(get_args(inner)[0], f"{key}[].")
        elif get_origin(inner) is Mapping and dataclasses.is_dataclass(get_args(inner)[1]):
            yield from _keys(get_args(inner)[1], f"{key}.*.")
        elif isinstance(inner, type) and dataclasses.is_dataclass(inner):
            yield from _keys(inner, f"{key}.")


def _type_name(hint: Any) -> str:
    """A type in JSON's words."""
    simple = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    if hint in simple:
        return simple[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return f"{_type_name(inner[0])} or null"
    if origin is tuple:
        return f"list of {_plural(inner[0])}"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"object of {_plural(inner[1])}"
    return "object"


def _plural(hint: Any) -> str:
    head, of, tail = _type_name(hint).partition(" of ")
    return f"{head}s{of}{tail}"


def statuses() -> str:
    """The outcomes of an extraction."""
    rows = described(Status, _STATUSES, "statuses")
    return table(("status", "means"), [(code(name), why) for name, why in rows])


def limits() -> str:
    """The limits of a worker, with their defaults and the options that change them."""
    defaults = {
        option.opts[-1]: option.default for option in run_command.params if isinstance(option, click.Option)
    }
    made = WorkerLimits(float(str(defaults["--timeout"])))
    rows = []
    for name in (field.name for field in dataclasses.fields(WorkerLimits)):
        what, unit, option = _LIMITS[name]
        rows.append((what, f"{getattr(made, name):g} {unit}", code(option)))
    rows.append(("the start of a worker, until its tool is loaded", f"{START_SECONDS:g} s", ""))
    rows.append(("processes of a worker at a time", f"{PROCESSES:,}", ""))
    rows.append(
        ("home and temporary files of a worker, and shared memory as much again", f"{SCRATCH_MB} MB", "")
    )
    return table(("limit on", "default", "option"), rows)
