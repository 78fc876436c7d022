"""The view of structure: each figure opens onto the pages behind it, whatever an extractor is called."""

from __future__ import annotations

import csv
import json
import math
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from html_text import extract_text
from playwright.sync_api import Locator, expect

import boilerbench
from boilerbench.corpora import open_corpus
from boilerbench.corpora.gold_files import own_gold
from boilerbench.decoding import decode
from boilerbench.measures.structure_aspects import ASPECTS
from boilerbench.reports.formatting import difference_interval, signed_points
from boilerbench.reports.html import structure
from boilerbench.stats.structure import by_aspect
from tests.reports.html.conftest import DOCUMENTS, Look, Reported, go, settled

ATTACK = "<img src=x onerror=hacked=1>"
Counts = tuple[int, int, int, int]


@pytest.fixture(scope="module")
def structured(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    """A part of our gold: a text, the page itself as markup, and its text in one paragraph."""
    root = tmp_path_factory.mktemp("structured")
    for name in open_corpus("gold").ids()[::9]:
        shutil.copytree(own_gold() / name, root / "own" / name)
    corpus = open_corpus(f"gold:{root / 'own'}")
    pages = {name: decode(corpus.page(name).content) for name in corpus.ids()}
    texts = {name: extract_text(html) for name, html in pages.items()}
    outputs: dict[str, dict[str, object]] = {
        "text": dict(texts),
        "page": {name: {"markup": html, "format": "html"} for name, html in pages.items()},
        ATTACK: {
            name: {"markup": " ".join(text.split()), "format": "markdown"} for name, text in texts.items()
        },
    }
    for name, found in outputs.items():
        (root / f"{name}.json").write_text(json.dumps(found), encoding="utf-8")
    specs = [f"file:{root / name}.json" for name in outputs]
    run = boilerbench.run(corpus, specs, ["words", "structure"], out=root / "out", cache=root / "cache")
    return Reported(run.folder, boilerbench.report(run.folder))


def counts(run: Path) -> dict[tuple[str, str], dict[str, Counts]]:
    """The numbers of structure.csv, by extractor and aspect, then by document."""
    found: dict[tuple[str, str], dict[str, Counts]] = defaultdict(dict)
    with (run / "structure.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            kept, lost, invented, unjudged = (
                int(row[name]) for name in ("kept", "lost", "invented", "unjudged")
            )
            found[row["extractor"], row["aspect"]][row["document"]] = (kept, lost, invented, unjudged)
    return found


def rows_of(table: Locator) -> list[list[str]]:
    rows: list[list[str]] = table.evaluate(
        "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => "
        "cell.querySelector('[data-text]')?.dataset.text ?? cell.textContent))"
    )
    return rows


def numbers(rows: list[list[str]]) -> dict[str, Counts]:
    return {name: (int(a), int(b), int(c), int(d)) for name, a, b, c, d in rows}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_the_view_opens(look: Look, structured: Reported, width: int, dark: bool) -> None:
    page = look(structured.report, "structure", width=width, dark=dark)
    assert page.locator("section.view:visible").count() == 1
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    expect(page.locator("nav a[aria-current]")).to_have_text("Structure")
    assert page.evaluate("window.hacked") is None


def test_a_figure_opens_onto_the_pages_behind_it(look: Look, structured: Reported) -> None:
    page = look(structured.report, "structure")
    known = counts(structured.run)
    first = page.locator("#structure figure.table").first
    names = [text.strip() for text in first.locator("thead th").all_text_contents()][1:]
    assert names == ["text", "page", ATTACK]
    for at, name in enumerate(names):
        row = first.locator("tbody tr").filter(has=page.locator("th", has_text="paragraph"))
        row.locator("td a").nth(at).click()
        settled(page)
        shown = rows_of(page.locator("#structure-pages"))
        assert numbers(shown) == known[name, "paragraph"]
        bad = [int(lost) + int(invented) for _, _, lost, invented, _ in shown]
        assert bad == sorted(bad, reverse=True)
        assert page.locator("#structure-extractor").input_value() == name
    page.locator("#structure-pages tbody a").first.click()
    settled(page)
    expect(page.locator("#document")).to_be_visible()
    expect(page.locator("[role=tab][aria-selected=true]")).to_contain_text(ATTACK)
    assert page.evaluate("window.hacked") is None


def test_figures_are_those_of_the_run(look: Look, structured: Reported) -> None:
    page = look(structured.report, "structure")
    figures = by_aspect(boilerbench.load_run(structured.run).structure, ASPECTS)
    f1 = figures.set_index(["aspect", "extractor"])["f1"].dropna()
    shown = {row[0]: row[1:] for row in rows_of(page.locator("#structure figure.table table").first)}
    for aspect, cells in shown.items():
        for name, cell in zip(("text", "page", ATTACK), cells, strict=True):
            expected = f1.get((aspect, name))
            assert cell == ("–" if expected is None else f"{100 * expected:.0f}"), (aspect, name)
    # The page itself keeps all; a text cannot say what a heading is.
    assert (shown["heading"][0], shown["heading"][1]) == ("–", "100")


def test_aspects_are_chosen_and_added_up(look: Look, structured: Reported) -> None:
    page = look(structured.report, "structure")
    known = counts(structured.run)
    page.locator("#structure-extractor").select_option("page")
    page.locator("#structure-aspect").select_option("white space")
    settled(page)
    assert page.url.endswith("#/structure/page/white%20space") or "white%20space?" in page.url
    assert numbers(rows_of(page.locator("#structure-pages"))) == known["page", "white space"]
    page.locator("#structure-aspect").select_option("")
    settled(page)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for (extractor, _), by_document in known.items():
        if extractor == "page":
            for document, each in by_document.items():
                sums[document] = [one + other for one, other in zip(sums[document], each, strict=True)]
    assert numbers(rows_of(page.locator("#structure-pages"))) == {
        document: tuple(total) for document, total in sums.items()
    }


def test_a_document_has_its_own_numbers(look: Look, structured: Reported) -> None:
    page = look(structured.report)
    for (extractor, _), by_document in counts(structured.run).items():
        document = next(iter(by_document))
        page.evaluate(
            "([document, extractor]) => { location.hash = address('document', [document, extractor]) }",
            [document, extractor],
        )
        settled(page)
        shown = numbers(rows_of(page.locator("#document-structure")))
        assert shown == {
            aspect: found[document]
            for (name, aspect), found in counts(structured.run).items()
            if name == extractor and document in found
        }


def test_two_stand_side_by_side(look: Look, structured: Reported) -> None:
    page = look(structured.report, "pair/text/page")
    figures = by_aspect(boilerbench.load_run(structured.run).structure, ASPECTS)
    f1 = figures.set_index(["aspect", "extractor"])["f1"].dropna()
    rows = {row[0]: row[1:] for row in rows_of(page.locator("#pair-structure"))}
    assert rows["heading"] == ["–", "100.0", "–", ""]
    first, second = (100 * f1["paragraph", name] for name in ("text", "page"))
    assert rows["paragraph"][:2] == [f"{first:.1f}", f"{second:.1f}"]
    assert rows["paragraph"][2] == f"−{second - first:.1f}"
    page.locator("#pair-structure tbody a").first.click()
    settled(page)
    expect(page.locator("#structure")).to_be_visible()


def test_differences_have_the_intervals_that_compare_gives(look: Look, structured: Reported) -> None:
    for pair in (("text", "page"), ("page", "text")):
        page = look(structured.report, f"pair/{'/'.join(pair)}")
        shown = {row[0]: row[3:] for row in rows_of(page.locator("#pair-structure")) if row[4]}
        compared = boilerbench.compare(structured.run, *pair, measure="structure").structure
        expected = {
            row.aspect: [
                signed_points(row.difference),
                "too few" if math.isnan(row.low) else difference_interval(row.low, row.high),
            ]
            for row in compared
            if not math.isnan(row.difference)
        }
        assert shown == expected
        assert {"too few"} < {interval for _, interval in shown.values()}


def test_of_very_many_pairs_there_are_no_intervals(
    look: Look, structured: Reported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(structure, "_MOST_PAIRS", 2)
    report = boilerbench.report(structured.run, out=tmp_path / "report")
    page = look(report, "pair/text/page")
    expect(page.locator("#pair-structure-remark")).to_be_visible()
    assert page.locator("#pair-structure thead th").all_inner_texts()[-1] == "Difference"


def test_a_run_without_structure_has_no_such_view(look: Look, gold_report: Reported) -> None:
    page = look(gold_report.report)
    assert "Structure" not in page.locator("header nav").inner_text()
    go(page, "structure/main/heading")
    expect(page.locator("#overview")).to_be_visible()
    go(page, "pair")
    expect(page.locator("#pair-structure")).to_be_hidden()
    go(page, f"document/{DOCUMENTS[0]}/main")
    expect(page.locator("#document-structure")).to_be_hidden()


@pytest.mark.slow
def test_two_runs_have_their_structure_together(structured: Reported, tmp_path: Path) -> None:
    report = boilerbench.report(structured.run, structured.run, out=tmp_path / "both")
    html = (report / "index.html").read_text(encoding="utf-8")
    assert 'id="structure"' in html
    assert "page (second)" in html
    assert "A text cannot say what most kinds of blocks are" in html
