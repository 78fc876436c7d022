"""Learning beside the work: suggestions are there some seconds after the app has begun."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.corpora.gold_files import UNLABELLED, own_gold
from boilerbench.errors import InputError
from boilerbench.labelling.app.pages import OpenPage
from boilerbench.labelling.app.workspace import Workspace
from boilerbench.labelling.suggestions import Suggestions, features_of, learned_pages
from boilerbench.sites import site_of

if TYPE_CHECKING:
    from boilerbench.labelling.block_features import PageFeatures
    from boilerbench.labelling.label_model import Scores


class Learning:
    """Suggestions for the pages of a workspace, learned in a thread of their own.

    Learned from are the finished pages of the workspace and boilerbench's own gold; pages that are unfinished
    here are none of them. For an annotator, no page that is to be labelled is, since its settled labels would
    show through.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._suggestions: Suggestions | None = None
        self._begun = threading.Lock()
        self._of_page: dict[str, tuple[PageFeatures, Scores]] = {}

    def suggested(self, page: OpenPage) -> list[str] | None:
        """Return a label for each block that has none, ``?`` for others; None while it is still learning."""
        if not page.suggested:
            return [UNLABELLED] * len(page.texts)
        if self._suggestions is None:
            # The first to ask starts it.
            if self._begun.acquire(blocking=False):
                threading.Thread(target=self._learn, daemon=True).start()
            return None
        if page.document not in self._of_page:
            features = features_of(page.page)
            base = self._suggestions.base(features, page.document, site_of(page.page.url))
            self._of_page[page.document] = (features, base)
        features, base = self._of_page[page.document]
        return self._suggestions.suggested(base, features, list(page.journal.labels))

    def _learn(self) -> None:
        kept_out = {
            entry.document for entry in self._workspace.queue() if entry.left or self._workspace.annotator
        }
        pages = {}
        for root in dict.fromkeys((own_gold(), self._workspace.root)):
            try:
                corpus = GoldCorpus.open(str(root))
            except InputError:
                continue
            pages.update({page.document: page for page in learned_pages(corpus)})
        self._suggestions = Suggestions([page for name, page in pages.items() if name not in kept_out])
