"""The pages of a survey that are most worth labelling, and a sample of it to estimate from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from boilerbench.sampling import stratified_sample
from boilerbench.survey.observation import Observation
from boilerbench.survey.page_facts import UNKNOWN

ENOUGH_WORDS = 50
"""Words that at least two extractors must have returned: else there is little on the page to label."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page as ``pages.csv.gz`` has it."""

    document: str
    url: str
    site: str
    domain: str
    language: str
    size: str
    shape: str
    bytes: int
    disagreement: float
    """One less the mean agreement between tools, from 0 to 1."""
    second_words: int
    """The words of the second longest text."""
    survivors: int
    """The number of extractors whose text survives the filters."""

    @property
    def stratum(self) -> tuple[str, ...]:
        """The kind of page by which proposals are shared out."""
        return self.language, self.size, self.shape


@dataclass
class _Stratum:
    """The pages of a kind: how much there is to learn, and the best pages, one of each site."""

    disagreement: float = 0.0
    best: dict[str, PageRow] = field(default_factory=dict)


def page_row(seen: Observation) -> PageRow:
    """Return the row of a page."""
    facts = seen.facts
    words = sorted((outcome.words for outcome in seen.outcomes), reverse=True)
    return PageRow(
        *(seen.document, facts.url, facts.site, facts.domain, facts.language, facts.size, facts.shape),
        facts.content_bytes,
        seen.disagreement,
        words[1] if len(words) > 1 else 0,
        sum(outcome.survives for outcome in seen.outcomes),
    )


def most_worth_labelling(rows: Iterable[PageRow], number: int) -> list[PageRow]:
    """Choose the pages from which gold would learn most, the most disputed first.

    Each kind of page (language, size, shape) gets places in proportion to its pages times their mean
    disagreement, as Neyman (1934) allots a sample by the size and the spread of strata. Within a kind the
    pages with the largest disagreement are taken, no two of one site. Where a page has no site, it is its
    own. Such pages are harder than others: no estimate may be made from them.

    Args:
        rows: of all pages; read once.
        number: how many to choose.
    """
    strata: dict[tuple[str, ...], _Stratum] = {}
    for row in rows:
        if row.second_words < ENOUGH_WORDS:
            continue
        stratum = strata.setdefault(row.stratum, _Stratum())
        stratum.disagreement += row.disagreement
        site = row.site if row.site != UNKNOWN else row.document
        if site not in stratum.best or _rank(row) < _rank(stratum.best[site]):
            stratum.best[site] = row
        if len(stratum.best) > 4 * number:
            best = sorted(stratum.best.items(), key=lambda item: _rank(item[1]))
            stratum.best = dict(best[: 2 * number])
    places = _allotted({name: each.disagreement for name, each in strata.items()}, number)
    chosen: dict[str, PageRow] = {}
    for name in sorted(strata, key=lambda name: (-strata[name].disagreement, name)):
        fresh = {site: row for site, row in strata[name].best.items() if site not in chosen}
        chosen |= dict(sorted(fresh.items(), key=lambda item: _rank(item[1]))[: places[name]])
    # Kinds with fewer sites than places leave some to the others.
    rest = {site: row for each in strata.values() for site, row in each.best.items() if site not in chosen}
    chosen |= dict(sorted(rest.items(), key=lambda item: _rank(item[1]))[: number - len(chosen)])
    return sorted(chosen.values(), key=_rank)


def drawn_by_chance(rows: Iterable[PageRow], number: int, seed: int) -> list[PageRow]:
    """Draw pages of which each has the same chance, of each kind its share: what estimates are made from."""
    return stratified_sample(
        rows, number, key=lambda row: row.document, stratum=lambda row: row.stratum, seed=seed
    )


def _rank(row: PageRow) -> tuple[float, bytes]:
    """Order pages by disagreement, and equal ones by a hash, so that no place in the crawl comes first."""
    return -row.disagreement, hashlib.sha256(row.document.encode("utf-8", "replace")).digest()


def _allotted(weights: Mapping[tuple[str, ...], float], number: int) -> dict[tuple[str, ...], int]:
    """Share out places in proportion to weights, by the largest remainder."""
    total = sum(weights.values())
    exact = {name: number * weight / total if total else 0.0 for name, weight in weights.items()}
    places = {name: int(share) for name, share in exact.items()}
    left: Sequence[tuple[str, ...]] = sorted(exact, key=lambda name: (places[name] - exact[name], name))
    for name in left[: number - sum(places.values())]:
        places[name] += 1
    return places
