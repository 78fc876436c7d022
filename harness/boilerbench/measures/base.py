"""The form that every measure has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from boilerbench.measures.bounds import UnscorableError, check_size
from boilerbench.measures.marks import Marker
from boilerbench.policy import Policy
from boilerbench.records import Counts, Gold, LabelCount, StructureCount

if TYPE_CHECKING:
    from boilerbench.measures.optional_text import OptionalText

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
    structure: tuple[StructureCount, ...] = ()
    """By aspect, from a measure of structure."""
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
    marker: Callable[[Gold, OptionalText | None], Marker] | None = None
    """Marks texts by the spans that its counts come from, for a measure whose counts are of spans.

    The second argument is what is taken out of an output before it is measured; ``under`` finds it.
    """
    counts_labels: bool = False
    """Whether its measurements count by label, optional ones too, which its counts leave out themselves."""
    counts_structure: bool = False
    """Whether its measurements count by aspect of structure."""
    reads_markdown: bool = False
    """Whether it judges the Markdown that an extractor returned, where it returned any, and not its text."""
    count_html: Callable[[Prepared, str], Measurement] | None = None
    """Counts the HTML of the markup that an extractor returned, where it returned any, in place of ``count``.

    Such a measure finds the labelled blocks in an output itself, optional ones too.
    """
    knows_paragraphs: bool = False
    """Whether it leaves out the optional paragraphs of gold that is made of paragraphs itself."""
    unseen: Example | None = None
    """An output that is not gold and yet scores as if it were, or nearly: what the measure does not see."""

    def measure(self, gold: Gold, text: str) -> Measurement:
        """Prepare gold and measure a single output."""
        return self.judge(self.prepare(gold), text)

    @property
    def finds_blocks(self) -> bool:
        """Whether labels decide its figures even where they stand beside published gold."""
        return self.counts_labels or self.count_html is not None

    def judge(self, expected: Prepared, text: str, html: str = "", *, unreadable: str = "") -> Measurement:
        """Count an output, or nothing in place of one that is larger than can be judged.

        Args:
            expected: what ``prepare`` made of gold.
            text: the output.
            html: of the markup that the text is of, for a measure that counts it; empty where there is none.
            unreadable: why the markup that this measure reads could not be read; empty where it could.
        """
        try:
            if unreadable:
                raise UnscorableError(unreadable)
            check_size(text)
            if html and self.count_html:
                check_size(html)
                return self.count_html(expected, html)
            return self.count(expected, text)
        except UnscorableError as error:
            return replace(self.count(expected, ""), unscorable=str(error))

    def under(self, policy: Policy | None, overlay: str | None = None) -> Measure[Any]:
        """The measure as it judges a corpus: optional text goes out of an output before it is measured.

        Args:
            policy: what labels count as, which the signature then says; None where gold has no labels.
            overlay: the digest of labels that stand beside published gold, which then decide the figures of a
                measure that counts by label, and of no other.
        """
        # It needs numpy, which a command that only asks for its help does not.
        from boilerbench.measures.optional_text import optional_text

        own: Measure[Any] = self

        def judged(gold: Gold) -> tuple[Gold, OptionalText | None]:
            gold = policy.applied(gold) if policy else gold
            by_itself = own.finds_blocks or (own.knows_paragraphs and bool(gold.paragraphs))
            return gold, None if by_itself else optional_text(gold)

        def prepare(gold: Gold) -> tuple[Any, OptionalText | None]:
            gold, optional = judged(gold)
            return own.prepare(gold), optional

        def count(expected: tuple[Any, OptionalText | None], text: str) -> Measurement:
            prepared, optional = expected
            return own.count(prepared, optional.taken_out(text) if optional else text)

        def count_html(expected: tuple[Any, OptionalText | None], html: str) -> Measurement:
            assert own.count_html is not None
            return own.count_html(expected[0], html)

        def mark(gold: Gold, optional: OptionalText | None) -> Marker:
            assert own.marker is not None
            return own.marker(*judged(gold))

        return replace(
            own,
            signature=_signature(own, policy, overlay),
            prepare=prepare,
            count=count,
            count_html=count_html if own.count_html else None,
            marker=mark if own.marker else None,
        )


def _signature(measure: Measure[Any], policy: Policy | None, overlay: str | None) -> str:
    """The signature on labelled gold: one version on, since optional text was once left to each measure."""
    if policy is None or (overlay and not measure.finds_blocks):
        return measure.signature
    head, _, version = measure.signature.rpartition("|v")
    labels = f"policy:{policy.name}" + (f"|overlay:{overlay}" if overlay else "")
    return f"{head}|{labels}|v{int(version) + (not measure.finds_blocks)}"
