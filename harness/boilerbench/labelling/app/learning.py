"""Learning beside the work: suggestions are there some seconds after the app has begun."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass

from boilerbench.corpora.gold_files import UNLABELLED
from boilerbench.labelling.app.pages import OpenPage
from boilerbench.labelling.app.workspace import Workspace
from boilerbench.labelling.suggestions import PageSuggestions, Suggestions, features_of, learned_pages
from boilerbench.parallel import in_a_process
from boilerbench.sites import site_of

NOTHING_NEW: dict[str, object] = {"ready": True, "stamp": 0, "changed": {}}
"""What a step changes where nothing is suggested."""


@dataclass(slots=True)
class _Shown:
    """What was last suggested for a page."""

    suggestions: PageSuggestions
    labels: list[str]
    stamp: int = 0


class Learning:
    """Suggestions for the pages of a workspace, learned in a process of its own from the moment it is made.

    Learned from are the finished pages of the workspace, those beside them in the same corpus, and
    boilerbench's own gold; pages that are unfinished here are none of them. For an annotator, no page that is
    to be labelled is, since its settled labels would show through.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._learned: Future[Suggestions] = in_a_process(self._learn)
        self._of_page: dict[str, _Shown] = {}
        self._renewing = threading.Lock()

    def suggested(self, page: OpenPage) -> dict[str, object]:
        """Return ``labels``, one for each block that has none and an empty text for others, and a ``stamp``.

        ``ready`` is false while it is still learning.
        """
        if page.suggested and not self._learned.done():
            return {"ready": False}
        if not page.suggested or self._learned.exception() is not None:
            return {"ready": True, "labels": []}
        if page.document not in self._of_page:
            learned, features = self._learned.result(), features_of(page.page)
            base = learned.base(features, page.document, site_of(page.page.url))
            fresh = PageSuggestions(learned.model, base, features)
            self._of_page.setdefault(page.document, _Shown(fresh, []))
        return self._renewed(page, None)

    def after_step(self, page: OpenPage, stamp: object) -> dict[str, object] | None:
        """Return what a step changes of the suggestions; None where they have to be asked for.

        Args:
            page: the page, after the step.
            stamp: of the suggestions that are shown; ``changed`` is what differs from them, by index.
        """
        if not page.suggested:
            return NOTHING_NEW
        return self._renewed(page, stamp) if page.document in self._of_page else None

    def _renewed(self, page: OpenPage, stamp: object) -> dict[str, object]:
        shown = self._of_page[page.document]
        with self._renewing:
            before, known = shown.labels, stamp == shown.stamp
            given = page.journal.labels
            shown.labels = ["" if each == UNLABELLED else each for each in shown.suggestions.suggested(given)]
            shown.stamp += 1
            answer: dict[str, object] = {"ready": True, "stamp": shown.stamp}
            if known:
                pairs = enumerate(zip(before, shown.labels, strict=True))
                return {**answer, "changed": {index: now for index, (then, now) in pairs if then != now}}
            return {**answer, "labels": shown.labels}

    def _learn(self) -> Suggestions:
        kept_out = {
            entry.document for entry in self._workspace.queue() if entry.left or self._workspace.annotator
        }
        pages = {}
        for corpus in self._workspace.labelled():
            pages.update({page.document: page for page in learned_pages(corpus)})
        return Suggestions([page for name, page in pages.items() if name not in kept_out]).without_features()
