"""What the harness costs: the same tools on the same pages under it and in a bare loop, in one run.

    python perf/extraction.py wcxb:PATH/dev [--limit N]

Each part runs in a fresh process, one after the other, and its clock includes loading the tools. The bare
loop reads and decodes each page once and calls every tool on it, in one process. On WCXB's 1,497 pages it
all takes about a quarter of an hour; leave the machine alone meanwhile.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import itertools
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from boilerbench import evaluate
from boilerbench.corpora import open_corpus
from boilerbench.decoding import decode
from boilerbench.extractors import ADAPTERS, open_extractors


def bare_loop(corpus: str, limit: int | None) -> dict[str, float]:
    """Seconds that the tools take in a plain loop."""
    started = time.perf_counter()
    documents = open_corpus(corpus)
    tools = []
    for extractor in open_extractors(["default"]):
        module = importlib.import_module(ADAPTERS.target(extractor.name))
        tools.append((module.TAKES == "bytes", module.load()))
    # What tools print is not what is measured.
    with contextlib.redirect_stdout(io.StringIO()):
        for document in itertools.islice(documents.ids(), limit):
            page = documents.page(document)
            text = decode(page.content)
            for takes_bytes, call in tools:
                with contextlib.suppress(Exception):
                    call(page.content if takes_bytes else text, page.url)
    return {"seconds": time.perf_counter() - started}


def under_the_harness(corpus: str, limit: int | None, jobs: int) -> dict[str, float]:
    """Seconds of the extraction stage, and the highest resident megabytes of the parent process."""
    with tempfile.TemporaryDirectory() as out:
        run = evaluate.run(corpus, limit=limit, jobs=jobs, out=out, cache=out)
        seconds = run.provenance.extraction_seconds
    status = Path("/proc/self/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
    return {"seconds": seconds, "parent_mb": peak / 1024}


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
    parser.add_argument("--part", choices=("bare", "jobs-1", "jobs-2"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.part == "bare":
        print(json.dumps(bare_loop(arguments.corpus, arguments.limit)))
    elif arguments.part:
        jobs = int(arguments.part[-1])
        print(json.dumps(under_the_harness(arguments.corpus, arguments.limit, jobs)))
    else:
        bare, one, two = (
            measure(part, arguments.corpus, arguments.limit) for part in ("bare", "jobs-1", "jobs-2")
        )
        overhead, speed_up = one["seconds"] / bare["seconds"], one["seconds"] / two["seconds"]
        print(f"bare loop            {bare['seconds']:8.1f} s")
        print(f"harness, --jobs 1    {one['seconds']:8.1f} s   {overhead:.3f} × the bare loop")
        print(f"harness, --jobs 2    {two['seconds']:8.1f} s   {speed_up:.2f} × as fast as --jobs 1")
        print(f"parent process, peak {one['parent_mb']:8.0f} MB  {two['parent_mb']:.0f} MB with --jobs 2")


if __name__ == "__main__":
    main()
