"""``boilerbench gold``: documents begun, labelled, built, checked, counted, imported."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boilerbench.cli.hints import error_line, finding_line
from boilerbench.cli.output import live_progress, stdout
from boilerbench.corpora import open_corpus
from boilerbench.corpora.base import Finding
from boilerbench.corpora.gold import GoldCorpus
from boilerbench.corpora.gold_files import UNLABELLED, own_gold
from boilerbench.decoding import decode
from boilerbench.errors import InputError
from boilerbench.labelling.agreement import agreement as agree
from boilerbench.labelling.capture import capture
from boilerbench.labelling.duplicates import near_duplicates
from boilerbench.labelling.gold_folder import (
    begin_document,
    build_body,
    import_document,
    read_rows,
    suggested_id,
    write_rows,
)
from boilerbench.labelling.gold_stats import gold_statistics
from boilerbench.labelling.session import KEYS, Session, parse_range
from boilerbench.page_blocks import page_blocks
from boilerbench.policy import default_policy

if TYPE_CHECKING:
    from boilerbench.labelling.session import Session

_AHEAD = 6
"""How many blocks after the one that is asked for are shown, so that ranges can be seen."""

_gold_folder = click.option(
    "-g",
    "--gold",
    "root",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder of gold documents. Default: gold/ here, else the gold that comes with boilerbench.",
)


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
@click.argument("source", metavar="FILE|URL")
@click.option("--id", "name", metavar="ID", help="Default: made from the title or file name.")
@_gold_folder
def new(source: str, name: str | None, root: Path | None) -> None:
    """Capture a page as it is served, cut it into blocks, and begin its folder."""
    content, address = capture(source)
    name = name or suggested_id(source, content)
    folder = begin_document(_root(root, writing=True), name, content, address)
    blocks = len(read_rows(folder))
    click.echo(f"{folder}: {len(content):,} bytes, {blocks} blocks")
    click.echo(f"Fill in {folder / 'document.toml'}, then:  boilerbench gold label {name}{_where(root)}")


@gold.command()
@click.argument("name", metavar="ID")
@_gold_folder
def label(name: str, root: Path | None) -> None:
    """Give a label to each block that has none, one key each; go on where you stopped.

    A range at a time: type : and, for example, 12-20 related. u takes a step back, ? shows the keys, Q stops.
    """
    folder = _document(root, name)
    rows = read_rows(folder)
    session = Session([each for each, _ in rows])
    texts = [text for _, text in rows]
    try:
        _walk(session, texts, _paths(folder, texts))
    finally:
        write_rows(folder, zip(session.labels, texts, strict=True))
    if session.left:
        click.echo(f"{session.left} of {len(texts)} blocks left; the same command goes on from there")
    else:
        click.echo(
            f"All {len(texts)} blocks have a label. Next:  boilerbench gold build {name}{_where(root)}"
        )


@gold.command()
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@_gold_folder
def build(names: tuple[str, ...], root: Path | None) -> None:
    """Write body.txt from the labels."""
    for name in names:
        folder = _document(root, name)
        click.echo(f"{folder / 'body.txt'}: {build_body(folder)} blocks")
    click.echo(f"Next:  boilerbench gold check {' '.join(names)}{_where(root)}")


@gold.command()
@click.argument("names", nargs=-1, metavar="[ID...]")
@_gold_folder
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def check(names: tuple[str, ...], root: Path | None, as_json: bool) -> int:
    """Hold documents against their pages and against one another; exit code 1 where something is wrong."""
    corpus = GoldCorpus.open(str(_root(root)))
    for name in names:
        if name not in corpus.ids():
            raise InputError(f"no document {name!r} in {_root(root)}")
    findings: list[Finding] = []
    sound = []
    with live_progress() as progress:
        progress.begin("checking", len(corpus.ids()))
        for name in corpus.ids():
            found = corpus.findings(name)
            findings += found if not names or name in names else []
            sound += [] if found else [name]
            progress.advance(failed=bool(found))
    twins = near_duplicates(corpus.document(name) for name in sound)
    findings += [each for each in twins if not names or each.document in names]
    if as_json:
        rows = [
            {"document": each.document, "file": each.file, "row": each.row, "message": each.message}
            for each in findings
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for each in findings:
            click.echo(finding_line(each))
        number = len(names or corpus.ids())
        click.echo(f"{number} documents checked, {len(findings)} findings")
    return 1 if findings else 0


@gold.command()
@_gold_folder
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def stats(root: Path | None, as_json: bool) -> None:
    """Count documents, words, and blocks by label; languages, page types, traps."""
    from boilerbench.reports.terminal import figures_table

    found = gold_statistics(GoldCorpus.open(str(_root(root))))
    if as_json:
        record = {**vars(found), "boilerplate_share": found.boilerplate_share}
        click.echo(json.dumps(record, indent=2, ensure_ascii=False))
        return
    console = stdout()
    console.print(
        f"{found.documents} documents ({found.labelled} labelled), {found.body_words:,} words of body; "
        f"boilerplate is {100 * found.boilerplate_share:.0f} % of the words of labelled pages.\n"
    )
    rows = [
        [name, str(role), f"{found.blocks_by_label[name]:,}", f"{found.words_by_label[name]:,}"]
        for name, role in default_policy().roles.items()
        if found.blocks_by_label[name]
    ]
    if rows:
        console.print(figures_table("Labels", ("Label", "Counts as", "Blocks", "Words"), rows, left=2))
    for title, counter in (
        ("Languages", found.languages),
        ("Page types", found.page_types),
        ("Traps", found.traps),
    ):
        told = ", ".join(
            f"{name} {number}" for name, number in sorted(counter.items(), key=lambda e: (-e[1], e[0]))
        )
        console.print(f"[bold]{title}[/bold]: {len(counter)}")
        console.print(told + "\n", markup=False)


@gold.command()
@_gold_folder
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def agreement(root: Path | None, as_json: bool) -> None:
    """Say how far two annotators agreed before their labels were settled."""
    from boilerbench.reports.terminal import figures_table

    found = agree(GoldCorpus.open(str(_root(root))))
    if found is None:
        raise InputError(f"{_root(root)}: no document has annotator-1.txt and annotator-2.txt")
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), indent=2))
        return
    rows = [[name, f"{number:,}", f"{kappa:.3f}"] for name, (number, kappa) in found.by_label.items()]
    console = stdout()
    console.print(figures_table("Agreement by label", ("Label", "Blocks", "Cohen's κ"), rows, left=1))
    console.print(
        f"{found.equal:,} of {found.blocks:,} blocks in {found.documents} documents have the same label: "
        f"κ {found.kappa:.3f}; over body, optional and boilerplate κ {found.kappa_of_roles:.3f}.\n"
        f"F1 between the two bodies, the human ceiling: {100 * found.f1:.1f}."
    )


@gold.command("import")
@click.argument("spec", metavar="CORPUS")
@click.option("--ids", metavar="ID,…", help="Only these documents.")
@click.option(
    "--into", "root", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR"
)
def import_(spec: str, ids: str | None, root: Path) -> None:
    """Copy documents of any corpus into the gold format, to label them."""
    corpus = open_corpus(spec)
    wanted = ids.split(",") if ids else list(corpus.ids())
    there = set(corpus.ids())
    for document in wanted:
        if document not in there:
            raise InputError(f"no document {document!r} in {spec}")
    for document in wanted:
        click.echo(str(import_document(root, corpus, document)))
    click.echo(f"{len(wanted)} documents; titles, languages and page types may want filling in:")
    click.echo(f"boilerbench gold check -g {root}")


def _root(given: Path | None, *, writing: bool = False) -> Path:
    here = Path("gold")
    return given or (here if writing or here.is_dir() else own_gold())


def _where(given: Path | None) -> str:
    return f" -g {given}" if given else ""


def _document(given: Path | None, name: str) -> Path:
    folder = _root(given) / name
    if not folder.is_dir():
        raise InputError(f"{folder}: no such document; begin it with boilerbench gold new")
    return folder


def _paths(folder: Path, texts: Sequence[str]) -> list[str]:
    """Where on the page each block stands, as far as page and labels still fit."""
    page = folder / "page.html"
    blocks = page_blocks(decode(page.read_bytes())) if page.exists() else []
    return (
        [block.path for block in blocks]
        if [block.text for block in blocks] == list(texts)
        else [""] * len(texts)
    )


def _walk(session: Session, texts: Sequence[str], paths: Sequence[str]) -> None:
    """Ask for one label after the other."""
    keys = {**KEYS, ":": "range", "u": "undo", "?": "keys", "Q": "stop"}
    # A no-break space keeps a key and its meaning on one line.
    legend = click.wrap_text("  ".join(f"{key}\u00a0{name}" for key, name in keys.items()), 80)
    click.echo(legend)
    while (block := session.next_block) is not None:
        _show(block, session, texts, paths)
        key = click.getchar()
        if key in ("Q", "\x04"):
            return
        try:
            if key in KEYS:
                session.label(KEYS[key], block)
                click.echo(f"  {KEYS[key]}")
            elif key == ":":
                session.label(*parse_range(click.prompt("range and label")))
            elif key == "u":
                click.echo("  one step back" if session.undo() else "  nothing to take back")
            else:
                click.echo(legend)
        except InputError as error:
            click.echo(f"  {error_line(error)}")


def _show(block: int, session: Session, texts: Sequence[str], paths: Sequence[str]) -> None:
    click.echo()
    click.echo(click.style(f"{block}/{len(texts)}  {paths[block - 1]}"[:80], dim=True))
    click.echo(click.wrap_text(texts[block - 1], 80))
    for place in range(block, min(block + _AHEAD, len(texts))):
        mark = session.labels[place].replace(UNLABELLED, "")
        click.echo(click.style(f"{place + 1:>6}  {texts[place][:56]:<56}  {mark}".rstrip(), dim=True))
