"""How far two annotators agree before anything is settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.corpora.gold_files import FIRST_ANNOTATOR_FILE, SECOND_ANNOTATOR_FILE, read_annotator
from boilerbench.policy import default_policy
from boilerbench.records import Block, Gold


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two annotators over all documents that both have labelled."""

    documents: int
    blocks: int
    equal: int
    kappa: float
    """Cohen's κ over all labels."""
    kappa_of_roles: float
    """The same over body, optional and boilerplate."""
    by_label: dict[str, tuple[int, float]]
    """For each label how many blocks the first gave it to, and κ of this label against all others."""
    f1: float
    """Mean F1 in ``words`` between the two bodies, optional text of the first forgiven: the human ceiling."""


def agreement(corpus: GoldCorpus) -> Agreement | None:
    """The agreement of the annotators of a corpus; nothing where it has no labels of two."""
    firsts: list[str] = []
    seconds: list[str] = []
    shares = []
    from boilerbench.measures import make_measure

    words = make_measure("words", corpus.tokenizer)
    for document in corpus.ids():
        folder = corpus.folder_of(document)
        files = [folder / name for name in (FIRST_ANNOTATOR_FILE, SECOND_ANNOTATOR_FILE)]
        if not all(file.exists() for file in files):
            continue
        blocks = corpus.gold(document).blocks
        one, two = (read_annotator(document, file, len(blocks)) for file in files)
        firsts += one
        seconds += two
        mine, theirs = (_gold(blocks, labels) for labels in (one, two))
        shares.append(words.count(words.prepare(mine), theirs.body).f1)
    if not shares:
        return None
    policy = default_policy()
    roles = [[policy.roles[label] for label in labels] for labels in (firsts, seconds)]
    return Agreement(
        documents=len(shares),
        blocks=len(firsts),
        equal=sum(one == two for one, two in zip(firsts, seconds, strict=True)),
        kappa=cohens_kappa(firsts, seconds),
        kappa_of_roles=cohens_kappa(*roles),
        by_label={
            label: (firsts.count(label), cohens_kappa(_is(label, firsts), _is(label, seconds)))
            for label in policy.roles
            if label in firsts or label in seconds
        },
        f1=sum(shares) / len(shares),
    )


def cohens_kappa(first: Sequence[object], second: Sequence[object]) -> float:
    """Agreement beyond chance, 1 where all is equal. Source: Cohen (1960), Educational and Psychological
    Measurement 20.
    """
    observed = sum(one == two for one, two in zip(first, second, strict=True)) / len(first)
    shares = [Counter(labels) for labels in (first, second)]
    chance = sum(number * shares[1][label] for label, number in shares[0].items()) / len(first) ** 2
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def _gold(blocks: Iterable[Block], labels: Sequence[str]) -> Gold:
    relabelled = tuple(Block(block.text, label) for block, label in zip(blocks, labels, strict=True))
    return default_policy().applied(Gold("", blocks=relabelled))


def _is(label: str, labels: Sequence[str]) -> list[bool]:
    return [each == label for each in labels]
