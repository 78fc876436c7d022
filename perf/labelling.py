"""Labels gold pages from nothing in headless Chromium, as a person would, and counts clicks and keys.

    python perf/labelling.py [--suggestions] [ID…]

Pages of 105 to 135 blocks, unless ids are given. The person knows the labels of gold, and takes the step that
does most blocks per click and key: a block, a range to here, all blocks at one element path, all suggestions.
A click, a key and a modifier that is held count as one each. It ends when the app's check is clean.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from boilerbench.corpora import open_corpus
from boilerbench.corpora.gold import GoldCorpus
from boilerbench.corpora.gold_files import own_gold
from boilerbench.labelling.gold_folder import begin_document
from boilerbench.labelling.keys import KEYS

KEY_OF = {label: key for key, label in KEYS.items()}
STATE = """() => [...document.querySelectorAll('#blocks li')].map((row) => [
  row.hasAttribute('data-suggested') || row.dataset.shownLabel === '?' ? '?' : row.dataset.shownLabel,
  row.hasAttribute('data-suggested') ? row.dataset.shownLabel : '?'])"""
CURSOR = "() => Number(document.getElementById('blocks').getAttribute('aria-activedescendant').slice(6))"


@dataclass
class Person:
    """Who labels a page, and what it has taken so far."""

    page: Page
    gold: Sequence[str]
    paths: Sequence[str]
    clicks: int = 0
    keys: int = 0
    seconds: list[float] = field(default_factory=list)

    def key(self, name: str) -> None:
        self.keys += 1
        self.page.keyboard.press(name)

    def click(self, selector: str, *, shift: bool = False) -> None:
        self.clicks += 1
        self.keys += shift
        self.page.locator(selector).first.click(modifiers=["Shift"] if shift else [])

    def settled(self, *, suggestions: bool) -> None:
        self.page.wait_for_selector("#saved[data-waiting='0']", state="attached")
        if suggestions:
            self.page.wait_for_function(
                "() => document.getElementById('saved').dataset.waiting === '0' && "
                "document.getElementById('desk').dataset.fresh === '1'"
            )

    def wrong(self, shown: Sequence[str]) -> list[int]:
        return [index for index, label in enumerate(shown) if label != self.gold[index]]

    def step(self) -> bool:
        """Take one step; false when nothing is wrong any more, but for suggestions to be accepted."""
        state = self.page.evaluate(STATE)
        labels = [label for label, _ in state]
        shown = [label if label != "?" else suggested for label, suggested in state]
        wrong = self.wrong(shown)
        if not wrong:
            return False
        first = wrong[0]
        wanted = self.gold[first]
        at = 0 if self.page.evaluate(CURSOR) == first else 1
        options = [(1 / (at + 1), "single", first)]
        end = first
        while end + 1 < len(labels) and self.gold[end + 1] == wanted:
            end += 1
        while shown[end] == wanted:
            end -= 1
        if end > first:
            done = sum(shown[index] != wanted for index in range(first, end + 1))
            options.append((done / (at + 3), "range", end))
        group = [
            index
            for index, path in enumerate(self.paths)
            if path == self.paths[first] and labels[index] == labels[first]
        ]
        others = [index for index in group if self.gold[index] != wanted]
        done = sum(shown[index] != wanted for index in group if index not in others)
        options.append((done / (at + 2 + 2 * len(others)), "group", first))
        _, kind, last = max(options)
        if at:
            self.click(f"#block-{first}")
        if kind == "range":
            self.click(f"#block-{last}", shift=True)
        elif kind == "group":
            self.key("=")
        self.key(KEY_OF[wanted])
        return True


def finish(person: Person, folder: Path, page_type: str, language: str) -> None:
    """Fill in document.toml until the check is clean."""
    toml = (folder / "document.toml").read_text()
    person.click("[data-tab=facts]")
    chips = person.page.locator("#tab-facts .chips").first.locator("button")
    names = chips.all_inner_texts()
    person.clicks += 1
    chips.nth(names.index(page_type)).click()
    if 'language = ""' in toml:
        person.click("#fact-language")
        person.keys += len(language) + 1
        person.page.keyboard.type(language)
        person.page.keyboard.press("Tab")


def label(page: Page, root: Path, document: str, *, suggestions: bool) -> Person:
    gold = open_corpus("gold")
    facts = gold.metadata(document)
    labels = [block.label for block in gold.gold(document).blocks]
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector("#page[data-ready]")
    paths = page.evaluate("() => [...document.querySelectorAll('#blocks .text')].map((each) => each.title)")
    person = Person(page, labels, paths)
    if suggestions:
        page.wait_for_function("() => !document.getElementById('accept-all').hidden", timeout=120_000)
    while person.step():
        person.settled(suggestions=suggestions)
    if page.locator("#accept-all").is_visible():
        person.key("0")
        person.settled(suggestions=False)
    finish(person, root / document, facts.page_type or "", facts.language or "")
    try:
        page.wait_for_function("() => document.getElementById('desk').dataset.findings === '0'", timeout=8000)
    except Exception:
        for trap in facts.traps:
            if page.locator("#desk").get_attribute("data-findings") == "0":
                break
            chip = page.locator("#tab-facts .chips").nth(1).get_by_text(trap, exact=True)
            person.clicks += 1
            chip.click()
            time.sleep(1.5)
    left = GoldCorpus.open(str(root)).findings(document)
    if left or page.locator("#desk").get_attribute("data-findings") != "0":
        print(f"  {document}: {[str(finding) for finding in left]}")
    return person


def pages(root: Path, names: Sequence[str]) -> Iterator[str]:
    gold = open_corpus("gold")
    for document in gold.ids():
        if document in names or (not names and 105 <= len(gold.gold(document).blocks) <= 135):
            shutil.rmtree(root, ignore_errors=True)
            begin_document(root, document, gold.page(document))
            yield document


def main() -> None:
    suggestions = "--suggestions" in sys.argv
    names = [name for name in sys.argv[1:] if not name.startswith("--")]
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    sums = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        root = Path(folder) / "gold"
        for document in pages(root, names):
            command = [sys.executable, "-m", "boilerbench", "gold", "label", document, "-g", str(root)]
            command += ["--browser", "--no-open", *([] if suggestions else ["--no-suggestions"])]
            server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            assert server.stdout is not None
            link = re.search(r"http\S+", server.stdout.readline())
            assert link is not None
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            try:
                page.goto(link[0])
                person = label(page, root, document, suggestions=suggestions)
            finally:
                page.close()
                server.kill()
                server.wait()
            sums.append(person.clicks + person.keys)
            print(f"{document:40} {person.clicks:4} clicks {person.keys:4} keys {sums[-1]:4}", flush=True)
        browser.close()
    print(f"median {statistics.median(sums)}, highest {max(sums)}, {len(sums)} pages of {own_gold().name}")


main()
