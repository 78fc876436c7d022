"""What measures and intervals cost, beside the peers whose figures they reproduce, in one run.

    python perf/measures.py PATH_OF_ARTICLE_EXTRACTION_BENCHMARK [PATH_OF_WCXB_DEV]

On article-extraction-benchmark's stored outputs: ``rouge-lsum`` against the rouge-score package, and
``shingles`` with 1,000 bootstrap resamples against plain Python in the style of Zyte's evaluate.py. With
WCXB: the time of all measures over four extractors, and memory over a tenth and over all of its pages. What
measures cost on texts made to be hard is in ``hostile.py``.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

import pandas as pd
from scoring import read

from boilerbench import evaluate
from boilerbench.corpora import open_corpus
from boilerbench.measures import make_measure
from boilerbench.records import Counts, Gold, status_of
from boilerbench.results import StoredText
from boilerbench.scoring import score_texts
from boilerbench.stats.averages import AVERAGES, F1
from boilerbench.stats.significance import bootstrap_sums

RESAMPLES = 1000
Texts = dict[str, str]
Result = TypeVar("Result")


def ours(name: str, gold: Texts, outputs: dict[str, Texts]) -> dict[tuple[str, str], Counts]:
    measure = make_measure(name, "plain")
    found = {}
    for key, body in gold.items():
        expected = measure.prepare(Gold(body))
        for system, texts in outputs.items():
            found[system, key] = measure.count(expected, texts.get(key, "")).counts
    return found


def rouge_score(gold: Texts, outputs: dict[str, Texts]) -> dict[tuple[str, str], float]:
    from rouge_score import rouge_scorer, tokenizers

    class WhiteSpace(tokenizers.Tokenizer):  # type: ignore[misc]
        def tokenize(self, text: str) -> list[str]:
            return text.split()

    scorer = rouge_scorer.RougeScorer(["rougeLsum"], tokenizer=WhiteSpace())
    return {
        (system, key): scorer.score(body, texts.get(key, ""))["rougeLsum"].fmeasure
        for key, body in gold.items()
        for system, texts in outputs.items()
    }


def shingles_with_intervals(folder: Path, outputs: dict[str, Texts]) -> dict[str, tuple[float, float]]:
    """F1 as Zyte averages, and its standard deviation over resamples."""
    corpus = open_corpus(f"aeb:{folder}")
    lines = [
        StoredText(document, system, status_of(texts.get(document)), texts.get(document, ""))
        for document in corpus.ids()
        for system, texts in outputs.items()
    ]
    measures = [make_measure("shingles", corpus.tokenizer)]
    cores = os.cpu_count() or 1
    found = list(score_texts(lines, corpus, measures, number=len(lines), jobs=cores, done=lambda _: None))
    columns = ["tp", "fp", "fn", "precision", "recall"]
    answer = {}
    for system in outputs:
        rows = [each.counts for each in found if each.extractor == system]
        table = pd.DataFrame({name: [getattr(row, name) for row in rows] for name in columns})
        summands = AVERAGES["zyte"].summands(table)
        drawn = AVERAGES["zyte"].figures(bootstrap_sums(summands, RESAMPLES, 0))
        point = AVERAGES["zyte"].figures(summands.sum(axis=0))
        answer[system] = (float(point[F1]), float(drawn[:, F1].std(ddof=1)))
    return answer


def plain_shingles(gold: Texts, outputs: dict[str, Texts]) -> dict[str, tuple[float, float]]:
    """The same in plain Python, as evaluate.py does it: sums key by key, resamples drawn one by one."""

    def shingles(text: str) -> dict[tuple[str, ...], int]:
        words = re.findall(r"\w+", text)
        found = []
        for at in range(max(1, len(words) - 3)):
            shingle = tuple(words[at : at + 4])
            if shingle:
                found.append(shingle)
        return dict(Counter(found))

    def counted(expected: str, returned: str) -> tuple[float, float, float]:
        true, found = shingles(expected), shingles(returned)
        tp = fp = fn = 0.0
        for key in set(true) | set(found):
            one, other = true.get(key, 0), found.get(key, 0)
            tp += min(one, other)
            fp += max(0, other - one)
            fn += max(0, one - other)
        whole = tp + fp + fn
        return (tp / whole, fp / whole, fn / whole) if whole else (0.0, 0.0, 0.0)

    def share(hits: float, misses: float, other: float) -> float:
        if misses == other == 0:
            return 1.0
        return hits / (hits + misses) if hits or misses else 0.0

    def figures(counts: list[tuple[float, float, float]]) -> tuple[float, float, float]:
        precision = statistics.mean([share(tp, fp, fn) for tp, fp, fn in counts if tp + fp > 0])
        recall = statistics.mean([share(tp, fn, fp) for tp, fp, fn in counts if tp + fn > 0])
        return 2 * precision * recall / (precision + recall), precision, recall

    draw = random.Random(0)
    answer = {}
    for system, texts in outputs.items():
        counts = [counted(body, texts.get(key, "")) for key, body in gold.items()]
        last = len(counts) - 1
        drawn = [figures([counts[draw.randint(0, last)] for _ in counts]) for _ in range(RESAMPLES)]
        spread = [statistics.stdev(figure) for figure in zip(*drawn, strict=True)]
        answer[system] = (figures(counts)[0], spread[0])
    return answer


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def shingles_beside_plain(folder: Path) -> None:
    """The best of three of either, since a fraction of a second is easily disturbed."""
    gold, outputs = read(folder)
    answer, fast = min(
        (timed(lambda: shingles_with_intervals(folder, outputs)) for _ in range(3)), key=itemgetter(1)
    )
    plain, slow = min((timed(lambda: plain_shingles(gold, outputs)) for _ in range(3)), key=itemgetter(1))
    worst = max(abs(answer[system][0] - plain[system][0]) for system in outputs)
    spread = max(abs(answer[system][1] / plain[system][1] - 1) for system in outputs)
    print(
        f"shingles, {RESAMPLES} resamples: {fast:.2f} s; plain Python {slow:.2f} s, {slow / fast:.1f} × that"
    )
    print(f"  largest difference of F1 {worst:.1e}; of its standard deviation {spread:.1%} (other draws)")


def rouge_lsum_beside_rouge_score(folder: Path) -> None:
    gold, outputs = read(folder)
    ours("rouge-lsum", {"": "a"}, {"": {"": "a"}})
    mine, fast = timed(lambda: ours("rouge-lsum", gold, outputs))
    theirs, slow = timed(lambda: rouge_score(gold, outputs))
    worst = max(abs(mine[key].f1 - figure) for key, figure in theirs.items() if gold[key[1]].strip())
    pairs = len(gold) * len(outputs)
    print(f"rouge-lsum, {pairs} pairs: {fast:.2f} s; rouge-score {slow:.2f} s, {slow / fast:.0f} × that")
    print(f"  largest difference of F1 {worst:.1e}")


SCORE = """
import resource, sys
from boilerbench import rescoring
rescoring.score(sys.argv[1], ["all"])
peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(peak / 1024)
"""


def all_measures(folder: Path) -> None:
    extractors = ["trafilatura", "readability-lxml", "justext", "html-text"]
    peaks, seconds = [], []
    with tempfile.TemporaryDirectory() as out:
        for limit in (150, None):
            run = evaluate.run(f"wcxb:{folder}", extractors, limit=limit, out=out)
            command = [sys.executable, "-c", SCORE, str(run.folder)]
            peak, clock = timed(lambda: float(subprocess.check_output(command, text=True)))  # noqa: B023
            peaks.append(peak)
            seconds.append(clock)
            number = run.info.corpus.documents
            size = f"{number} pages × {len(extractors)}"
            print(f"all measures, {size}: {clock:.1f} s, largest process {peak:.0f} MB")

    print(f"  {seconds[1] / seconds[0]:.1f} × the time, {peaks[1] / peaks[0]:.2f} × the memory")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("aeb", type=Path)
    parser.add_argument("wcxb", type=Path, nargs="?")
    arguments = parser.parse_args()
    # First, since what rouge-score leaves in memory makes every process dearer that is forked afterwards.
    shingles_beside_plain(arguments.aeb)
    rouge_lsum_beside_rouge_score(arguments.aeb)
    if arguments.wcxb:
        all_measures(arguments.wcxb)


if __name__ == "__main__":
    main()
