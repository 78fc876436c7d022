"""False alarms of the verdicts, by simulation on real paired scores (perf/levels.py)."""

from __future__ import annotations

import pytest
import scipy.stats

from perf.levels import CORPORA, false_alarms, false_alarms_by_site, left_out, swapped
from tests.conftest import NIGHT

TIMES = 300 if NIGHT else 100


def most(level: float, times: int = TIMES) -> int:
    """How many alarms are still compatible with a level: one test in ten thousand has more by chance."""
    return int(scipy.stats.binom.ppf(0.9999, times, level))


@pytest.mark.slow
@pytest.mark.parametrize("documents", [20, 181])
@pytest.mark.parametrize("pairs", [1, 5])
@pytest.mark.parametrize("corpus", CORPORA)
def test_compare_and_gate_raise_no_more_false_alarms_than_nominal(
    corpus: str, pairs: int, documents: int
) -> None:
    """At most 2.5 % of the families have a pair that is called worse, and so for better."""
    worse, better = false_alarms(swapped, corpus, documents, pairs, TIMES)
    assert worse <= most(0.025)
    assert better <= most(0.025)


@pytest.mark.slow
@pytest.mark.parametrize("best", [20, 5])
@pytest.mark.parametrize("documents", [20, 60])
def test_one_of_equal_extractors_is_left_out_no_more_often_than_nominal(documents: int, best: int) -> None:
    times = TIMES // 3
    for corpus in CORPORA:
        assert left_out(corpus, documents, 20, best, times) <= most(0.05, times)


@pytest.mark.slow
def test_pages_of_a_site_raise_no_false_alarms_when_sites_are_drawn() -> None:
    assert false_alarms_by_site(20, 5, TIMES, independent=False) <= most(0.05)
    # What drawing by page would have done; the test can fail.
    assert false_alarms_by_site(20, 5, TIMES, independent=True) > most(0.05)
