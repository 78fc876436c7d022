"""Two annotators label five pages in the app, blind to one another, and what they differ in is settled.

    python perf/settling.py [--suggestions] [ID…]

By the steps of docs/gold.md, from an unlabelled page to a clean `gold check`, in headless Chromium: the first
person knows the labels of annotator-1.txt, the second those of annotator-2.txt, the one who settles those of
labels.tsv. Clicks and keys become minutes by the keystroke-level model (Card, Moran and Newell 1980): 0.28 s
a key, 1.1 s to point and 0.2 s to click, 0.4 s to move a hand between keys and mouse, 1.35 s to decide before
each step. Reading is apart: a second for each block, as the app itself reckons.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from labelling_app import chromium, opened
from labelling_person import KEY_OF, Person, finish, person_at
from playwright.sync_api import Browser, Page

from boilerbench.corpora.gold_files import own_gold
from boilerbench.labelling.facts import read_facts
from boilerbench.labelling.gold_folder import begin_document, read_page, read_rows

PAGES = (
    "forum-ko-camera-repair",
    "forum-th-rice-market",
    "gov-sv-water-notice",
    "product-fr-copper-pan",
    "wiki-hi-stepwell",
)
SECONDS = {"keys": 0.28, "clicks": 1.1 + 0.2, "turns": 0.4, "steps": 1.35}


def annotate(page: Page, document: str, labels: Sequence[str], *, suggesting: bool) -> Person:
    person = person_at(page, document, labels)
    if suggesting:
        page.wait_for_function("() => !document.getElementById('accept-all').hidden", timeout=300_000)
    while person.step():
        person.settled(suggestions=suggesting)
    if page.locator("#accept-all").is_visible():
        person.key("0")
    person.settled(suggestions=False)
    return person


def settle(page: Page, document: str, labels: Sequence[str]) -> Person:
    """Settle each difference by a key, after the number of a decision, as somebody would who looks it up."""
    person = person_at(page, document, labels)
    person.click("#show-settle")
    page.wait_for_selector("#settle[open] table")
    while (row := page.locator("#settle tr.here .number")).count():
        index = int(row.inner_text()) - 1
        left = page.locator("#settle tr.here").inner_text()
        for key in ("Tab", "1", "8", "Tab"):
            person.key(key)
        choices = [text[2:] for text in page.locator("#settle tr.here button").all_inner_texts()]
        wanted = labels[index]
        person.steps += 1
        person.key(str(choices.index(wanted) + 1) if wanted in choices else KEY_OF[wanted])
        page.wait_for_function(
            "(before) => document.querySelector('#settle tr.here')?.innerText !== before", arg=left
        )
    person.key("Escape")
    return person


def minutes(counts: Counter[str]) -> float:
    return sum(seconds * counts[name] for name, seconds in SECONDS.items()) / 60


def told(who: str, person: Person, blocks: int, sums: dict[str, Counter[str]]) -> None:
    counts = Counter({name: getattr(person, name) for name in SECONDS})
    sums[who] += counts + Counter(blocks=blocks)
    print(
        f"  {who:8} {blocks:4} blocks {counts['clicks']:4} clicks {counts['keys']:4} keys "
        f"{counts['steps']:4} steps {minutes(counts):5.1f} min",
        flush=True,
    )


def one_page(browser: Browser, root: Path, document: str, sums: dict[str, Counter[str]]) -> None:
    suggesting = "--suggestions" in sys.argv
    folder = own_gold() / document
    facts = read_facts(folder)
    begin_document(root, document, read_page(folder))
    annotated = []
    for number, name in ((1, "ab"), (2, "cd")):
        labels = (folder / f"annotator-{number}.txt").read_text().split()
        with opened(browser, root, "label", document, "--as", name, suggesting=suggesting) as (page, _):
            person = annotate(page, document, labels, suggesting=suggesting and number == 1)
        annotated.append(labels)
        told(name, person, len(labels), sums)
        assert (root / document / f"annotator-{number}.txt").read_text().split() == labels
    labels = [label for label, _ in read_rows(folder)]
    with opened(browser, root, "settle", document, suggesting=True) as (page, _):
        person = settle(page, document, labels)
        finish(person, root / document, facts["page_type"], facts["language"])
        page.wait_for_selector("#saved[data-waiting='0']", state="attached")
        page.wait_for_timeout(500)
    settled = root / document / "settled.tsv"
    differences = len(settled.read_text().splitlines()) if settled.exists() else 0
    told("settling", person, differences, sums)
    pairs = zip(*annotated, labels, strict=True)
    # Gold has been amended since where both agree; nobody is asked about these blocks.
    assert [label for label, _ in read_rows(root / document)] == [a if a == b else c for a, b, c in pairs]


def main() -> None:
    names = [name for name in sys.argv[1:] if not name.startswith("--")] or PAGES
    sums = {who: Counter[str]() for who in ("ab", "cd", "settling")}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        root = Path(folder) / "gold"
        for document in names:
            print(document)
            one_page(browser, root, document, sums)
        for command in (["check"], ["agreement"]):
            whole = [sys.executable, "-m", "boilerbench", "gold", *command, "-g", str(root)]
            print(subprocess.run(whole, capture_output=True, text=True, check=False).stdout)
    for who, counts in sums.items():
        reading = counts["blocks"] / 60
        print(
            f"{who}: {counts['clicks']} clicks, {counts['keys']} keys, {minutes(counts):.1f} min by keys and "
            f"clicks, and {reading:.1f} min to read {counts['blocks']} blocks"
        )


main()
