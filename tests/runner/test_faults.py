"""Extractors that misbehave for real: each fault is one page's outcome and nobody else's."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import InputError
from harness.extractors import Adapter
from harness.extractors.spec import parse
from harness.records import Extraction, Page, Status
from harness.runner import extract

MISBEHAVING = Path(__file__).with_name("misbehaving.py")
DOCUMENTS = ["calm-1", "trouble", "calm-2", "calm-3"]
SECONDS = 2.0


def misbehaving(fault: str) -> Adapter:
    spec = parse(f"misbehaving?fault={fault}")
    return Adapter(str(spec), "", spec, MISBEHAVING, {})


def page(document: str) -> Page:
    return Page(f"<p>{document}</p>".encode(), None)


def run(*faults: str, jobs: int = 1) -> dict[tuple[str, str], Extraction]:
    adapters = [misbehaving(fault) for fault in faults]
    found = list(extract(DOCUMENTS, page, adapters, jobs=jobs, timeout=SECONDS))
    by_key = {(each.extractor.partition("=")[2], each.document): each for each in found}
    assert len(by_key) == len(found) == len(faults) * len(DOCUMENTS)
    return by_key


def workers_alive() -> list[str]:
    """Command lines of processes that run the misbehaving adapter."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if str(MISBEHAVING) in command and f"PPid:\t{os.getpid()}" in _status(folder):
            found.append(command)
    return found


def _status(folder: Path) -> str:
    try:
        return (folder / "status").read_text()
    except OSError:
        return ""


@pytest.mark.parametrize(
    ("fault", "status", "error"),
    [
        ("hang", Status.TIMEOUT, "no answer in 2 s"),
        # A hang that holds Python's lock, so that nothing inside the worker could end it.
        ("hang-in-c", Status.TIMEOUT, "no answer in 2 s"),
        ("raise", Status.ERROR, "ValueError: two lines"),
        ("system-exit", Status.ERROR, "SystemExit: 0"),
        ("keyboard-interrupt", Status.ERROR, "KeyboardInterrupt"),
        ("memory-error", Status.MEMORY, "MemoryError"),
        ("recursion", Status.ERROR, "RecursionError: maximum recursion depth exceeded"),
        ("os-exit", Status.CRASH, "exit status 0"),
        ("last-words", Status.CRASH, "exit status 7: last words"),
        ("segfault", Status.CRASH, "killed by SIGSEGV"),
        ("bytes", Status.ERROR, "returned bytes, not text"),
        ("none-returned", Status.EMPTY, ""),
        ("white-space", Status.EMPTY, ""),
        ("leave-a-child-and-exit", Status.CRASH, "exit status 3"),
    ],
)
def test_a_fault_is_an_outcome_of_its_page_alone(fault: str, status: Status, error: str) -> None:
    found = run(fault)
    bad = found[fault, "trouble"]
    assert (bad.status, bad.text) == (status, "")
    assert bad.error == error
    for document in ("calm-1", "calm-2", "calm-3"):
        good = found[fault, document]
        assert (good.status, good.error) == (Status.OK, "")
        assert good.text == f"text of {len(page(document).content)} characters"
    assert not workers_alive()


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("print", "all well"),
        ("read-stdin", "read '' and b''"),
        ("close-stdin", "all well"),
        ("surrogate", "lone \ud800 and nul \0"),
        ("leave-a-child", "all well"),
    ],
)
def test_what_is_no_fault_of_the_text_does_not_disturb_it(fault: str, text: str) -> None:
    found = run(fault)
    assert all(each.status == Status.OK for each in found.values())
    assert found[fault, "trouble"].text == text
    assert not workers_alive()


def test_extractors_do_not_disturb_one_another() -> None:
    faults = ("hang", "raise", "os-exit", "print", "bytes", "segfault", "none")
    found = run(*faults, jobs=2)
    expected = {"hang": Status.TIMEOUT, "raise": Status.ERROR, "os-exit": Status.CRASH, "bytes": Status.ERROR}
    for (fault, document), each in found.items():
        if document != "trouble":
            assert each.status == Status.OK
        elif fault in expected:
            assert each.status == expected[fault]
    assert found["none", "trouble"].text == "all well"


def test_time_and_memory_are_those_of_the_call() -> None:
    found = run("none")
    for each in found.values():
        assert each.seconds is not None
        assert 0 < each.seconds < 0.1
        assert each.peak_mb is not None
        assert 1 < each.peak_mb < 200


def test_a_tool_that_does_not_load_is_the_users_to_mend() -> None:
    adapter = misbehaving("no-such-fault")
    with pytest.raises(InputError, match=r"extractor misbehaving.*: KeyError: 'no-such-fault'"):
        list(extract(DOCUMENTS, page, [adapter], jobs=2, timeout=SECONDS))
    assert not workers_alive()


def test_an_option_that_the_tool_does_not_take() -> None:
    spec = parse("misbehaving?colour=red")
    adapter = Adapter(str(spec), "", spec, MISBEHAVING, {})
    with pytest.raises(InputError, match="unexpected keyword argument 'colour'"):
        list(extract(DOCUMENTS, page, [adapter], jobs=1, timeout=SECONDS))


@pytest.mark.parametrize(
    "stop", [lambda results: results.close(), lambda results: results.throw(KeyboardInterrupt)]
)
def test_stopping_half_way_leaves_nobody_behind(stop: Callable[[object], None]) -> None:
    results = extract(["calm-1", "trouble", "calm-2"], page, [misbehaving("hang")], jobs=2, timeout=600)
    next(iter(results))
    started = time.monotonic()
    with contextlib.suppress(KeyboardInterrupt):
        stop(results)
    assert time.monotonic() - started < 2
    assert not workers_alive()


def test_a_page_that_cannot_be_read_stops_the_run() -> None:
    def unreadable(document: str) -> Page:
        raise InputError(f"{document}: page.html: missing; add it")

    with pytest.raises(InputError, match=r"page.html: missing"):
        list(extract(DOCUMENTS, unreadable, [misbehaving("none")], jobs=2, timeout=SECONDS))
    assert not workers_alive()
