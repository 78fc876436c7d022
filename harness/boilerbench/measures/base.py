"""The form that every measure has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from boilerbench.measures.bounds import UnscorableError, check_size
from boilerbench.measures.marks import Marker
from boilerbench.policy import Policy
from boilerbench.records import Counts, Gold, LabelCount

Prepared = TypeVar("Prepared")


@dataclass(frozen=True, slots=True)
class Example:
    """A gold and an output so small that their counts can be followed by hand."""

    gold: Gold
    output: str
    counts: Counts
    """Worked by hand from the measure's explanation; a test holds the measure to them."""
    explanation: str
    """The reasons of the counts."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measure's finding on one output."""

    counts: Counts
    labels: tuple[LabelCount, ...] = ()
    """The share of each label in the output, from a measure that counts by label."""
    unscorable: str = ""
    """The bound that an output exceeds, which is then counted as an empty one; empty for any other."""


def has_body_gold(gold: Gold) -> bool:
    """Tell whether gold says what the body is, be it nothing."""
    return gold.has_body


def has_segments(gold: Gold) -> bool:
    """Tell whether gold names segments that must be there or must not."""
    return bool(gold.must_have or gold.must_not_have)


def may_have_segments(gold: Gold) -> bool:
    """Tell whether gold says which segments must be there or must not, be it none."""
    return gold.has_segments or has_segments(gold)


@dataclass(frozen=True, slots=True)
class Measure(Generic[Prepared]):
    """A rule that turns gold and text into counts.

    ``prepare`` is called once per document, ``count`` once per output of it, so that gold is not tokenized
    again for every extractor; it raises ``UnscorableError`` for an output that it cannot count within bounds.
    A document for which ``applies`` is false is unscored, which is not zero. ``averages`` names the ways in
    which its scores are averaged over documents, its own first.
    """

    name: str
    signature: str
    """Everything that decides the figures, printed beside each that is published."""
    summary: str
    """One line for the list of measures."""
    source: str
    """The paper, or the function of the peer, that it reproduces."""
    explanation: str
    """One paragraph for somebody who meets the measure for the first time."""
    example: Example
    prepare: Callable[[Gold], Prepared]
    count: Callable[[Prepared, str], Measurement]
    averages: tuple[str, ...] = ("mean",)
    applies: Callable[[Gold], bool] = has_body_gold
    marker: Callable[[Gold], Marker] | None = None
    """Marks texts by the spans that its counts come from, for a measure whose counts are of spans."""
    counts_labels: bool = False
    """Whether its measurements count by label."""
    unseen: Example | None = None
    """An output that is not gold and yet scores as if it were, or nearly: what the measure does not see."""
    with_policy: Callable[[Policy], Measure[Any]] | None = None
    """The measure under a policy, for one that asks what a label counts as and not only for the body."""

    def measure(self, gold: Gold, text: str) -> Measurement:
        """Prepare gold and measure a single output."""
        return self.judge(self.prepare(gold), text)

    def judge(self, expected: Prepared, text: str) -> Measurement:
        """Count an output, or nothing in place of one that is larger than can be judged.

        Args:
            expected: what ``prepare`` made of gold.
            text: the output.
        """
        try:
            check_size(text)
            return self.count(expected, text)
        except UnscorableError as error:
            return replace(self.count(expected, ""), unscorable=str(error))

    def under(self, policy: Policy) -> Measure[Any]:
        """The measure where a policy decides what is body and what is optional; its signature says so."""
        base = self.with_policy(policy) if self.with_policy else self
        head, _, version = base.signature.rpartition("|")

        def prepare(gold: Gold) -> Any:
            return base.prepare(policy.applied(gold))

        def marker(gold: Gold) -> Marker:
            assert base.marker is not None
            return base.marker(policy.applied(gold))

        return replace(
            base,
            signature=f"{head}|policy:{policy.name}|{version}",
            prepare=prepare,
            marker=marker if base.marker else None,
        )
