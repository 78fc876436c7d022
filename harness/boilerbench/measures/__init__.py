"""How outputs are judged: one file per measure, pure functions from gold and text to counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

from boilerbench.errors import InputError
from boilerbench.measures.base import Measure
from boilerbench.policy import Policy
from boilerbench.records import Gold
from boilerbench.registry import Registry

MEASURES = Registry("measure", "boilerbench.measures")
MEASURES.add("words", "boilerbench.measures.words:measure")
MEASURES.add("shingles", "boilerbench.measures.shingles:measure")
MEASURES.add("lcs", "boilerbench.measures.lcs:measure")
MEASURES.add("rouge-lsum", "boilerbench.measures.rouge_lsum:measure")
MEASURES.add("rouge-5", "boilerbench.measures.rouge_5:measure")
MEASURES.add("snippets", "boilerbench.measures.snippets:trafilatura")
MEASURES.add("snippets-wcxb", "boilerbench.measures.snippets:wcxb")
MEASURES.add("blocks", "boilerbench.measures.blocks:measure")
MEASURES.add("exact", "boilerbench.measures.exact:measure")

ALL = "all"

__all__ = ["ALL", "MEASURES", "Measure", "make_measure", "make_measures"]


def make_measure(name: str, tokenizer: str) -> Measure[Any]:
    """The measure of that name, for a corpus whose words are cut in that way (``plain`` or ``icu``).

    Raises:
        InputError: there is no such measure.
    """
    make = cast("Callable[[str], Measure[Any]]", MEASURES.load(name))
    return make(tokenizer)


def make_measures(
    names: Sequence[str], tokenizer: str, remark: Callable[[str], None], policy: Policy | None = None
) -> list[Measure[Any]]:
    """The measures of those names, each once; ``all`` is every one that can be had here.

    ``remark`` is told, in one line each, which of all cannot. ``policy`` is what labels count as, for gold
    that has them; it stands in the signatures.

    Raises:
        InputError: there is no such measure, or one that was named lacks its library.
    """
    made: dict[str, Measure[Any]] = {}
    for name in names:
        if name != ALL:
            made[name] = _under(policy, make_measure(name, tokenizer))
            continue
        for each in MEASURES:
            try:
                made[each] = _under(policy, make_measure(each, tokenizer))
            except InputError as error:
                remark(f"left out of all measures: {error}")
    return list(made.values())


def _under(policy: Policy | None, measure: Measure[Any]) -> Measure[Any]:
    """A measure whose figures hang on a policy, and whose signature says so."""
    if policy is None:
        return measure
    measure = measure.with_policy(policy) if measure.with_policy else measure
    head, _, version = measure.signature.rpartition("|")

    def prepare(gold: Gold) -> Any:
        return measure.prepare(policy.applied(gold))

    return replace(measure, signature=f"{head}|policy:{policy.name}|{version}", prepare=prepare)
