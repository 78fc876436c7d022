"""One worker from outside, with programs that break the protocol in every way."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from boilerbench.errors import InputError
from boilerbench.records import Status
from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.prepare import Prepared
from boilerbench.runner.process import Worker, WorkerLostError

LIMITS = WorkerLimits(5)
READY = "import json, sys, time\nprint(json.dumps({'ready': True, 'version': '1.0'}), flush=True)\n"
REQUEST = b'{"id": "one", "url": null, "page_text": "", "page_bytes": ""}\n'


def worker(program: str, limits: WorkerLimits = LIMITS) -> Worker:
    prepared = Prepared("theirs", "", (sys.executable, "-c", program), "program", {})
    return Worker(prepared, limits, Path("/tmp"), threading.Event())


def ask(program: str, limits: WorkerLimits) -> None:
    started = worker(READY + program, limits)
    try:
        started.ready()
        started.ask("one", REQUEST)
    finally:
        started.kill()


def test_a_program_of_five_lines_is_a_worker() -> None:
    started = worker(
        READY + "for line in sys.stdin:\n"
        "    request = json.loads(line)\n"
        "    print(json.dumps({'id': request['id'], 'text': 'the text'}), flush=True)\n"
    )
    started.ready()
    extraction = started.ask("one", REQUEST)
    again = started.ask("one", REQUEST)
    started.kill()
    assert started.version == "1.0"
    assert (extraction.document, extraction.extractor, extraction.version) == ("one", "theirs", "1.0")
    assert (extraction.status, extraction.text) == (Status.OK, "the text")
    # Without a time of its own, the time that the answer took.
    assert extraction.seconds is not None
    assert extraction.seconds > 0
    assert extraction.peak_mb is None
    assert again.text == "the text"


@pytest.mark.parametrize(
    ("program", "status", "message"),
    [
        (
            'print(\'{"id": "two", "text": ""}\', flush=True); time.sleep(9)',
            Status.ERROR,
            "answered 'two' to 'one'",
        ),
        ("print('not json', flush=True); time.sleep(9)", Status.ERROR, "not a JSON object: not json"),
        ("print('[1]', flush=True); time.sleep(9)", Status.ERROR, "not a JSON object"),
        (
            'print(\'{"id": "one", "text": 5}\', flush=True); time.sleep(9)',
            Status.ERROR,
            "neither text nor null",
        ),
        (
            "print('{\"id\": \"one\", ', end='', flush=True); time.sleep(9)",
            Status.TIMEOUT,
            "no answer in 1 s",
        ),
        ("print('{\"id\": ', end='', flush=True)", Status.CRASH, "exit status 0"),
        ("sys.stdin.close(); time.sleep(9)", Status.TIMEOUT, "no answer in 1 s"),
        ("import os; os.close(1); time.sleep(9)", Status.TIMEOUT, "no answer in 1 s"),
        ("sys.exit('gone')", Status.CRASH, "exit status 1: gone"),
    ],
)
def test_a_broken_protocol_is_an_outcome(program: str, status: Status, message: str) -> None:
    with pytest.raises(WorkerLostError, match=message) as caught:
        ask(program, WorkerLimits(1))
    assert caught.value.status == status


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("print('hello')", "its worker did not start .*not a JSON object: hello"),
        ("print('{}')", 'first line is not {"ready": true'),
        ("raise ImportError('no tool here')", "did not start .exit status 1: ImportError: no tool here"),
        ('print(\'{"ready": false, "error": "needs a licence key"}\')', "theirs: needs a licence key"),
    ],
)
def test_a_worker_that_is_not_ready(program: str, message: str) -> None:
    started = worker(program)
    with pytest.raises(InputError, match=message):
        started.ready()
    started.kill()


def test_a_large_request_and_a_large_answer_do_not_wait_for_one_another() -> None:
    started = worker(
        READY + 'sys.stdout.write(\'{"id": "one", "text": "\' + \'x\' * 5_000_000 + \'"}\\n\')\n'
        "sys.stdout.flush()\nsys.stdin.readline()\ntime.sleep(9)"
    )
    started.ready()
    extraction = started.ask("one", b'{"id": "' + b"y" * 5_000_000 + b'"}\n')
    started.kill()
    assert len(extraction.text) == 5_000_000
