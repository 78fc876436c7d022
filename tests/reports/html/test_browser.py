"""The report as a reader has it: in headless Chromium, opened from disk."""

from __future__ import annotations

import csv
import functools
import http.server
import io
import math
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from boilerbench.corpora import open_corpus
from boilerbench.measures.marks import Mark
from boilerbench.policy import default_policy
from boilerbench.reports.diff.document import MarkingMeasures
from boilerbench.reports.diff.outputs import diff_outputs
from boilerbench.reports.diff.stretches import units_marked
from boilerbench.results import load_run
from tests.reports.html.conftest import DOCUMENTS, Look, Reported, go, settled

GOLD = open_corpus("gold")
VIEWS = ("overview", "kinds", "pair", "documents", "document/news-uk-consent-wall/main")
SOME = DOCUMENTS[::4]


def texts(rows: Locator) -> list[str]:
    return [text.strip() for text in rows.all_text_contents()]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_every_view_opens(look: Look, gold_report: Reported, width: int, dark: bool) -> None:
    """No error, no request outside (the fixture sees to that), and nothing wider than the window."""
    page = look(gold_report.report, width=width, dark=dark)
    for view in VIEWS:
        go(page, view)
        assert page.locator("section.view:visible").count() == 1
        assert page.locator("section.view:visible h1").inner_text()
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_the_leaderboard_is_sorted_by_a_click(look: Look, gold_report: Reported) -> None:
    page = look(gold_report.report, "overview")
    table = page.locator("#overview figure.table:visible").first
    heading = table.locator("thead th").nth(5)
    expect(heading).to_contain_text("Rec.")
    for direction in ("ascending", "descending"):
        heading.click()
        expect(heading).to_have_attribute("aria-sort", direction)
        recall = [float(text) for text in texts(table.locator("tbody td:nth-child(6)"))]
        assert recall == sorted(recall, reverse=direction == "descending")


def test_filters_are_in_the_address(look: Look, gold_report: Reported) -> None:
    japanese = [name for name in DOCUMENTS if GOLD.metadata(name).language == "ja"]
    page = look(gold_report.report, "documents")
    page.locator("[name=language]").select_option("ja")
    expect(page.locator("#documents-title")).to_contain_text(f"{len(japanese)} of {len(DOCUMENTS)} documents")
    assert sorted(texts(page.locator("#documents-table tbody td:first-child"))) == sorted(japanese)
    page.locator("#filter-extractor").select_option("lacking")
    page.locator("#filter-status").select_option("error")
    expect(page.locator("#documents-title")).not_to_contain_text(f"{len(japanese)} of")
    shown = texts(page.locator("#documents-table tbody td:first-child"))
    assert "language=ja" in page.url
    page.reload()
    settled(page)
    assert page.locator("[name=language]").input_value() == "ja"
    assert texts(page.locator("#documents-table tbody td:first-child")) == shown
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#documents-title")).to_have_text(
        f"{len(DOCUMENTS)} documents: F1 in points, spread between extractors, failures"
    )


def test_documents_are_found_by_score_and_text(look: Look, gold_report: Reported) -> None:
    scores = gold_report.scores("words")
    points = {name: round(100 * float(scores[name, "main"]["f1"]), 2) for name in DOCUMENTS}
    most = math.ceil(sorted(points.values())[2])
    low = [name for name in DOCUMENTS if points[name] <= most]
    assert 3 <= len(low) < len(DOCUMENTS)
    page = look(gold_report.report, f"documents?extractor=main&to={most}")
    assert sorted(texts(page.locator("#documents-table tbody td:first-child"))) == sorted(low)
    go(page, "documents?text=harbour")
    assert all("harbour" in row for row in texts(page.locator("#documents-table tbody tr")))


@pytest.mark.parametrize("view", ["overview", "kinds", "pair", "documents"])
def test_every_table_leads_to_a_document(look: Look, gold_report: Reported, view: str) -> None:
    page = look(gold_report.report, view)
    tables = page.locator("section.view:visible figure.table:visible")
    links = [tables.nth(at).locator("tbody a").first.get_attribute("href") for at in range(tables.count())]
    assert links
    for link in links:
        assert link is not None
        go(page, link.removeprefix("#/"))
        if link.startswith("#/documents"):
            page.locator("#documents-table tbody a").first.click()
            settled(page)
        expect(page.locator("#document")).to_be_visible()
        assert page.locator("#document-title").inner_text() in DOCUMENTS
        assert page.locator("#gold-text p").count() > 0


def test_the_keyboard_switches_extractor_and_document(look: Look, gold_report: Reported) -> None:
    page = look(gold_report.report, f"document/{SOME[1]}/everything")
    # Whoever comes from the table of documents goes on in its order; here it has not been seen.
    page.reload()
    settled(page)
    selected = page.locator("[role=tab][aria-selected=true]")
    expect(selected).to_contain_text("everything")
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
        settled(page)
        seen.append(selected.inner_text().split()[0])
    assert seen == ["main", "lacking", "everything", "lacking"]
    page.keyboard.press("n")
    settled(page)
    assert page.locator("#document-title").inner_text() == DOCUMENTS[DOCUMENTS.index(SOME[1]) + 1]
    page.keyboard.press("p")
    settled(page)
    assert page.locator("#document-title").inner_text() == SOME[1]
    assert selected.inner_text().split()[0] == "lacking"


def test_a_table_is_copied_as_csv(look: Look, gold_report: Reported) -> None:
    page = look(gold_report.report, "overview")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    table = page.locator("#overview figure.table:visible").first
    table.get_by_role("button", name="Copy as CSV").click()
    expect(table.get_by_role("button", name="Copied")).to_be_visible()
    copied = list(csv.DictReader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))
    with (gold_report.run / "leaderboard.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["measure"] == "words"]
    assert [(row["Extractor"], row["F1"]) for row in copied] == [
        (row["extractor"], f"{100 * float(row['f1']):.1f}") for row in rows
    ]


def test_all_documents_are_copied_not_one_page_of_them(look: Look, gold_report: Reported) -> None:
    page = look(gold_report.report, "documents")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#documents").get_by_role("button", name="Copy as CSV").click()
    expect(page.locator("#documents").get_by_role("button", name="Copied")).to_be_visible()
    copied = list(csv.DictReader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))
    assert sorted(row["Document"] for row in copied) == sorted(DOCUMENTS)


@pytest.mark.parametrize(
    "view",
    [
        f"document/{SOME[2]}/main?measure=blocks",
        f"document/{SOME[3]}/everything?marks=lcs&measure=words",
        "pair/lacking/everything?measure=lcs",
        "kinds?measure=blocks",
    ],
)
def test_an_address_survives_a_reload(look: Look, gold_report: Reported, view: str) -> None:
    page = look(gold_report.report, view)
    before = page.locator("main").inner_text()
    page.reload()
    settled(page)
    assert page.locator("main").inner_text() == before
    assert page.get_by_label("Measure").input_value() == view.split("measure=")[1]
    title = {"document": SOME, "pair": ["lacking"], "kinds": ["By kind"]}[
        view.split("/", maxsplit=1)[0].split("?", maxsplit=1)[0]
    ]
    assert any(part in before for part in title)


def marked_words(page: Page, *marks: str) -> tuple[int, int]:
    """The number of words that bear a mark in the gold and in the output that are shown."""

    def units(text: str) -> int:
        marked = [each for mark in marks for each in page.locator(f"#{text}-text .{mark}").all()]
        return sum(int(each.get_attribute("data-units") or 0) for each in marked)

    return units("gold"), units("output")


@pytest.mark.slow
def test_marked_words_add_up_to_the_scores(look: Look, gold_report: Reported) -> None:
    words, lcs = gold_report.scores("words"), gold_report.scores("lcs")
    page = look(gold_report.report)
    for document in SOME[:3]:
        for extractor in ("everything", "lacking"):
            go(page, f"document/{document}/{extractor}?marks=words&measure=words")
            row = words[document, extractor]
            assert marked_words(page, "lost", "leaked") == (float(row["fn"]), float(row["fp"]))
            go(page, f"document/{document}/{extractor}?marks=lcs&measure=words")
            row = lcs[document, extractor]
            assert marked_words(page, "lost", "leaked", "moved") == (float(row["fn"]), float(row["fp"]))


def test_marked_words_add_up_on_published_pages(look: Look, aeb_report: Reported) -> None:
    scores = aeb_report.scores("words")
    page = look(aeb_report.report)
    for document, extractor in list(scores)[::60]:
        go(page, f"document/{document}/{extractor}?measure=words")
        row = scores[document, extractor]
        assert marked_words(page, "lost", "leaked") == (float(row["fn"]), float(row["fp"]))


def test_two_outputs_stand_against_each_other(look: Look, gold_report: Reported) -> None:
    """The words that either output alone has are as many as Python finds, whichever way they are aligned."""
    stored = {(each.document, each.extractor): each.text for each in load_run(gold_report.run).texts()}
    measures = MarkingMeasures(["words"], "icu", default_policy())
    page = look(gold_report.report)
    # Without names as in a.example, which Chromium cuts in two, as ICU itself does not.
    for document in ("forum-greenhouse-heating", "news-ar-infinite-scroll"):
        go(page, f"document/{document}/main?against=everything&measure=words")
        marker = measures.markers(GOLD.gold(document))["words"]
        diff = diff_outputs(marker, stored[document, "everything"], stored[document, "main"])
        expected = (units_marked(diff.in_first, Mark.LOST), units_marked(diff.in_second, Mark.LEAKED))
        assert only_words(page) == expected
        assert sum(expected)
        assert page.locator("#gold-title").inner_text() == "everything"
        assert page.locator("#output-title").inner_text() == "main"
    page.locator("#against").select_option("")
    settled(page)
    assert page.locator("#gold-title").inner_text() == "Gold"
    assert only_words(page) == (0, 0)


def only_words(page: Page) -> tuple[int, int]:
    """The number of words marked as those of the first output alone, and of the second alone."""
    wants = ("wanted", "unwanted", "optional", "unknown")
    first, _ = marked_words(page, *(f"old-{want}" for want in wants))
    _, second = marked_words(page, *(f"new-{want}" for want in wants))
    return first, second


def test_published_pages_have_every_view(look: Look, aeb_report: Reported) -> None:
    page = look(aeb_report.report)
    for view in ("kinds", "pair", "documents"):
        go(page, view)
        page.locator("section.view:visible figure.table tbody a").first.click()
        settled(page)
    assert page.locator("#overview figure.table tbody").first.locator("tr").count() == 4


def test_leaked_words_name_the_label_of_their_block(look: Look, gold_report: Reported) -> None:
    page = look(gold_report.report, "document/news-uk-consent-wall/everything?measure=words")
    expect(page.locator("#output-text ins[data-label=consent]").first).to_be_visible()
    expect(page.locator("#legend")).to_contain_text("of consent")


def test_the_page_is_shown_with_its_blocks_outlined(look: Look, gold_report: Reported) -> None:
    page = look(gold_report.report)
    for document in SOME:
        go(page, f"document/{document}/main")
        frame = page.frame_locator("#page")
        blocks = GOLD.gold(document).blocks
        frame.locator("[data-label]").first.wait_for(state="attached")
        labels = frame.locator("[data-label]").evaluate_all("all => all.map(each => each.dataset.label)")
        assert sorted(labels) == sorted(block.label for block in blocks)
        assert len(page.frames) == 2


def test_colours_follow_the_system_and_the_choice(look: Look, gold_report: Reported) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    page = look(gold_report.report, dark=True)
    dark = page.evaluate(background)
    page.get_by_label("Colours").select_option("light")
    light = page.evaluate(background)
    assert (dark, light) == ("rgb(20, 23, 27)", "rgb(255, 255, 255)")
    page.reload()
    settled(page)
    assert page.evaluate(background) == light
    page.get_by_label("Colours").select_option("as the system")
    assert page.evaluate(background) == dark


def test_a_click_on_a_dot_opens_its_document(look: Look, gold_report: Reported) -> None:
    page = look(gold_report.report, "pair/main/everything")
    page.locator("#pair-scatter .points path").last.click(force=True)
    settled(page)
    assert page.locator("#document-title").inner_text() in DOCUMENTS


def test_print_shows_the_view_without_its_controls(look: Look, gold_report: Reported) -> None:
    page = look(gold_report.report, "overview", dark=True)
    page.emulate_media(media="print")
    expect(page.locator("header nav")).to_be_hidden()
    expect(page.locator("#overview figure.table table").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")


def test_an_address_that_leads_nowhere(look: Look, gold_report: Reported) -> None:
    page = look(gold_report.report)
    for view in ("document/no-such-document", "%E0%A4%A", "nowhere", "document/x/y/z?measure=none"):
        page.evaluate("view => { location.hash = `#/${view}` }", view)
        missing = view.split("/")[1] if view.startswith("document/") else None
        expect(page.locator("#document" if missing else "#overview")).to_be_visible()
        expect(page.locator("section.view:visible")).to_have_count(1)
        if missing:
            said = f"There is no document {missing} in this report."
            expect(page.locator("#loading")).to_have_text(said)
    go(page, f"document/{SOME[0]}/main")
    expect(page.locator("#loading")).to_be_hidden()


@pytest.fixture
def served(gold_report: Reported) -> Iterator[str]:
    """The report on a web server."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(gold_report.report))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_it_can_be_put_on_a_web_server(look: Look, gold_report: Reported, served: str) -> None:
    page = look(gold_report.report, "documents", base=served)
    page.locator("#documents-table tbody a").first.click()
    settled(page)
    assert page.locator("#gold-text p").count() > 0


def test_raw_files_are_those_of_the_run(look: Look, gold_report: Reported) -> None:
    page = look(gold_report.report)
    for link in page.locator("a[download]").all():
        file = gold_report.report / (link.get_attribute("href") or "")
        assert file.read_bytes() == (gold_report.run / file.name).read_bytes()


def test_controls_have_names(look: Look, gold_report: Reported) -> None:
    """What a screen reader says of each control; tables have headings, the views are landmarks."""
    page = look(gold_report.report)
    for view in VIEWS:
        go(page, view)
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('button, select, input, a')]
                .filter(each => each.checkVisibility())
                .filter(each => !(each.textContent.trim() || each.ariaLabel || each.labels?.length))
                .map(each => each.outerHTML)"""
        )
        assert nameless == []
        assert page.get_by_role("main").count() == 1
        assert page.get_by_role("heading", level=1).count() == 1
        assert (
            page.locator("table:visible").count() == page.locator("table:visible:has(th[scope=col])").count()
        )


def test_the_picture_in_the_readme_can_be_made(
    gold_report: Reported, chromium: Browser, tmp_path: Path
) -> None:
    script = Path(__file__).parents[3] / "results" / "screenshot.py"
    picture = tmp_path / "report.png"
    subprocess.run([sys.executable, script, gold_report.report, picture], check=True, timeout=60)
    # The header of a PNG: signature, then the chunk with width and height.
    assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture.read_bytes()[16:24]) == (1280, 1120)
