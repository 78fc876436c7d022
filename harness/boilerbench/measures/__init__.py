"""Measures: rules that turn gold and text into counts, pure functions, one file each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from boilerbench.errors import InputError
from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.policy import Policy
from boilerbench.registry import Registry, described

MeasureFactory = Callable[[str], Measure[Any]]
"""Makes a measure for a tokenizer, ``plain`` or ``icu``."""

MEASURES: Registry[MeasureFactory] = Registry("measure", "boilerbench.measures", accepts=callable)
MEASURES.add("words", "boilerbench.measures.words:measure")
MEASURES.add("shingles", "boilerbench.measures.shingles:measure")
MEASURES.add("lcs", "boilerbench.measures.lcs:measure")
MEASURES.add("rouge-lsum", "boilerbench.measures.rouge_lsum:measure")
MEASURES.add("rouge-5", "boilerbench.measures.rouge_5:measure")
MEASURES.add("snippets", "boilerbench.measures.snippets:trafilatura")
MEASURES.add("snippets-wcxb", "boilerbench.measures.snippets:wcxb")
MEASURES.add("blocks", "boilerbench.measures.blocks:measure")
MEASURES.add("paragraphs", "boilerbench.measures.paragraphs:measure")
MEASURES.add("rouge-lsum-fundus", "boilerbench.measures.rouge_lsum_fundus:measure")
MEASURES.add("wer", "boilerbench.measures.wer:measure")
MEASURES.add("exact", "boilerbench.measures.exact:measure")
MEASURES.add("text-edit", "boilerbench.measures.edit_similarities:text_edit")
MEASURES.add("prose-edit", "boilerbench.measures.edit_similarities:prose_edit")
MEASURES.add("code-edit", "boilerbench.measures.edit_similarities:code_edit")
MEASURES.add("formula-edit", "boilerbench.measures.edit_similarities:formula_edit")
MEASURES.add("table-edit", "boilerbench.measures.edit_similarities:table_edit")
MEASURES.add("table-teds", "boilerbench.measures.table_teds:measure")
MEASURES.add("overall-webmainbench", "boilerbench.measures.overall_webmainbench:measure")
MEASURES.add("teds", "boilerbench.measures.teds:measure")
MEASURES.add("bleu", "boilerbench.measures.bleu:measure")
MEASURES.add("structure", "boilerbench.measures.structure:measure")

ALL = "all"

__all__ = [
    "ALL",
    "MEASURES",
    "Example",
    "Measure",
    "Measurement",
    "available_measures",
    "counts_labels",
    "counts_structure",
    "make_measure",
    "make_measures",
]


def make_measure(name: str, tokenizer: str) -> Measure[Any]:
    """Make the measure of that name, for a corpus whose words are cut in that way (``plain`` or ``icu``).

    Raises:
        InputError: there is no such measure, it lacks its library, or its plug-in does not make one.
    """
    factory = MEASURES.load(name)
    if not MEASURES.origin(name):
        return factory(tokenizer)
    try:
        measure: object = factory(tokenizer)
    except InputError:
        raise
    except Exception as error:
        raise InputError(MEASURES.fault(name, f"makes no measure ({described(error)})")) from None
    if not isinstance(measure, Measure):
        raise InputError(MEASURES.fault(name, f"makes no measure but {type(measure).__name__}"))
    return measure


def counts_labels(name: str) -> bool:
    """Tell whether a measure counts by label; one that cannot be made here does not."""
    try:
        return make_measure(name, "icu").counts_labels
    except InputError:
        return False


def counts_structure(name: str) -> bool:
    """Tell whether a measure counts by aspect of structure; one that cannot be made here does not."""
    try:
        return make_measure(name, "icu").counts_structure
    except InputError:
        return False


def available_measures(tokenizer: str, remark: Callable[[str], None]) -> Iterator[Measure[Any]]:
    """Make every registered measure that can be made here; ``remark`` is given a line for each other one."""
    for line in MEASURES.problems():
        remark(line)
    for name in MEASURES:
        try:
            yield make_measure(name, tokenizer)
        except InputError as error:
            remark(f"left out of all measures: {error}")


def make_measures(
    names: Sequence[str],
    tokenizer: str,
    remark: Callable[[str], None],
    policy: Policy | None = None,
    overlay: str | None = None,
) -> list[Measure[Any]]:
    """Make the measures of those names, each once; ``all`` is every one that can be made here.

    Args:
        names: of measures, or ``all``.
        tokenizer: how words are cut, ``plain`` or ``icu``.
        remark: is given a line for each of all that cannot be made.
        policy: what labels count as, for gold that has them; it stands in the signatures.
        overlay: the digest of labels that stand beside published gold.

    Raises:
        InputError: there is no such measure, or one that was named cannot be made.
    """
    made: dict[str, Measure[Any]] = {}
    for name in names:
        several = available_measures(tokenizer, remark) if name == ALL else [make_measure(name, tokenizer)]
        for measure in several:
            made[measure.name] = measure.under(policy, overlay)
    return list(made.values())
