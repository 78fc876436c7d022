"""A person who labels a page in the app, and takes the steps that do most per click and key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from boilerbench.labelling.keys import KEYS

KEY_OF = {label: key for key, label in KEYS.items()}
STATE = """() => [...document.querySelectorAll('#blocks li')].map((row) => [
  row.hasAttribute('data-suggested') || row.dataset.shownLabel === '?' ? '?' : row.dataset.shownLabel,
  row.hasAttribute('data-suggested') ? row.dataset.shownLabel : '?'])"""
CURSOR = "() => Number(document.getElementById('blocks').getAttribute('aria-activedescendant').slice(6))"


def person_at(page: Page, document: str, labels: Sequence[str]) -> Person:
    """Return who knows the labels of a document that the app shows."""
    whole = page.evaluate("async (name) => (await fetch('/api/page?document=' + name)).json()", document)
    return Person(page, labels, whole["paths"], whole["ends"])


@dataclass
class Person:
    """Who labels a page, and what it has taken so far.

    A click and a key count as one each; shift, held for a click, is counted apart.
    """

    page: Page
    gold: Sequence[str]
    paths: Sequence[str]
    ends: Sequence[Sequence[int]]
    clicks: int = 0
    keys: int = 0
    modifiers: int = 0
    steps: int = 0
    """Labels given, to one block or to many at once: so often did the person have to decide."""
    turns: int = 0
    """So often did a hand go from the keys to the mouse or back."""
    at_mouse: bool = False

    def key(self, name: str) -> None:
        self.keys += 1
        self._turn(to_mouse=False)
        self.page.keyboard.press(name)

    def click(self, selector: str, *, shift: bool = False) -> None:
        self.clicks += 1
        self.modifiers += shift
        self._turn(to_mouse=True)
        self.page.locator(selector).first.click(modifiers=["Shift"] if shift else [])

    def _turn(self, *, to_mouse: bool) -> None:
        self.turns += to_mouse != self.at_mouse
        self.at_mouse = to_mouse

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
        for presses, last in enumerate(self.ends[first][:4], 1):
            inside = range(first, last + 1)
            others = [index for index in inside if self.gold[index] != wanted]
            done = sum(shown[index] != wanted for index in inside if index not in others)
            options.append((done / (at + presses + 1 + 2 * len(others)), "element", presses))
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
        elif kind == "element":
            for _ in range(last):
                self.key("]")
        elif kind == "group":
            self.key("=")
        self.steps += 1
        self.key(KEY_OF[wanted])
        return True


def finish(person: Person, folder: Path, page_type: str, language: str) -> None:
    """Fill in document.toml until the check is clean."""
    toml = (folder / "document.toml").read_text()
    person.page.wait_for_selector("#tab-facts:visible")
    chips = person.page.locator("#tab-facts .chips").first.locator("button")
    names = chips.all_inner_texts()
    person.clicks += 1
    chips.nth(names.index(page_type)).click()
    if 'language = ""' in toml:
        person.click("#fact-language")
        person.keys += len(language) + 1
        person.page.keyboard.type(language)
        person.page.keyboard.press("Tab")
