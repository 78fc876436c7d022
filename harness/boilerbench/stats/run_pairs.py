"""Two extractors of one run, or of two runs, paired on the documents that may be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from boilerbench.errors import InputError
from boilerbench.measures import MEASURES
from boilerbench.nearest import hint
from boilerbench.results import MeasureInfo, Run
from boilerbench.stats.sample import several_sites

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
    names: dict[str, str]
    """From a name that is unique in ``scores`` to the extractor's own in its run."""
    measure: MeasureInfo
    corpus: str
    sites: Mapping[str, str] | None
    """The site of each document; none where documents are taken as independent."""
    remarks: list[str]
    """Remarks on what was left out and why, a sentence each."""


def measure_of(run: Run, name: str | None) -> MeasureInfo:
    """Return the measure of that name in a run, or its first.

    Raises:
        InputError: the run was not scored by it.
    """
    measure = next((measure for measure in run.info.measures if name in (None, measure.name)), None)
    if measure is None:
        # A name that no measure has is another fault, and has a nearest one.
        MEASURES.target(str(name))
        scored = ", ".join(run.info.measure_names)
        raise InputError(
            f"run {run.folder}: not scored by {name} but by {scored}",
            remedy="score",
            run=str(run.folder),
            measure=str(name),
        )
    return measure


def average_of(measure: MeasureInfo, name: str | None) -> str:
    """Return that way of averaging a measure, or its first.

    Raises:
        InputError: the measure is not averaged so.
    """
    averages = measure.averages
    if name is not None and name not in averages:
        raise InputError(f"{measure.name} is not averaged as {name}; there is {', '.join(averages)}")
    return name or averages[0]


def label_of(run: Run, extractor: str) -> str:
    """Return spec and version of an extractor; a spec that names its version says enough."""
    return run.info.label(extractor)


def run_sites(run: Run, *, independent: bool = False) -> tuple[Mapping[str, str] | None, str]:
    """Return the site of each document of a run, and a remark where documents stand for themselves.

    Args:
        run: a run.
        independent: whether documents are to be taken as independent, whatever their sites.

    Returns:
        Sites by document, empty for a page without a URL; none where documents are independent.
    """
    if independent:
        return None, ""
    if "site" not in run.documents:
        return None, f"{run.folder} does not say of which sites its pages are; they count as independent."
    if run.info.suffix_list is None:
        return None, ""
    sites = several_sites(dict(zip(run.documents["document"], run.documents["site"], strict=True)))
    if sites is None:
        site = run.documents["site"].iloc[0]
        return None, f"All pages are of {site}; what is said holds for that site alone."
    return sites, ""


def within(
    run: Run,
    measure: str | None,
    pair: tuple[str, str] | None = None,
    *,
    independent: bool = False,
) -> Paired:
    """Pair the extractors of a run, all of them, best first, or two by name.

    Raises:
        InputError: there is nothing to compare.
    """
    chosen = measure_of(run, measure)
    scores = _scores(run, chosen)
    if pair is not None:
        for name in pair:
            _check_name(run, name)
        if pair[0] == pair[1]:
            raise InputError(f"{pair[0]} is compared with itself; name two extractors of {run.folder}")
    means = scores.groupby("extractor", sort=False)["f1"].mean().sort_values(ascending=False, kind="stable")
    names = [str(name) for name in means.index]
    competing = [name for name in names if name not in run.info.references]
    if pair is None and len(competing) < 2:
        raise InputError(f"run {run.folder}: one extractor alone; run it with another to compare")
    pairs = [pair] if pair else list(combinations(competing, 2))
    labels = {name: label_of(run, name) for name in names}
    sites, remark = run_sites(run, independent=independent)
    remarks = [remark] if remark else []
    own = {name: name for name in names}
    return Paired(scores, pairs, labels, own, chosen, run.info.corpus.name, sites, remarks)


def between(
    first: Run,
    second: Run,
    measure: str | None,
    pairs: Sequence[tuple[str, str]] = (),
    *,
    independent: bool = False,
) -> Paired:
    """Pair extractors of the first run with those of the second, on common documents of equal content.

    Args:
        first: a run.
        second: another.
        measure: the measure; without, the first run's first.
        pairs: an extractor of the first run and one of the second each; without any, those of one name. Where
            each run has a single extractor, these two are paired, whatever they are called.
        independent: whether documents are to be taken as independent.

    Raises:
        InputError: no extractor or document in common, content that differs, or another measure.
    """
    common, remark = common_documents(first, second)
    chosen = measure_of(first, measure)
    other = measure_of(second, chosen.name)
    if chosen.signature != other.signature:
        raise InputError(
            f"{first.folder} is scored by {chosen.signature}, {second.folder} by {other.signature}",
            remedy="score-both",
            first=str(first.folder),
            second=str(second.folder),
        )
    matched = _matched(first, second, pairs)
    labels: dict[str, str] = {}
    names: dict[str, str] = {}
    for one, two in matched:
        new, old = label_of(first, one), label_of(second, two)
        labels[f"{one} (first)"] = new if new != old else f"{new} in {first.folder}"
        labels[f"{two} (second)"] = old if new != old else f"{old} in {second.folder}"
        names |= {f"{one} (first)": one, f"{two} (second)": two}
    sites, no_sites = run_sites(first, independent=independent)
    return Paired(
        _joined_scores(((first, "first"), (second, "second")), chosen, common, labels),
        [(f"{one} (first)", f"{two} (second)") for one, two in matched],
        labels,
        names,
        chosen,
        first.info.corpus.name,
        sites,
        [line for line in (remark, no_sites) if line],
    )


def competing_names(run: Run) -> list[str]:
    """Return the names of a run's extractors, without reference rows."""
    return [extractor.name for extractor in run.info.extractors]


def _matched(first: Run, second: Run, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    for new, old in pairs:
        _check_name(first, new)
        _check_name(second, old)
    if pairs:
        return list(dict.fromkeys(pairs))
    news, olds = competing_names(first), competing_names(second)
    same = [(name, name) for name in news if name in olds]
    if not same and len(news) == len(olds) == 1:
        same = [(news[0], olds[0])]
    if not same:
        raise InputError(
            f"{first.folder} and {second.folder} have no extractor in common: "
            f"{', '.join(news)}; {', '.join(olds)}",
            remedy="pair",
        )
    return same


def _joined_scores(
    runs: Sequence[tuple[Run, str]], measure: MeasureInfo, common: set[str], labels: Mapping[str, str]
) -> pd.DataFrame:
    """The scores of both runs on common documents, extractors by the names that are unique."""
    import pandas as pd

    tables = []
    for run, side in runs:
        table = _scores(run, measure)
        table = table[table["document"].isin(common)]
        tables.append(table.assign(extractor=table["extractor"] + f" ({side})"))
    joined = pd.concat(tables)
    joined = joined[joined["extractor"].isin(labels)]
    if joined.empty:
        raise InputError(
            f"{runs[0][0].folder} and {runs[1][0].folder} have no document in common with what "
            f"{measure.name} needs",
            remedy="other-measure",
        )
    return joined


def _check_name(run: Run, name: str) -> None:
    if name not in run.info.rows:
        raise InputError(f"run {run.folder}: no extractor {name!r}; {hint(name, run.info.rows)}")


def _scores(run: Run, measure: MeasureInfo) -> pd.DataFrame:
    scores: pd.DataFrame = run.scores[run.scores["measure"] == measure.name]
    if scores.empty:
        raise InputError(
            f"run {run.folder}: no document has what {measure.name} needs", remedy="other-measure"
        )
    return scores


def common_documents(first: Run, second: Run) -> tuple[set[str], str]:
    """Return the documents of both runs, and a remark where their corpora are not the same.

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
