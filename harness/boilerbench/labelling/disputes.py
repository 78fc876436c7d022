"""Published gold against our labels of the same pages: the words that they see differently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from boilerbench.corpora.overlays import OwnGold
from boilerbench.errors import InputError
from boilerbench.policy import Policy
from boilerbench.records import LabelCount, Role


@dataclass(frozen=True, slots=True)
class Dispute:
    """A page of which two people say what the body is: its publisher, and we."""

    document: str
    page_type: str
    f1: float
    """F1 in ``words`` of the published body against ours, optional text taken out."""
    labels: tuple[LabelCount, ...]
    """What of each label the published body has, as the measure ``blocks`` counts it."""


@dataclass(frozen=True, slots=True)
class DisputedLabel:
    """The words of one label that one side counts as body and the other does not, over all pages."""

    label: str
    role: str
    """Body: what our body has and the published one lacks; else what the published one has."""
    pages: int
    words: int


def disputes(corpus: OwnGold, policy: Policy, remark: Callable[[str], None]) -> Iterator[Dispute]:
    """Compare the published body of each labelled page with ours, where there are both.

    Args:
        corpus: the labelled pages.
        policy: what labels count as.
        remark: told in one line of each page that is left out: it, its gold or its labels cannot be read, or
            these do not fit.
    """
    from boilerbench.measures import make_measure

    words = make_measure("words", corpus.tokenizer).under(policy)
    blocks = make_measure("blocks", corpus.tokenizer).under(policy)
    for document in corpus.ids():
        try:
            published, gold = corpus.published_gold(document), corpus.gold(document)
        except InputError as error:
            remark(f"left out: {error}")
            continue
        if published.has_body and gold.has_body:
            f1 = words.measure(gold, published.body).counts.f1
            labels = blocks.measure(gold, published.body).labels
            yield Dispute(document, corpus.metadata(document).page_type or "", f1, labels)


def by_label(found: Iterable[Dispute], policy: Policy) -> list[DisputedLabel]:
    """Sum up disputed words by label, most words first; optional text is not disputed."""
    sums: dict[str, list[int]] = {}
    for dispute in found:
        for count in dispute.labels:
            role = policy.role_of(count.label)
            number = count.words - count.words_found if role == Role.BODY else count.words_found
            if number and role != Role.OPTIONAL:
                of_label = sums.setdefault(count.label, [0, 0])
                of_label[0] += 1
                of_label[1] += number
    rows = [
        DisputedLabel(label, policy.role_of(label), pages, words) for label, (pages, words) in sums.items()
    ]
    return sorted(rows, key=lambda row: (-row.words, row.label))
