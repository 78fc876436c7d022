"""Reports made for a test, and how they are looked at: whatever goes wrong in the browser fails the test."""

from __future__ import annotations

import csv
import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from html_text import extract_text
from playwright.sync_api import Browser, Page, ViewportSize
from resiliparse.extract.html2text import extract_plain_text

import boilerbench
from boilerbench.corpora import open_corpus
from boilerbench.corpora.gold_files import own_gold
from boilerbench.decoding import decode


class Reported(NamedTuple):
    """A run and its report."""

    run: Path
    report: Path

    def scores(self, measure: str) -> dict[tuple[str, str], dict[str, str]]:
        """The rows of scores.csv of a measure, by document and extractor."""
        with (self.run / "scores.csv").open(encoding="utf-8", newline="") as table:
            rows = [row for row in csv.DictReader(table) if row["measure"] == measure]
        return {(row["document"], row["extractor"]): row for row in rows}


Look = Callable[..., Page]

DOCUMENTS = sorted(
    {
        *open_corpus("gold").ids()[::4],
        "forum-greenhouse-heating",
        "news-ar-infinite-scroll",
        "news-uk-consent-wall",
        "news-ja-harbour-library",
        "story-ja-ruby-lamp-keeper",
    }
)
"""Some of our own gold; all of it would only take longer."""


class Looked(NamedTuple):
    """A page that stays open, since a browser takes seconds to read Plotly, and what went wrong on it."""

    page: Page
    wrong: list[str]


@pytest.fixture(scope="session")
def opened(chromium: Browser) -> Iterator[dict[tuple[str, int, bool], Looked]]:
    """The pages that are open, by address, width and darkness."""
    pages: dict[tuple[str, int, bool], Looked] = {}
    yield pages
    for each in pages.values():
        each.page.context.close()


@pytest.fixture
def look(chromium: Browser, opened: dict[tuple[str, int, bool], Looked]) -> Iterator[Look]:
    """Open a view of a report from disk, in a browser that may not load anything else or say an error."""
    used: list[Looked] = []

    def open_view(
        report: Path, view: str = "documents", *, width: int = 1280, dark: bool = False, base: str = ""
    ) -> Page:
        base = base or report.as_uri()
        key = (base, width, dark)
        if key not in opened:
            opened[key] = _watched(chromium, base, width, dark)
        page = opened[key].page
        used.append(opened[key])
        page.goto(f"{base}/index.html#/{view}")
        settled(page)
        if "measure=" not in view:
            page.evaluate("chooseMeasure(boilerbench.data.measures[0].name); route()")
            settled(page)
        return page

    yield open_view
    assert [line for each in used for line in each.wrong] == []


def _watched(chromium: Browser, base: str, width: int, dark: bool) -> Looked:
    viewport = ViewportSize(width=width, height=900)
    page = chromium.new_context(viewport=viewport, color_scheme="dark" if dark else "light").new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(f"dialog {dialog.message}"))
    page.on("popup", lambda popup: wrong.append(f"popup {popup.url}"))
    inside = (base, "blob:", "data:")
    page.on(
        "request",
        lambda request: None if request.url.startswith(inside) else wrong.append(f"request {request.url}"),
    )
    return Looked(page, wrong)


def settled(page: Page) -> None:
    """Wait until the view that the address names is shown."""
    deadline = time.monotonic() + 20
    # Not wait_for_function, which needs eval and so a weaker policy than the report's.
    while not page.evaluate("document.body?.dataset.shown === location.hash"):
        assert time.monotonic() < deadline, f"{page.url} is not shown"
        time.sleep(0.02)


def go(page: Page, view: str) -> None:
    """Show another view."""
    page.evaluate("view => { location.hash = `#/${view}` }", view)
    settled(page)


@pytest.fixture(scope="session")
def gold_report(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    """Some of our own gold, with two tools' outputs and a file that lacks some and has some empty."""
    root = tmp_path_factory.mktemp("reported")
    for name in DOCUMENTS:
        shutil.copytree(own_gold() / name, root / "own" / name)
    corpus = open_corpus(f"gold:{root / 'own'}")
    pages = {document: decode(corpus.page(document).content) for document in corpus.ids()}
    outputs = {
        "everything": {name: extract_text(html) for name, html in pages.items()},
        "main": {name: extract_plain_text(html, main_content=True) for name, html in pages.items()},
    }
    outputs["lacking"] = {
        name: "" if place % 7 == 0 else text
        for place, (name, text) in enumerate(outputs["main"].items())
        if place % 5
    }
    for name, texts in outputs.items():
        (root / f"{name}.json").write_text(json.dumps(texts), encoding="utf-8")
    specs = [f"file:{root / name}.json" for name in outputs]
    run = boilerbench.run(
        corpus, specs, ["words", "lcs", "blocks"], out=root / "results", cache=root / "cache"
    )
    return Reported(run.folder, boilerbench.report(run.folder))


@pytest.fixture(scope="session")
def aeb_report(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Reported:
    """article-extraction-benchmark with the outputs that its authors stored."""
    root = tmp_path_factory.mktemp("reported")
    specs = [f"file:{file}" for file in sorted((data / "aeb" / "output").glob("*.json"))]
    run = boilerbench.run(
        f"aeb:{data / 'aeb'}", specs, ["shingles", "words"], out=root / "results", cache=root / "cache"
    )
    return Reported(run.folder, boilerbench.report(run.folder))
