"""``boilerbench show``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("document")
@click.argument("extractor")
@click.option("-c", "--corpus", metavar="CORPUS", help="Where the corpus lies now, if it has moved.")
def show(run: Path, document: str, extractor: str, corpus: str | None) -> None:
    """Show the gold of DOCUMENT and what EXTRACTOR made of its page, in RUN.

    Lost words stand in the gold as [-lost-], leaked words in the output as {+leaked+}. The beginning of an id
    is enough if no other begins so.
    """
    from rich.rule import Rule  # noqa: PLC0415

    from harness.benchmark import open_run_corpus  # noqa: PLC0415
    from harness.cli.output import stdout  # noqa: PLC0415
    from harness.corpora import open_corpus  # noqa: PLC0415
    from harness.errors import InputError  # noqa: PLC0415
    from harness.policy import parse_policy  # noqa: PLC0415
    from harness.reading import with_references  # noqa: PLC0415
    from harness.reports.marks import Mark, mark  # noqa: PLC0415
    from harness.reports.terminal import marked_text  # noqa: PLC0415
    from harness.results import load_run  # noqa: PLC0415

    loaded = load_run(run)
    table = loaded.extractions
    document = one_of("document", document, list(table["document"].unique()))
    extractor = one_of("extractor", extractor, list(table["extractor"].unique()))
    opened = open_corpus(corpus) if corpus else open_run_corpus(loaded)
    if document not in set(opened.ids()):
        raise InputError(f"{document} is not in {opened.spec} any more; run the benchmark again")
    row = table[(table["document"] == document) & (table["extractor"] == extractor)].iloc[0]
    policy = parse_policy(loaded.info["policy"] or "default")
    text = next(
        each["text"]
        for each in with_references(loaded.texts(), loaded.info["references"], opened, policy)
        if each["document"] == document and each["extractor"] == extractor
    )
    facts, page = opened.metadata(document), opened.page(document)
    scores = loaded.scores
    scores = scores[(scores["document"] == document) & (scores["extractor"] == extractor)]
    truth = policy.applied(opened.gold(document))
    gold, output = mark(truth.body, text, opened.segmentation, truth.optional)
    lost = sum(piece.words for piece in gold)
    leaked = sum(piece.words for piece in output if piece.mark == Mark.LEAKED)

    console = stdout()
    console.print(document, style="bold", soft_wrap=True)
    for line in (facts.title, page.url, facts.page_type):
        if line:
            console.print(line, markup=False)
    console.print(Rule(f"gold: {_words(lost)} lost [-…-]", align="left"), markup=False)
    console.print(marked_text(gold) if gold else "(empty)", soft_wrap=False)
    console.print(
        Rule(f"{extractor} {row['version']}".rstrip() + f": {_words(leaked)} leaked {{+…+}}", align="left")
    )
    if row["error"]:
        console.print(f"{row['status']}: {row['error']}", style="bold red", markup=False)
    console.print(marked_text(output) if output else "(empty)")
    console.print(Rule("scores", align="left"))
    for each in scores.to_dict("records"):
        figures = "  ".join(f"{name} {each[name]:.3f}" for name in ("precision", "recall", "f1"))
        console.print(f"{each['measure']:<10} {figures}")


def _words(number: int) -> str:
    return f"{number:,} word" + ("" if number == 1 else "s")


def one_of(what: str, asked: str, names: list[str]) -> str:
    """The name that was asked for, whole or by its beginning."""
    from harness.errors import InputError  # noqa: PLC0415

    if asked in names:
        return asked
    found = [name for name in names if name.startswith(asked)]
    if len(found) == 1:
        return found[0]
    some = ", ".join((found or names)[:8]) + (", …" if len(found or names) > 8 else "")
    if found:
        raise InputError(f"{what} {asked!r} may be any of {some}; give more of its name")
    raise InputError(f"no {what} {asked!r} in this run; there are {some}")
