"""A folder of pages to be labelled, the app's server in a process of its own, a browser that is let in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from boilerbench.labelling.gold_folder import begin_document
from boilerbench.records import Page as WebPage

HTML = """<!doctype html><html lang="en"><title>Library opens</title>
<style>nav{color:green}.gone{display:none}</style>
<nav><ul><li class="m">Home</li><li class="m">News</li><li class="m">Sport</li></ul></nav>
<h1>Library opens</h1>
<p>The harbour library opened its doors on Monday.</p><p>It has room for forty readers.</p>
<p class="gone">Please enter a valid address.</p>
<aside><h2>Related</h2><p>Ferry fares will not go up</p></aside><footer>Imprint</footer></html>"""
"""Blocks: three of a menu, headline, two paragraphs, a hidden one, two related ones, a footer."""


class Server:
    """``boilerbench gold label --browser`` in a process of its own."""

    def __init__(self, root: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "boilerbench", "gold", "label", *arguments, "-g", str(root)]
        self.process = subprocess.Popen(
            [*command, "--browser", "--no-open"], stdout=subprocess.PIPE, text=True, env=os.environ
        )
        self.link = self.next_link()
        self.origin = self.link.partition("/?")[0]

    def next_link(self) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if match := re.search(r"http\S+", line):
                return match[0]
        raise AssertionError("the server has ended")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


Serve = Callable[..., Server]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    begin_document(tmp_path / "gold", "library", WebPage(HTML.encode()))
    return tmp_path / "gold"


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[Server] = []

    def start(root: Path, *arguments: str) -> Server:
        servers.append(Server(root, *arguments))
        return servers[-1]

    yield start
    for server in servers:
        server.kill()


Enter = Callable[[Server], Page]


@pytest.fixture
def blocked() -> list[str]:
    """What was asked for elsewhere, and kept from loading by the Content-Security-Policy."""
    return []


@pytest.fixture
def enter(chromium: Browser, blocked: list[str]) -> Iterator[Enter]:
    """Open the app; any request to elsewhere, dialog, popup or error fails the test."""
    faults: list[str] = []
    contexts = []

    def open_app(server: Server) -> Page:
        context = chromium.new_context(viewport={"width": 1280, "height": 800})
        contexts.append(context)
        page = context.new_page()

        def asked(request: Request) -> None:
            if not request.url.startswith(server.origin):
                faults.append(request.url)

        def failed(request: Request) -> None:
            if request.failure == "csp":
                blocked.append(request.url)

        page.on("request", asked)
        page.on("requestfailed", failed)
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.on("popup", lambda popup: faults.append(popup.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(server.link)
        ready(page)
        return page

    yield open_app
    for context in contexts:
        context.close()
    assert sorted(faults) == sorted(blocked)


def ready(page: Page) -> None:
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector("#page[data-ready]")


def saved(page: Page) -> None:
    page.wait_for_selector("#saved[data-waiting='0']", state="attached")


def labels(root: Path, document: str = "library") -> list[str]:
    rows = (root / document / "labels.tsv").read_text(encoding="utf-8").splitlines()
    return [row.split("\t")[0] for row in rows]
