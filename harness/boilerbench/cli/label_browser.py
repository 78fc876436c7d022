"""Labelling in the browser: the server, its link, and what is left in the end."""

from __future__ import annotations

import contextlib
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import click

from boilerbench.corpora import open_corpus
from boilerbench.errors import InputError
from boilerbench.labelling.app.learning import Learning
from boilerbench.labelling.app.server import serve
from boilerbench.labelling.app.workspace import GoldWorkspace, OverlayWorkspace, Workspace


def label_in_browser(workspace: Workspace, learning: Learning | None, *, port: int, opening: bool) -> None:
    """Serve the app until Ctrl-C; print a link, and a new one whenever one has been used.

    Args:
        workspace: what is labelled.
        learning: what suggests labels; None where nothing does.
        port: the port on 127.0.0.1; a free one where it is 0.
        opening: whether the browser is opened.

    Raises:
        InputError: a document is not there, the port is taken, or what serves is not installed.
    """
    from boilerbench.reports.formatting import counted

    # What cannot be opened is said before there is a browser to say it in.
    for document in workspace.documents()[:1]:
        workspace.page(document)
    announced = 0

    def announce(link: str) -> None:
        nonlocal announced
        announced += 1
        if announced == 1:
            click.echo(f"Open {link}\nCtrl-C ends; every step is saved when it is made.")
            if opening:
                webbrowser.open(link)
        else:
            click.echo(f"For another window: {link}")

    with contextlib.suppress(KeyboardInterrupt):
        serve(workspace, announce, learning, port=port)
    queue = workspace.queue()
    left = sum(entry.left for entry in queue)
    pages = counted(sum(entry.left > 0 for entry in queue), "page")
    click.echo(f"{counted(left, 'block')} of {pages} left without a label")


def gold_workspace(root: Path, documents: Sequence[str], annotator: str | None) -> GoldWorkspace:
    """Return the documents of a gold folder, or some of them.

    Raises:
        InputError: one of them is not there.
    """
    for document in documents:
        if not (root / document).is_dir():
            raise InputError(
                f"{root / document}: no such document", remedy="new", document=document, gold=str(root)
            )
    return GoldWorkspace(root, documents, annotator)


def overlay_workspace(
    spec: str, root: Path, documents: Sequence[str], annotator: str | None
) -> OverlayWorkspace:
    """Return pages of a published corpus.

    Raises:
        InputError: there is no such corpus or page, or the annotator is neither 1 nor 2.
    """
    if annotator not in (None, "1", "2"):
        raise InputError(f"annotator {annotator!r}: those of a published page are 1 and 2")
    corpus = open_corpus(spec)
    known = set(corpus.ids())
    for document in documents:
        if document not in known:
            raise InputError(f"no document {document!r} in {spec}")
    return OverlayWorkspace(corpus, root, documents, int(annotator) if annotator else None)
