"""Labels gold pages from nothing in headless Chromium, as a person would, and counts clicks and keys.

    python perf/labelling.py [--suggestions] [ID…]

Pages of 105 to 135 blocks, unless ids are given. The person knows the labels of gold, and takes the step that
does most blocks per click and key: a block, a range to here, all blocks at one element path, all suggestions.
A click and a key count as one each; that of shift, held for a click, is counted apart. It ends when the app's
check is clean.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from labelling_app import chromium, opened
from labelling_person import Person, finish, person_at
from playwright.sync_api import Page

from boilerbench.corpora import open_corpus
from boilerbench.corpora.gold import GoldCorpus
from boilerbench.labelling.gold_folder import begin_document


def label(page: Page, root: Path, document: str, *, suggestions: bool) -> Person:
    gold = open_corpus("gold")
    facts = gold.metadata(document)
    labels = [block.label for block in gold.gold(document).blocks]
    person = person_at(page, document, labels)
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
    sums: list[int] = []
    with_modifiers: list[int] = []
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        root = Path(folder) / "gold"
        for document in pages(root, names):
            with opened(browser, root, "label", document, suggesting=suggestions) as (page, _):
                person = label(page, root, document, suggestions=suggestions)
            sums.append(person.clicks + person.keys)
            with_modifiers.append(sums[-1] + person.modifiers)
            taken = f"{person.clicks:4} clicks {person.keys:4} keys {person.modifiers:3} shift"
            print(f"{document:40} {taken} {sums[-1]:4} {with_modifiers[-1]:4}", flush=True)
    for title, numbers in (("clicks and keys", sums), ("a held shift counted, too", with_modifiers)):
        print(f"{title}: median {statistics.median(numbers)}, highest {max(numbers)}, {len(numbers)} pages")


main()
