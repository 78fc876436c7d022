"""Where the time of a large run of stored outputs goes, stage by stage, on one core.

    python perf/stages.py [--outputs 30000]

The documents and outputs are those of ``perf/scale.py``; the run is made in shards and packed, however small
it is. Shown are seconds of the processor, and microseconds for an output.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

from scale import write

import boilerbench
from boilerbench import evaluate, scoring, sharded_run
from boilerbench.results import packing
from boilerbench.stats import streaming

STAGES: dict[str, tuple[ModuleType, str]] = {
    "indexing the corpus": (evaluate, "as_corpus"),
    "indexing the outputs": (evaluate, "open_extractors"),
    "reading, storing and scoring": (sharded_run, "shard_of"),
    "joining shards": (sharded_run, "merge_runs"),
    "adding up, and intervals": (streaming, "streamed_leaderboard"),
    "packing": (scoring, "pack"),
}


def timed(function: Callable[..., Any], stage: str, seconds: dict[str, float]) -> Callable[..., Any]:
    def measured(*arguments: Any, **options: Any) -> Any:
        started = time.process_time()
        try:
            return function(*arguments, **options)
        finally:
            seconds[stage] += time.process_time() - started

    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--outputs", type=int, default=30_000)
    number = parser.parse_args().outputs
    seconds: dict[str, float] = dict.fromkeys(STAGES, 0.0)
    # In this process alone.
    mock.patch.object(os, "cpu_count", return_value=1).start()
    for module in (evaluate, packing):
        mock.patch.object(module, "LARGE_OUTPUTS", 1).start()
    for stage, (module, name) in STAGES.items():
        mock.patch.object(module, name, timed(getattr(module, name), stage, seconds)).start()
    with tempfile.TemporaryDirectory() as folder:
        corpus, *specs = write(Path(folder), number, 1)
        boilerbench.run(corpus, specs, "words", out=f"{folder}/out", cache=f"{folder}/cache")
    print("| stage | CPU seconds | µs an output |\n| --- | --- | --- |")
    for stage in STAGES:
        print(f"| {stage} | {seconds[stage]:.1f} | {seconds[stage] / number * 1e6:.0f} |")


if __name__ == "__main__":
    main()
