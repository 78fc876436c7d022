"""How long each extractor takes until its first page: its environment, its worker, the page, and the next.

    python perf/startup.py [SPEC]…

Without specs all extractors are taken. With --anew every environment is made again, in a folder of its own,
from whatever package cache uv and npm have.
"""

from __future__ import annotations

import argparse
import itertools
import queue
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import platformdirs

from boilerbench.corpora import open_corpus
from boilerbench.extractors import StoredOutputs, open_extractors
from boilerbench.records import Page
from boilerbench.runner import Prepared, WorkerLimits, prepare
from boilerbench.runner.page_files import PageFiles, PageTask
from boilerbench.runner.process import Worker


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("specs", nargs="*", default=["all"])
    parser.add_argument("--anew", action="store_true")
    arguments = parser.parse_args()
    corpus = open_corpus("gold")
    print(f"{'extractor':<20}{'environment':>12}{'worker':>10}{'first page':>12}{'next page':>12}   seconds")
    with tempfile.TemporaryDirectory() as scratch:
        root = (
            Path(scratch) if arguments.anew else platformdirs.user_cache_path("boilerbench") / "environments"
        )
        for extractor in open_extractors(arguments.specs):
            if isinstance(extractor, StoredOutputs):
                continue
            started = time.perf_counter()
            prepared = prepare(extractor, root)
            made = time.perf_counter() - started
            if not isinstance(prepared, Prepared):
                print(f"{prepared.name:<20}unavailable: {prepared.reason}")
                continue
            times = [made, *first_pages(prepared, corpus.ids()[0], corpus.page)]
            print(f"{prepared.name:<20}{times[0]:12.2f}{times[1]:10.2f}{times[2]:12.3f}{times[3]:12.3f}")


def first_pages(prepared: Prepared, document: str, page: Callable[[str], Page]) -> list[float]:
    """Seconds until the worker is ready, of its first page, and of the same page again."""
    todo: queue.SimpleQueue[PageTask] = queue.SimpleQueue()
    todo.put(PageTask(document, ()))
    with tempfile.TemporaryDirectory() as home, PageFiles(todo, page) as requests:
        _, request = next(iter(requests))
        clocks = [time.perf_counter()]
        worker = Worker(prepared, WorkerLimits(60), Path(home), threading.Event(), None, requests.folder)
        worker.ready()
        clocks.append(time.perf_counter())
        for _ in range(2):
            worker.ask(document, request)
            clocks.append(time.perf_counter())
        worker.kill()
    return [after - before for before, after in itertools.pairwise(clocks)]


if __name__ == "__main__":
    main()
