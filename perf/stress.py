"""What size costs: a few real pages repeated under new ids through ``jsonl``, a small run and a large one.

    python perf/stress.py CORPUS [--small 2000] [--large 20000]

Each run is a process of its own, which extracts anew with html-text. Shown are pages per second while
extracting and the peak memory of the parent process, for both, and the large run's over the small one's.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from boilerbench.corpora import open_corpus
from boilerbench.decoding import decode

LONGEST = 80_000
"""Characters of a page."""

RUN = """
import json, resource, sys, boilerbench
corpus, folder = sys.argv[1:]
run = boilerbench.run(corpus, ["html-text"], out=folder, cache=folder + "/cache", fresh=True)
pages = run.info.corpus.documents
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
statuses = run.info.counts["html-text"]
seconds = run.provenance.extraction_seconds
print(json.dumps({"pages": pages, "seconds": seconds, "peak_mb": peak, "statuses": statuses}))
"""


def write(file: Path, spec: str, number: int) -> None:
    """So many documents, page and body of the corpus's own in turn."""
    corpus = open_corpus(spec)
    lines = []
    for name in list(corpus.ids())[:200]:
        document = corpus.document(name)
        lines.append(
            {"html": decode(document.page.content), "body": document.gold.body, "url": document.page.url}
        )
    with file.open("w", encoding="utf-8") as output:
        for place in range(number):
            # A page of its own, so that nothing is taken for one that was seen before.
            line = lines[place % len(lines)]
            html = f"{line['html']}<!-- {place} -->"
            output.write(json.dumps({"id": f"{place:06}", **line, "html": html}) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--small", type=int, default=2_000)
    parser.add_argument("--large", type=int, default=20_000)
    given = parser.parse_args()
    found = []
    for number in (given.small, given.large):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "stress.jsonl"
            write(file, given.corpus, number)
            command = [sys.executable, "-c", RUN, f"jsonl:{file}", folder]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found.append(json.loads(done.stdout))
        each = found[-1]
        rate = each["pages"] / each["seconds"]
        memory = f"parent {each['peak_mb']:.0f} MB"
        print(f"{each['pages']:,} pages: {rate:.1f} pages/s, {memory}, {each['statuses']}")
    small, large = found
    rates = (large["pages"] / large["seconds"]) / (small["pages"] / small["seconds"])
    memories = large["peak_mb"] / small["peak_mb"]
    print(f"large against small: {rates:.3f} × the pages per second, {memories:.3f} × the memory")


if __name__ == "__main__":
    main()
