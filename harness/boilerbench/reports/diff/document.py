"""A document's gold made ready to mark many outputs, by each measure that can."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from boilerbench.errors import InputError
from boilerbench.measures import MEASURES, Measure, make_measure
from boilerbench.measures.block_matching import PreparedBlocks, labels_of_words, prepare_blocks
from boilerbench.measures.bounds import UnscorableError, check_size
from boilerbench.measures.marks import Mark, Marked, Marker
from boilerbench.measures.span_table import CODES, SpanTable, overlapping
from boilerbench.measures.spanned_text import ICU, shown_lines
from boilerbench.policy import Policy
from boilerbench.records import Gold
from boilerbench.reports.diff.stretches import Diff, stretches

_MakeMarker = Callable[[Gold, None], Marker]
_UNMARKED = Marker("", lambda text: Marked(shown_lines(text), (), ()))


@dataclass(frozen=True, slots=True)
class DocumentMarker:
    """Marks outputs of one document as one measure counts them, with the labels of leaked words."""

    measure: str
    marker: Marker
    blocks: PreparedBlocks | None
    """None where the page is not labelled."""

    @property
    def text(self) -> str:
        """The text that stands for gold, as it is shown."""
        return self.marker.text

    def diff(self, text: str) -> Diff:
        """Mark an output's text against the gold; of one too large to be judged, as of an empty one."""
        marked = mark_within_bounds(self.marker, text)
        in_output = SpanTable.of(marked.in_output)
        labels = _labels(marked.text, in_output, self.blocks) if self.blocks else None
        return Diff(
            marked.text,
            stretches(self.text, marked.in_gold, counted=self.marker.counted),
            stretches(marked.text, in_output, labels, self.marker.counted),
        )


def mark_within_bounds(marker: Marker, text: str) -> Marked:
    """Mark an output, or nothing in place of one that is larger than can be judged."""
    try:
        check_size(text)
        return marker.mark(text)
    except UnscorableError:
        return marker.mark("")


class MarkingMeasures:
    """The measures that mark the texts of a run.

    A document is marked by those of the run's measures that offer spans and apply to its gold. Where none
    does, it is marked by the first registered measure that does.

    Args:
        names: the run's measures.
        tokenizer: how words of the corpus are cut.
        policy: what labels count as.
    """

    def __init__(self, names: Sequence[str], tokenizer: str, policy: Policy) -> None:
        self._tokenizer = tokenizer
        self._policy = policy
        self._made: dict[str, Measure[Any] | None] = {}
        self._names = names

    def markers(self, gold: Gold) -> dict[str, DocumentMarker]:
        """Return the markers of a document by the names of their measures.

        Where nothing can mark its gold, that is one marker without a name, which marks nothing.
        """
        chosen = list(self._marking(self._names, gold))
        chosen = chosen or list(itertools.islice(self._marking(MEASURES, gold), 1))
        blocks = prepare_blocks(gold.blocks, self._policy.applied(gold).roles) if gold.blocks else None
        markers = {name: marker(gold, None) for name, marker in chosen} or {"": _UNMARKED}
        return {name: DocumentMarker(name, marker, blocks) for name, marker in markers.items()}

    def _marking(self, names: Iterable[str], gold: Gold) -> Iterator[tuple[str, _MakeMarker]]:
        for name in names:
            if name not in self._made:
                self._made[name] = self._make(name)
            measure = self._made[name]
            if measure and measure.marker and measure.applies(gold):
                yield name, measure.marker

    def _make(self, name: str) -> Measure[Any] | None:
        """The measure under the policy; one that cannot be made here any more marks nothing."""
        try:
            return make_measure(name, self._tokenizer).under(self._policy)
        except InputError:
            return None


def _labels(text: str, spans: SpanTable, blocks: PreparedBlocks) -> list[str]:
    """For each span of an output the label of the block that it came from; nothing unless it leaked."""
    import numpy as np

    by_icu = ICU.cut(text)
    word_labels = labels_of_words(blocks, by_icu.words)
    labels = [""] * len(spans)
    leaked = np.flatnonzero(spans.marks == CODES[Mark.LEAKED])
    inside, words = overlapping(spans.starts[leaked], spans.ends[leaked], by_icu.starts, by_icu.ends)
    for span, word in zip(leaked[inside].tolist(), words.tolist(), strict=True):
        labels[span] = word_labels[word]
    return labels
