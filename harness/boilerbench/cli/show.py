"""``boilerbench show``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from boilerbench.cli.output import stdout
from boilerbench.errors import InputError
from boilerbench.policy import parse_policy
from boilerbench.results import load_run
from boilerbench.run_corpus import open_run_corpus

if TYPE_CHECKING:
    from rich.console import Console

    from boilerbench.reports.diff.stretches import Diff

_WIDE = 120
"""Columns from which two texts fit side by side."""


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("document")
@click.argument("extractor")
@click.option(
    "--side-by-side/--inline",
    "beside",
    default=None,
    help="Gold and output in two columns, or one after the other.  [default: by the width of the terminal]",
)
@click.option("-c", "--corpus", metavar="CORPUS", help="Where the corpus lies now, if it has moved.")
def show(run: Path, document: str, extractor: str, beside: bool | None, corpus: str | None) -> None:
    """Show an output beside its gold, with lost and leaked words marked.

    Lost words stand in the gold as [-lost-], leaked words in the output as {+leaked+}, with the label of the
    block they came from where gold is labelled. The beginning of an id is enough if no other begins so.
    """
    from rich.rule import Rule

    from boilerbench.measures.marks import Mark
    from boilerbench.reports.diff.document import MarkingMeasures
    from boilerbench.reports.diff.stretches import units_marked
    from boilerbench.reports.terminal import leaked_by_label

    loaded = load_run(run)
    table = loaded.extractions
    document = one_of("document", document, list(table["document"].unique()))
    extractor = one_of("extractor", extractor, list(table["extractor"].unique()))
    opened = open_run_corpus(loaded, corpus)
    if document not in set(opened.ids()):
        raise InputError(f"{document} is not in {opened.spec} any more; run the benchmark again")
    row = table[(table["document"] == document) & (table["extractor"] == extractor)].iloc[0]
    policy = parse_policy(loaded.info.policy or "default")
    text = next(
        stored.text
        for stored in loaded.texts()
        if stored.document == document and stored.extractor == extractor
    )
    facts, page = opened.metadata(document), opened.page(document)
    scores = loaded.scores
    scores = scores[(scores["document"] == document) & (scores["extractor"] == extractor)]
    measures = MarkingMeasures(loaded.info.measure_names, opened.tokenizer, policy)
    marker = next(iter(measures.markers(opened.gold(document)).values()))
    marked = marker.diff(text)
    lost = units_marked(marked.in_gold, Mark.LOST)
    leaked = units_marked(marked.in_output, Mark.LEAKED)
    console = stdout()
    console.print(document, style="bold", soft_wrap=True)
    for line in (facts.title, page.url, facts.page_type):
        if line:
            console.print(line, markup=False)
    if row["error"]:
        console.print(f"{row['status']}: {row['error']}", style="bold red", markup=False)
    titles = (
        f"gold: {_words(lost)} lost [-…-]",
        f"{extractor} {row['version']}".rstrip() + f": {_words(leaked)} leaked {{+…+}}",
    )
    _print_texts(console, titles, marked, console.width >= _WIDE if beside is None else beside)
    console.print(Rule("scores", align="left"))
    if whence := leaked_by_label(marked.in_output):
        console.print(f"leaked: {whence}", markup=False)
    for each in scores.to_dict("records"):
        figures = "  ".join(f"{name} {each[name]:.3f}" for name in ("precision", "recall", "f1"))
        console.print(f"{each['measure']:<10} {figures}")


def _print_texts(console: Console, titles: tuple[str, str], marked: Diff, beside: bool) -> None:
    from rich.rule import Rule
    from rich.text import Text

    from boilerbench.reports.terminal import marked_text, two_columns

    texts = [marked_text(each) if each else Text("(empty)") for each in (marked.in_gold, marked.in_output)]
    if beside:
        console.print(Rule(style="dim"))
        console.print(two_columns(Text(titles[0], style="bold"), Text(titles[1], style="bold")))
        console.print(two_columns(texts[0], texts[1]))
        return
    for title, its in zip(titles, texts, strict=True):
        console.print(Rule(Text(title), align="left"))
        console.print(its)


def _words(number: int) -> str:
    return f"{number:,} word" + ("" if number == 1 else "s")


def one_of(what: str, asked: str, names: list[str]) -> str:
    """The name that was asked for, whole or by its beginning."""
    if asked in names:
        return asked
    found = [name for name in names if name.startswith(asked)]
    if len(found) == 1:
        return found[0]
    some = ", ".join((found or names)[:8]) + (", …" if len(found or names) > 8 else "")
    if found:
        raise InputError(f"{what} {asked!r} may be any of {some}; give more of its name")
    raise InputError(f"no {what} {asked!r} in this run; there are {some}")
