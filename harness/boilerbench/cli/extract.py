"""``boilerbench extract``: one extractor on one page."""

from __future__ import annotations

import sys
import unicodedata

import click

from boilerbench.cli import options
from boilerbench.cli.output import say
from boilerbench.cli.pages import named_page
from boilerbench.errors import InputError
from boilerbench.extraction import existing_files, private_files
from boilerbench.extractors import StoredOutputs, allow_network_to, open_extractor
from boilerbench.folders import user_cache_path
from boilerbench.records import Status
from boilerbench.runner import Unavailable, WorkerLimits, prepare
from boilerbench.runner.single import extract_page


@click.command()
@click.argument("spec")
@click.argument("page")
@click.option("--trace", is_flag=True, help="Print the traceback of a failure, too.")
@options.limits("the tool", scope="")
@options.allow_read()
@options.allow_network()
def extract(
    spec: str,
    page: str,
    trace: bool,
    timeout: float,
    memory: int,
    allow_read: tuple[str, ...],
    allow_network: tuple[str, ...],
) -> int:
    """Run one extractor on one page and print its text, or the markup that it returns.

    The extractor SPEC runs in its sandbox, as in a run; PAGE is a file, an address, or CORPUS:ID, as in
    gold:harbour-news. Nothing is taken from earlier runs and nothing is kept.

    \b
    boilerbench extract trafilatura page.html
    boilerbench extract trafilatura@./checkout gold:harbour-news --trace
    """
    document, content = named_page(page)
    (extractor,) = allow_network_to([open_extractor(spec)], allow_network)
    if isinstance(extractor, StoredOutputs):
        if document not in extractor.texts:
            raise InputError(f"{spec}: no output for {document}")
        markup, _ = extractor.markup.get(document, ("", None))
        _print(markup or extractor.texts[document])
        return 0
    environments = user_cache_path() / "environments"
    prepared = prepare(extractor, environments, private_files(), existing_files(allow_read))
    if isinstance(prepared, Unavailable):
        more = f" (more in {prepared.log})" if prepared.log else ""
        raise InputError(f"{prepared.name}: {prepared.reason}{more}")
    try:
        extraction = extract_page(prepared, content, document, WorkerLimits(timeout, memory))
    except InputError as error:
        if trace:
            for note in getattr(error, "__notes__", ()):
                say(visible(note))
        raise
    _print(extraction.markup or extraction.text)
    if trace and extraction.traceback:
        say(visible(extraction.traceback))
    if extraction.status not in (Status.OK, Status.EMPTY):
        say(f"boilerbench: {extraction.status}: {visible(extraction.error)}")
        return 1
    if extraction.status == Status.EMPTY:
        say("boilerbench: empty")
    return 0


def visible(text: str) -> str:
    """Return a text with marks in place of the characters that would control a terminal."""
    return "".join(
        f"\\x{ord(c):02x}" if unicodedata.category(c) == "Cc" and c not in "\n\t" else c for c in text
    )


def _print(text: str) -> None:
    """Print a text as it is where a program reads it, and harmless where a person does."""
    shown = visible(text) if sys.stdout.isatty() else text
    click.echo(shown.encode("utf-8", "replace"), nl=bool(shown) and not shown.endswith("\n"))
