"""Leaderboards from tables in pieces: those that come from the tables whole."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from boilerbench.errors import InputError
from boilerbench.stats import leaderboard, sample
from boilerbench.stats import streaming as streaming_module
from boilerbench.stats.streaming import streamed_leaderboard

AVERAGES = {"words": ("mean", "zyte", "micro"), "exact": ("mean",), "blocks": ("mean",)}


def tables(documents: int, extractors: int = 3) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scores as a run has them, by document, of two measures; the second on every third document alone."""
    draw = np.random.default_rng(documents)
    rows, outcomes = [], []
    for place in range(documents):
        for number in range(extractors):
            name, document = f"tool-{number}", f"{place:06}"
            status = ("ok", "ok", "empty", "timeout")[draw.integers(4)]
            seconds = draw.exponential() if status == "ok" else float("nan")
            facts = {"version": f"{number}.0" if place else "", "status": status, "seconds": seconds}
            outcomes.append({"document": document, "extractor": name, **facts, "timed": "now"})
            for measure in ("words", *(["exact"] if place % 3 == 0 else [])):
                tp, fp, fn = (int(count) for count in draw.integers(0, 40, 3))
                precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
                f1 = 2 * tp / max(1, 2 * tp + fp + fn)
                shares = {"precision": precision, "recall": recall, "f1": f1}
                counts = {"tp": tp, "fp": fp, "fn": fn, "tn": 0}
                rows.append({"document": document, "extractor": name, "measure": measure, **shares, **counts})
    return pd.DataFrame(rows), pd.DataFrame(outcomes)


def pieces(table: pd.DataFrame, size: int) -> Iterator[pd.DataFrame]:
    for begin in range(0, len(table), size):
        yield table[begin : begin + size].reset_index(drop=True)


@pytest.fixture
def few_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let units be pooled from 300 on, in 200 groups."""
    for module in (sample, streaming_module):
        monkeypatch.setattr(module, "POOLED_FROM", 300)
        monkeypatch.setattr(module, "GROUPS", 200)


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("by_site", [False, True])
def test_pieces_make_the_leaderboard_that_the_whole_makes(size: int, by_site: bool) -> None:
    scores, extractions = tables(60)
    sites = {f"{place:06}": f"{place % 17}.example" if place % 5 else "" for place in range(60)}
    options = {"references": ("tool-1",), "seed": 3, "resamples": 200}
    whole = leaderboard(scores, extractions, AVERAGES, sites=sites if by_site else None, **options)  # type: ignore[arg-type]
    streamed = streamed_leaderboard(
        pieces(scores, size),
        pieces(extractions, size),
        AVERAGES,
        sites=iter(sites.items()) if by_site else None,
        **options,  # type: ignore[arg-type]
    )
    pd.testing.assert_frame_equal(streamed, whole, rtol=1e-12)


@pytest.mark.usefixtures("few_units")
@pytest.mark.parametrize("number", [299, 300, 1_203])
def test_units_are_pooled_alike(number: int) -> None:
    scores, extractions = tables(number)
    whole = leaderboard(scores, extractions, {"words": ("mean", "micro")}, resamples=100)
    parts = (pieces(scores, 512), pieces(extractions, 512))
    streamed = streamed_leaderboard(*parts, {"words": ("mean", "micro")}, resamples=100)
    pd.testing.assert_frame_equal(streamed, whole, rtol=1e-12)
    assert set(streamed["sites"]) == {number}


def test_a_document_that_one_extractor_lacks() -> None:
    scores, extractions = tables(9)
    with pytest.raises(InputError, match="words: extractors are not scored on the same documents"):
        streamed_leaderboard(pieces(scores.drop(index=8), 5), pieces(extractions, 5), {"words": ("mean",)})


@pytest.mark.slow
def test_pooled_intervals_are_as_wide_as_those_of_single_units() -> None:
    """Within 3 %: 20,000 groups give a standard error to within 0.5 %, 2,000 draws its ends to within 3 %."""
    draw = np.random.default_rng(5)
    values = draw.beta(8, 2, (1, sample.POOLED_FROM + 777, 1))
    ones = np.ones_like(values)
    units = np.concatenate([ones, values], axis=2)
    groups = sample.pooled(units)
    assert groups.shape[1] == sample.GROUPS
    assert np.allclose(groups.sum(axis=1), units.sum(axis=1))
    standard_error = values.std() / np.sqrt(values.size)
    from boilerbench.stats.significance import bootstrap_sums, interval

    sums = bootstrap_sums(groups[0], 2_000, 0)
    low, high = interval(sums[:, 1] / sums[:, 0])
    assert (high - low) / (2 * 1.96 * standard_error) == pytest.approx(1, abs=0.03)
