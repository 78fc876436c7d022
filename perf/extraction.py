"""What the harness costs: a plain loop over the tools against ``run``, and the start of a worker.

    python perf/extraction.py wcxb:PATH/dev [--limit N] [--repeat N]
    python perf/extraction.py wcxb:PATH/dev --turns 10 [--limit N]

Each part runs in a fresh process, one after the other, and its clock includes loading the tools. The bare
loop reads and decodes each page once and calls every tool on it, in one process. Of --repeat rounds the
quickest of each part counts. Processor time is that of all processes, workers and what they start included,
and says more than wall-clock time on a machine that is busy otherwise. On WCXB's 1,497 pages a round takes
about a quarter of an hour; leave the machine alone meanwhile.

With --turns, bare loop and harness take so many pages in turn, each in a process that stays, so that whatever
else the machine does falls on both. Loading and starting are not in it.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from boilerbench import documents_run, evaluate
from boilerbench.cache import Cache
from boilerbench.corpora import Corpus, open_corpus
from boilerbench.corpora.base import page_digest
from boilerbench.decoding import decode
from boilerbench.extraction import extract_into
from boilerbench.extractors import ADAPTERS, open_extractor, open_extractors
from boilerbench.runner import (
    MEMORY_MB,
    TIMEOUT_SECONDS,
    Prepared,
    StandingPool,
    WorkerLimits,
    extract,
    prepare,
    sandbox_here,
)
from boilerbench.runner.channel import Channel
from boilerbench.runner.limits import PROCESSES
from boilerbench.runner.process import Worker

STARTS = 21
TRIVIAL = "baseline:all"
WARM_UP = 2
"""Pages before the first turn."""


def bare_calls(documents: Corpus) -> Callable[[Sequence[str]], None]:
    """Load the tools, and return what calls each of them on each page."""
    tools = []
    for extractor in open_extractors(["default"]):
        module = importlib.import_module(ADAPTERS.target(extractor.name))
        tools.append((module.TAKES == "bytes", module.load()))

    def call_all(names: Sequence[str]) -> None:
        for name in names:
            page = documents.page(name)
            text = decode(page.content)
            for takes_bytes, call in tools:
                with contextlib.suppress(Exception):
                    call(page.content if takes_bytes else text, page.url)

    return call_all


def bare_loop(corpus: str, limit: int | None) -> dict[str, float]:
    """Seconds that the tools take in a plain loop."""
    started, spent = time.perf_counter(), own_cpu_seconds()
    documents = open_corpus(corpus)
    # What tools print is not what is measured.
    with contextlib.redirect_stdout(io.StringIO()):
        bare_calls(documents)(documents.ids()[:limit])
    return {"seconds": time.perf_counter() - started, "cpu": own_cpu_seconds() - spent}


def own_cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def count_workers() -> list[float]:
    """Note the processor time of every worker with its descendants when it is ended, from now on."""
    spent: list[float] = []
    end = Channel.kill

    def kill(self: Channel) -> None:
        spent.append(self._group.usage(PROCESSES).cpu_seconds)
        end(self)

    mock.patch.object(Channel, "kill", kill).start()
    return spent


def under_the_harness(corpus: str, limit: int | None, jobs: int) -> dict[str, float]:
    """Seconds of the extraction stage, and the highest resident megabytes of the parent process."""
    workers = count_workers()
    own = [0.0]

    def timed(*arguments: Any, **options: Any) -> object:
        before = own_cpu_seconds()
        extracted = extract_into(*arguments, **options)
        own[0] += own_cpu_seconds() - before
        return extracted

    # What is made ready, read and scored around the extractions is not what is measured.
    stage = mock.patch.object(documents_run, "extract_into", timed)
    with tempfile.TemporaryDirectory() as out, stage:
        run = evaluate.run(corpus, limit=limit, jobs=jobs, out=out, cache=out)
        assert run.provenance is not None
        seconds = run.provenance.extraction_seconds
    status = Path("/proc/self/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
    return {"seconds": seconds, "cpu": own[0] + sum(workers), "own": own[0], "parent_mb": peak / 1024}


def take_turns(part: str, corpus: str) -> None:
    """Answer lists of documents, a line each, with the seconds that their extractions take."""
    documents, chosen = open_corpus(corpus), open_extractors(["default"])
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as open_things:
        if part == "bare":
            extract_all = bare_calls(documents)
        else:
            ready = [prepare(each, Path(folder)) for each in chosen]  # type: ignore[arg-type]
            prepared = [each for each in ready if isinstance(each, Prepared)]
            jobs, limits = int(part[-1]), WorkerLimits(TIMEOUT_SECONDS, MEMORY_MB)
            pool = StandingPool(prepared, documents.page, jobs=jobs, limits=limits)
            open_things.callback(pool.close)
            cache = open_things.enter_context(Cache(Path(folder) / "extractions.sqlite", print))

            def extract_all(names: Sequence[str]) -> None:
                digests = {name: page_digest(documents.page(name)) for name in names}
                extractions = extract(
                    *(digests, documents.page, prepared), cache=cache, jobs=jobs, limits=limits, pool=pool
                )
                assert len(list(extractions)) == len(names) * len(prepared)

        for line in sys.stdin:
            started = time.perf_counter()
            with contextlib.redirect_stdout(io.StringIO()):
                extract_all(json.loads(line))
            print(json.dumps(time.perf_counter() - started), flush=True)


def show_turns(corpus: str, limit: int | None, pages: int) -> None:
    """Let the parts take turns, and show the sums of each and their ratios."""
    names = open_corpus(corpus).ids()[:limit]
    parts = ("bare", "jobs-1", "jobs-2")
    children = {
        part: subprocess.Popen(
            [sys.executable, __file__, corpus, "--turns", "1", "--part", part],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for part in parts
    }

    def turn(part: str, turn_of: Sequence[str]) -> float:
        child = children[part]
        assert child.stdin is not None
        assert child.stdout is not None
        print(json.dumps(list(turn_of)), file=child.stdin, flush=True)
        return float(child.stdout.readline())

    # What is loaded at the first call is not what is measured; asked for again, pages come from the cache.
    first, names = names[:WARM_UP], names[WARM_UP:]
    for part in parts:
        turn(part, first)
    seconds: dict[str, list[float]] = {part: [] for part in parts}
    for number, start in enumerate(range(0, len(names), pages)):
        # In any order, so that none always comes after the one that keeps both cores busy.
        for part in random.Random(number).sample(parts, len(parts)):
            seconds[part].append(turn(part, names[start : start + pages]))
    for child in children.values():
        child.communicate()
    bare, one, two = (np.array(seconds[part]) for part in parts)
    print(f"{len(names):,} pages, {pages} a turn: bare loop {bare.sum():.1f} s")
    print(f"harness, --jobs 1    {one.sum():8.1f} s {one.sum() / bare.sum():8.3f} × the bare loop")
    print(f"                     {np.median(one / bare):19.3f} ×, median over turns")
    print(f"harness, --jobs 2    {two.sum():8.1f} s {one.sum() / two.sum():8.2f} × as fast as --jobs 1")
    print(f"                     {np.median(one / two):18.2f} ×, median over turns")


def starts() -> dict[str, float]:
    """Median seconds from nothing to a worker's first line, plainly and in the sandbox."""
    extractor = open_extractor(TRIVIAL)
    prepared = prepare(extractor, Path("/nowhere"))  # type: ignore[arg-type]
    assert isinstance(prepared, Prepared)
    plain, confined = [], []
    # In turns, so that whatever else the machine does falls on both.
    for _ in range(STARTS):
        started = time.perf_counter()
        process = subprocess.Popen(prepared.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        plain.append(time.perf_counter() - started)
        process.kill()
        process.communicate()
        with tempfile.TemporaryDirectory() as home:
            started = time.perf_counter()
            worker = Worker(prepared, WorkerLimits(60), Path(home), threading.Event())
            worker.ready()
            confined.append(time.perf_counter() - started)
            worker.kill()
    return {"plain": statistics.median(plain), "confined": statistics.median(confined)}


def measure(part: str, corpus: str, limit: int | None) -> dict[str, float]:
    """One part in a process of its own."""
    command = [sys.executable, __file__, corpus, "--part", part]
    command += [] if limit is None else ["--limit", str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--turns", type=int, metavar="PAGES")
    parser.add_argument("--part", choices=("bare", "jobs-1", "jobs-2", "start"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.turns and arguments.part:
        take_turns(arguments.part, arguments.corpus)
    elif arguments.turns:
        show_turns(arguments.corpus, arguments.limit, arguments.turns)
    elif arguments.part == "bare":
        print(json.dumps(bare_loop(arguments.corpus, arguments.limit)))
    elif arguments.part == "start":
        print(json.dumps(starts()))
    elif arguments.part:
        jobs = int(arguments.part[-1])
        print(json.dumps(under_the_harness(arguments.corpus, arguments.limit, jobs)))
    else:
        rounds = [
            {
                part: measure(part, arguments.corpus, arguments.limit)
                for part in ("bare", "jobs-1", "jobs-2", "start")
            }
            for _ in range(arguments.repeat)
        ]
        show(
            {
                part: {name: min(each[part][name] for each in rounds) for name in rounds[0][part]}
                for part in rounds[0]
            }
        )


def show(figures: dict[str, dict[str, float]]) -> None:
    bare, one, two, start = (figures[part] for part in ("bare", "jobs-1", "jobs-2", "start"))
    here = sandbox_here()
    print(f"sandbox              {here.kind}{f' ({here.reason})' if here.reason else ''}")
    print("                     wall-clock              processor time")
    print(f"bare loop            {bare['seconds']:8.1f} s            {bare['cpu']:8.1f} s")
    for name, each in (("--jobs 1", one), ("--jobs 2", two)):
        ratios = each["seconds"] / bare["seconds"], each["cpu"] / bare["cpu"]
        clocks = f"{each['seconds']:8.1f} s {ratios[0]:8.3f} × {each['cpu']:8.1f} s {ratios[1]:8.3f} ×"
        print(f"harness, {name}    {clocks}")
    print(f"--jobs 2             {one['seconds'] / two['seconds']:8.2f} × as fast as --jobs 1")
    print(f"the harness itself   {one['own']:8.1f} s of processor time, {two['own']:.1f} s with --jobs 2")
    print(
        f"parent process, peak {one['parent_mb']:8.0f} MB           {two['parent_mb']:8.0f} MB with --jobs 2"
    )
    extra = (start["confined"] - start["plain"]) * 1000
    print(
        f"a worker's start     {start['confined'] * 1000:8.0f} ms, {extra:.0f} ms more than without a sandbox"
    )


if __name__ == "__main__":
    main()
