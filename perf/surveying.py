"""A survey of published pages that have gold: does agreement tell quality, and is what is proposed hard?

    python perf/surveying.py DATA FOLDER [--sample N] [-e SPEC]...

DATA is the folder of published corpora that tests read. All of their pages are written into one WARC file,
which is surveyed, and each text is scored by gold as it passes. Printed are F1 against agreement, for each
extractor and within pages, the extractors' means, F1 on the pages that ``--next`` proposes, and memory by the
number of pages; FOLDER/agreement.csv has them by extractor.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import shutil
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from boilerbench.corpora import Corpus, open_corpus
from boilerbench.measures import make_measure
from boilerbench.records import Page
from boilerbench.stats.prediction_powered import powered_mean
from boilerbench.survey import streaming, survey
from boilerbench.survey.observation import observe

CORPORA = {
    "aeb": ("aeb:{}/aeb", "words"),
    "wcxb": ("wcxb:{}/wcxb/dev", "words"),
    "readability": ("readability:{}/readability", "words"),
    "fundus": ("fundus:{}/fundus-evaluation/dataset", "words"),
    "trafilatura": ("trafilatura:{}/trafilatura", "snippets"),
}
"""Corpora with their specs and the measure that their gold takes."""
EVERY = 200
LABELLED = 60
DRAWS = 500


def record(page: Page, number: int) -> bytes:
    """A page as the answer of a server in a WARC record."""
    charset = f"; charset={page.charset}" if page.charset else ""
    http = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html{charset}\r\nContent-Length: {len(page.content)}\r\n\r\n"
    )
    block = http.encode() + page.content
    url = (page.url or f"https://p{number}.unknown.example/").replace("\r", "").replace("\n", "")
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{number:032x}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode("utf-8", "replace") + block + b"\r\n\r\n"


def pages(corpora: dict[str, Corpus], sample: int | None) -> Iterator[tuple[str, str, Page]]:
    """The pages of all corpora, or some drawn by chance, in a fixed order."""
    named = [(name, document) for name, corpus in corpora.items() for document in corpus.ids()]
    if sample is not None:
        named = sorted(random.Random(0).sample(named, min(sample, len(named))))
    for name, document in named:
        yield name, document, corpora[name].page(document)


class Scorer:
    """Scores every text as the survey sees it."""

    def __init__(self, corpora: dict[str, Corpus], documents: list[tuple[str, str]]) -> None:
        self._corpora, self._documents = corpora, documents
        self._measures = {
            name: make_measure(CORPORA[name][1], corpus.tokenizer) for name, corpus in corpora.items()
        }
        self.rows: list[dict[str, Any]] = []
        self.memory: list[tuple[int, int]] = []

    def __call__(
        self, index: int, document: str, facts: Any, extractions: Any, others: Any, rules: Any
    ) -> Any:
        seen = observe(index, document, facts, extractions, others, rules)
        name, gold_id = self._documents[index]
        gold = self._corpora[name].gold(gold_id)
        measure = self._measures[name]
        if measure.applies(gold):
            prepared = measure.prepare(gold)
            for extraction, agreement, outcome in zip(
                extractions, seen.agreement, seen.outcomes, strict=True
            ):
                f1 = measure.count(prepared, extraction.text).counts.f1
                self.rows.append(
                    {
                        "corpus": name,
                        "document": document,
                        "extractor": extraction.extractor,
                        "f1": f1,
                        "agreement": float(agreement),
                        "words": outcome.words,
                    }
                )
        if index % EVERY == 0:
            self.memory.append((index, resident_mb()))
        return seen


def resident_mb() -> int:
    """The memory of this process now, or at its most where nobody tells."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def report(rows: pd.DataFrame, proposed: set[str], folder: Path) -> None:
    """Print what agreement says of F1, and write it: by extractor, and what else there is to say."""
    of_segments = rows["corpus"] == "trafilatura"
    by_name, others = [], []
    for gold, of in (("body", rows[~of_segments]), ("segments", rows[of_segments])):
        if of.empty:
            continue
        number = of["document"].nunique()
        table = by_extractor(of)
        by_name.append(table.assign(gold=gold, pages=number))
        figures = {"Spearman over the extractors' means": spearman_of(table["f1"], table["agreement"])}
        figures |= within_pages(of) | hardness(of, proposed) | powered(of)
        others += [{"gold": gold, "pages": number, "figure": name, "value": f} for name, f in figures.items()]
        print(f"\ngold is {gold}: {number:,} pages")
        print(table.to_string(index=False, float_format="%.3f"))
        print("\n".join(f"{name}: {figure:.3f}" for name, figure in figures.items()))
    pd.concat(by_name).to_csv(folder / "agreement.csv", index=False, float_format="%.4f")
    pd.DataFrame(others).to_csv(folder / "figures.csv", index=False, float_format="%.4f")


def spearman_of(first: Any, second: Any) -> float:
    return float(spearmanr(first, second).statistic)


def by_extractor(of: pd.DataFrame) -> pd.DataFrame:
    """Mean F1 and agreement of each extractor, and how they go together over pages."""
    made = []
    for name, mine in of.groupby("extractor", sort=False):
        pearson = float(np.corrcoef(mine["f1"], mine["agreement"])[0, 1])
        spearman = float(spearmanr(mine["f1"], mine["agreement"]).statistic)
        made.append((name, mine["f1"].mean(), mine["agreement"].mean(), pearson, spearman))
    return pd.DataFrame(made, columns=["extractor", "f1", "agreement", "pearson", "spearman"])


def within_pages(of: pd.DataFrame) -> dict[str, float]:
    """Whether on a page the text that agrees more is the better one."""
    within, picked = [], defaultdict(list)
    for _, page in of.groupby("document"):
        if page["f1"].nunique() > 1 and page["agreement"].nunique() > 1:
            within.append(spearman_of(page["f1"], page["agreement"]))
        picked["F1 of the text that agrees most on each page"].append(
            page.sort_values("agreement", ascending=False, kind="stable")["f1"].iloc[0]
        )
        picked["F1 of the best text on each page"].append(page["f1"].max())
    best = of.groupby("extractor")["f1"].mean().max()
    return {
        "Spearman within a page, mean over pages": statistics.mean(within),
        "F1 of the best extractor": float(best),
        **{name: float(np.mean(f1)) for name, f1 in picked.items()},
    }


def hardness(of: pd.DataFrame, proposed: set[str]) -> dict[str, float]:
    """F1 on the pages that are proposed for labelling, beside F1 on all."""
    by_page = of.groupby("document").agg(
        f1=("f1", "mean"), best=("f1", "max"), agreement=("agreement", "mean")
    )
    chosen = by_page[by_page.index.isin(proposed)]
    return {
        "Pearson over pages, mean F1 and mean agreement": float(
            np.corrcoef(by_page["f1"], by_page["agreement"])[0, 1]
        ),
        "mean F1 on all pages": float(by_page["f1"].mean()),
        "pages proposed to label": float(len(chosen)),
        "mean F1 on these": float(chosen["f1"].mean()),
        "F1 of the best text on these": float(chosen["best"].mean()),
        "share of these below the median of all": float((chosen["f1"] < by_page["f1"].median()).mean()),
    }


def powered(of: pd.DataFrame) -> dict[str, float]:
    """Prediction-powered intervals where the truth is known: ``LABELLED`` pages are drawn again and again."""
    draw = np.random.default_rng(0)
    covered, shorter = [], []
    for _, mine in of.groupby("extractor", sort=False):
        f1, agreement = mine["f1"].to_numpy(), mine["agreement"].to_numpy()
        for _ in range(DRAWS):
            labelled = draw.permutation(len(f1)) < LABELLED
            rest = agreement[~labelled]
            made = powered_mean(
                *(f1[labelled].tolist(), agreement[labelled].tolist(), len(rest)),
                *(float(rest.mean()), float(rest.var())),
            )
            covered.append(made.powered.low <= f1.mean() <= made.powered.high)
            shorter.append(made.powered.width / made.plain.width)
    return {
        f"width of the interval with all pages by that from {LABELLED} alone": float(np.mean(shorter)),
        "share of these intervals that hold the truth": float(np.mean(covered)),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--next", type=int, default=50)
    parser.add_argument("-e", "--extractor", action="append", default=[])
    asked = parser.parse_args()
    corpora = {name: open_corpus(spec.format(asked.data)) for name, (spec, _) in CORPORA.items()}
    asked.folder.mkdir(parents=True, exist_ok=True)
    file = asked.folder / "published.warc.gz"
    documents, held = [], 0
    started = time.perf_counter()
    with file.open("wb") as written:
        for number, (name, document, page) in enumerate(pages(corpora, asked.sample)):
            if not page.content.strip():
                held += 1
                continue
            documents.append((name, document))
            written.write(gzip.compress(record(page, number), 6, mtime=0))
    took = time.perf_counter() - started
    size = file.stat().st_size / 1e6
    print(f"{len(documents):,} pages in {size:.0f} MB, written in {took:.0f} s; {held} are empty")
    started = time.perf_counter()
    corpus, reasons = open_corpus(f"warc:{file}"), list[str]()
    read = sum(1 for _ in corpus.pages(reasons.append))
    skipped = Counter(reasons)
    print(f"read again: {read:,} pages in {time.perf_counter() - started:.1f} s; passed over {dict(skipped)}")
    assert read == len(documents), "the numbers of pages are told apart by their order"
    scorer = Scorer(corpora, documents)
    mock.patch.object(streaming, "observe", scorer).start()
    started = time.perf_counter()
    made = survey(
        f"warc:{file}",
        asked.extractor or None,
        out=asked.folder,
        next_pages=asked.next,
        remark=lambda line: print(line, file=sys.stderr),
    )
    print(
        f"surveyed in {time.perf_counter() - started:.0f} s; memory by pages: "
        + ", ".join(f"{pages:,} {mb} MB" for pages, mb in scorer.memory)
    )
    rows = pd.DataFrame(scorer.rows)
    rows.to_csv(asked.folder / "scored.csv.gz", index=False)
    report(rows, set(made.tables["next"]["document"]), asked.folder)
    shutil.copy(made.folder / "survey.json", asked.folder / "survey.json")
    print(json.dumps({"digest": made.info.digest, "skipped": dict(made.info.skipped)}))


if __name__ == "__main__":
    main()
