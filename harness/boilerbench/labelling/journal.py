"""Steps of labelling a page, each saved as it is made, and taken back or made again over sessions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boilerbench.corpora.gold_files import UNLABELLED
from boilerbench.errors import InputError
from boilerbench.labelling.durable import append_durably, write_durably
from boilerbench.labelling.label_files import LabelFile
from boilerbench.parsing import ParseError, parse_json
from boilerbench.policy import default_policy

_STEP, _UNDO, _REDO = "step", "undo", "redo"
WORK_FOLDER = ".labelling"
"""The folder, beside documents, of what only those who label need: journals, drafts, remarks."""


@dataclass(frozen=True, slots=True)
class Step:
    """Labels before and after one step, by the index of the block."""

    before: dict[int, str]
    after: dict[int, str]


class Journal:
    """The labels of a page with their history: every step is on disk before the next one begins.

    Args:
        store: where labels are kept.
        history: the file of the steps, one JSON object a line.
    """

    def __init__(self, store: LabelFile, history: Path) -> None:
        self._store = store
        self._history = history
        self.labels = store.read()
        self._stamp = store.stamp()
        self._done, self._undone = _replayed(history)
        self.notice = ""
        """What happened to the file from outside since the last step, for the person to read; else empty."""

    @property
    def left(self) -> int:
        """The number of blocks without a label."""
        return self.labels.count(UNLABELLED)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back, and labels are as it left them."""
        return bool(self._done) and self._fits(self._done[-1].after)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to make again, and labels are as they were before it."""
        return bool(self._undone) and self._fits(self._undone[-1].before)

    def label(self, labels: dict[int, str]) -> None:
        """Give blocks, by their index from 0, their labels, in one step.

        Raises:
            InputError: there is no such block or label, or the file is not about these blocks any more.
        """
        known = default_policy().roles
        for index, label in labels.items():
            if label not in known and label != UNLABELLED:
                raise InputError(f"unknown label {label!r}; use {', '.join(known)}")
            if not 0 <= index < len(self.labels):
                raise InputError(f"no block {index + 1}; there are 1 to {len(self.labels)}")
        self.refresh()
        changed = {index: label for index, label in labels.items() if self.labels[index] != label}
        if not changed:
            return
        step = Step({index: self.labels[index] for index in changed}, changed)
        self._apply(changed, {"kind": _STEP, "before": _runs(step.before), "after": _runs(step.after)})
        self._done.append(step)
        self._undone.clear()

    def undo(self) -> dict[int, str]:
        """Take the last step back; return the labels that changed, by index, empty where there is no step."""
        self.refresh()
        if not self.can_undo:
            return {}
        step = self._done[-1]
        self._apply(step.before, {"kind": _UNDO})
        self._undone.append(self._done.pop())
        return step.before

    def redo(self) -> dict[int, str]:
        """Make the step again that was taken back last; return the labels that changed, by index."""
        self.refresh()
        if not self.can_redo:
            return {}
        step = self._undone[-1]
        self._apply(step.after, {"kind": _REDO})
        self._done.append(self._undone.pop())
        return step.after

    def refresh(self) -> bool:
        """Take up what somebody else wrote to the file; tell whether there was anything.

        Raises:
            InputError: it cannot be read, or is not about these blocks any more.
        """
        if self._store.stamp() == self._stamp:
            return False
        labels = self._store.read()
        self._stamp = self._store.stamp()
        changed = sum(mine != theirs for mine, theirs in zip(self.labels, labels, strict=True))
        self.labels = labels
        if changed:
            self.notice = f"{self._store.file.name} was changed elsewhere: {changed} labels taken over"
        return changed > 0

    def _fits(self, labels: dict[int, str]) -> bool:
        return all(
            index < len(self.labels) and self.labels[index] == label for index, label in labels.items()
        )

    def _apply(self, labels: dict[int, str], record: dict[str, object]) -> None:
        """Write labels first: killed in between, no label is lost, but only that it can be taken back."""
        fresh = list(self.labels)
        for index, label in labels.items():
            fresh[index] = label
        self._store.write(fresh)
        self.labels = fresh
        self._stamp = self._store.stamp()
        _ignored(self._history)
        append_durably(self._history, json.dumps(record))


def _ignored(history: Path) -> None:
    """Have git ignore the folder of journals."""
    root = next((folder for folder in history.parents if folder.name == WORK_FOLDER), None)
    if root is not None and not (root / ".gitignore").exists():
        write_durably(root / ".gitignore", "*\n")


def _runs(labels: dict[int, str]) -> list[tuple[int, int, str]]:
    """Return labels by index as first index, number of blocks, label."""
    runs: list[tuple[int, int, str]] = []
    for index in sorted(labels):
        if runs and runs[-1][0] + runs[-1][1] == index and runs[-1][2] == labels[index]:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1, labels[index])
        else:
            runs.append((index, 1, labels[index]))
    return runs


def _labels(runs: Sequence[tuple[int, int, str]]) -> dict[int, str]:
    return {
        index: str(label) for first, number, label in runs for index in range(int(first), int(first + number))
    }


def _replayed(history: Path) -> tuple[list[Step], list[Step]]:
    """Return the steps made and those taken back; an unfinished line counts for none."""
    done: list[Step] = []
    undone: list[Step] = []
    lines = history.read_bytes().splitlines() if history.exists() else []
    for line in lines:
        try:
            record = parse_json(line)
            if record["kind"] == _STEP:
                done.append(Step(_labels(record["before"]), _labels(record["after"])))
                undone.clear()
            elif record["kind"] == _UNDO and done:
                undone.append(done.pop())
            elif record["kind"] == _REDO and undone:
                done.append(undone.pop())
        except (ParseError, KeyError, TypeError, ValueError):
            continue
    return done, undone
