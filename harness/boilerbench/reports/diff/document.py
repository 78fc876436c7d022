"""A document's gold made ready to mark many outputs."""

from __future__ import annotations

from dataclasses import dataclass

from boilerbench.measures.blocks import PreparedBlocks, labels_of_words, with_policy
from boilerbench.policy import Policy
from boilerbench.records import Gold
from boilerbench.reports.diff.snippets import SegmentMarker, make_segment_marker
from boilerbench.reports.diff.words import Marked, mark
from boilerbench.reports.word_spans import CUTTING_MEASURES, Cut, Cutter, cutter, icu_cut


@dataclass(frozen=True)
class Marker:
    """Marks outputs of one page as one measure counts them."""

    gold: Cut
    cut: Cutter
    optional: list[str]
    """Words that may be there or not."""
    blocks: PreparedBlocks | None
    """Where the page is labelled."""

    @property
    def text(self) -> str:
        """The gold body as it is shown."""
        return self.gold.text

    def marked(self, text: str) -> Marked:
        """An output's words against those of the gold."""
        output = self.cut(text)
        labels = _labels(output, self.blocks) if self.blocks else None
        return Marked(output.text, *mark(self.gold, output, self.optional, labels))


def cutting_measures(measures: list[str]) -> list[str]:
    """The measures of a run that texts can be marked by: those that count words, else the plainest."""
    return [name for name in CUTTING_MEASURES if name in measures] or [CUTTING_MEASURES[0]]


def make_marker(gold: Gold, policy: Policy, measure: str, tokenizer: str) -> Marker | SegmentMarker:
    """The marker for a measure of ``CUTTING_MEASURES``; only ``words`` forgives optional text.

    Gold without a body is marked by its segments, whatever the measure.
    """
    if not gold.has_body:
        return make_segment_marker(gold)
    gold = policy.applied(gold)
    cut = cutter(measure, tokenizer)
    optional = cut(gold.optional).words if measure == "words" else []
    return Marker(cut(gold.body), cut, optional, with_policy(policy).prepare(gold) if gold.blocks else None)


def _labels(output: Cut, blocks: PreparedBlocks) -> list[str]:
    """The label of the block that each word of an output came from; nothing where it came from none."""
    by_icu = icu_cut(output.text)
    spans, found = by_icu.spans, labels_of_words(blocks, by_icu.words)
    labels = []
    place = 0
    for start, end in output.spans:
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        inside = place < len(spans) and spans[place][0] < end
        labels.append(found[place] if inside else "")
    return labels
