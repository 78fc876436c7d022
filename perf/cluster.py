"""What Dask costs at equal cores: the same run by this process's workers and by those of a local cluster.

    python perf/cluster.py CORPUS -e trafilatura [-e html-text] [--cores 2] [--times 1]

Everything is extracted anew, each time in a process of its own, the two engines in turn. Shown are seconds
of the clock and of the processors, that of all processes together, and whether the runs are the same, times
aside.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

RUN = """
import json, os, sys, time
def main():
    import boilerbench
    from boilerbench.cluster import Cluster
    engine, corpus, out, cores, *specs = sys.argv[1:]
    cluster = Cluster(workers=int(cores)) if engine == "dask" else None
    options = {"out": out, "cache": out + "/cache", "fresh": True, "jobs": int(cores)}
    started = time.perf_counter()
    run = boilerbench.run(corpus, specs, "words", cluster=cluster, **options)
    seconds = time.perf_counter() - started
    said = {"seconds": seconds, "cpu": sum(os.times()[:4]), "pages": run.info.corpus.documents}
    print(json.dumps({**said, "folder": str(run.folder)}))
if __name__ == "__main__":
    main()
"""
TIMES = ("seconds", "peak_mb", "timed", "ms_median", "ms_p95")


def content(folder: Path) -> dict[str, object]:
    """What a run holds, but for times and where they were taken."""
    found: dict[str, object] = {}
    for file in folder.iterdir():
        if file.suffix == ".csv":
            with file.open(newline="") as lines:
                rows = [
                    {key: value for key, value in row.items() if key not in TIMES}
                    for row in csv.DictReader(lines)
                ]
            found[file.name] = rows
        elif file.name != "provenance.json":
            found[file.name] = file.read_bytes()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("-e", dest="extractors", action="append", required=True)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--times", type=int, default=1)
    given = parser.parse_args()
    print("| engine | pages | seconds | CPU seconds |\n| --- | --- | --- | --- |", flush=True)
    totals = {"local": 0.0, "dask": 0.0}
    with tempfile.TemporaryDirectory() as folder:
        # Dask's processes import this file, which a command line does not give them.
        script = Path(folder) / "run.py"
        script.write_text(RUN)
        for number in range(given.times):
            contents = {}
            for engine in totals:
                words = (engine, given.corpus, f"{folder}/{engine}-{number}", str(given.cores))
                command = [sys.executable, str(script), *words, *given.extractors]
                done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
                said = json.loads(done.stdout)
                totals[engine] += said["cpu"]
                contents[engine] = content(Path(said["folder"]))
                print(
                    f"| {engine} | {said['pages']:,} | {said['seconds']:.1f} | {said['cpu']:.1f} |",
                    flush=True,
                )
            print("the same" if contents["local"] == contents["dask"] else "NOT THE SAME", flush=True)
    print(f"CPU seconds of dask over those of local: {totals['dask'] / totals['local']:.3f}")


if __name__ == "__main__":
    main()
