"""What each measure takes per page and output, as a multiple of ``words``, and TEDS by the size of a table.

    python perf/page_times.py RUN [--measure NAME]... [--repeat N]

RUN is a folder that ``boilerbench run`` wrote, with its texts; with markup in it, measures that read it have
more to do. Each measure judges all of its outputs by itself, as if it were the only one: milliseconds of the
processor, the best of some repeats, for what is done once a page (``prepare``: gold made ready, where labels
are) and once an output (``judge``), and for an output all in all, its share of the page included. On labelled
gold most of that is optional text, which is taken out of an output before all measures but those that find
blocks themselves. The text and the Markdown of markup are made before, and timed in lines of their own. TEDS
compares a table with one that differs in every fifth cell, up to the bound of cells and one row beyond it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from itertools import groupby
from typing import Any

from boilerbench.corpora import Corpus
from boilerbench.markup import html_of, markdown_of, text_of
from boilerbench.measures import ALL, Measure, make_measure
from boilerbench.measures.bounds import MOST_TABLE_CELLS
from boilerbench.records import Gold
from boilerbench.results import StoredText, load_run
from boilerbench.run_corpus import open_run_corpus
from boilerbench.scoring import corpus_measures

Outputs = dict[str, list[tuple[str, str, str]]]
"""By document, of each output its text, its Markdown and its HTML."""
_COLUMNS = 10
_CELLS = (100, 250, 500, 1_000, 2_000)


def seconds(work: Callable[[], Any]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def outputs_of(texts: dict[str, list[StoredText]]) -> Outputs:
    """Make text, Markdown and HTML of markup, and say what that takes."""
    found: Outputs = {document: [] for document in texts}
    spent = {"text of markup": 0.0, "Markdown of markup": 0.0, "HTML of markup": 0.0}
    number = 0
    for document, several in texts.items():
        for stored in several:
            markdown, html = stored.text, ""
            if stored.format and stored.markup:
                markup, kind = stored.markup, stored.format
                number += 1
                spent["text of markup"] += seconds(lambda: text_of(markup, kind))  # noqa: B023
                spent["Markdown of markup"] += seconds(lambda: markdown_of(markup, kind))  # noqa: B023
                spent["HTML of markup"] += seconds(lambda: html_of(markup, kind))  # noqa: B023
                markdown, html = markdown_of(markup, kind), html_of(markup, kind)
            found[document].append((stored.text, markdown, html))
    for what, total in spent.items():
        print(f"{what:22} {1000 * total / max(1, number):9.2f} ms an output, {number:,} with markup")
    return found


def of_measure(measure: Measure[Any], gold: dict[str, Gold], outputs: Outputs) -> tuple[int, float, float]:
    """Return the number of outputs that a measure judges, and seconds for pages and for outputs."""
    number, preparing, judging = 0, 0.0, 0.0
    for document, several in outputs.items():
        if not measure.applies(gold[document]):
            continue
        started = time.process_time()
        prepared = measure.prepare(gold[document])
        between = time.process_time()
        for text, markdown, html in several:
            measure.judge(prepared, markdown if measure.reads_markdown else text, html)
        preparing += between - started
        judging += time.process_time() - between
        number += len(several)
    return number, preparing, judging


def by_measure(corpus: Corpus, measures: list[Measure[Any]], outputs: Outputs, repeat: int) -> None:
    gold = {document: corpus.gold(document) for document in outputs}
    several = max(map(len, outputs.values()))
    rows = {}
    for measure in measures:
        found = [of_measure(measure, gold, outputs) for _ in range(repeat)]
        rows[measure.name] = min(found, key=lambda row: row[1] + row[2])
    words = rows["words"]
    base = (words[1] + words[2]) / max(1, words[0])
    print(f"\n{'':22} {'pages':>7} {'prepare':>9} {'judge':>9} {'all':>9} {'× words':>8}")
    for name, (number, preparing, judging) in rows.items():
        if not number:
            print(f"{name:22} {0:7} applies to none of them")
            continue
        each = (preparing + judging) / number
        pages = number // several
        print(
            f"{name:22} {pages:7,} {1000 * preparing / pages:9.2f} {1000 * judging / number:9.2f} "
            f"{1000 * each:9.2f} {each / base:8.1f}"
        )


def by_cells() -> None:
    """TEDS of tables of more and more cells, the last beyond the bound."""
    print(f"\n{'TEDS, cells':22} {'s':>9} {'teds':>9}")
    teds = make_measure("teds", "icu")
    for cells in (*_CELLS, MOST_TABLE_CELLS + _COLUMNS):
        rows = cells // _COLUMNS
        one, other = (table(rows, changed) for changed in (False, True))
        started = time.process_time()
        found = teds.measure(Gold(one), other)
        spent = time.process_time() - started
        print(f"{cells:22,} {spent:9.2f} {found.unscorable or f'{100 * found.counts.f1:9.1f}'}")


def table(rows: int, changed: bool) -> str:
    """A pipe table of so many rows, of which every fifth cell may be another one."""
    lines = []
    for row in range(rows):
        others = [" other" * (changed and (row + column) % 5 == 0) for column in range(_COLUMNS)]
        lines.append("|" + "|".join(f"{row} {column}{other}" for column, other in enumerate(others)))
    return "\n".join([lines[0], "|---" * _COLUMNS, *lines[1:]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("run")
    parser.add_argument("--measure", action="append", help="default: all")
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    run = load_run(arguments.run)
    corpus = open_run_corpus(run)
    names = ["words", *(arguments.measure or [ALL])]
    measures = corpus_measures(corpus, names, run.info.policy or "default", print)
    texts = {
        document: [stored for stored in several if stored.extractor not in run.info.references]
        for document, several in groupby(run.texts(), key=lambda stored: stored.document)
    }
    by_measure(corpus, measures, outputs_of(texts), arguments.repeat)
    by_cells()


if __name__ == "__main__":
    main()
