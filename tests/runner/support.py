"""Workers as the tests of this package use them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from boilerbench.extractors import Adapter, Program, parse
from boilerbench.records import Extraction, Page
from boilerbench.runner import Prepared, WorkerLimits, prepare
from boilerbench.runner.page_files import PageTask
from boilerbench.runner.pool import work

LIMITS = WorkerLimits(10)
MISBEHAVING = Path(__file__).with_name("misbehaving.py")


def misbehaving(fault: str) -> Adapter:
    """The extractor that has one fault."""
    spec = parse(f"misbehaving?fault={fault}")
    return Adapter(str(spec), "", MISBEHAVING, {"fault": fault})


def living_under(folder: Path) -> list[bytes]:
    """The command lines of all processes whose home lies in a folder, of whatever descent."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"HOME={folder}/".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes())
    return found


def prepared(extractor: Adapter | Program) -> Prepared:
    """An extractor that needs no environment of its own."""
    found = prepare(extractor, Path("/nowhere"))
    assert isinstance(found, Prepared)
    return found


def extract(
    documents: Sequence[str],
    page: Callable[[str], Page],
    extractors: Sequence[Adapter | Program],
    *,
    jobs: int = 1,
    limits: WorkerLimits = LIMITS,
) -> Generator[Extraction, None, None]:
    """All extractors on all pages, without a cache."""
    workers = tuple(map(prepared, extractors))
    tasks = [PageTask(document, workers) for document in documents]
    with contextlib.closing(work(tasks, page, jobs=jobs, limits=limits)) as results:
        for extraction, _ in results:
            yield extraction
