"""Work in other processes: results in order, and what becomes of one that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from boilerbench.parallel import imap_ordered, in_a_process, map_in_threads


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    found = list(imap_ordered(lambda number: number * number, range(40), jobs=jobs))
    assert found == [(number, number * number) for number in range(40)]


def test_threads_begin_nothing_more_once_the_reader_has_left() -> None:
    begun = []

    def slow(number: int) -> int:
        begun.append(number)
        time.sleep(0.002)
        return number

    results = map_in_threads(slow, range(1_000))
    assert [next(results), next(results)] == [0, 1]
    before = len(begun)
    results.close()
    assert len(begun) - before <= (os.cpu_count() or 1)


def test_a_process_returns_what_a_closure_makes() -> None:
    made = [object(), 7]
    found = in_a_process(lambda: (os.getpid(), made[1]))
    process, value = found.result(30)
    assert value == 7
    assert process != os.getpid()


def test_what_is_raised_in_a_process_is_raised_here() -> None:
    def fail() -> None:
        raise LookupError("not there")

    assert str(in_a_process(fail).exception(30)) == "not there"


def test_a_process_that_is_killed_is_no_wait_for_ever() -> None:
    found = in_a_process(lambda: os.kill(os.getpid(), signal.SIGKILL))
    assert isinstance(found.exception(30), EOFError)


def test_a_process_does_not_outlive_the_one_that_waits_for_it() -> None:
    """What it returns is more than a pipe holds, and the one that would read it is killed before."""
    script = (
        "import time\nfrom boilerbench.parallel import in_a_process\n"
        "in_a_process(lambda: time.sleep(1) or bytes(1 << 20))\nprint(flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, start_new_session=True
    ) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        parent.kill()
    end = time.monotonic() + 20
    while is_there(parent.pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_there(parent.pid)


def is_there(group: int) -> bool:
    """Whether a process group has any process."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
