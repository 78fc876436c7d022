"""A model of label sequences: which label a block has by its features and by that of the block before.

Multinomial logistic regression over features, trained with AdaGrad (Duchi, Hazan and Singer 2011), and how
often one label follows another; the best sequence is found by Viterbi's algorithm. It trains in seconds on
what is labelled.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boilerbench.labelling.label_sequence import BestSequence
from boilerbench.policy import default_policy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

_ROUNDS = 15
_RATE = 0.1
_DECAY = 0.05
_UNSEEN_STEPS = 0.05
"""Times that a step from label to label counts as seen before any is."""
_TRUST = 0.3
"""The weight of steps: features of neighbours say a part of the same."""
_FIRM = 1e6
"""Above any score: a label that is given stays."""


@dataclass(frozen=True)
class LabelModel:
    """Weights of features and of neighbouring labels.

    Attributes:
        labels: the label of each column.
        rows: the row of each known feature.
        weights: of features (rows) for labels.
        steps: of a label (row) before another one (column).
    """

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Scores
    steps: Scores

    def scores(self, blocks: Sequence[Sequence[str]]) -> Scores:
        """Return the score of each label for each block by its features alone."""
        import numpy as np

        scores = np.zeros((len(blocks), len(self.labels)))
        for index, features in enumerate(blocks):
            known = [row for feature in features if (row := self.rows.get(feature)) is not None]
            if known:
                scores[index] = self.weights[known].sum(axis=0)
        return scores

    def decoded(self, scores: Scores, given: Mapping[int, str] | None = None) -> list[str]:
        """Return the best sequence of labels.

        Args:
            scores: of labels for blocks.
            given: labels that stay as they are, by the index of the block.
        """
        fixed = scores.copy()
        for index, label in (given or {}).items():
            fixed[index] = self.firm(label)
        return [self.labels[column] for column in BestSequence(fixed, self.steps).columns()]

    def firm(self, label: str) -> Scores:
        """Return the scores of a block that has this label, whatever else speaks for another one."""
        import numpy as np

        scores = np.full(len(self.labels), -_FIRM)
        scores[self.labels.index(label)] = 0
        return scores


def train(
    pages: Sequence[tuple[Sequence[Sequence[str]], Sequence[str]]], *, rounds: int = _ROUNDS
) -> LabelModel:
    """Train on pages, each its blocks' features and their labels; the same pages make the same model."""
    import numpy as np

    labels = tuple(default_policy().roles)
    column = {label: index for index, label in enumerate(labels)}
    rows: dict[str, int] = {}
    coded = []
    follows = np.full((len(labels), len(labels)), _UNSEEN_STEPS)
    for blocks, page_labels in pages:
        features = [[rows.setdefault(feature, len(rows)) for feature in block] for block in blocks]
        truth = np.array([column[label] for label in page_labels], dtype=np.intp)
        np.add.at(follows, (truth[:-1], truth[1:]), 1)
        if len(truth):
            starts = np.cumsum([0, *map(len, features[:-1])])
            flat = np.array([row for block in features for row in block], dtype=np.intp)
            owner = np.repeat(np.arange(len(truth)), list(map(len, features)))
            # Blocks by feature, so that what each feature gets is one run of rows.
            used, firsts = np.unique(flat[by_row := np.argsort(flat, kind="stable")], return_index=True)
            coded.append((flat, starts, truth, used, owner[by_row], firsts))
    weights = np.zeros((len(rows), len(labels)))
    squares = np.full((len(rows), len(labels)), 1e-6)
    order = list(range(len(coded)))
    shuffler = random.Random(0)
    for _ in range(rounds):
        shuffler.shuffle(order)
        for page in order:
            flat, starts, truth, used, owners, firsts = coded[page]
            errors = softmax(np.add.reduceat(weights[flat], starts, axis=0))
            errors[np.arange(len(truth)), truth] -= 1
            gradient = np.add.reduceat(errors[owners], firsts, axis=0) + _DECAY * weights[used]
            squares[used] += gradient**2
            weights[used] -= _RATE * gradient / np.sqrt(squares[used])
    chances = follows / follows.sum(axis=1, keepdims=True)
    expected = follows.sum(axis=0) / follows.sum()
    return LabelModel(labels, rows, weights, _TRUST * np.log(chances / expected))


def softmax(scores: Scores) -> Scores:
    """Return the share of each column in a row of scores."""
    import numpy as np

    shares: Scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares
