"""What size costs from page to score: stored outputs of 50 words, ten thousand to a million.

    python perf/scale.py [--outputs 10000 100000 1000000] [--files 1] [--measure words]

Documents of 50 words and as many outputs, split over ``--files`` of them, are written as JSON Lines, scored
by ``boilerbench run`` in a process of its own, and read back. Shown are seconds of the clock and of the
processors, microseconds of the clock for an output, and the peak of the memory of all its processes together
(PSS, sampled twice a second), which ``--trace`` writes by the second.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = 50
VOCABULARY = 5_000
RUN = """
import json, os, sys, time, boilerbench
corpus, out, measure, *specs = sys.argv[1:]
started = time.perf_counter()
run = boilerbench.run(corpus, specs, measure, out=out, cache=out + "/cache")
seconds = time.perf_counter() - started
board = run.leaderboard.iloc[0]
cpu = sum(os.times()[:4])
figures = {name: board[name] for name in ("f1", "f1_low", "f1_high")}
print(json.dumps({"seconds": seconds, "cpu": cpu, **figures}))
"""


def write(folder: Path, documents: int, files: int) -> list[str]:
    """Write a corpus and outputs that leak or lose a few words each; return its spec and theirs."""
    draw = random.Random(0)
    words = [
        "".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=draw.randint(2, 9))) for _ in range(VOCABULARY)
    ]
    corpus = folder / "pages.jsonl"
    outputs = [folder / f"tool-{number}.jsonl" for number in range(files)]
    with corpus.open("w") as pages:
        handles = [file.open("w") for file in outputs]
        for place in range(documents):
            body = draw.choices(words, k=WORDS)
            name, text = f"page-{place:09}", " ".join(body)
            html = f"<html><body><nav>Home</nav><p>{text}</p></body></html>"
            url = f"https://site-{place % 200_003}.example/{place}"
            pages.write(json.dumps({"id": name, "url": url, "html": html, "body": text}) + "\n")
            for handle in handles:
                lost, leaked = draw.randint(0, 9), draw.randint(0, 9)
                output = " ".join([*draw.choices(words, k=leaked), *body[lost:]])
                handle.write(json.dumps({"id": name, "text": output}) + "\n")
        for handle in handles:
            handle.close()
    return [f"jsonl:{corpus}", *(f"file:{file}" for file in outputs)]


def children(process: int) -> list[int]:
    """A process and all below it."""
    found = [process]
    for each in found:
        try:
            for task in Path(f"/proc/{each}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def megabytes(process: int) -> float:
    """The memory of a process and all below it, what they share counted once (PSS)."""
    total = 0
    for each in children(process):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def measured(command: list[str], trace: Path | None) -> tuple[dict[str, float], float]:
    """Run a command; return what it says and the peak of its memory in megabytes."""
    started, peak, seen = time.monotonic(), 0.0, []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            used = megabytes(process.pid)
            peak = max(peak, used)
            seen.append(f"{time.monotonic() - started:.1f}\t{used:.0f}\n")
            time.sleep(0.5)
        assert process.stdout
        said = process.stdout.read()
    if process.returncode:
        raise SystemExit(process.returncode)
    if trace:
        trace.write_text("".join(seen))
    return json.loads(said), peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--outputs", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--files", type=int, default=1)
    parser.add_argument("--measure", default="words")
    parser.add_argument("--trace", type=Path)
    given = parser.parse_args()
    print("| outputs | documents | seconds | CPU seconds | µs an output | peak MB | mean F1 |")
    print("| --- | --- | --- | --- | --- | --- | --- |", flush=True)
    for number in given.outputs:
        with tempfile.TemporaryDirectory() as folder:
            corpus, *specs = write(Path(folder), number // given.files, given.files)
            command = [sys.executable, "-c", RUN, corpus, f"{folder}/out", given.measure, *specs]
            said, peak = measured(command, given.trace)
        seconds = said["seconds"]
        cells = (
            *(f"{number:,}", f"{number // given.files:,}", f"{seconds:.0f}", f"{said['cpu']:.0f}"),
            *(f"{seconds / number * 1e6:.0f}", f"{peak:.0f}"),
            f"{said['f1']:.4f} ({said['f1_low']:.4f}–{said['f1_high']:.4f})",
        )
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
