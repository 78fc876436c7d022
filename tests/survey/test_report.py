"""The report of a survey in a browser: nothing is loaded, nothing fails, whatever pages say."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from boilerbench.survey.files import SurveyedExtractor, SurveyInfo
from boilerbench.survey.filters import usual_rules
from boilerbench.survey.report import write_report
from boilerbench.survey.sums import SurveySums
from boilerbench.survey.tables import survey_tables
from tests.survey.observing import PROSE, observed

ATTACK = "<img src=https://evil.example/x onerror=alert(1)>"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    sums = SurveySums(2)
    for number in range(6):
        sums.add(observed([PROSE, f"{PROSE} {number}"], index=number, site=ATTACK, language=ATTACK))
        sums.add(observed([PROSE, ""], index=number, site="site.example"))
    names = ["first", f"cmd:{ATTACK}"]
    tables = survey_tables(sums, names, usual_rules(), 0.05)
    tables |= {"versions": tables["pairs"].iloc[:0], "changes": tables["pairs"].iloc[:0]}
    info = SurveyInfo(
        *("0", "crawl", f"warc:{ATTACK}", 12, "sha256:0", {"status 404": 3}),
        tuple(SurveyedExtractor(name, "1", name) for name in names),
        {ATTACK: "not there"},
        {},
        sample=None,
        limit=None,
        seed=0,
        price=0.05,
        tokenizer="icu",
        languages="x",
        suffix_list="1",
        filters=usual_rules(),
        let_go={},
    )
    write_report(tmp_path, info, tables)
    return tmp_path / "report" / "index.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_from_disk(chromium: Browser, page: Path, scheme: str) -> None:
    said: list[str] = []
    tab = chromium.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("dialog", lambda dialog: said.append(dialog.message))
    tab.on("request", lambda request: said.append(request.url) if "file://" not in request.url else None)
    tab.goto(page.as_uri())
    assert tab.locator("h1").inner_text() == "crawl: 12 pages, sha256:0"
    assert tab.locator("figcaption").all_inner_texts()[:2] == ["What it costs", "What comes back"]
    assert tab.locator("main img").count() == 0
    assert tab.locator("html.dark").count() == (scheme == "dark")
    links = tab.locator("a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert {"../costs.csv", "../survey.json"} <= set(links)
    tab.close()
    assert [line for line in said if "data:," not in line] == []
