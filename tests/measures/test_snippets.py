"""``snippets`` and ``snippets-wcxb``, worked by hand and against the published definitions."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

import boilerbench
from boilerbench.decoding import decode
from boilerbench.measures import make_measure
from boilerbench.records import Counts, Gold
from boilerbench.stats import figures

GOLD = Gold("unused", ("The ferry  leaves", "at\nnine"), ("Subscribe now", "Related", "Menu"))


def count(name: str, gold: Gold, text: str) -> Counts:
    measure = make_measure(name, "plain")
    return measure.measure(gold, text).counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The ferry leaves at nine.", Counts(2, 0, 0, 3)),
        ("The\tferry\n\nleaves. Subscribe  now!", Counts(1, 1, 1, 2)),
        # Case counts, and a part of a word is enough.
        ("the ferry leaves; Unrelated Menus", Counts(0, 1, 2, 2)),
        ("", Counts(0, 0, 2, 3)),
    ],
)
def test_segments_are_looked_for_up_to_white_space(text: str, counts: Counts) -> None:
    assert count("snippets", GOLD, text) == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("the FERRY  leaves at\nnine", Counts(2, 0, 0, 3)),
        ("the ferry leaves at nine. related", Counts(0, 1, 2, 2)),
        ("", Counts(0, 0, 2, 3)),
    ],
)
def test_wcxb_looks_in_lower_case_and_keeps_white_space(text: str, counts: Counts) -> None:
    assert count("snippets-wcxb", GOLD, text) == counts


def test_wcxb_scores_documents_that_name_no_segment() -> None:
    asked = Gold("a body", has_segments=True)
    assert make_measure("snippets-wcxb", "plain").applies(asked)
    assert not make_measure("snippets", "plain").applies(asked)


@pytest.mark.parametrize("name", ["snippets", "snippets-wcxb"])
def test_gold_that_was_not_asked_for_segments_is_unscored(name: str) -> None:
    measure = make_measure(name, "plain")
    assert not measure.applies(Gold("a body"))
    assert measure.applies(Gold("", must_have=("a",)))
    assert measure.applies(Gold("", must_not_have=("a",)))


def table(measure: str, outputs: dict[str, tuple[Gold, str]]) -> pd.DataFrame:
    rows = []
    for document, (gold, text) in outputs.items():
        counts = count(measure, gold, text)
        shares = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
        parts = {"tp": counts.tp, "fp": counts.fp, "fn": counts.fn, "tn": counts.tn}
        rows.append({"document": document, "extractor": "one", **shares, **parts})
    return pd.DataFrame(rows)


def test_wcxbs_rates_count_an_empty_list_as_whole() -> None:
    outputs = {
        "half": (Gold("", ("a", "b"), ("x", "y", "z", "w")), "a x"),
        "nothing wanted": (Gold("", (), ("x",)), "x"),
        "nothing unwanted": (Gold("", ("a",), ()), "b"),
        "nothing at all": (Gold("", has_segments=True), "c"),
    }
    (found,) = figures(table("snippets-wcxb", outputs), "wcxb")
    # Shares found, by hand after evaluate.py's snippet_check: with 1/2, 1, 0, 1; without 1/4, 1, 1, 1.
    assert found["recall"] == pytest.approx(2.5 / 4)
    assert found["without_rate"] == pytest.approx(3.25 / 4)


def test_trafilaturas_definition_on_its_own_pages(data: Path) -> None:
    """The published rule, written out plainly, over pages whose whole text serves as the output."""
    folder = data / "trafilatura"
    evaluation = json.loads((folder / "evaldata.json").read_text())
    outputs = {}
    tp = fp = fn = tn = 0
    for place, (url, item) in enumerate(evaluation.items()):
        file = next(f for part in ("cache", "eval") if (f := folder / part / item["file"]).is_file())
        # Every fifth extractor crash is a full miss.
        text = "" if place % 5 == 0 else re.sub(r"<[^>]*>", " ", decode(file.read_bytes()))
        outputs[url] = (Gold("", tuple(item["with"]), tuple(item["without"])), text)
        folded = re.sub(r"\s+", " ", text).strip()
        for segment in item["with"]:
            found = re.sub(r"\s+", " ", segment).strip() in folded
            tp, fn = tp + found, fn + (not found)
        for segment in item["without"]:
            found = re.sub(r"\s+", " ", segment).strip() in folded
            fp, tn = fp + found, tn + (not found)
    assert len(outputs) == 990
    assert min(tp, fp, fn, tn) > 20
    (micro,) = figures(table("snippets", outputs), "micro")
    assert micro["precision"] == pytest.approx(tp / (tp + fp), abs=1e-12)
    assert micro["recall"] == pytest.approx(tp / (tp + fn), abs=1e-12)
    assert micro["accuracy"] == pytest.approx((tp + tn) / (tp + tn + fp + fn), abs=1e-12)
    assert micro["f1"] == pytest.approx(2 * tp / (2 * tp + fp + fn), abs=1e-12)


def test_a_corpus_with_segments_is_scored_by_them(data: Path, tmp_path: Path) -> None:
    run = boilerbench.run(f"wcxb:{data / 'wcxb' / 'dev'}", ["html-text"], ["all"], out=tmp_path, limit=30)
    board = {row["measure"]: row for row in run.leaderboard.to_dict("records")}
    assert board["snippets"]["documents"] + board["snippets"]["unscored"] == 30
    assert 0 < board["snippets"]["accuracy"] < 1
    assert board["snippets-wcxb"]["documents"] == 30
    assert 0 < board["snippets-wcxb"]["without_rate"] < 1
