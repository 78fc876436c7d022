"""False alarms and power of the verdicts, by simulation on the scores in ``results/``.

    python perf/levels.py compare     false alarms of compare and gate, one-sided, nominal 2.5 %
    python perf/levels.py best        how often one of equal extractors is left out of the best, nominal 5 %
    python perf/levels.py few         the test alone where there are few documents, and its interval
    python perf/levels.py sets        the same as best by other procedures
    python perf/levels.py sites       the same as compare where pages of a site are alike
    python perf/levels.py power       how often a difference of the detectable size is found, nominal 80 %
    python perf/levels.py coverage    how often a 95 % interval holds the true difference
    python perf/levels.py pooled      both where documents are so many that they are drawn in groups

Every table in docs/statistics.md that says "by simulation" is the output of one of these. ``--times`` says
how often to draw; the seed is fixed. Each verdict is made from 2,000 resamples at first instead of 10,000,
which changes neither level nor power by more than a fraction of a percent.
"""

from __future__ import annotations

import argparse
import functools
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from boilerbench.results import load_run
from boilerbench.stats import AVERAGES, AmongBest, Comparison, Verdict, compare_pairs
from boilerbench.stats.best import among_best
from boilerbench.stats.power import detectable_difference
from boilerbench.stats.sample import GROUPS, Sample, pooled
from boilerbench.stats.significance import bootstrap_sums, holm, interval, permutation_p_values

RESULTS = Path(__file__).parents[1] / "results"
CORPORA = ("gold", "aeb", "wcxb-dev")
RESAMPLES = 2_000
BEST = 8
"""How many extractors of each corpus the pairs are made of, the best first."""


@functools.cache
def scores(corpus: str) -> np.ndarray:
    """F1 of every extractor on every document by the run's first measure: documents × extractors."""
    run = load_run(RESULTS / corpus)
    table = run.scores[run.scores["measure"] == run.info.measures[0].name]
    table = table[~table["extractor"].isin(run.info.references)]
    wide = table.pivot_table(index="document", columns="extractor", values="f1", sort=False)
    ordered: np.ndarray = wide[wide.mean().sort_values(ascending=False).index].to_numpy()
    return ordered


def table_of(columns: np.ndarray) -> pd.DataFrame:
    """Scores of extractors called 0, 1, … as a run has them, from F1 by document and extractor."""
    documents, extractors = columns.shape
    f1 = columns.T.ravel()
    return pd.DataFrame(
        {
            "document": np.tile([f"{index:05}" for index in range(documents)], extractors),
            "extractor": np.repeat([str(index) for index in range(extractors)], documents),
            **dict.fromkeys(("precision", "recall", "f1"), f1),
            **dict.fromkeys(("tp", "fp", "fn", "tn"), 1.0),
        }
    )


def compared(columns: np.ndarray, seed: int, sites: dict[str, str] | None = None) -> list[Comparison]:
    """Each extractor of an even index against the next one, as one family."""
    pairs = [(str(index), str(index + 1)) for index in range(0, columns.shape[1], 2)]
    return compare_pairs(table_of(columns), "mean", pairs, sites=sites, seed=seed, resamples=RESAMPLES)


def swapped(draw: np.random.Generator, corpus: str, documents: int, pairs: int) -> np.ndarray:
    """Equal extractors: real pairs of scores on documents drawn anew, which of the two is first by chance."""
    real = scores(corpus)
    combinations = list(itertools.combinations(range(BEST), 2))
    rows = real[draw.integers(0, len(real), documents)]
    chosen = [combinations[index] for index in draw.choice(len(combinations), pairs, replace=False)]
    return np.hstack([draw.permuted(rows[:, list(pair)], axis=1) for pair in chosen])


def tilted(draw: np.random.Generator, corpus: str, documents: int, pairs: int) -> np.ndarray:
    """Equal on average but not alike: real pairs, documents drawn so that the mean difference is zero.

    Weights are exponential in the difference (Davison and Hinkley 1997, section 4.4), so that ties stay ties
    and a difference that is rare and large on one side stays so.
    """
    real = scores(corpus)
    columns: list[np.ndarray] = []
    while len(columns) < pairs:
        first, second = draw.choice(BEST, 2, replace=False)
        gaps = real[:, first] - real[:, second]
        low, high = -200.0, 200.0
        for _ in range(60):
            middle = (low + high) / 2
            weights = np.exp(middle * gaps - np.max(middle * gaps))
            low, high = (low, middle) if weights @ gaps > 0 else (middle, high)
        rows = draw.choice(len(real), documents, p=weights / weights.sum())
        columns.append(real[rows][:, [first, second]])
    return np.hstack(columns)


def false_alarms(
    null: Callable[[np.random.Generator, str, int, int], np.ndarray],
    corpus: str,
    documents: int,
    pairs: int,
    times: int,
) -> tuple[int, int]:
    """How many families had a pair whose first was called worse, and whose first was called better."""
    draw = np.random.default_rng([documents, pairs])
    worse = better = 0
    for seed in range(times):
        verdicts = {each.verdict for each in compared(null(draw, corpus, documents, pairs), seed)}
        worse += Verdict.SECOND in verdicts
        better += Verdict.FIRST in verdicts
    return worse, better


def equals(draw: np.random.Generator, corpus: str, documents: int, extractors: int) -> np.ndarray:
    """Equal extractors: the real scores of documents drawn anew, handed out to the extractors by chance."""
    real = scores(corpus)[:, :extractors]
    permuted: np.ndarray = draw.permuted(real[draw.integers(0, len(real), documents)], axis=1)
    return permuted


def left_out(corpus: str, documents: int, extractors: int, best: int, times: int) -> int:
    """How often one of the ``best`` equal extractors is left out; the others are ten points worse."""
    draw = np.random.default_rng([documents, extractors, best])
    wrong = 0
    for seed in range(times):
        columns = equals(draw, corpus, documents, extractors)
        columns[:, best:] -= 0.1
        wrong += AmongBest.NO in among_best(sample_of(columns), seed=seed, resamples=RESAMPLES)[:best]
    return wrong


def sample_of(columns: np.ndarray) -> Sample:
    """A sample under ``mean`` from F1 by document and extractor."""
    documents, extractors = columns.shape
    summands = np.stack([np.column_stack([np.ones(documents), *[column] * 3]) for column in columns.T])
    names = [str(index) for index in range(extractors)]
    return Sample(names, documents, AVERAGES["mean"], summands.sum(axis=1), summands, documents)


def few(corpus: str, documents: int, times: int) -> tuple[int, int]:
    """How often the test alone calls one of two equal extractors better, and the interval holds the truth."""
    draw = np.random.default_rng(documents)
    real = scores(corpus)[:, :2]
    truth = float(real[:, 0].mean() - real[:, 1].mean())
    alarms = inside = 0
    for seed in range(times):
        units = swapped(draw, corpus, documents, 1).T[..., None]
        p_value = permutation_p_values(units, [0], [1], lambda sums: sums[..., 0], RESAMPLES, seed).values[0]
        alarms += int(p_value < 0.05)
        gaps = np.diff(real[draw.integers(0, len(real), documents), ::-1])
        low, high = interval(bootstrap_sums(gaps, RESAMPLES, seed)[:, 0] / documents)
        inside += int(low <= truth <= high)
    return alarms, inside


def other_sets(corpus: str, documents: int, times: int) -> tuple[int, int]:
    """How often one of 20 equal extractors is left out by two other procedures.

    Permutation tests against the leader with Holm's correction, and the first step of the model confidence
    set with the range statistic and a bootstrap (Hansen, Lunde and Nason 2011).
    """
    draw = np.random.default_rng(documents)
    firsts, seconds = np.triu_indices(20, 1)
    against_leader = model_set = 0
    for seed in range(times):
        columns = equals(draw, corpus, documents, 20)
        leader = int(columns.mean(axis=0).argmax())
        others = [index for index in range(20) if index != leader]
        p_values = permutation_p_values(
            columns.T[..., None], [leader] * 19, others, lambda sums: sums[..., 0], RESAMPLES, seed
        ).values
        against_leader += int(min(holm(p_values.tolist())) < 0.05)
        gaps = columns[:, firsts] - columns[:, seconds]
        means = bootstrap_sums(gaps, RESAMPLES, seed) / documents - gaps.mean(axis=0)
        scale = means.std(axis=0) + 1e-12
        observed = np.abs(gaps.mean(axis=0) / scale).max()
        model_set += bool((np.abs(means / scale).max(axis=1) >= observed).mean() < 0.05)
    return against_leader, model_set


def alike(draw: np.random.Generator, sites: int, pages: int) -> tuple[np.ndarray, dict[str, str]]:
    """Equal extractors on sites of several pages, where half of the variance is the site's."""
    by_site = np.repeat(draw.normal(0, 0.1, sites), pages)
    gaps = by_site + draw.normal(0, 0.1, sites * pages)
    columns = np.column_stack([0.5 + gaps / 2, 0.5 - gaps / 2])
    return columns, {f"{index:05}": f"{index // pages}.example" for index in range(sites * pages)}


def false_alarms_by_site(sites: int, pages: int, times: int, *, independent: bool) -> int:
    """How often either of two equal extractors is called better."""
    draw = np.random.default_rng([sites, pages])
    alarms = 0
    for seed in range(times):
        columns, by_document = alike(draw, sites, pages)
        (found,) = compared(columns, seed, None if independent else by_document)
        alarms += found.decided
    return alarms


def found(corpus: str, documents: int, times: int) -> int:
    """How often the better of two extractors is found that differ by the detectable difference.

    The differences of a real pair, with their mean moved to where the formula says.
    """
    draw = np.random.default_rng(documents)
    real = scores(corpus)[:, 0] - scores(corpus)[:, 1]
    truth = detectable_difference(float(real.std()) / np.sqrt(documents), documents)
    right = 0
    for seed in range(times):
        gaps = draw.choice(real - real.mean() + truth, documents)
        (comparison,) = compared(np.column_stack([0.5 + gaps, np.full(documents, 0.5)]), seed)
        right += comparison.verdict is Verdict.FIRST
    return right


def held(corpus: str, documents: int, times: int) -> int:
    """How often the interval of the difference of the best two holds the true one."""
    draw = np.random.default_rng(documents)
    real = scores(corpus)[:, :2]
    truth = float(np.diff(real.mean(axis=0))[0])
    inside = 0
    for seed in range(times):
        (comparison,) = compared(real[draw.integers(0, len(real), documents)], seed)
        inside += comparison.low <= -truth <= comparison.high
    return inside


def compare_rows(times: int) -> Iterator[tuple[object, ...]]:
    """The cells of ``compare``, and for each the two numbers of false alarms."""
    for null, pairs in ((swapped, 1), (swapped, 5), (tilted, 1)):
        for corpus, documents in itertools.product(CORPORA, (20, 60, 181)):
            numbers = false_alarms(null, corpus, documents, pairs, times)
            yield null.__name__, corpus, documents, pairs, *numbers


def best_rows(times: int) -> Iterator[tuple[object, ...]]:
    """The cells of ``best``."""
    for corpus, documents, best in itertools.product(CORPORA, (20, 60, 181), (20, 5)):
        yield corpus, documents, best, left_out(corpus, documents, 20, best, times)


def site_rows(times: int) -> Iterator[tuple[object, ...]]:
    """The cells of ``sites``."""
    for sites, pages in ((20, 1), (20, 3), (60, 3), (60, 10)):
        by_site, by_page = (
            false_alarms_by_site(sites, pages, times, independent=independent)
            for independent in (False, True)
        )
        yield sites, pages, by_site, by_page


def corpus_rows(
    count: Callable[[str, int, int], int | tuple[int, int]], sizes: tuple[int, ...], times: int
) -> Iterator[tuple[object, ...]]:
    """The cells of a table by corpus and number of documents."""
    for corpus, documents in itertools.product(CORPORA, sizes):
        numbers = count(corpus, documents, times)
        yield corpus, documents, *(numbers if isinstance(numbers, tuple) else (numbers,))


MANY = 60_000
"""Documents, more than are drawn singly."""


def pooled_rows(times: int) -> Iterator[tuple[object, ...]]:
    """The standard error by groups over that by documents; how often intervals held, and equals differed."""
    for corpus in CORPORA:
        draw = np.random.default_rng(MANY)
        pairs = scores(corpus)[:, :2]
        true = float((pairs[:, 0] - pairs[:, 1]).mean())
        ratios, held, called = [], 0, 0
        for seed in range(times):
            rows = pairs[draw.integers(0, len(pairs), MANY)]
            groups = pooled(sample_of(rows).units)
            sums = groups[0] - groups[1]
            counts = groups[0, :, 0]
            error = np.sqrt(((sums[:, 1] - counts * sums[:, 1].sum() / MANY) ** 2).sum()) / MANY
            ratios.append(error / ((rows[:, 0] - rows[:, 1]).std() / np.sqrt(MANY)))
            drawn = bootstrap_sums(np.column_stack([counts, sums[:, 1]]), RESAMPLES, seed)
            low, high = interval(drawn[:, 1] / drawn[:, 0])
            held += bool(low <= true <= high)
            equal = pooled(sample_of(draw.permuted(rows, axis=1)).units)
            share = permutation_p_values(
                equal, [0], [1], lambda sums: sums[..., 1] / sums[..., 0], RESAMPLES, seed, 1
            )
            called += bool(share.values[0] < 0.05)
        ratio = f"{np.mean(ratios):.3f} ± {np.std(ratios):.3f}"
        yield corpus, f"{MANY:,} in {GROUPS:,} groups", ratio, held, called


SIZES = (10, 20, 60, 181)
TABLES: dict[str, tuple[tuple[str, ...], int, Callable[[int], Iterator[tuple[object, ...]]]]] = {
    "compare": (
        ("null", "corpus", "documents", "pairs", "called worse", "called better"),
        2,
        compare_rows,
    ),
    "best": (("corpus", "documents", "equally good, of 20", "one of these left out"), 1, best_rows),
    "few": (
        ("corpus", "documents", "called better by the test", "interval holds the difference"),
        2,
        functools.partial(corpus_rows, few, (6, 8, 10, 12, 20)),
    ),
    "sets": (
        ("corpus", "documents", "against the leader, Holm", "model confidence set"),
        2,
        functools.partial(corpus_rows, other_sets, SIZES[1:]),
    ),
    "sites": (("sites", "pages of each", "drawn by site", "drawn by page"), 2, site_rows),
    "power": (("corpus", "documents", "found"), 1, functools.partial(corpus_rows, found, SIZES)),
    "coverage": (("corpus", "documents", "held"), 1, functools.partial(corpus_rows, held, SIZES)),
    "pooled": (
        ("corpus", "documents", "standard error by groups / by documents", "held", "called better or worse"),
        2,
        pooled_rows,
    ),
}
"""Each table: its columns, how many of the last are numbers out of ``--times``, and what makes its rows."""


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=TABLES)
    parser.add_argument("--times", type=int, default=1000)
    asked = parser.parse_args()
    columns, counts, rows = TABLES[asked.what]
    print(f"| {' | '.join(columns)} |\n| {' | '.join(['---'] * len(columns))} |")
    for row in rows(asked.times):
        labels, numbers = row[:-counts], row[-counts:]
        shares = [f"{100 * float(str(number)) / asked.times:.1f} %" for number in numbers]
        print(f"| {' | '.join([*map(str, labels), *shares])} |", flush=True)


if __name__ == "__main__":
    main()
