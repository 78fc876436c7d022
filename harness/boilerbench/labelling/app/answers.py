"""What the app's server answers: each question and each change by its name."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.corpora.gold_files import UNLABELLED, own_gold
from boilerbench.errors import InputError
from boilerbench.labelling.app.colours import label_colours, label_sheet
from boilerbench.labelling.app.frame import frame_page
from boilerbench.labelling.app.learning import Learning
from boilerbench.labelling.app.pages import GoldPage, OpenPage
from boilerbench.labelling.app.workspace import GoldWorkspace, Remark, Workspace
from boilerbench.labelling.capture import capture
from boilerbench.labelling.consistency import inconsistencies
from boilerbench.labelling.facts import read_facts
from boilerbench.labelling.gold_folder import begin_document, suggested_id
from boilerbench.labelling.keys import KEYS
from boilerbench.labelling.labelled_pages import labelled_pages
from boilerbench.labelling.page_remarks import page_remarks
from boilerbench.labelling.settling import Settling
from boilerbench.policy import default_policy
from boilerbench.records import Page
from boilerbench.sites import is_web_address

Call = Callable[[dict[str, Any]], Any]


class Answers:
    """The questions and changes of the app, by name.

    Attributes:
        reading: questions, which change nothing and may run beside one another.
        writing: changes, of which one is made after the other.
    """

    def __init__(self, workspace: Workspace, *, learning: bool = True) -> None:
        self._workspace = workspace
        self._learning = Learning(workspace) if learning else None
        self.reading: dict[str, Call] = {
            "start": self._start,
            "queue": self._queue,
            "page": self._page,
            "body": self._body,
            "findings": self._findings,
            "suggestions": self._suggestions,
            "consistency": self._consistency,
            "differences": self._differences,
        }
        self.writing: dict[str, Call] = {
            "label": self._label,
            "undo": self._undo,
            "redo": self._redo,
            "facts": self._facts,
            "remark": self._remark,
            "new": self._new,
            "settle": self._settle,
        }

    def frame(self, document: str) -> str:
        """Return a page as the frame shows it.

        Raises:
            InputError: there is no such page.
        """
        return frame_page(self._workspace.page(document).html, label_sheet())

    def _start(self, _: dict[str, Any]) -> Any:
        roles = default_policy().roles
        colours = label_colours()
        keys = {label: key for key, label in KEYS.items()}
        return {
            "labels": [
                {"label": label, "role": str(role), "key": keys[label], "colour": colours[label]}
                for label, role in roles.items()
            ],
            "annotator": self._workspace.annotator,
            "queue": self._queue({}),
            "known": self._known_facts(),
        }

    def _known_facts(self) -> dict[str, list[str]]:
        """Return the page types and traps that documents have already, most frequent first."""
        counts: dict[str, Counter[str]] = {"page_type": Counter(), "traps": Counter()}
        for root in dict.fromkeys((self._workspace.root, own_gold())):
            for folder in sorted(root.glob("*/document.toml")):
                try:
                    facts = read_facts(folder.parent)
                except InputError:
                    continue
                for key, counter in counts.items():
                    counter.update(name for part in facts[key].split(",") if (name := part.strip()))
        return {key: [name for name, _ in counter.most_common()] for key, counter in counts.items()}

    def _queue(self, _: dict[str, Any]) -> Any:
        return [asdict(entry) for entry in self._workspace.queue()]

    def _page(self, values: dict[str, Any]) -> Any:
        page = self._workspace.page(values["document"])
        page.journal.refresh()
        return {
            "document": page.document,
            "texts": page.texts,
            "paths": [place.path for place in page.places],
            "ends": [place.ends for place in page.places],
            "facts": page.facts(),
            **self._state(page, None),
        }

    def _state(self, page: OpenPage, version: int | None) -> dict[str, Any]:
        """Return what a step leaves; all labels where the browser's are not those before the step."""
        journal = page.journal
        notice, journal.notice = journal.notice, ""
        if notice:
            version = None
            page.version += 1
        state: dict[str, Any] = {
            "version": page.version,
            "left": journal.left,
            "canUndo": journal.can_undo,
            "canRedo": journal.can_redo,
            "notice": notice,
        }
        if version is None:
            state["labels"] = journal.labels
        return state

    def _label(self, values: dict[str, Any]) -> Any:
        page = self._workspace.page(values["document"])
        known = page.version if values.get("version") == page.version else None
        labels = {int(index): str(label) for index, label in values["labels"].items()}
        page.journal.label(labels)
        page.after_step()
        return self._state(page, known)

    def _undo(self, values: dict[str, Any]) -> Any:
        page = self._workspace.page(values["document"])
        changed = page.journal.undo()
        page.after_step()
        return {**self._state(page, None), "changed": list(changed)}

    def _redo(self, values: dict[str, Any]) -> Any:
        page = self._workspace.page(values["document"])
        changed = page.journal.redo()
        page.after_step()
        return {**self._state(page, None), "changed": list(changed)}

    def _body(self, values: dict[str, Any]) -> Any:
        return self._workspace.page(values["document"]).body()

    def _findings(self, values: dict[str, Any]) -> Any:
        page = self._workspace.page(values["document"])
        return [
            {"file": finding.file, "row": finding.row, "message": finding.message}
            for finding in page.findings()
        ]

    def _suggestions(self, values: dict[str, Any]) -> Any:
        page = self._workspace.page(values["document"])
        if self._learning is None:
            return {"ready": True, "labels": []}
        labels = self._learning.suggested(page)
        return {
            "ready": labels is not None,
            "labels": [label.replace(UNLABELLED, "") for label in labels or ()],
        }

    def _consistency(self, values: dict[str, Any]) -> Any:
        """List what is labelled in two ways, as far as it is on this page."""
        document = str(values["document"])
        if self._workspace.annotator is not None:
            raise InputError("an annotator sees no other page's labels")
        found = inconsistencies(labelled_pages(GoldCorpus.open(str(self._workspace.root))))
        return [
            {"file": finding.file, "row": finding.row, "message": finding.message}
            for finding in found
            if finding.document == document
        ]

    def _new(self, values: dict[str, Any]) -> Any:
        """Begin a document from an address, or from the content of a file that the browser has read."""
        if not isinstance(self._workspace, GoldWorkspace):
            raise InputError("pages of a published corpus are those that it has")
        source, content = str(values.get("source", "")), str(values.get("content", ""))
        text = bool(values.get("text"))
        if content:
            page = Page(base64.b64decode(content, validate=True))
        elif is_web_address(source):
            page = capture(source)
        else:
            raise InputError("give an http(s) address, a file, or text")
        name = str(values.get("id", "")).strip() or suggested_id(source, page)
        folder = begin_document(self._workspace.root, name, page, text=text)
        self._workspace.add(name)
        opened = self._workspace.page(name)
        return {"document": folder.name, "remarks": page_remarks(opened.html, opened.texts)}

    def _settling(self, document: str) -> Settling:
        if self._workspace.annotator is not None or not isinstance(self._workspace, GoldWorkspace):
            raise InputError("labels are settled in the documents of a gold folder, by nobody's name")
        page = self._workspace.page(document)
        if not isinstance(page, GoldPage):
            raise InputError(f"{document}: no document of a gold folder")
        return Settling(page.folder, page)

    def _differences(self, values: dict[str, Any]) -> Any:
        return [asdict(each) for each in self._settling(str(values["document"])).differences]

    def _settle(self, values: dict[str, Any]) -> Any:
        """Take over what both agree on, or settle one difference."""
        settling = self._settling(str(values["document"]))
        if "row" in values:
            settling.settle(int(values["row"]), str(values["label"]), str(values.get("decision", "")))
        else:
            settling.take_agreed()
        page = self._workspace.page(str(values["document"]))
        return {**self._state(page, None), "differences": [asdict(each) for each in settling.differences]}

    def _facts(self, values: dict[str, Any]) -> Any:
        page = self._workspace.page(values["document"])
        page.state_facts({str(key): str(text) for key, text in values["facts"].items()})
        return page.facts()

    def _remark(self, values: dict[str, Any]) -> Any:
        text = " ".join(str(values.get("text", "")).split())
        self._workspace.note(str(values["document"]), Remark(bool(values.get("unsure")), text))
        return self._queue({})
