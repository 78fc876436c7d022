"""``boilerbench page``: the page of a document."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from boilerbench.cli.output import say
from boilerbench.cli.pages import document_of
from boilerbench.corpora import open_corpus
from boilerbench.errors import InputError


@click.command()
@click.argument("corpus")
@click.argument("document")
@click.option(
    *("-o", "--out"),
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to this file.  [default: standard output]",
)
@click.option("--open", "browser", is_flag=True, help="Open in the browser instead.")
def page(corpus: str, document: str, out: Path | None, browser: bool) -> None:
    """Write or open the page of a document.

    The page of DOCUMENT in CORPUS is written as it was served, byte for byte; the beginning of an id is
    enough if no other begins so. Its address goes to standard error.

    \b
    boilerbench page gold harbour-news > page.html
    boilerbench page aeb:../article-extraction-benchmark 0b2 --open
    """
    opened = open_corpus(corpus)
    served = opened.page(document_of(opened, document))
    if browser:
        folder = Path(tempfile.mkdtemp(prefix="boilerbench-page-"))
        out = folder / "page.html"
    if out is None:
        click.echo(served.content, nl=False)
    else:
        try:
            out.write_bytes(served.content)
        except OSError as error:
            raise InputError(f"{out}: {error.strerror}") from None
    if browser:
        click.launch(str(out))
        say(f"boilerbench: opened {out}")
    if served.url:
        say(served.url)
