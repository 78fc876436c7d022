"""Extractors that misbehave for real: each fault is one page's outcome and nobody else's."""

from __future__ import annotations

import contextlib
import json
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from boilerbench.errors import InputError
from boilerbench.extractors import Adapter
from boilerbench.records import Extraction, Page, Status
from boilerbench.runner import WorkerLimits
from tests.runner.support import MISBEHAVING, extract, living_under, misbehaving

DOCUMENTS = ["calm-1", "trouble", "calm-2", "calm-3"]
LIMITS = WorkerLimits(3, memory_mb=768)


def page(document: str) -> Page:
    return Page(f"<p>{document}</p>".encode(), None)


def run(*faults: str, jobs: int = 1) -> dict[tuple[str, str], Extraction]:
    adapters = [misbehaving(fault) for fault in faults]
    found = list(extract(DOCUMENTS, page, adapters, jobs=jobs, limits=LIMITS))
    by_key = {(each.extractor.partition("=")[2], each.document): each for each in found}
    assert len(by_key) == len(found) == len(faults) * len(DOCUMENTS)
    return by_key


@pytest.fixture(autouse=True)
def _nobody_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """After each test no process lives on whose home lies in this test's folder, of whatever descent."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert not living_under(tmp_path)
    assert not list(tmp_path.glob("boilerbench-*"))


@pytest.mark.parametrize(
    ("fault", "status", "error"),
    [
        ("hang", Status.TIMEOUT, "no answer in 3 s"),
        # A hang that holds Python's lock, so that nothing inside the worker could end it.
        ("hang-in-c", Status.TIMEOUT, "no answer in 3 s"),
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
        ("allocate", Status.MEMORY, "MemoryError"),
        ("huge", Status.ERROR, "returned more than 64 MB"),
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
        list(extract(DOCUMENTS, page, [adapter], jobs=2, limits=LIMITS))


def test_an_option_that_the_tool_does_not_take() -> None:
    adapter = Adapter("misbehaving?colour=red", "", MISBEHAVING, {"colour": "red"})
    with pytest.raises(InputError, match="there is no option colour; there are fault, port"):
        list(extract(DOCUMENTS, page, [adapter], limits=LIMITS))


@pytest.mark.parametrize(
    "stop", [lambda results: results.close(), lambda results: results.throw(KeyboardInterrupt)]
)
def test_stopping_half_way_leaves_nobody_behind(stop: Callable[[object], None]) -> None:
    results = extract(
        ["calm-1", "trouble", "calm-2"], page, [misbehaving("hang")], jobs=2, limits=WorkerLimits(600)
    )
    next(iter(results))
    started = time.monotonic()
    with contextlib.suppress(KeyboardInterrupt):
        stop(results)
    assert time.monotonic() - started < 2


def test_a_page_that_cannot_be_read_stops_the_run() -> None:
    def unreadable(document: str) -> Page:
        raise InputError(f"{document}: page.html: missing; add it")

    with pytest.raises(InputError, match=r"page.html: missing"):
        list(extract(DOCUMENTS, unreadable, [misbehaving("none")], jobs=2, limits=LIMITS))


def test_memory_that_runs_out_in_c_has_its_name() -> None:
    bad = run("allocate-in-c")["allocate-in-c", "trouble"]
    assert bad.status == Status.MEMORY
    assert bad.error.startswith("killed by SIGABRT: memory allocation failed after")


def test_the_memory_limit_is_the_one_given() -> None:
    adapter = misbehaving("leak")
    found = list(extract(DOCUMENTS, page, [adapter], limits=WorkerLimits(10, memory_mb=256)))
    assert [each.status for each in found] == [Status.OK, Status.MEMORY, Status.OK, Status.OK]


def test_a_worker_that_keeps_too_much_is_replaced() -> None:
    """It leaks 400 MB a page, and nothing fails although five pages leak more than the limit."""
    documents = [f"trouble-{number}" for number in range(5)]
    found = list(extract(documents, page, [misbehaving("leak")], limits=WorkerLimits(10, memory_mb=700)))
    assert [each.status for each in found] == [Status.OK] * 5


def test_processor_time_is_limited_too() -> None:
    limits = WorkerLimits(60, cpu_seconds=0.5)
    found = list(extract(["trouble", "calm"], page, [misbehaving("burn")], limits=limits))
    assert (found[0].status, found[0].error) == (Status.TIMEOUT, "no answer in 0.5 s of processor time")
    assert found[1].status == Status.OK


@pytest.mark.parametrize("fault", ["connect", "connect-in-c"])
def test_no_connection_arrives(fault: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port = server.getsockname()[1]
        adapter = Adapter(fault, "", MISBEHAVING, {"fault": fault, "port": port})
        (found,) = extract(["trouble"], page, [adapter], limits=LIMITS)
        assert found.text != "connected"
        with pytest.raises(BlockingIOError):
            server.accept()
    if fault == "connect":
        assert found.error == "PermissionError: a worker has no network"


def test_a_worker_has_no_secrets_and_an_empty_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hunter2")
    monkeypatch.setenv("https_proxy", "http://user:hunter2@proxy.example")
    (found,) = extract(["trouble"], page, [misbehaving("environment")], limits=LIMITS)
    assert "hunter2" not in found.text
    environment = json.loads(found.text)
    assert environment["HOME"] == environment["TMPDIR"]
    assert environment["HOME"].startswith(str(tmp_path))
    assert set(environment) <= {
        *(
            "PATH",
            "LANG",
            "LANGUAGE",
            "TZ",
            "PYTHONPATH",
            "LD_LIBRARY_PATH",
            "PYTHONUSERBASE",
            "PYTHONHASHSEED",
        ),
        *("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"),
        *(name for name in environment if name.startswith("LC_")),
    }
