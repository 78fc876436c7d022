"""``boilerbench gold``: begin, label, build, check, count and import documents."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import click

from boilerbench.cli import options
from boilerbench.cli.gold_folder import document_folder, gold_folder, root_of, where
from boilerbench.cli.gold_labelling import label, settle
from boilerbench.cli.hints import finding_line
from boilerbench.cli.next_command import command_line, next_line
from boilerbench.cli.output import json_text, live_progress, say, stdout
from boilerbench.corpora import open_corpus
from boilerbench.corpora.base import Finding
from boilerbench.corpora.gold import GoldCorpus
from boilerbench.corpora.snapshot import sound_snapshot
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.labelling.agreement import agreement as agree
from boilerbench.labelling.capture import capture
from boilerbench.labelling.consistency import inconsistencies
from boilerbench.labelling.duplicates import near_duplicates
from boilerbench.labelling.gold_folder import (
    begin_document,
    build_body,
    read_page,
    read_rows,
    suggested_id,
)
from boilerbench.labelling.gold_stats import gold_statistics
from boilerbench.labelling.importing import import_document, import_folders
from boilerbench.labelling.labelled_pages import labelled_pages
from boilerbench.labelling.page_remarks import page_remarks
from boilerbench.nearest import hint
from boilerbench.policy import default_policy
from boilerbench.selection import Selection, select


@click.group()
def gold() -> None:
    """Add gold documents, label them, and check them.

    \b
    boilerbench gold new page.html --id harbour-news
    boilerbench gold label harbour-news
    boilerbench gold build harbour-news
    boilerbench gold check harbour-news
    """


@gold.command()
@click.argument("source", metavar="FILE|URL|WARC[@ADDRESS]")
@click.option("--id", "name", metavar="ID", help="Default: made from the title or file name.")
@gold_folder
@click.option("--any-status", is_flag=True, help="Take the page of an error, as of a 404, too.")
def new(source: str, name: str | None, root: Path | None, any_status: bool) -> None:
    """Capture a page as it is served, cut it into blocks, and begin its folder.

    A file that ends in .txt is plain text, whose lines are its blocks. Of a WARC file it is the page at the
    address or offset that is named, or the only one. What speaks against labelling the page
    as it is, such as text that only scripts show, is said at once.
    """
    from boilerbench.reports.formatting import counted

    page = capture(source, any_status=any_status)
    name = name or suggested_id(source, page)
    text = "://" not in source and source.lower().endswith(".txt")
    folder = begin_document(root_of(root, writing=True), name, page, text=text)
    texts = [row_text for _, row_text in read_rows(folder)]
    click.echo(f"{folder}: {len(page.content):,} bytes, {counted(len(texts), 'block')}")
    for remark in page_remarks(page_text(read_page(folder)), texts):
        say(f"{folder.name}: {remark}")
    command = f"{command_line('gold label', name)}{where(root)}"
    click.echo(f"Fill in {folder / 'document.toml'}, then:  {command}")


@gold.command()
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@gold_folder
def build(names: tuple[str, ...], root: Path | None) -> None:
    """Write body.txt from the labels."""
    from boilerbench.reports.formatting import counted

    for name in names:
        folder = document_folder(root, name)
        try:
            blocks = build_body(folder)
        except InputError as error:
            facts = {**error.facts, **({"gold": str(root)} if root else {})}
            raise InputError(str(error), remedy=error.remedy, **facts) from None
        click.echo(f"{folder / 'body.txt'}: {counted(blocks, 'block')}")
    click.echo(f"{next_line('gold check', *names)}{where(root)}")


@gold.command()
@click.argument("names", nargs=-1, metavar="[ID...]")
@gold_folder
@click.option("--consistency", is_flag=True, help="List equal things with different labels as well.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def check(names: tuple[str, ...], root: Path | None, consistency: bool, as_json: bool) -> int:
    """Hold documents against their pages and against one another; exit code 1 where something is wrong."""
    from boilerbench.reports.formatting import counted

    corpus = GoldCorpus.open(str(root_of(root)))
    for name in names:
        if name not in corpus.ids():
            raise InputError(f"no document {name!r} in {root_of(root)}; {hint(name, corpus.ids())}")
    findings = _findings(corpus, names)
    if consistency:
        of_all = inconsistencies(labelled_pages(corpus))
        findings += [finding for finding in of_all if not names or finding.document in names]
    if as_json:
        rows = [
            {
                "document": finding.document,
                "file": finding.file,
                "row": finding.row,
                "message": finding.message,
            }
            for finding in findings
        ]
        click.echo(json_text(rows))
    else:
        for finding in findings:
            click.echo(finding_line(finding, root))
        click.echo(
            f"{counted(len(names or corpus.ids()), 'document')} checked, {counted(len(findings), 'finding')}"
        )
    return 1 if findings else 0


def _findings(corpus: GoldCorpus, names: Sequence[str]) -> list[Finding]:
    """List the findings about the named documents, or about all; every document may be a near-duplicate."""
    findings: list[Finding] = []
    sound = []
    with live_progress() as progress:
        progress.begin("checking", len(corpus.ids()))
        for name in corpus.ids():
            of_document = corpus.findings(name)
            if not of_document:
                sound.append(name)
            findings += of_document
            progress.advance(failed=bool(of_document))
    findings += near_duplicates(corpus.document(name) for name in sound)
    return [finding for finding in findings if not names or finding.document in names]


@gold.command()
@gold_folder
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def stats(root: Path | None, as_json: bool) -> int:
    """Count documents, words, and blocks by label; languages, page types, traps.

    The exit code is 1 where a document is left out, since it cannot be read.
    """
    from boilerbench.reports.formatting import counted as number_of
    from boilerbench.reports.terminal import figures_table

    left_out = _Remarks()
    counted = gold_statistics(GoldCorpus.open(str(root_of(root))), left_out)
    if as_json:
        record = {**vars(counted), "boilerplate_share": counted.boilerplate_share}
        click.echo(json_text(record))
        return int(left_out.any)
    console = stdout()
    console.print(
        f"{number_of(counted.documents, 'document')} ({counted.labelled} labelled), "
        f"{counted.body_words:,} words of body; "
        f"boilerplate is {100 * counted.boilerplate_share:.0f} % of the words of labelled pages.\n"
    )
    if counted.unfinished:
        console.print(
            f"Unfinished and not counted: {number_of(counted.unfinished, 'document')}, with "
            f"{counted.unlabelled_blocks:,} of {number_of(counted.unfinished_blocks, 'block')} unlabelled.\n"
        )
    rows = [
        [name, str(role), f"{counted.blocks_by_label[name]:,}", f"{counted.words_by_label[name]:,}"]
        for name, role in default_policy().roles.items()
        if counted.blocks_by_label[name]
    ]
    if rows:
        console.print(figures_table("Labels", ("Label", "Counts as", "Blocks", "Words"), rows, left=2))
    for title, counter in (
        ("Languages", counted.languages),
        ("Page types", counted.page_types),
        ("Traps", counted.traps),
    ):
        largest_first = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
        line = ", ".join(f"{name} {number}" for name, number in largest_first)
        console.print(f"{title}: {len(counter)}", style="bold")
        console.print(line + "\n", markup=False)
    return int(left_out.any)


@gold.command()
@gold_folder
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def agreement(root: Path | None, as_json: bool) -> int:
    """Say how far two annotators agreed before their labels were settled.

    The exit code is 1 where a document is left out, since it cannot be read.
    """
    from boilerbench.reports.formatting import counted
    from boilerbench.reports.terminal import figures_table

    left_out = _Remarks()
    measured = agree(GoldCorpus.open(str(root_of(root))), left_out)
    if measured is None:
        raise InputError(f"{root_of(root)}: no document has annotator-1.txt and annotator-2.txt")
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(measured), indent=2))
        return int(left_out.any)
    rows = [[name, f"{number:,}", f"{kappa:.3f}"] for name, (number, kappa) in measured.by_label.items()]
    roles = [[name, f"{number:,}", f"{kappa:.3f}"] for name, (number, kappa) in measured.by_role.items()]
    pairs = [
        [names, f"{number:,}", f"{equal:,}", f"{kappa:.3f}"]
        for names, (number, equal, kappa) in measured.by_annotators.items()
    ]
    console = stdout()
    console.print(figures_table("Agreement by label", ("Label", "Blocks", "Cohen's κ"), rows, left=1))
    console.print(figures_table("Agreement by role", ("Role", "Blocks", "Cohen's κ"), roles, left=1))
    columns = ("Annotators", "Blocks", "Alike", "Cohen's κ")
    console.print(figures_table("Agreement by annotators", columns, pairs, left=1))
    console.print(
        f"{measured.equal:,} of {measured.blocks:,} blocks in {counted(measured.documents, 'document')} "
        "have the same label: "
        f"κ {measured.kappa:.3f}; over body, optional and boilerplate κ {measured.kappa_of_roles:.3f}.\n"
        f"F1 between the bodies of the two passes, by the same kind of reader: {100 * measured.f1:.1f}."
    )
    return int(left_out.any)


@gold.command("import")
@click.argument("spec", metavar="CORPUS")
@click.option("--ids", metavar="ID,…", help="Only these documents.")
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="Draw N documents, of each page type and language its share.",
)
@options.seed()
@click.option(
    "--into", "root", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR"
)
def import_(spec: str, ids: str | None, sample: int | None, seed: int, root: Path) -> int:
    """Copy documents of any corpus into the gold format, to label them.

    Blocks that stand in the body of the corpus get the label that their element suggests, others none yet.
    The exit code is 1 where a document is left out, since it has a fault.
    """
    from boilerbench.reports.formatting import counted

    corpus = open_corpus(spec)
    asked = ids.split(",") if ids else list(corpus.ids())
    known = set(corpus.ids())
    for document in asked:
        if document not in known:
            raise InputError(f"no document {document!r} in {spec}; {hint(document, corpus.ids())}")
    if sample is not None:
        asked = select(corpus, Selection(asked, sample=sample), seed=seed, remark=say)
    with live_progress() as progress:
        snapshot, left_out = sound_snapshot(corpus, asked, say, progress)
    folders = import_folders(root, list(snapshot.pages))
    for document, folder in folders.items():
        left = import_document(folder, corpus, document)
        click.echo(f"{folder}: {counted(left, 'block')} without a label")
    first = next(iter(folders.values())).name
    click.echo(f"{counted(len(folders), 'document')}. {next_line('gold label', first)}{where(root)}")
    return int(bool(left_out))


class _Remarks:
    """Remarks on documents that are left out, said as they come."""

    any = False

    def __call__(self, line: str) -> None:
        self.any = True
        say(line)


gold.add_command(label)
gold.add_command(settle)
