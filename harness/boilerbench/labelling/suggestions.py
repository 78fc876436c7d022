"""Labels suggested for a page: from pages of its site, from all labelled pages, from what it has already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.gold_files import UNLABELLED
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.labelling.block_features import PageFeatures, page_features
from boilerbench.labelling.label_model import LabelModel, train
from boilerbench.labelling.label_sequence import BestSequence
from boilerbench.labelling.page_head import title_of
from boilerbench.page_blocks import segmented
from boilerbench.records import Page
from boilerbench.sites import site_of
from boilerbench.tokenizers import normalize

if TYPE_CHECKING:
    from boilerbench.labelling.label_model import Scores

SAME_SITE = 6.0
"""Score of a label that the same thing has on another page of the site: text and path, or path alone."""
SAME_PATH = 1.0
"""Score of a label that all other blocks at the same path of this page have been given."""


@dataclass(frozen=True, slots=True)
class LearnedPage:
    """A labelled page, to learn from."""

    document: str
    site: str
    features: PageFeatures
    labels: tuple[str, ...]


def features_of(page: Page) -> PageFeatures:
    """Return the features of a page's blocks.

    Raises:
        InputError: the page is nested too deep.
    """
    html = page_text(page)
    return page_features(segmented(html)[1], normalize(title_of(html)).casefold())


def learned_pages(corpus: Corpus) -> list[LearnedPage]:
    """Read the labelled pages of a corpus; what cannot be read, or does not fit its page, is left out."""
    pages = []
    for document in corpus.ids():
        try:
            blocks = corpus.gold(document).blocks
            page = corpus.page(document)
        except InputError:
            continue
        features = features_of(page)
        if len(features.blocks) == len(blocks):
            labels = tuple(block.label for block in blocks)
            pages.append(LearnedPage(document, site_of(page.url), features, labels))
    return pages


class Suggestions:
    """What labelled pages teach about one that is being labelled.

    Args:
        pages: the labelled pages.
        model: what was learned from them before; trained here, where it is None.
    """

    def __init__(self, pages: Sequence[LearnedPage], model: LabelModel | None = None) -> None:
        self._pages = list(pages)
        self.model = model or train([(page.features.blocks, page.labels) for page in pages])

    def without_features(self) -> Suggestions:
        """Return the same suggestions, without what only training needed."""
        light = [replace(page, features=replace(page.features, blocks=())) for page in self._pages]
        return Suggestions(light, self.model)

    def base(self, features: PageFeatures, document: str = "", site: str = "") -> Scores:
        """Return the score of each label for each block, before anything on the page has a label.

        Args:
            features: of the page's blocks.
            document: its id; what is labelled under this id teaches nothing about it.
            site: its site; empty where it is not known.
        """
        scores = self.model.scores(features.blocks)
        known = [page for page in self._pages if site and page.site == site and page.document != document]
        by_text: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        by_path: dict[str, Counter[str]] = defaultdict(Counter)
        for page in known:
            for path, text, label in zip(page.features.paths, page.features.texts, page.labels, strict=True):
                by_text[path, text][label] += 1
                by_path[path][label] += 1
        for index, (path, text) in enumerate(zip(features.paths, features.texts, strict=True)):
            counts = by_text.get((path, text)) or by_path.get(path) or Counter()
            self._add(scores, index, counts, SAME_SITE)
        return scores

    def suggested(self, base: Scores, features: PageFeatures, given: Sequence[str]) -> list[str]:
        """Return a label for each block that has none, and ``?`` for the others.

        Args:
            base: what ``base`` returned for the page.
            features: of the page's blocks.
            given: the labels so far, ``?`` where there is none.
        """
        return PageSuggestions(self.model, base, features).suggested(given)

    def _add(self, scores: Scores, index: int, counts: Counter[str], weight: float) -> None:
        """Raise the scores of labels that the same thing has elsewhere, each by its share."""
        for label, number in counts.items():
            scores[index, self.model.labels.index(label)] += weight * number / counts.total()


class PageSuggestions:
    """The labels suggested for one page, renewed by what has changed since they were asked for.

    Args:
        model: what was learned.
        base: what ``Suggestions.base`` returned for the page.
        features: of the page's blocks.
    """

    def __init__(self, model: LabelModel, base: Scores, features: PageFeatures) -> None:
        self._model = model
        self._base = base
        self._paths = features.paths
        self._at_path: dict[str, list[int]] = defaultdict(list)
        for index, path in enumerate(features.paths):
            self._at_path[path].append(index)
        self._given = [UNLABELLED] * len(features.paths)
        self._sequence = BestSequence(base.copy(), model.steps)

    def suggested(self, given: Sequence[str]) -> list[str]:
        """Return a label for each block that has none, and ``?`` for the others.

        Args:
            given: the labels so far, ``?`` where there is none.
        """
        import numpy as np

        changed = [index for index, label in enumerate(given) if label != self._given[index]]
        self._given = list(given)
        if changed:
            raised = {path: self._of_path(path) for path in {self._paths[index] for index in changed}}
            renewed = sorted(index for path in raised for index in self._at_path[path])
            scores = self._base[renewed]
            firm = {label: self._model.firm(label) for label in set(given) - {UNLABELLED}}
            for row, index in enumerate(renewed):
                label = given[index]
                scores[row] = firm[label] if label in firm else scores[row] + raised[self._paths[index]]
            self._sequence.change(np.array(renewed), scores)
        labels = self._model.labels
        return [
            labels[column] if label == UNLABELLED else UNLABELLED
            for column, label in zip(self._sequence.columns(), given, strict=True)
        ]

    def _of_path(self, path: str) -> Scores:
        """Return what a path's labels add to the scores of blocks at it that have none."""
        import numpy as np

        counts = Counter(self._given[index] for index in self._at_path[path])
        del counts[UNLABELLED]
        raised = np.zeros(len(self._model.labels))
        for label, number in counts.items():
            raised[self._model.labels.index(label)] = SAME_PATH * number / counts.total()
        return raised
