"""A WARC file of 100,000 records made from gold and of damage: read right, counted, flat in memory.

    python perf/reading_warc.py FOLDER [RECORDS]

After every thousand sound records comes one that is damaged: of a length that is too small or too large, cut
off, or no record at all. All sound pages must come back, byte for byte.
"""

from __future__ import annotations

import gzip
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from surveying import record, resident_mb

from boilerbench.corpora import open_corpus
from boilerbench.records import Page

EVERY = 1000


def main() -> None:
    file = Path(sys.argv[1]) / "gold-and-damage.warc.gz"
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    gold = open_corpus("gold")
    pages = [replace(gold.page(document), url=f"https://{document}.example/") for document in gold.ids()]
    packed = [gzip.compress(record(page, place)) for place, page in enumerate(pages)]
    small = record(Page(b"<p>A page.</p>"), 0)
    stated = b"Content-Length: " + str(len(small.partition(b"\r\n\r\n")[2]) - 4).encode()
    damage = [
        gzip.compress(small.replace(stated, b"Content-Length: 20", 1)),
        gzip.compress(small.replace(stated, b"Content-Length: 99999", 1)),
        packed[0][:-40],
        b"no record at all" * 9,
    ]
    damaged = 0
    with file.open("wb") as written:
        for place in range(number):
            if place % EVERY == EVERY // 2:
                written.write(damage[damaged % len(damage)])
                damaged += 1
            written.write(packed[place % len(packed)])
    print(f"{number:,} records and {damaged} damaged ones, {file.stat().st_size / 1e6:.0f} MB")
    skipped: Counter[str] = Counter()
    started = time.perf_counter()
    right = read = 0
    for read, (_, page) in enumerate(open_corpus(f"warc:{file}").pages(lambda why: skipped.update([why])), 1):
        right += page == pages[(read - 1) % len(pages)]
        if read % (number // 5) == 0:
            print(f"{read:9,} pages, {resident_mb()} MB, {time.perf_counter() - started:.1f} s")
    print(f"{read:,} came back, {right:,} of them right; passed over {dict(skipped)}")
    file.unlink()


if __name__ == "__main__":
    main()
