"""Workers that stay from one batch of pages to the next."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from boilerbench.errors import InputError
from boilerbench.extractors import open_extractor
from boilerbench.extractors.stored import StoredOutputs
from boilerbench.records import Page, Status
from boilerbench.runner import Prepared, StandingPool, WorkerLimits, prepare
from boilerbench.runner.page_files import PageTask

TOOL = """
import os
calls = 0
def extract(html, url):
    global calls
    calls += 1
    if b"die" in html:
        os._exit(1)
    return f"{calls} {html.decode()}"
"""


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Prepared:
    (tmp_path / "counting_tool.py").write_text(TOOL)
    monkeypatch.chdir(tmp_path)
    extractor = open_extractor("py:counting_tool:extract")
    assert not isinstance(extractor, StoredOutputs)
    prepared = prepare(extractor, tmp_path / "environments")
    assert isinstance(prepared, Prepared)
    return prepared


def page(document: str) -> Page:
    if document == "missing":
        raise InputError("missing: cannot be read")
    return Page(document.encode())


def test_a_tool_is_started_once_for_all_batches(tool: Prepared) -> None:
    pool = StandingPool([tool], page, jobs=1, limits=WorkerLimits(30, 2048))
    try:
        texts = [
            [made.text for made, _ in pool.work([PageTask(name, (tool,)) for name in batch])]
            for batch in (("a", "b"), (), ("c",))
        ]
        assert texts == [["1 a", "2 b"], [], ["3 c"]]
        lost, again = (made for made, _ in pool.work([PageTask(name, (tool,)) for name in ("die", "d")]))
        assert lost.status == Status.CRASH
        assert again.text == "1 d"
    finally:
        pool.close()


def test_a_page_that_cannot_be_read(tool: Prepared) -> None:
    pool = StandingPool([tool], page, jobs=2, limits=WorkerLimits(30, 2048))
    try:
        with pytest.raises(InputError, match="missing: cannot be read"):
            list(pool.work([PageTask("missing", (tool,))]))
    finally:
        pool.close()


def test_closing_leaves_no_process(tool: Prepared) -> None:
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    before = children.read_text() if children.exists() else ""
    pool = StandingPool([tool], page, jobs=2, limits=WorkerLimits(30, 2048))
    assert len(list(pool.work([PageTask("a", (tool,)), PageTask("b", (tool,))]))) == 2
    pool.close()
    assert (children.read_text() if children.exists() else "") == before
