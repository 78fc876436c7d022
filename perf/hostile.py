"""What judging costs on texts made to be hard: each measure as a multiple of plain ``words`` on the same.

    python perf/hostile.py [--size MB] [--measure NAME]... [--kind NAME]...

Each measure judges each kind of ``hostile_texts`` in a process of its own, at a tenth of the size, too, to
see how time grows. ``normalize`` is the normaliser alone, ``marks:M`` the marks of measure M as ``show`` and
the report use them, ``labels:M`` the same with the labels of leaked words. Seconds are of the processor,
gold's preparation included; memory is the largest resident set of the process, Python and gold included.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from hostile_texts import KINDS

from boilerbench.measures import MEASURES, make_measure
from boilerbench.policy import default_policy
from boilerbench.records import Gold
from boilerbench.reports.diff.document import MarkingMeasures
from boilerbench.tokenizers import normalize

PLAIN = "words/plain"
NAMES = [
    *(PLAIN, "normalize"),
    *(name for name in MEASURES),
    *("marks:words", "marks:lcs", "marks:snippets", "labels:words"),
]
SECONDS, MEGABYTES = 20, 1000
"""What no measure may take for 10 MB."""


def judged(name: str, gold: Gold, text: str) -> Callable[[], object]:
    """The work that is timed."""
    if name == "normalize":
        return lambda: normalize(text)
    what, _, measure = name.rpartition(":")
    if what:
        gold = dataclasses.replace(gold, blocks=gold.blocks if what == "labels" else ())
        marking = MarkingMeasures([measure], "icu", default_policy())
        marking.markers(Gold("a", must_have=("a",)))
        return lambda: marking.markers(gold)[measure].diff(text)
    measure, _, tokenizer = name.partition("/")
    made = make_measure(measure, tokenizer or "icu").under(default_policy())
    return lambda: made.measure(gold, text)


def cost(name: str, kind: str, size: int) -> None:
    """Print seconds and megabytes of one measure on one kind of text, as JSON."""
    work = judged(name, KINDS[kind].gold(), KINDS[kind].output(size))
    started = time.process_time()
    work()
    seconds = time.process_time() - started
    # Of this program alone: what getrusage has counts the process that started it, too.
    status = Path("/proc/self/status").read_text()
    print(json.dumps([seconds, int(status.partition("VmHWM:")[2].split()[0]) / 1024]))


def measured(name: str, kind: str, size: int) -> tuple[float, float]:
    command = [sys.executable, __file__, "--one", name, kind, str(size)]
    seconds, megabytes = json.loads(subprocess.check_output(command, text=True))
    return seconds, megabytes


def compare(names: list[str], kinds: list[str], size: int) -> None:
    plain = {kind: measured(PLAIN, kind, size)[0] for kind in kinds}
    print(f"{'':22} {'':26} {'s':>7} {'MB':>6} {'× ' + PLAIN:>13} {'growth ×10':>11}")
    worst: dict[str, tuple[float, float]] = {}
    for name in names:
        for kind in kinds:
            small, _ = measured(name, kind, size // 10)
            seconds, megabytes = measured(name, kind, size)
            # Below a hundredth of a second the clock says nothing.
            growth = f"{seconds / small:.1f}" if small > 0.01 else "-"
            ratio = seconds / plain[kind]
            print(
                f"{name:22} {kind:26} {seconds:7.2f} {megabytes:6.0f} {ratio:13.1f} {growth:>11}", flush=True
            )
            before = worst.get(name, (0.0, 0.0))
            worst[name] = max(before[0], seconds), max(before[1], megabytes)
    print("\nworst of each")
    for name, (seconds, megabytes) in worst.items():
        bad = seconds > SECONDS or megabytes > MEGABYTES
        print(f"{name:22} {seconds:7.2f} s {megabytes:6.0f} MB{'  over the bound' if bad else ''}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=float, default=10, help="megabytes of output")
    parser.add_argument("--measure", action="append", choices=NAMES)
    parser.add_argument("--kind", action="append", choices=list(KINDS))
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        name, kind, size = arguments.one
        cost(name, kind, int(size))
        return
    compare(arguments.measure or NAMES, arguments.kind or list(KINDS), int(1_000_000 * arguments.size))


if __name__ == "__main__":
    main()
