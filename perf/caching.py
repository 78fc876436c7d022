"""What the cache saves: the same run twice, the second time with nothing left to extract, in one run.

    python perf/caching.py wcxb:PATH/dev [--limit N]

Four extractors over the corpus; both clocks run from reading the corpus to the last file of the run.
"""

from __future__ import annotations

import argparse
import tempfile
import time

from boilerbench import evaluate

EXTRACTORS = ("trafilatura", "readability-lxml", "justext", "boilerpy3")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--limit", type=int)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as out:
        clocks = []
        for _ in range(2):
            started = time.perf_counter()
            run = evaluate.run(arguments.corpus, EXTRACTORS, limit=arguments.limit, out=out, cache=out)
            clocks.append(time.perf_counter() - started)
        assert run.extractions["timed"].eq("earlier").all()
    first, again = clocks
    print(f"first run   {first:8.1f} s   {len(run.extractions):,} extractions")
    print(f"second run  {again:8.1f} s   {first / again:.1f} × as fast; nothing extracted")


if __name__ == "__main__":
    main()
