"""The inputs of a report: one run, or two brought together on the documents they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boilerbench.errors import InputError
from boilerbench.measures import counts_labels, counts_structure
from boilerbench.results import LABELS_FILE, STRUCTURE_FILE, MeasureInfo, Run, RunInfo, with_unscorable
from boilerbench.stats import RESAMPLES, leaderboard
from boilerbench.stats.run_pairs import common_documents, label_of, run_sites

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Entrant:
    """An extractor of a run, under a name that is unique in the report."""

    name: str
    label: str
    """Spec and version, as a person reads it."""
    run: int
    """The index of its run."""
    own_name: str
    """Its name in that run."""
    reference: bool


@dataclass(frozen=True)
class Material:
    """Tables of a run or two; extractors go by the names of ``entrants``."""

    runs: tuple[Run, ...]
    entrants: list[Entrant]
    measures: Sequence[MeasureInfo]
    """The measures that the runs share."""
    documents: pd.DataFrame
    scores: pd.DataFrame
    extractions: pd.DataFrame
    leaderboard: pd.DataFrame
    unscorable: pd.DataFrame
    labels: pd.DataFrame | None
    """None unless gold is labelled and a measure counts by label."""
    structure: pd.DataFrame | None
    """None unless a measure counts by aspect of structure."""
    remark: str
    """The documents that were left out, and why; empty where none were."""

    @property
    def info(self) -> RunInfo:
        """The facts of the first run, which decides policy, seed and corpus."""
        return self.runs[0].info

    @property
    def sites(self) -> Mapping[str, str] | None:
        """The site of each document; none where documents are taken as independent."""
        return run_sites(self.runs[0])[0]

    @property
    def title(self) -> str:
        """The title of the report."""
        return " against ".join(names_of(self.runs))

    @property
    def references(self) -> list[str]:
        """The reference rows, which stand beside the extractors and do not compete."""
        return [entrant.name for entrant in self.entrants if entrant.reference]

    def pair(self) -> tuple[str, str] | None:
        """The two that a reader wants to see first: one extractor in both runs, else the best two."""
        for one in self.entrants:
            for other in self.entrants:
                if (one.run, other.run) == (0, 1) and one.own_name == other.own_name and not one.reference:
                    return one.name, other.name
        first = self.leaderboard[self.leaderboard["measure"] == self.measures[0].name]
        names = [str(name) for name in first["extractor"].unique() if name not in self.references]
        return (names[0], names[1]) if len(names) > 1 else None


def of_runs(runs: Sequence[Run]) -> Material:
    """The material of one run or two.

    Raises:
        InputError: two runs have no document, no measure or no policy in common, or differ in page or gold.
    """
    return _of_one(runs[0]) if len(runs) == 1 else _of_two(runs[0], runs[1])


def names_of(runs: Sequence[Run]) -> list[str]:
    """Names of runs: their folders, and those above where that alone would not tell them apart."""
    names = [run.name for run in runs]
    if len(set(names)) == len(names):
        return names
    return ["/".join(run.folder.resolve().parts[-2:]) for run in runs]


def _of_one(run: Run) -> Material:
    entrants = [
        Entrant(name, label_of(run, name), 0, name, name in run.info.references) for name in _names(run)
    ]
    labels = run.labels if (run.folder / LABELS_FILE).exists() else None
    structure = run.structure if (run.folder / STRUCTURE_FILE).exists() else None
    return Material(
        (run,),
        entrants,
        run.info.measures,
        run.documents,
        run.scores,
        run.extractions,
        run.leaderboard,
        run.unscorable,
        labels,
        structure,
        "",
    )


def _of_two(first: Run, second: Run) -> Material:
    common, remark = common_documents(first, second)
    if first.info.policy != second.info.policy:
        raise InputError(
            f"{first.folder} is scored under policy {first.info.policy}, {second.folder} under "
            f"{second.info.policy}",
            remedy="score-policy",
            run=str(second.folder),
            policy=str(first.info.policy),
        )
    signatures = [measure.signature for measure in second.info.measures]
    measures = [measure for measure in first.info.measures if measure.signature in signatures]
    if not measures:
        raise InputError(
            f"{first.folder} and {second.folder} have no measure in common",
            remedy="score",
            run=str(second.folder),
            measure=first.info.measure_names[0],
        )
    runs = (first, second)
    entrants = _told_apart(runs)
    kept = {measure.name for measure in measures}
    scores = _joined(runs, entrants, "scores", common)
    scores = scores[scores["measure"].isin(kept)]
    extractions = _joined(runs, entrants, "extractions", common)
    references = [entrant.name for entrant in entrants if entrant.reference]
    board = leaderboard(
        scores,
        extractions,
        {measure.name: measure.averages for measure in measures},
        sites=run_sites(first)[0],
        references=references,
        seed=first.info.seed,
        resamples=RESAMPLES,
    )
    labelled = all((run.folder / LABELS_FILE).exists() for run in runs) and any(map(counts_labels, kept))
    structured = all((run.folder / STRUCTURE_FILE).exists() for run in runs) and any(
        map(counts_structure, kept)
    )
    documents = first.documents[first.documents["document"].isin(common)].reset_index(drop=True)
    labels = _joined(runs, entrants, "labels", common) if labelled else None
    structure = _joined(runs, entrants, "structure", common) if structured else None
    unscorable = _joined(runs, entrants, "unscorable", common)
    unscorable = unscorable[unscorable["measure"].isin(kept)]
    board = with_unscorable(board, unscorable)
    return Material(
        *(runs, entrants, measures, documents, scores, extractions, board, unscorable, labels, structure),
        remark,
    )


def _told_apart(runs: Sequence[Run]) -> list[Entrant]:
    """The extractors of two runs; those of one name are called first and second, a reference stands once."""
    labels = [{name: label_of(run, name) for name in _names(run)} for run in runs]
    entrants = []
    for index, run in enumerate(runs):
        other = labels[1 - index]
        for name, label in labels[index].items():
            reference = name in run.info.references
            if reference and index == 1 and name in other:
                continue
            twice = name in other and not reference
            shown = f"{label} in {names_of(runs)[index]}" if twice and other[name] == label else label
            unique = f"{name} ({'second' if index else 'first'})" if twice else name
            entrants.append(Entrant(unique, shown, index, name, reference))
    return entrants


def _joined(runs: Sequence[Run], entrants: Sequence[Entrant], table: str, common: set[str]) -> pd.DataFrame:
    import pandas as pd

    tables = []
    for index, run in enumerate(runs):
        names = {entrant.own_name: entrant.name for entrant in entrants if entrant.run == index}
        mine = getattr(run, table)
        mine = mine[mine["document"].isin(common) & mine["extractor"].isin(names)]
        tables.append(mine.assign(extractor=mine["extractor"].map(names)))
    joined: pd.DataFrame = pd.concat(tables, ignore_index=True)
    return joined


def _names(run: Run) -> list[str]:
    return list(run.info.rows)
