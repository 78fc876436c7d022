"""A single extraction: one extractor on one page, as in a run but without one."""

from __future__ import annotations

import contextlib

from boilerbench.records import Extraction, Page
from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.page_files import PageTask
from boilerbench.runner.pool import work
from boilerbench.runner.prepare import Prepared


def extract_page(extractor: Prepared, page: Page, document: str, limits: WorkerLimits) -> Extraction:
    """Run an extractor in its sandbox on one page.

    Raises:
        InputError: the tool cannot be loaded with its options; its traceback, if any, is a note.
    """
    results = work([PageTask(document, (extractor,))], lambda _: page, jobs=1, limits=limits)
    with contextlib.closing(results):
        for extraction, _ in results:
            return extraction
    raise AssertionError("a page has an outcome")
