"""What every measure is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from boilerbench.policy import Policy
from boilerbench.records import Counts, Gold, LabelCount

Prepared = TypeVar("Prepared")


@dataclass(frozen=True, slots=True)
class Example:
    """A gold and an output so small that their counts can be followed by hand."""

    gold: Gold
    output: str
    explanation: str
    """How the counts come about; the figures themselves are computed."""


def has_body_gold(gold: Gold) -> bool:
    """Whether gold says what the body is, be it nothing."""
    return gold.has_body


def has_segments(gold: Gold) -> bool:
    """Whether gold says which segments must be there or must not."""
    return bool(gold.must_have or gold.must_not_have)


@dataclass(frozen=True, slots=True)
class Measure(Generic[Prepared]):
    """A rule that turns gold and text into counts.

    ``prepare`` is called once per document, ``count`` once per output of it, so that gold is not tokenized
    anew for every extractor. A document for which ``applies`` is false is unscored, which is not zero.
    ``averages`` names the ways in which its scores are averaged over documents, its own first.
    """

    name: str
    signature: str
    """What decides its figures, printed beside each that is published."""
    summary: str
    """One line for the list of measures."""
    source: str
    """The paper, or the function of the peer, that it reproduces."""
    explanation: str
    """One paragraph for somebody who meets the measure for the first time."""
    example: Example
    prepare: Callable[[Gold], Prepared]
    count: Callable[[Prepared, str], Counts]
    averages: tuple[str, ...] = ("mean",)
    applies: Callable[[Gold], bool] = has_body_gold
    labels: Callable[[Prepared, str], tuple[LabelCount, ...]] | None = None
    """How much of each label is in an output, for a measure that looks at labels."""
    with_policy: Callable[[Policy], Measure[Any]] | None = None
    """The measure under a policy, for one that asks what a label counts as and not only for the body."""
