"""Published figures of a corpus beside those of a run.

Figures of the same outputs agree to rounding or they do not: no interval over documents explains a difference
that sampling cannot have made. Figures of another version, of other settings or of other documents differ by
some points, and the interval says how sure that is.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boilerbench.errors import InputError
from boilerbench.extractors.spec import ENVIRONMENT_OPTIONS, Spec, parse
from boilerbench.reports.formatting import points, signed_points
from boilerbench.reports.leaderboards import Board
from boilerbench.results import Run
from boilerbench.stats import AVERAGES
from boilerbench.stats.run_pairs import measure_of

if TYPE_CHECKING:
    import pandas as pd

FILE = Path(__file__).with_name("published.toml")
AGREES = "✓"
DIFFERS = "≠"
NEAR = "~"
STORED = "stored:"
"""May stand before the name of stored outputs, where a tool of that name stands beside them."""
_EXACT = 1e-6
"""The precision of a run's own tables, in which its figures are rounded, too."""
_FIGURES = ("f1", "precision", "recall")
_NAN = math.nan
_NAMED = 10
"""The number of published systems not in a run that are named below its table."""


class Relation(StrEnum):
    """The relation of an extractor of a run to the published system that it is set beside."""

    SAME = "same"
    """The published version with the published settings on the published documents, or its stored outputs."""
    NEAR = "near"
    """Another version or one that the source does not name, other settings, or other documents."""


@dataclass(frozen=True)
class System:
    """One row of a published table."""

    name: str
    f1: float
    precision: float = _NAN
    recall: float = _NAN
    accuracy: float = _NAN
    version: str | None = None
    same: tuple[str, ...] = ()
    """The specs of ours, without a version, that run it with the published settings."""
    near: tuple[str, ...] = ()
    """The specs that run it otherwise, or may."""
    outputs: tuple[str, ...] = ()
    """The names of its stored outputs, beside its own name."""
    note: str = ""
    """The difference of the specs that are near."""

    def is_of(self, extractor: str, *, stored: bool) -> bool:
        """Tell whether an extractor of a run is this system: by its spec, or stored outputs by their name."""
        if stored:
            return extractor.removeprefix(STORED) in (self.name, *self.outputs)
        return _without_version(extractor) in self.same + self.near

    def relation(self, extractor: str, version: str, *, stored: bool) -> Relation:
        """Tell how an extractor that ``is_of`` this system is related to it, on the published documents."""
        if stored:
            same = not version or self.version in (None, version)
        else:
            same = _without_version(extractor) in self.same and version == self.version
        return Relation.SAME if same else Relation.NEAR


@dataclass(frozen=True)
class PublishedTable:
    """One published table, and what its figures are in our words."""

    corpus: str
    title: str
    address: str
    date: str
    documents: int
    measure: str
    average: str
    systems: tuple[System, ...]
    digits: int = 3
    """The number of decimals that are printed of a share from 0 to 1."""

    @property
    def rounding(self) -> float:
        """The most that rounding changes a figure."""
        return 0.5 * 10.0**-self.digits


def tables() -> dict[str, PublishedTable]:
    """All published tables, by the name of their corpus."""
    return _read(FILE)


def table_of(run: Run, measure: str | None = None) -> PublishedTable:
    """The published table of a run's corpus.

    Raises:
        InputError: there is none, or it is of another measure, or the run was not scored by its measure.
    """
    corpus = run.info.corpus.name
    table = tables().get(corpus)
    if table is None:
        raise InputError(
            f"run {run.folder}: no published figures of {corpus}; there are of {', '.join(tables())}"
        )
    if measure not in (None, table.measure):
        raise InputError(
            f"run {run.folder}: the figures of {corpus} are published for {table.measure}, not {measure}"
        )
    measure_of(run, table.measure)
    return table


def beside(run: Run, table: PublishedTable) -> pd.DataFrame:
    """Set the extractors of a run beside published systems.

    Returns:
        A row per extractor, best first, then a row per published system that is not in the run.
        ``difference`` is the run's F1 minus the published F1. ``relation`` is ``same`` or ``near``, see
        ``Relation``. Of the same, ``agrees`` says whether F1, precision and recall, as far as published, are
        the published ones to rounding; of those near, ``difference_low`` and ``difference_high`` are the ends
        of the 95 % interval of the difference, over the documents of the run. What is not known is missing.
    """
    import pandas as pd

    board = run.leaderboard
    chosen = board[(board["measure"] == table.measure) & (board["average"] == table.average)]
    rows = []
    met: list[System] = []
    scored: list[dict[str, Any]] = chosen[chosen["documents"] > 0].to_dict("records")  # type: ignore[assignment]
    for row in scored:
        extractor, stored = row["extractor"], _is_stored(row)
        system = next((each for each in table.systems if each.is_of(extractor, stored=stored)), None)
        met += [system] if system else []
        rows.append(_row(table, row, system))
    rows += [_row(table, {}, system) for system in table.systems if system not in met]
    return pd.DataFrame(rows).astype(dict.fromkeys(("documents", "published_documents"), "Int64"))


def board_of(run: Run, table: PublishedTable, rows: pd.DataFrame) -> Board:
    """The extractors of a run with the published figures beside theirs."""
    signature = measure_of(run, table.measure).signature
    records: list[dict[str, Any]] = rows[rows["extractor"] != ""].to_dict("records")  # type: ignore[assignment]
    return Board(
        f"{signature}: {AVERAGES[table.average].title}, beside what is published",
        ["Extractor", "Version", "Published at", "F1", "Published F1", "Diff.", "95 % of diff."],
        [_cells(row) for row in records],
        3,
        table.measure,
        table.average,
    )


def meaning(run: Run, table: PublishedTable) -> list[str]:
    """Say what the table means: its source and its marks, a line each."""
    number = run.info.corpus.documents
    lines = [f"Published: {table.title}, {table.date}, {table.documents:,} documents; {table.address}"]
    if number != table.documents:
        lines.append(
            f"This run has {number:,} documents, the published figures are of {table.documents:,}: "
            "a sample need not agree with the whole."
        )
    return [
        *lines,
        (
            "Published at: the version that was published; same, this run's; ?, the source names none. "
            "Stored outputs are taken for the published ones, by their name."
        ),
        (
            "Diff.: F1 of this run minus the published F1. With the published version, settings and "
            f"documents: {AGREES} F1, precision and recall are the published ones to rounding, {DIFFERS} not."
        ),
        (
            f"{NEAR} another version or settings, or in doubt, as said below: no more than the "
            "difference and its 95 % interval over this run's documents can be told."
        ),
    ]


def remarks(rows: pd.DataFrame) -> list[str]:
    """Say what was published otherwise, and what was published but is not in the run, a line each."""
    ours, lines = rows[rows["extractor"] != ""], []
    for note, group in ours[ours["note"] != ""].groupby("note", sort=False):
        lines.append(f"{', '.join(group['extractor'])}: {note}.")
    absent = rows[rows["extractor"] == ""].sort_values("published_f1", ascending=False, kind="stable")
    if len(absent):
        best = absent.head(_NAMED)
        named = [
            f"{name} {points(f1)}"
            for name, f1 in zip(best["published_name"], best["published_f1"], strict=True)
        ]
        more = f" and {len(absent) - len(best)} more (all in --format csv)" if len(absent) > _NAMED else ""
        lines.append(f"Published, but not in this run: {', '.join(named)}{more}.")
    return lines


def _is_stored(row: dict[str, Any]) -> bool:
    """Tell whether a row of a leaderboard is of stored outputs, for which nothing was timed."""
    return math.isnan(row["ms_median"])


def _row(table: PublishedTable, ours: dict[str, Any], system: System | None) -> dict[str, Any]:
    figures = {name: ours.get(name, _NAN) for name in ("f1", "f1_low", "f1_high", "precision", "recall")}
    theirs = {name: _NAN if system is None else getattr(system, name) for name in _FIGURES}
    extractor, version = ours.get("extractor", ""), ours.get("version", "")
    relation = _relation(table, ours, system) if ours and system else None
    near = relation == Relation.NEAR
    return {
        "extractor": extractor,
        "version": version,
        "published_name": system.name if system else "",
        "published_version": system.version if system and system.version else "",
        "relation": str(relation or ""),
        "measure": table.measure,
        "average": table.average,
        "documents": ours.get("documents", _NAN),
        "published_documents": table.documents if system else _NAN,
        **figures,
        **{f"published_{name}": figure for name, figure in theirs.items()},
        "difference": figures["f1"] - theirs["f1"],
        "difference_low": figures["f1_low"] - theirs["f1"] if near else _NAN,
        "difference_high": figures["f1_high"] - theirs["f1"] if near else _NAN,
        "agrees": _agrees(table, figures, theirs) if relation == Relation.SAME else None,
        "note": system.note if system and _without_version(extractor) in system.near and near else "",
    }


def _relation(table: PublishedTable, ours: dict[str, Any], system: System) -> Relation:
    if ours["documents"] != table.documents:
        return Relation.NEAR
    return system.relation(ours["extractor"], ours["version"], stored=_is_stored(ours))


def _agrees(table: PublishedTable, figures: dict[str, float], theirs: dict[str, float]) -> bool:
    return all(
        math.isnan(theirs[name]) or abs(figures[name] - theirs[name]) <= table.rounding + _EXACT
        for name in _FIGURES
    )


def _cells(row: dict[str, Any]) -> list[str]:
    known, near = bool(row["published_name"]), row["relation"] == Relation.NEAR
    version = row["published_version"]
    version = "same" if version and version == row["version"] else version or "?"
    mark = NEAR if near else AGREES if row["agrees"] else DIFFERS
    interval = f"{signed_points(row['difference_low'])} to {signed_points(row['difference_high'])}"
    return [
        row["extractor"],
        row["version"],
        version if known else "-",
        points(row["f1"]),
        points(row["published_f1"]),
        f"{signed_points(row['difference'])}{mark}" if known else "- ",
        interval if near else "-",
    ]


def _without_version(extractor: str) -> str:
    """A spec without what names a version or an environment; whatever is no spec as it is."""
    try:
        spec = parse(extractor)
    except InputError:
        return extractor
    options = tuple((name, value) for name, value in spec.options if name not in ENVIRONMENT_OPTIONS)
    return str(Spec(spec.tool, None, options))


@functools.cache
def _read(file: Path) -> dict[str, PublishedTable]:
    described = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        corpus: PublishedTable(corpus, systems=tuple(_systems(facts.pop("figures"))), **facts)
        for corpus, facts in described.items()
    }


def _systems(rows: Iterable[dict[str, Any]]) -> Iterable[System]:
    for row in rows:
        specs: dict[str, Any] = {kind: tuple(row.get(kind, ())) for kind in ("same", "near", "outputs")}
        yield System(**{**row, **specs})
