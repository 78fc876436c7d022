"""Two runs, or two extractors of one, brought together on the documents that may be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boilerbench.errors import InputError
from boilerbench.results import MeasureInfo, Run

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Paired:
    """Scores of one measure over the same documents, with the pairs of extractors to compare."""

    scores: pd.DataFrame
    """Extractors under ``labels``."""
    pairs: list[tuple[str, str]]
    labels: dict[str, str]
    """From a name that is unique in ``scores`` to what a person reads."""
    measure: MeasureInfo
    corpus: str
    remark: str
    """Which documents were left out and why; empty where none were."""


def measure_of(run: Run, name: str | None) -> MeasureInfo:
    """The measure of that name in a run, or its first.

    Raises:
        InputError: the run was not scored by it.
    """
    found = next((measure for measure in run.info.measures if name in (None, measure.name)), None)
    if found is None:
        there = ", ".join(run.info.measure_names)
        raise InputError(
            f"run {run.folder}: not scored by {name} but by {there}; boilerbench score {run.folder} -m {name}"
        )
    return found


def average_of(measure: MeasureInfo, name: str | None) -> str:
    """That way of averaging a measure, or its first.

    Raises:
        InputError: the measure is not averaged so.
    """
    averages = measure.averages
    if name is not None and name not in averages:
        raise InputError(f"{measure.name} is not averaged as {name}; there is {', '.join(averages)}")
    return name or averages[0]


def label_of(run: Run, extractor: str) -> str:
    """Spec and version; a spec that names its version says enough."""
    return run.info.label(extractor)


def within(run: Run, measure: str | None, pair: tuple[str, str] | None = None) -> Paired:
    """All pairs of a run's extractors, best first, or one pair.

    Raises:
        InputError: there is nothing to compare.
    """
    chosen = measure_of(run, measure)
    scores = _scores(run, chosen)
    means = scores.groupby("extractor", sort=False)["f1"].mean().sort_values(ascending=False, kind="stable")
    names = [str(name) for name in means.index]
    if pair is None and len(names) < 2:
        raise InputError(f"run {run.folder}: one extractor alone; run it with another to compare")
    pairs = [pair] if pair else [(one, two) for at, one in enumerate(names) for two in names[at + 1 :]]
    labels = {name: label_of(run, name) for name in names}
    return Paired(scores, pairs, labels, chosen, run.info.corpus.name, "")


def between(first: Run, second: Run, measure: str | None) -> Paired:
    """Each extractor of the first run against the same in the second, on common documents of equal content.

    Where each run has but one extractor, these two are compared, whatever they are called.

    Raises:
        InputError: no extractor or document in common, content that differs, or another measure.
    """
    common, remark = common_documents(first, second)
    chosen, other = measure_of(first, measure), measure_of(second, measure)
    if chosen.signature != other.signature:
        raise InputError(
            f"{first.folder} is scored by {chosen.signature}, {second.folder} by {other.signature}; "
            "score both anew with boilerbench score"
        )
    tables = []
    for run, side in ((first, "first"), (second, "second")):
        table = _scores(run, chosen)
        table = table[table["document"].isin(common)]
        tables.append(table.assign(extractor=table["extractor"] + f" ({side})"))
    names = [run.info.rows for run in (first, second)]
    same = [name for name in names[0] if name in names[1]]
    matched = [(name, name) for name in same] or (
        [(names[0][0], names[1][0])] if len(names[0]) == len(names[1]) == 1 else []
    )
    if not matched:
        raise InputError(
            f"{first.folder} and {second.folder} have no extractor in common: "
            f"{', '.join(names[0])}; {', '.join(names[1])}"
        )
    labels = {}
    for one, two in matched:
        here, there = label_of(first, one), label_of(second, two)
        apart = here != there
        labels[f"{one} (first)"] = here if apart else f"{here} in {first.folder}"
        labels[f"{two} (second)"] = there if apart else f"{there} in {second.folder}"
    import pandas as pd

    scores = pd.concat(tables)
    return Paired(
        scores[scores["extractor"].isin(labels)],
        [(f"{one} (first)", f"{two} (second)") for one, two in matched],
        labels,
        chosen,
        first.info.corpus.name,
        remark,
    )


def _scores(run: Run, measure: MeasureInfo) -> pd.DataFrame:
    scores: pd.DataFrame = run.scores[run.scores["measure"] == measure.name]
    if scores.empty:
        raise InputError(
            f"run {run.folder}: no document has what {measure.name} needs; choose another with --measure"
        )
    return scores


def common_documents(first: Run, second: Run) -> tuple[set[str], str]:
    """The documents of both runs, and a remark where their corpora are not the same.

    Raises:
        InputError: there are none, or they differ in page or gold.
    """
    contents = [
        dict(zip(run.documents["document"], run.documents["content"], strict=True)) for run in (first, second)
    ]
    common = contents[0].keys() & contents[1].keys()
    if not common:
        raise InputError(f"{first.folder} and {second.folder} have no document in common")
    changed = sorted(name for name in common if contents[0][name] != contents[1][name])
    if changed:
        raise InputError(
            f"{first.folder} and {second.folder} differ in page or gold of {len(changed)} documents, "
            f"as in {changed[0]}; run both on the same corpus"
        )
    digests = [run.info.corpus.digest for run in (first, second)]
    if digests[0] == digests[1]:
        return common, ""
    return common, (
        f"The corpora differ; compared on the {len(common)} documents in common "
        f"(of {len(contents[0])} and {len(contents[1])}), whose pages and gold are the same."
    )
