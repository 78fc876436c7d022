"""Published figures of a corpus beside those of a run."""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boilerbench.errors import InputError
from boilerbench.extractors.spec import ENVIRONMENT_OPTIONS, Spec, parse
from boilerbench.reports.formatting import points, points_interval, signed_points
from boilerbench.reports.leaderboards import Board
from boilerbench.results import Run
from boilerbench.stats import AVERAGES
from boilerbench.stats.run_pairs import measure_of

if TYPE_CHECKING:
    import pandas as pd

FILE = Path(__file__).with_name("published.toml")
DIFFERS = "≠"
NEAR = "~"
_ROUNDING = 0.0005
"""Figures are printed with three digits."""
_NAN = math.nan
_NAMED = 10
"""The number of published systems not in a run that are named below its table."""


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
    """The specs of ours, without a version, that run it as it was run."""
    near: tuple[str, ...] = ()
    """The specs that run it otherwise, or may."""
    note: str = ""
    """The difference of those specs."""

    def is_of(self, extractor: str) -> bool:
        """Whether an extractor of a run is this system; stored outputs are, by its name."""
        return extractor == self.name or _without_version(extractor) in self.same + self.near


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
    """A row per extractor of a run, best first, then a row per published system that is not in the run.

    ``difference`` is the run's F1 minus the published F1; ``differs`` says that the published F1, as rounded,
    lies outside the run's 95 % interval. What is not known is missing.
    """
    import pandas as pd

    board = run.leaderboard
    chosen = board[(board["measure"] == table.measure) & (board["average"] == table.average)]
    rows = []
    met: list[System] = []
    scored: list[dict[str, Any]] = chosen[chosen["documents"] > 0].to_dict("records")  # type: ignore[assignment]
    for row in scored:
        system = next((candidate for candidate in table.systems if candidate.is_of(row["extractor"])), None)
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
        ["Extractor", "Version", "Published at", "F1", "95 %", "Published F1", "Diff."],
        [_cells(row) for row in records],
        3,
    )


def notes(run: Run, table: PublishedTable, rows: pd.DataFrame) -> list[str]:
    """Notes on the table: source, marks, and figures published otherwise or without us, a line each."""
    number = run.info.corpus.documents
    lines = [f"Published: {table.title}, {table.date}, {table.documents:,} documents; {table.address}"]
    if number != table.documents:
        lines.append(
            f"This run has {number:,} documents, the published figures are of {table.documents:,}: "
            "a sample need not agree with the whole."
        )
    other = f"; {NEAR}, with other settings or in doubt, as said below" if (rows["note"] != "").any() else ""
    lines += [
        f"Published at: the version that was published; same, this run's; ?, the source names none{other}.",
        f"Diff.: F1 of this run minus the published F1; {DIFFERS} the latter is outside the 95 % interval.",
    ]
    ours = rows[rows["extractor"] != ""]
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


def _row(table: PublishedTable, ours: dict[str, Any], system: System | None) -> dict[str, Any]:
    figures = {name: ours.get(name, _NAN) for name in ("f1", "f1_low", "f1_high", "precision", "recall")}
    theirs = {
        f"published_{name}": _NAN if system is None else getattr(system, name)
        for name in ("f1", "precision", "recall")
    }
    difference = figures["f1"] - theirs["published_f1"]
    low, high = figures["f1_low"] - _ROUNDING, figures["f1_high"] + _ROUNDING
    version, published = ours.get("version", ""), system.version if system and system.version else ""
    return {
        "extractor": ours.get("extractor", ""),
        "version": version,
        "published_name": system.name if system else "",
        "published_version": published,
        "same_version": version == published if version and published else None,
        "measure": table.measure,
        "average": table.average,
        "documents": ours.get("documents", _NAN),
        "published_documents": table.documents if system else _NAN,
        **figures,
        **theirs,
        "difference": difference,
        "differs": None if math.isnan(difference) else not low <= theirs["published_f1"] <= high,
        "note": system.note if system and _without_version(ours.get("extractor", "")) in system.near else "",
    }


def _cells(row: dict[str, Any]) -> list[str]:
    known = bool(row["published_name"])
    version = "same" if row["same_version"] is True else row["published_version"] or "?"
    version += NEAR if row["note"] else ""
    mark = DIFFERS if row["differs"] is True else " "
    return [
        row["extractor"],
        row["version"],
        version if known else "-",
        points(row["f1"]),
        points_interval(row["f1_low"], row["f1_high"]),
        points(row["published_f1"]),
        f"{signed_points(row['difference'])}{mark}" if known else "- ",
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
        specs: dict[str, Any] = {kind: tuple(row.get(kind, ())) for kind in ("same", "near")}
        yield System(**{**row, **specs})
