"""A run made again: the same environments, the same documents, and what differs then."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench import evaluate
from boilerbench.corpora import Corpus
from boilerbench.errors import InputError
from boilerbench.extractors import Adapter, Extractor, Program, Requirement, Spec, open_extractor, parse
from boilerbench.progress import Progress
from boilerbench.results import EnvironmentInfo, ExtractorInfo, Run, load_run
from boilerbench.run_corpus import open_run_corpus
from boilerbench.runner.packages import installed_packages

if TYPE_CHECKING:
    import pandas as pd

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Reproduction:
    """The result of ``reproduce``."""

    first: Run
    second: Run
    """The run made again."""
    left_out: Mapping[str, str]
    """The extractors that could not be run again, and why."""
    inputs: tuple[str, ...]
    """Differences of what went in, a sentence each: corpus, versions, packages, limits."""
    outcomes: tuple[str, ...]
    """Differences of what came out, a sentence each: statuses, scores."""

    @property
    def same(self) -> bool:
        """Tell whether all was run again and came out alike."""
        return not (self.left_out or self.outcomes)


def reproduce(
    path: str | Path | Run,
    *,
    corpus: str | Corpus | None = None,
    out: str | Path = "runs/reproduced",
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
    remark: Callable[[str], None] = lambda _: None,
) -> Reproduction:
    """Run again what a run has run, in the environments that it names, and say what differs.

    Where a run does not name its packages, its tools are installed at its versions, with dependencies as of
    its date. Everything is extracted again.

    Args:
        path: the run, or its folder.
        corpus: where the corpus lies now, if it has moved.
        out: the folder in which the new run's folder is made.
        jobs: how many tools work side by side; by default one per core.
        cache: the folder of environments; by default the user's.
        progress: told how far it has come.
        remark: told in one line each what does not stop it.

    Raises:
        InputError: the folder is no run, its corpus is not there, or nothing of it can be run again.
    """
    first = load_run(path)
    opened = open_run_corpus(first, corpus)
    extractors: list[Extractor] = []
    left_out: dict[str, str] = {}
    for info in first.info.extractors:
        extractor = _again(first, info)
        if isinstance(extractor, str):
            left_out[info.name] = extractor
        else:
            extractors.append(extractor)
    if not extractors:
        reasons = "; ".join(f"{name}: {reason}" for name, reason in left_out.items())
        raise InputError(f"run {first.folder}: nothing can be run again ({reasons})")
    second = evaluate.run(
        *(opened, extractors, first.info.measure_names),
        policy=first.info.policy or "default",
        jobs=jobs,
        timeout=first.info.limits.seconds,
        memory=first.info.limits.memory_mb,
        documents=[str(name) for name in first.documents["document"]],
        out=out,
        cache=cache,
        fresh=True,
        seed=first.info.seed,
        progress=progress,
        remark=remark,
    )
    left_out |= second.info.unavailable
    inputs, outcomes = _different_inputs(first, second), _different_outcomes(first, second)
    return Reproduction(first, second, left_out, tuple(inputs), tuple(outcomes))


def _again(run: Run, info: ExtractorInfo) -> Extractor | str:
    """Return an extractor as a run had it, or why that cannot be had."""
    try:
        extractor = open_extractor(info.name)
    except InputError as error:
        return f"stored outputs, or no longer there ({error})"
    if isinstance(extractor, Program) or not isinstance(extractor, Adapter) or info.source is not None:
        return extractor
    if "PACKAGE" not in extractor.facts:
        return extractor
    if extractor.requirement is None and installed_packages(extractor, None).key == info.environment:
        return extractor
    environment = run.info.environments.get(info.environment)
    if environment is None or environment.runtime == "node":
        return _as_of_date(run, info, extractor)
    return dataclasses.replace(
        extractor, version=info.version, requirement=_exactly(info, environment, extractor)
    )


def _exactly(info: ExtractorInfo, environment: EnvironmentInfo, extractor: Adapter) -> Requirement:
    """Return a requirement of just the packages that an environment had."""
    package = str(extractor.facts["PACKAGE"])
    pins = tuple(
        f"{each.name}=={each.version}"
        for each in environment.packages
        if each.name != package.lower().replace("_", "-")
    )
    python = ".".join(environment.runtime_version.split(".")[:2])
    # Every version is named, so that no date decides anything.
    tomorrow = str(datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1))
    return Requirement("python", package, info.version, pins, python=python, as_of=tomorrow)


def _as_of_date(run: Run, info: ExtractorInfo, extractor: Adapter) -> Adapter:
    """Return a tool at the version of a run, its dependencies as of the run's date where that is known."""
    spec = parse(info.name)
    options = dict(spec.options)
    if run.provenance is not None and "as_of" not in options:
        day = datetime.datetime.fromisoformat(run.provenance.started).date() + datetime.timedelta(days=1)
        options["as_of"] = str(day)
    pinned = Spec(spec.tool, spec.version or info.version or None, tuple(sorted(options.items())))
    opened = open_extractor(str(pinned))
    assert isinstance(opened, Adapter)
    return dataclasses.replace(opened, name=extractor.name)


def _different_inputs(first: Run, second: Run) -> list[str]:
    lines = []
    if first.info.corpus.digest != second.info.corpus.digest:
        lines.append(
            f"the corpus: {first.info.corpus.identity} then, {second.info.corpus.identity} now"
            + ("" if first.info.corpus.pages == second.info.corpus.pages else ", its pages included")
        )
    later = {info.name: info for info in second.info.extractors}
    for info in first.info.extractors:
        if info.name in later:
            lines += _different_extractor(first, info, second, later[info.name])
    signatures = [{each.name: each.signature for each in run.info.measures} for run in (first, second)]
    lines += [
        f"the measure {name}: {signature} then, {signatures[1].get(name)} now"
        for name, signature in signatures[0].items()
        if signatures[1].get(name) != signature
    ]
    return lines


def _different_extractor(first: Run, then: ExtractorInfo, second: Run, now: ExtractorInfo) -> list[str]:
    lines = []
    if then.version != now.version:
        lines.append(f"{then.name}: version {then.version} then, {now.version} now")
    if then.source and now.source and then.source.digest != now.source.digest:
        lines.append(f"{then.name}: the files of {then.source.path} have changed")
    before, after = (
        run.info.environments.get(info.environment) for run, info in ((first, then), (second, now))
    )
    if before and after:
        if before.runtime_version != after.runtime_version:
            lines.append(
                f"{then.name}: {before.runtime} {before.runtime_version} then, {after.runtime_version} now"
            )
        lines += [f"{then.name}: {line}" for line in _different_packages(before, after)]
    return lines


def _different_packages(before: EnvironmentInfo, after: EnvironmentInfo) -> list[str]:
    packages = [{each.name: each for each in environment.packages} for environment in (before, after)]
    lines = []
    for name in sorted(packages[0].keys() | packages[1].keys()):
        then, now = (found.get(name) for found in packages)
        if then is None or now is None:
            lines.append(f"{name} {'only now' if then is None else 'only then'}")
        elif then.version != now.version:
            lines.append(f"{name} {then.version} then, {now.version} now")
        elif then.digest and now.digest and then.digest != now.digest:
            lines.append(f"{name} {then.version} of another build")
    return lines


def _different_outcomes(first: Run, second: Run) -> list[str]:
    rows = [info.name for info in second.info.extractors]
    lines = [
        f"{name}: outcomes {_listed(first.info.counts[name])} then, {_listed(second.info.counts[name])} now"
        for name in rows
        if dict(first.info.counts.get(name, {})) != dict(second.info.counts.get(name, {}))
    ]
    pairs = _joined(first, second)
    for (name, measure), table in pairs.groupby(["extractor", "measure"], sort=False):
        if name not in rows:
            continue
        differs = table[(table["f1_then"] - table["f1_now"]).abs() > _TOLERANCE]
        if len(differs):
            widths = (differs["f1_then"] - differs["f1_now"]).abs()
            widest = differs["document"].iloc[int(widths.to_numpy().argmax())]
            means = [100 * table[column].mean() for column in ("f1_then", "f1_now")]
            lines.append(
                f"{name}, {measure}: {len(differs):,} of {len(table):,} documents, mean F1 {means[0]:.2f} "
                f"then, {means[1]:.2f} now; widest on {widest}"
            )
    return lines


def _joined(first: Run, second: Run) -> pd.DataFrame:
    keys = ["document", "extractor", "measure"]
    then, now = (run.scores[[*keys, "f1"]] for run in (first, second))
    return then.merge(now, on=keys, suffixes=("_then", "_now"))


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {status}" for status, number in sorted(counts.items())) or "none"
