"""Agreement of two annotators before anything is settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.corpora.gold_files import FIRST_ANNOTATOR_FILE, SECOND_ANNOTATOR_FILE, read_annotator
from boilerbench.errors import InputError
from boilerbench.policy import default_policy
from boilerbench.records import Block, Gold, Role


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of two annotators over all documents that both have labelled."""

    documents: int
    blocks: int
    equal: int
    """The number of blocks with the same label from both."""
    kappa: float
    """Cohen's κ over all labels."""
    kappa_of_roles: float
    """Cohen's κ over body, optional and boilerplate."""
    by_label: dict[str, tuple[int, float]]
    """For each label how many blocks have it from the first, and κ of this label against all others."""
    by_role: dict[str, tuple[int, float]]
    """The same for body, optional and boilerplate."""
    by_annotators: dict[str, tuple[int, int, float]]
    """For each pair of names how many blocks both have labelled, how many alike, and Cohen's κ."""
    f1: float
    """Mean F1 in ``words`` between the two bodies, optional text of the first taken out. It says how far a
    second pass by the same kind of reader agrees with the first, which bounds nothing."""


def agreement(corpus: GoldCorpus, remark: Callable[[str], None]) -> Agreement | None:
    """Compare the labels of two annotators over a corpus; ``None`` where no document has both.

    ``remark`` is called with one line for each document that is left out, since it cannot be read or labels
    do not fit it.
    """
    from boilerbench.measures import make_measure

    firsts: list[str] = []
    seconds: list[str] = []
    pairs: dict[str, tuple[list[str], list[str]]] = {}
    f1_of_documents = []
    words = make_measure("words", corpus.tokenizer).under(default_policy())
    for document in corpus.ids():
        folder = corpus.folder_of(document)
        files = [folder / name for name in (FIRST_ANNOTATOR_FILE, SECOND_ANNOTATOR_FILE)]
        if not all(file.exists() for file in files):
            continue
        try:
            blocks = corpus.gold(document).blocks
            first, second = (read_annotator(document, file, len(blocks)) for file in files)
        except InputError as error:
            remark(f"left out: {error}")
            continue
        firsts += first
        seconds += second
        of_pair = pairs.setdefault(_names(corpus, document), ([], []))
        of_pair[0].extend(first)
        of_pair[1].extend(second)
        second_body = default_policy().applied(_relabelled(blocks, second)).body
        f1_of_documents.append(words.measure(_relabelled(blocks, first), second_body).counts.f1)
    if not f1_of_documents:
        return None
    roles = default_policy().roles
    first_roles, second_roles = [roles[label] for label in firsts], [roles[label] for label in seconds]
    return Agreement(
        documents=len(f1_of_documents),
        blocks=len(firsts),
        equal=sum(first == second for first, second in zip(firsts, seconds, strict=True)),
        kappa=cohens_kappa(firsts, seconds),
        kappa_of_roles=cohens_kappa(first_roles, second_roles),
        by_label={
            label: (firsts.count(label), cohens_kappa(_is(label, firsts), _is(label, seconds)))
            for label in roles
            if label in firsts or label in seconds
        },
        by_role={
            str(role): (
                first_roles.count(role),
                cohens_kappa(_is(role, first_roles), _is(role, second_roles)),
            )
            for role in Role
            if role in first_roles or role in second_roles
        },
        by_annotators={
            names: (len(first), sum(map(str.__eq__, first, second)), cohens_kappa(first, second))
            for names, (first, second) in sorted(pairs.items())
        },
        f1=sum(f1_of_documents) / len(f1_of_documents),
    )


def cohens_kappa(first: Sequence[object], second: Sequence[object]) -> float:
    """Return the agreement beyond chance, 1 where all is equal.

    Source: Cohen (1960), Educational and Psychological Measurement 20.
    """
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    first_counts, second_counts = Counter(first), Counter(second)
    chance = sum(number * second_counts[label] for label, number in first_counts.items()) / len(first) ** 2
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def _names(corpus: GoldCorpus, document: str) -> str:
    """Return the names of a document's first two annotators; their numbers where it does not name them."""
    names = corpus.metadata(document).annotators
    return " and ".join([*names[:2], *("1", "2")[len(names[:2]) :]])


def _relabelled(blocks: Iterable[Block], labels: Sequence[str]) -> Gold:
    relabelled = tuple(Block(block.text, label) for block, label in zip(blocks, labels, strict=True))
    return Gold("", blocks=relabelled)


def _is(label: str, labels: Sequence[str]) -> list[bool]:
    return [other == label for other in labels]
