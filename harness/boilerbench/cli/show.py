"""``boilerbench show``."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boilerbench.cli import options
from boilerbench.cli.next_command import next_line
from boilerbench.cli.output import stdout
from boilerbench.errors import InputError
from boilerbench.nearest import named
from boilerbench.policy import parse_policy
from boilerbench.results import Run, load_run
from boilerbench.results.failures import read_failures
from boilerbench.results.files import RUN_FILE
from boilerbench.run_corpus import check_documents, open_run_corpus

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from boilerbench.corpora import Corpus
    from boilerbench.reports.diff.document import DocumentMarker

_WIDE = 120
"""Columns from which two texts fit side by side."""


@dataclass(frozen=True, slots=True)
class _Output:
    """The output of an extractor of a run for the document."""

    run: Run
    extractor: str
    document: str
    version: str
    failure: str
    """Status and message, empty where all is well."""
    text: str
    traceback: str
    """The whole one, where it failed and the run keeps that."""
    markup: str
    """Empty where the extractor returned text."""

    @property
    def label(self) -> str:
        """Spec and version."""
        return f"{self.extractor} {self.version}".rstrip()


@click.command()
@click.argument("run", type=options.RUN)
@click.argument("names", nargs=-1, required=True, metavar="[OTHER_RUN] DOCUMENT [EXTRACTOR [OTHER]]")
@click.option(
    "--side-by-side/--inline",
    "beside",
    default=None,
    help="Two texts in two columns, or one after the other.  [default: by the width of the terminal]",
)
@options.measure("Default: the first of the run that offers spans.")
@click.option("--markup", is_flag=True, help="The markup that the extractors returned, without marks.")
@options.corpus()
def show(
    run: Path,
    names: tuple[str, ...],
    beside: bool | None,
    measure: str | None,
    markup: bool,
    corpus: str | None,
) -> None:
    """Show an output beside its gold, or beside another output.

    \b
    boilerbench show RUN DOCUMENT EXTRACTOR
    boilerbench show RUN DOCUMENT EXTRACTOR OTHER
    boilerbench show RUN OTHER_RUN DOCUMENT [EXTRACTOR [OTHER]]

    Lost words stand in the gold as [-lost-], leaked words in the output as {+leaked+}, with the label of the
    block they came from where gold is labelled, optional ones as {~optional~}. Between two outputs the words
    of one alone are marked: [-…-] and [+…+] where gold wants them, {-…-} and {+…+} where it does not. The
    beginning of an id is enough if no other begins so.
    """
    runs = [load_run(run)]
    rest = list(names)
    if _is_run(rest[0]):
        runs.append(load_run(rest.pop(0)))
    if not rest:
        raise InputError("show: no document is named after the runs")
    document, *extractors = rest
    opened = open_run_corpus(runs[0], corpus)
    document = _document(runs, document)
    check_documents(runs[0], opened, [document])
    chosen = _extractors(runs, document, extractors)
    outputs = [_output(one, document, extractor) for one, extractor in chosen]
    # All files of the runs are read before anything is printed.
    scores = [_scores(output) for output in outputs]
    console = stdout()
    if markup:
        _print_markup(console, outputs)
        return
    marker = _marker(runs[0], opened, document, measure)
    following = _next_commands(outputs, marker.measure)
    _print_facts(console, opened, document, outputs)
    wide = console.width >= _WIDE if beside is None else beside
    if len(outputs) == 1:
        _print_against_gold(console, marker, outputs[0], wide)
    else:
        _print_against_each_other(console, marker, outputs, wide)
    _print_scores(console, outputs, scores)
    for line in following:
        console.print(line, soft_wrap=True, markup=False)


def _is_run(name: str) -> bool:
    """Tell whether a name is that of a run's folder; one that no folder can have is not."""
    try:
        return (Path(name) / RUN_FILE).is_file()
    except (OSError, ValueError):
        return False


def _document(runs: Sequence[Run], asked: str) -> str:
    """The id of the document, which all runs have with the same page and gold."""
    tables = [dict(zip(run.documents["document"], run.documents["content"], strict=True)) for run in runs]
    document = one_of("document", asked, list(tables[0]))
    for run, table in zip(runs[1:], tables[1:], strict=True):
        if document not in table:
            raise InputError(f"run {run.folder}: no document {document}")
        if table[document] != tables[0][document]:
            raise InputError(f"{document}: page or gold differ between {runs[0].folder} and {run.folder}")
    return document


def _extractors(runs: Sequence[Run], document: str, asked: Sequence[str]) -> list[tuple[Run, str]]:
    """The outputs to show, as runs with extractors: one of one run, two of one run, or one of each."""
    known = [list(run.extractions["extractor"].unique()) for run in runs]
    if len(asked) > 2:
        raise InputError(f"show: {' '.join(asked)}: two extractors at most can be compared")
    if len(runs) == 1:
        if not asked:
            raise InputError(f"show: name an extractor of {runs[0].folder}; there are {', '.join(known[0])}")
        return [(runs[0], one_of("extractor", name, known[0])) for name in asked]
    if not asked:
        common = [name for name in known[0] if name in known[1]]
        if len(common) != 1:
            raise InputError(
                f"show: name an extractor; {runs[0].folder} has {', '.join(known[0])}, "
                f"{runs[1].folder} has {', '.join(known[1])}"
            )
        asked = common
    return [
        (run, one_of("extractor", name, names))
        for run, name, names in zip(runs, (asked[0], asked[-1]), known, strict=True)
    ]


def _output(run: Run, document: str, extractor: str) -> _Output:
    table = run.extractions
    row = table[(table["document"] == document) & (table["extractor"] == extractor)].iloc[0]
    stored = next(
        stored for stored in run.texts() if stored.document == document and stored.extractor == extractor
    )
    failure = f"{row['status']}: {row['error']}" if row["error"] else ""
    traceback = _traceback(run, document, extractor) if failure else ""
    version = str(row["version"])
    return _Output(run, extractor, document, version, failure, stored.text, traceback, stored.markup)


def _traceback(run: Run, document: str, extractor: str) -> str:
    """Return the whole traceback of a failure; empty where the run does not keep it."""
    key = (document, extractor)
    failures = read_failures(run.folder)
    return next((each.traceback for each in failures if (each.document, each.extractor) == key), "")


def _marker(run: Run, corpus: Corpus, document: str, measure: str | None) -> DocumentMarker:
    """Return the marker of the first of the run's measures that has one, or of the one asked for."""
    from boilerbench.reports.diff.document import MarkingMeasures

    names = [measure] if measure else run.info.measure_names
    policy = parse_policy(run.info.policy or "default")
    markers = MarkingMeasures(names, corpus.tokenizer, policy).markers(corpus.gold(document))
    if measure and measure not in markers:
        raise InputError(f"measure {measure} offers no spans to mark {document} by")
    return next(iter(markers.values()))


def _print_facts(console: Console, corpus: Corpus, document: str, outputs: Sequence[_Output]) -> None:
    from boilerbench.reports.diff_text import printable

    facts = corpus.metadata(document)
    console.print(printable(document), style="bold", markup=False, soft_wrap=True)
    for line in (facts.title, corpus.page(document).url, facts.page_type):
        if line:
            console.print(printable(line), markup=False)
    for output in outputs:
        named = f"{output.label}: " if len(outputs) > 1 else ""
        if output.failure:
            console.print(printable(f"{named}{output.failure}"), style="bold red", markup=False)
        if output.traceback:
            console.print(printable(output.traceback.rstrip()), style="red", markup=False, soft_wrap=True)


def _print_against_gold(console: Console, marker: DocumentMarker, output: _Output, wide: bool) -> None:
    from boilerbench.measures.marks import Mark
    from boilerbench.reports.diff_text import leaked_by_label, leaked_line, lost_line, marked_text

    diff = marker.diff(output.text)
    moved, unit = Mark.MOVED in marker.marker.counted, marker.marker.unit
    if marker.measure:
        console.print(f"marked as counted by {marker.measure}", style="dim", markup=False)
    titles = (
        f"gold: {lost_line(diff.in_gold, unit, moved=moved)}",
        f"{output.label}: {leaked_line(diff.in_output, unit, moved=moved)}",
    )
    texts = (marked_text(diff.in_gold, moved=moved), marked_text(diff.in_output, moved=moved))
    _print_texts(console, titles, texts, wide)
    if labels := leaked_by_label(diff.in_output):
        console.print(f"leaked: {labels}", markup=False)


def _print_against_each_other(
    console: Console, marker: DocumentMarker, outputs: Sequence[_Output], wide: bool
) -> None:
    from boilerbench.reports.diff.outputs import diff_outputs
    from boilerbench.reports.diff_text import compared_lines, compared_text

    first, second = outputs
    diff = diff_outputs(marker, first.text, second.text)
    names = [output.label for output in outputs]
    if names[0] == names[1]:
        names = [f"{output.label} in {output.run.folder}" for output in outputs]
    _print_texts(console, names, (compared_text(diff.in_first), compared_text(diff.in_second)), wide)
    for line in compared_lines(diff, names[0], names[1]):
        console.print(line, markup=False)


def _print_markup(console: Console, outputs: Sequence[_Output]) -> None:
    from rich.rule import Rule
    from rich.text import Text

    from boilerbench.reports.diff_text import printable

    for output in outputs:
        if not output.markup:
            raise InputError(f"{output.label} returned no markup for {output.document}")
        console.print(Rule(Text(output.label), align="left"))
        console.print(printable(output.markup), markup=False, highlight=False, soft_wrap=True)


def _print_texts(console: Console, titles: Sequence[str], texts: Sequence[Text], wide: bool) -> None:
    from rich.rule import Rule
    from rich.text import Text

    from boilerbench.reports.diff_text import two_columns

    shown = [text or Text("(empty)") for text in texts]
    if wide:
        console.print(Rule(style="dim"))
        console.print(two_columns(Text(titles[0], style="bold"), Text(titles[1], style="bold")))
        console.print(two_columns(shown[0], shown[1]))
    else:
        for title, text in zip(titles, shown, strict=True):
            console.print(Rule(Text(title), align="left"))
            console.print(text)
    console.print(Rule("scores, in points", align="left"))


def _scores(output: _Output) -> list[dict[Hashable, Any]]:
    """Return the scores of an output, a row per measure."""
    scores = output.run.scores
    mine = scores[(scores["document"] == output.document) & (scores["extractor"] == output.extractor)]
    return mine.to_dict("records")


def _print_scores(
    console: Console, outputs: Sequence[_Output], scores: Sequence[Sequence[Mapping[Hashable, Any]]]
) -> None:
    from boilerbench.reports.formatting import points

    for output, rows in zip(outputs, scores, strict=True):
        unscorable = output.run.unscorable
        if len(outputs) > 1:
            console.print(output.label, style="bold", markup=False)
        for row in rows:
            figures = (f"{title} {points(row[name]):>5}" for title, name in _FIGURES)
            console.print(f"{row['measure']:<14} {'  '.join(figures)}", markup=False)
        here = (unscorable["document"] == output.document) & (unscorable["extractor"] == output.extractor)
        for row in unscorable[here].to_dict("records"):
            line = f"{row['measure']}: unscorable, scored as empty: {row['reason']}"
            console.print(line, style="red", markup=False)


_FIGURES = (("precision", "precision"), ("recall", "recall"), ("F1", "f1"))


def _next_commands(outputs: Sequence[_Output], measure: str) -> list[str]:
    """Commands worth a look, with real ids: the output that differs most, the extractor's worst document."""
    output = outputs[0]
    scores = output.run.scores
    name = measure if measure in output.run.info.measure_names else output.run.info.measure_names[0]
    scores = scores[scores["measure"] == name]
    words: list[tuple[str, ...]] = []
    if len(outputs) == 1:
        here = scores[scores["document"] == output.document].set_index("extractor")["f1"]
        others = here.drop(output.extractor, errors="ignore").drop(
            [*output.run.info.references], errors="ignore"
        )
        if output.extractor in here.index and len(others):
            other = (others - here[output.extractor]).abs().idxmax()
            words.append((output.document, output.extractor, str(other)))
    worse = scores[(scores["extractor"] == output.extractor) & (scores["document"] != output.document)]
    if len(worse):
        worst = worse.sort_values(["f1", "document"]).iloc[0]["document"]
        words.append((str(worst), *(each.extractor for each in outputs)))
    folders = [str(folder) for folder in dict.fromkeys(each.run.folder for each in outputs)]
    return [next_line("show", *folders, *rest) for rest in words]


def one_of(what: str, asked: str, names: Sequence[str]) -> str:
    """The name that was asked for, whole or by its beginning.

    Raises:
        InputError: no name begins so, or several do.
    """
    from boilerbench.reports.ids import CUT

    try:
        return named(what, asked if asked in names else asked.removesuffix(CUT), names, " in this run")
    except LookupError as error:
        raise InputError(f"{error}") from None
