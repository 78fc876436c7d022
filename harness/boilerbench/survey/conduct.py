"""A survey from end to end: pages through extractors, sums, tables, and the pages to label next."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from boilerbench.cache import extraction_key
from boilerbench.corpora import Corpus, CorpusLike, as_corpus
from boilerbench.errors import InputError
from boilerbench.extraction import covered_folder, existing_files, make_ready, private_files, this_platform
from boilerbench.extractors import (
    BASELINE,
    Entrant,
    Extractor,
    StoredOutputs,
    allow_network_to,
    extractors_listed,
    open_extractors,
)
from boilerbench.extractors.spec import parse
from boilerbench.folders import user_cache_path
from boilerbench.progress import Progress, Silent
from boilerbench.results import Run, load_run, replacing
from boilerbench.runner import MEMORY_MB, TIMEOUT_SECONDS, Prepared, WorkerLimits, sandbox_here
from boilerbench.sites import suffix_list_version
from boilerbench.survey.changes import Changes
from boilerbench.survey.files import (
    NEXT_FOLDER,
    SURVEY_FILE,
    RowWriter,
    SurveyedExtractor,
    SurveyInfo,
    read_pages,
    write_info,
    write_tables,
)
from boilerbench.survey.filters import Rule, usual_rules
from boilerbench.survey.gold_estimates import gold_estimates
from boilerbench.survey.journal import Journal
from boilerbench.survey.labelling import write_pages_to_label
from boilerbench.survey.languages import identifier_version
from boilerbench.survey.observation import Observation, others_of
from boilerbench.survey.proposals import drawn_by_chance, most_worth_labelling
from boilerbench.survey.report import write_report
from boilerbench.survey.streaming import PageSource, observations
from boilerbench.survey.sums import SurveySums
from boilerbench.survey.tables import survey_tables
from boilerbench.tokenizers import icu_version

PRICE = 0.05
"""Of an hour of one core, about what clouds ask for one of a general machine in 2026, in US dollars."""
BY_DISAGREEMENT, BY_CHANCE = "disagreement", "chance"


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey that was made: its folder, what decides it, and its tables by name."""

    folder: Path
    info: SurveyInfo
    tables: dict[str, pd.DataFrame]


def survey(
    corpus: CorpusLike,
    extractors: Entrant | Sequence[Entrant] | None = None,
    *,
    sample: int | None = None,
    limit: int | None = None,
    price: float = PRICE,
    next_pages: int = 0,
    next_by: str = BY_DISAGREEMENT,
    gold: str | Path | Run | None = None,
    jobs: int | None = None,
    timeout: float = TIMEOUT_SECONDS,
    memory: int = MEMORY_MB,
    allow_read: Sequence[str | Path] = (),
    allow_network: Sequence[str] = (),
    out: str | Path = "surveys",
    cache: str | Path | None = None,
    seed: int = 0,
    command: str | None = None,
    progress: Progress | None = None,
    remark: Callable[[str], None] = lambda line: None,
) -> Survey:
    """Run extractors over pages, with or without gold, and write what they cost and how far they agree.

    Pages are read one after the other, and nothing is held of them but sums. Extractions are not kept. A
    survey that was stopped, by whatever, goes on after the pages that it has seen.

    Args:
        corpus: as in ``run``; pages without gold are ``warc:``, ``parquet:``, ``html:`` or ``jsonl:``.
        extractors: as in ``run``; by default the group ``default`` without baselines.
        sample: draw so many pages, of each kind (site, top-level domain, size, language) its share.
        limit: take the first so many pages of what is left.
        price: of an hour of one core.
        next_pages: write so many pages to label next, as gold documents without labels.
        next_by: ``disagreement`` for those that are worth it most, ``chance`` for a sample to estimate from.
        gold: a run on labelled pages, drawn by chance from such pages as these, from which F1 is estimated.
        jobs: how many tools work side by side; by default one per core.
        timeout: seconds that a tool has for a page.
        memory: megabytes that a tool may have.
        allow_read: files and folders that every tool may read.
        allow_network: the specs of extractors that may use the network.
        out: the folder in which the survey's folder is made; a survey that is there is replaced.
        cache: the folder of environments and fetched corpora; by default the user's.
        seed: decides what is drawn.
        command: the command line that asked for this, for provenance.json.
        progress: told how far it has come.
        remark: told in one line each what does not stop it.

    Raises:
        InputError: the corpus, a spec or the target is not as it should be; nothing is replaced.
    """
    progress = progress or Silent()
    opened = as_corpus(corpus, cache)
    run = None if gold is None else load_run(gold)
    chosen = allow_network_to(_chosen(extractors, remark), list(allow_network))
    folder = Path(cache) if cache else user_cache_path()
    target = Path(out) / opened.name
    # None is source of an extractor, wherever it lies, and none is shown to one.
    covered = (covered_folder(target), folder.absolute(), *private_files([opened]))
    allowed = existing_files(allow_read)
    ready = make_ready(chosen, folder / "environments", progress, remark, covered=covered, allowed=allowed)
    entrants = [_Entrant(each) for each in ready.extractors if isinstance(each, Prepared)]
    limits, rules = WorkerLimits(timeout, memory), usual_rules()
    jobs = jobs or os.cpu_count() or 1
    source = PageSource(opened, sample, limit, seed)
    started, clock = datetime.datetime.now(datetime.UTC), time.perf_counter()
    decides = _deciding(opened, sample, seed, entrants, limits, rules)
    with Journal(target, decides) as journal, replacing(target, SURVEY_FILE, "a survey") as fresh:
        progress.begin("surveying", sample or limit or 0)
        sums, tables = _survey_pages(
            *(fresh, source, entrants, rules, journal),
            jobs=jobs,
            limits=limits,
            price=price,
            progress=progress,
            remark=remark,
        )
        if not sums.pages:
            raise InputError(f"corpus {opened.spec}: no page in it{_reasons(source.skipped)}")
        info = SurveyInfo(
            boilerbench=version("boilerbench"),
            corpus=opened.name,
            spec=opened.spec,
            pages=sums.pages,
            digest=source.digest,
            skipped=dict(sorted(source.skipped.items())),
            extractors=tuple(SurveyedExtractor(each.name, each.version, each.tool) for each in entrants),
            unavailable=ready.unavailable,
            limits=dataclasses.asdict(limits),
            sample=sample,
            limit=limit,
            seed=seed,
            price=price,
            tokenizer=f"icu-{icu_version()}",
            languages=identifier_version(),
            suffix_list=suffix_list_version(),
            filters=rules,
            let_go={by: groups.let_go for by, groups in sums.groups.items() if groups.let_go},
        )
        if run is not None:
            names, tools = [each.name for each in entrants], [each.tool for each in entrants]
            tables["estimates"] = gold_estimates(run, names, tools, sums, remark)
        if next_pages:
            tables["next"] = _next(opened, fresh, next_pages, next_by, seed, remark)
        write_tables(fresh, tables)
        write_info(fresh, info, _provenance(command, started, clock, jobs))
        write_report(fresh, info, tables)
    return Survey(target, info, tables)


def _deciding(
    corpus: Corpus,
    sample: int | None,
    seed: int,
    entrants: Sequence[_Entrant],
    limits: WorkerLimits,
    rules: Sequence[Rule],
) -> str:
    """Return a digest of all that decides what a survey sees of a page."""
    return extraction_key(
        boilerbench=version("boilerbench"),
        drawn=(corpus.spec, sample, seed),
        entrants=[(each.name, each.prepared.identity) for each in entrants],
        limits=dataclasses.asdict(limits),
        rules=[dataclasses.asdict(rule) for rule in rules],
        read_by=(icu_version(), identifier_version(), suffix_list_version()),
    ).hex()


class _Entrant:
    """An extractor of a survey, whose version may be known only once its worker has said it."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.name = prepared.name
        self.tool = _tool(prepared.name)
        self.version = prepared.version


def _survey_pages(
    folder: Path,
    source: PageSource,
    entrants: Sequence[_Entrant],
    rules: Sequence[Rule],
    journal: Journal,
    *,
    jobs: int,
    limits: WorkerLimits,
    price: float,
    progress: Progress,
    remark: Callable[[str], None],
) -> tuple[SurveySums, dict[str, pd.DataFrame]]:
    """Take all pages through the extractors, write their rows, and return their sums and tables."""
    names, tools = [each.name for each in entrants], [each.tool for each in entrants]
    by_name, others = {each.name: each for each in entrants}, others_of(tools)
    sums, changes = SurveySums(len(names)), Changes(names, tools)

    def told(name: str, said: str) -> None:
        by_name[name].version = by_name[name].version or said

    with RowWriter(folder, names) as rows:

        def count(seen: Observation) -> None:
            sums.add(seen)
            changes.add(seen)
            rows.add(seen)

        with contextlib.closing(journal.earlier(others)) as earlier:
            for digest, seen, versions in earlier:
                if not source.pass_over(seen.document, digest):
                    break
                for name, said in zip(names, versions, strict=True):
                    told(name, said)
                count(seen)
                progress.advance()
        if sums.pages:
            remark(f"goes on after the first {sums.pages:,} pages, seen by a survey that was stopped")
        for digest, seen in observations(
            *(source, [each.prepared for each in entrants], others, rules),
            first=sums.pages,
            jobs=jobs,
            limits=limits,
            progress=progress,
            versions=told,
        ):
            journal.add(digest, seen, [each.version for each in entrants])
            count(seen)
    tables = survey_tables(sums, names, rules, price)
    return sums, {**tables, "changes": changes.table(), "versions": changes.versions(sums.pages)}


def _chosen(extractors: Entrant | Sequence[Entrant] | None, remark: Callable[[str], None]) -> list[Extractor]:
    """Open the extractors that are asked for.

    Raises:
        InputError: one of them has its outputs stored, for other pages.
    """
    listed = extractors_listed(extractors)
    chosen = open_extractors(listed or ["default"], remark)
    for each in chosen:
        if isinstance(each, StoredOutputs):
            raise InputError(f"{each.name}: a survey runs its extractors; stored outputs have no costs")
    return chosen if listed else [each for each in chosen if not each.name.startswith(BASELINE)]


def _tool(name: str) -> str:
    """Return the tool of an extractor, which its versions share; a program of one's own is its own."""
    if name.startswith(("cmd:", "cmd-simple:", "py:", "endpoint:")):
        return name
    return parse(name).tool


def _next(
    corpus: Corpus, folder: Path, number: int, by: str, seed: int, remark: Callable[[str], None]
) -> pd.DataFrame:
    rows = read_pages(folder)
    chance = by == BY_CHANCE
    chosen = drawn_by_chance(rows, number, seed) if chance else most_worth_labelling(rows, number)
    if len(chosen) < number:
        remark(f"there are {len(chosen):,} pages to label, not {number:,}")
    return write_pages_to_label(folder / NEXT_FOLDER, corpus, chosen)


def _reasons(skipped: dict[str, int]) -> str:
    if not skipped:
        return ""
    return "; there is " + ", ".join(f"{reason} ({number:,})" for reason, number in sorted(skipped.items()))


def _provenance(
    command: str | None, started: datetime.datetime, clock: float, jobs: int
) -> dict[str, object]:
    sandbox = sandbox_here()
    return {
        "command": command,
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(time.perf_counter() - clock, 3),
        "jobs": jobs,
        "network": sandbox.network,
        "platform": dataclasses.asdict(this_platform()),
    }
