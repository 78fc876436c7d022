"""Our labels of published pages: agreement of their annotators, and what the published runs on them show."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from boilerbench.corpora.gold_files import OVERLAYS, own_gold
from boilerbench.corpora.overlay_files import read_overlay
from boilerbench.labelling.agreement import cohens_kappa
from boilerbench.policy import default_policy
from boilerbench.records import FOREIGN, Role
from boilerbench.results import Run, load_run
from boilerbench.stats import labels as label_stats
from tables.markdown import code, table
from tables.results import RESULTS, points, same_pages, scores_of

CORPORA = {"wcxb-dev": "wcxb/dev", "aeb": "aeb", "trafilatura": "trafilatura"}
"""The published runs of corpora with overlays, and the folders of these."""
_ALIKE = 0.96
_WIDEST = 10
_ALL = ("**all boilerplate**", "**all body**")


def overlay_run(name: str) -> Run:
    """The published run on our labels of a corpus, by the name of the corpus's own run."""
    return load_run(RESULTS / "overlays" / f"{name}-own")


def agreement(by: str) -> str:
    """How far the two annotators of published pages agree: by corpus, page_type, role or label."""
    rows = pd.DataFrame(_labelled())
    groups = [("all", rows), *((str(key), group) for key, group in rows.groupby(by, sort=False))]
    order = [*map(str, Role), *default_policy().roles]
    groups[1:] = sorted(groups[1:], key=lambda pair: order.index(pair[0]) if pair[0] in order else -1)
    cells = []
    for name, group in groups:
        first, second = group["first"], group["second"]
        if by in ("role", "label"):
            # Of one label or role: it against all others, over all blocks.
            first, second = (rows[f"{side}_{by}"] == name for side in ("first", "second"))
            if name == "all":
                first, second = (rows[f"{side}_{by}"] for side in ("first", "second"))
            either = first | second if name != "all" else pd.Series(True, index=rows.index)
            alike = (first[either] == second[either]).mean()
            number = int(either.sum())
        else:
            alike, number = (first == second).mean(), len(group)
        pages = group["page"].nunique()
        cells.append(
            (name, f"{pages}", f"{number:,}", points(alike), f"{cohens_kappa(list(first), list(second)):.3f}")
        )
    return table((by.replace("_", " "), "pages", "blocks", "alike, %", "Cohen's κ"), cells)


def _labelled() -> Iterator[dict[str, str]]:
    """Each block of each overlay with the labels of both annotators."""
    policy = default_policy()
    for name, folder in CORPORA.items():
        page_types = dict(overlay_run(name).documents[["document", "page_type"]].to_numpy())
        for file in sorted((own_gold() / OVERLAYS / folder).glob("*.annotator-1.tsv")):
            document = file.name.removesuffix(".annotator-1.tsv")
            pair = [read_overlay(document, file.with_name(f"{document}.annotator-{n}.tsv")) for n in (1, 2)]
            for first, second in zip(pair[0].labels, pair[1].labels, strict=True):
                yield {
                    "corpus": folder,
                    "page": f"{folder}/{document}",
                    "page_type": page_types.get(document) or "not said",
                    "first": first,
                    "second": second,
                    "label": first,
                    "role": str(policy.role_of(first)),
                    "first_label": first,
                    "second_label": second,
                    "first_role": str(policy.role_of(first)),
                    "second_role": str(policy.role_of(second)),
                }


def leaks(unit: str) -> str:
    """Shares of a label's blocks or words that leak or get lost, on gold and on published pages."""
    policy = default_policy()
    gold = load_run(RESULTS / "overlays" / "gold").labels
    real = pd.concat([overlay_run(name).labels.assign(corpus=name) for name in CORPORA])
    real["document"] = real["corpus"] + "/" + real["document"]
    extractors = [name for name in _default_extractors() if name in set(gold["extractor"])]
    sums = [
        _with_totals(label_stats.by_label(each[each["extractor"].isin(extractors)], policy), unit)
        for each in (gold, real)
    ]
    cells = []
    for label in [*policy.labels(Role.BOILERPLATE), _ALL[0], *policy.labels(Role.BODY), _ALL[1], FOREIGN]:
        mine = [each[each["label"] == label].set_index("extractor") for each in sums]
        if not all(map(len, mine)):
            continue
        body = set(mine[0]["role"]) == {Role.BODY}
        shares = [
            " / ".join(_percent(each, name, f"share_of_{unit}", lost=body) for each in mine)
            for name in extractors
        ]
        of = " / ".join(f"{each[unit].iloc[0]:,}" for each in mine) if label != FOREIGN else ""
        cells.append((label, "lost" if body else "leaked", of, *shares))
    return table(("label", "", f"{unit}, gold / published", *map(code, extractors)), cells)


def _with_totals(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Leaks by label, and all boilerplate and all body of each extractor."""
    totals = []
    for role, name in zip((Role.BOILERPLATE, Role.BODY), _ALL, strict=True):
        sums = rows[rows["role"] == role].groupby("extractor", as_index=False)[[unit, f"{unit}_found"]].sum()
        share = sums[f"{unit}_found"] / sums[unit]
        totals.append(sums.assign(label=name, role=str(role), **{f"share_of_{unit}": share}))
    return pd.concat([rows, *totals])


def _percent(rows: pd.DataFrame, extractor: str, column: str, *, lost: bool) -> str:
    if extractor not in rows.index or pd.isna(rows.loc[extractor, column]):
        return "-"
    share = float(str(rows.loc[extractor, column]))
    return f"{100 * (1 - share if lost else share):.0f}"


def _default_extractors() -> list[str]:
    from boilerbench.extractors import BASELINE, open_extractors

    names = [extractor.name for extractor in open_extractors(["default"])]
    return [name for name in names if not name.startswith(BASELINE)]


def published_bodies() -> str:
    """F1 of the published bodies against ours, by corpus and page type."""
    bodies = _published_bodies()
    groups = bodies.groupby(["corpus", "page_type"], sort=False)
    cells = [(CORPORA[corpus], kind, *_extent(group["f1"])) for (corpus, kind), group in groups]
    cells.append(("all", "", *_extent(bodies["f1"])))
    return table(("corpus", "page type", "pages", "F1 ≥ 96", "mean F1", "median F1"), cells)


def _extent(f1: pd.Series[float]) -> list[str]:
    return [f"{len(f1)}", f"{(f1 >= _ALIKE).sum()}", points(f1.mean()), points(f1.median())]


def widest() -> str:
    """The published bodies that differ most from ours."""
    worst = _published_bodies().sort_values(["f1", "document"]).head(_WIDEST)
    cells = [
        (CORPORA[row["corpus"]], code(row["document"][:12]), row["page_type"], *map(points, figures))
        for row in worst.to_dict("records")
        for figures in [[row[figure] for figure in ("f1", "precision", "recall")]]
    ]
    return table(("corpus", "document", "page type", "F1", "precision", "recall"), cells)


def _published_bodies() -> pd.DataFrame:
    parts = []
    for name in CORPORA:
        run = overlay_run(name)
        scores = run.scores
        rows = scores[(scores["extractor"] == "published") & (scores["measure"] == "words")]
        kinds = run.documents[["document", "page_type"]]
        parts.append(rows.merge(kinds, on="document").assign(corpus=name))
    bodies = pd.concat(parts)
    return bodies.assign(page_type=bodies["page_type"].replace("", "not said"))


def rank_correlations() -> str:
    """Spearman's and Kendall's rank correlation of extractors between gold, our labels and published gold."""
    from scipy import stats

    gold, pooled, runs = _figures()
    pairs = [("our gold", "our labels, all three corpora", gold, pooled)]
    for corpus, (ours, of_same, whole) in runs.items():
        pairs += [
            ("our gold", f"our labels of {corpus}", gold, ours),
            (f"our labels of {corpus}", "published gold of the same pages", ours, of_same),
            ("our gold", f"published gold of {corpus}, all pages", gold, whole),
        ]
    on_types, on_articles = (runs[corpus][0] for corpus in ("wcxb/dev", "aeb"))
    pairs.append(("our labels of wcxb/dev", "our labels of aeb", on_types, on_articles))
    cells = []
    for one, other, first, second in pairs:
        both = pd.concat([first, second], axis=1, join="inner")
        spearman = stats.spearmanr(both.iloc[:, 0], both.iloc[:, 1]).statistic
        kendall = stats.kendalltau(both.iloc[:, 0], both.iloc[:, 1]).statistic
        cells.append((one, other, str(len(both)), f"{spearman:.2f}", f"{kendall:.2f}"))
    return table(("ranked by", "and by", "extractors", "Spearman's ρ", "Kendall's τ"), cells)


def ranks() -> str:
    """The extractors by their F1 and rank on gold, by our labels and by published gold of the same pages."""
    gold, pooled, runs = _figures()
    columns = {"our gold": gold, "our labels": pooled}
    for corpus, (ours, of_same, _) in runs.items():
        columns |= {f"{corpus}, ours": ours, f"{corpus}, published": of_same}
    figures = pd.DataFrame(columns).loc[lambda rows: rows["our labels"].notna()]
    figures = figures.sort_values("our labels", ascending=False)
    places = figures.rank(ascending=False, method="min")
    cells = [
        (code(str(name)), *(_with_place(figures.loc[name, each], places.loc[name, each]) for each in columns))
        for name in figures.index
    ]
    return table(("extractor", *columns), cells)


def _with_place(figure: object, place: object) -> str:
    return "-" if pd.isna(figure) else f"{points(figure)} ({float(str(place)):.0f})"


_OfCorpus = tuple["pd.Series[float]", "pd.Series[float]", "pd.Series[float]"]


def _figures() -> tuple[pd.Series[float], pd.Series[float], dict[str, _OfCorpus]]:
    """F1 on our gold, by our labels over all corpora, and per corpus: our labels, published gold of the same
    pages, and of all pages.
    """
    runs = {}
    for name, corpus in CORPORA.items():
        ours, published = overlay_run(name), load_run(RESULTS / name)
        runs[corpus] = (
            scores_of(ours),
            scores_of(published, same_pages(published, ours)),
            scores_of(published),
        )
    scores = pd.concat(overlay_run(name).scores.assign(corpus=name) for name in CORPORA)
    return scores_of(load_run(RESULTS / "gold-tools")), scores_of(overlay_run("aeb"), scores), runs
