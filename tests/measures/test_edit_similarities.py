"""WebMainBench's measures, worked by hand and against the scores that it stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from boilerbench.measures import bounds, make_measure
from boilerbench.measures.edit_similarities import code, formulas
from boilerbench.measures.markdown_parts import table_parts
from boilerbench.records import Counts, Gold

SYSTEMS = ("llm-webkit", "magic-html", "trafilatura", "resiliparse")
MEASURES = {
    "text-edit": "text_edit",
    "code-edit": "code_edit",
    "formula-edit": "formula_edit",
    "table-edit": "table_edit",
    "table-teds": "table_TEDS",
    "overall-webmainbench": "overall",
}
"""Our measures and the names that WebMainBench stores their scores under."""


def counts(name: str, gold: str, text: str) -> Counts:
    return make_measure(name, "icu").measure(Gold(gold), text).counts


def similarity(name: str, gold: str, text: str) -> float | None:
    found = counts(name, gold, text)
    return found.f1 if found.tp + found.fp + found.fn else None


@pytest.mark.parametrize(
    ("name", "gold", "text", "expected"),
    [
        ("text-edit", "abcd", "abXd", 3 / 4),
        ("text-edit", "abcd", "", 0),
        ("text-edit", "", "", None),
        ("code-edit", "a", "b", None),
        ("code-edit", "a", "```\nb\n```", 0),
        ("code-edit", "```\nab\n```", "```\nb\n```", 1 / 2),
        ("formula-edit", "$ab$", "$b$", 1 / 2),
        ("table-edit", "|a|\n|---|", "a", 0),
        # <table><tr><th>a</th></tr></table> has 34 characters, one of which differs.
        ("table-edit", "|a|\n|---|", "|b|\n|---|", 33 / 34),
        ("prose-edit", "ab\n\n$c$", "b\n\n$d$", 1 / 2),
        ("prose-edit", "$c$", "$d$", None),
    ],
)
def test_similarity_is_as_worked_by_hand(name: str, gold: str, text: str, expected: float | None) -> None:
    assert similarity(name, gold, text) == (pytest.approx(expected, abs=1e-12) if expected else expected)


def test_what_only_one_side_has_is_expected_or_returned() -> None:
    assert counts("code-edit", "```\na\n```", "a") == Counts(0, 0, 1)
    assert counts("code-edit", "a", "```\na\n```") == Counts(0, 1, 0)
    assert counts("code-edit", "a", "a") == Counts(0, 0, 0)


def test_texts_too_long_to_be_compared_count_as_nothing_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert counts("text-edit", "a" * 100, "b" * 101) == Counts(0, 1, 1)
    monkeypatch.setattr("boilerbench.measures.similarity.MOST_STEPS", 10_000)
    assert counts("text-edit", "a" * 100, "a" * 99 + "b").tp == pytest.approx(0.99)
    assert counts("text-edit", "a" * 100, "a" * 101) == Counts(0, 0, 1)
    # Equal texts need no comparison.
    assert counts("text-edit", "a" * 101, "a" * 101) == Counts(1, 0, 0)
    assert counts("overall-webmainbench", "a" * 100, "a" * 101) == Counts(0, 0, 1)
    assert bounds.MOST_STEPS > 10_000


def test_every_stored_score_of_webmainbench_comes_out(data: Path) -> None:
    rows = (data / "webmainbench-scored" / "dataset_with_results.jsonl").read_text(encoding="utf-8")
    compared = 0
    for row in map(json.loads, rows.splitlines()):
        gold = row["groundtruth_content"]
        for system in SYSTEMS:
            for name, stored in MEASURES.items():
                expected = row.get(f"{system}_{stored}_score")
                found = similarity(name, gold, row[f"{system}_content"] or "")
                assert (found is None) == (expected is None), (system, name)
                assert found is None or found == pytest.approx(expected, abs=1e-9), (system, name)
                compared += 1
    assert compared == 4 * len(SYSTEMS) * len(MEASURES)


def test_every_piece_that_webmainbench_stored_is_found(data: Path) -> None:
    rows = (data / "webmainbench-scored" / "dataset_with_results.jsonl").read_text(encoding="utf-8")
    parts: dict[str, Callable[[str], str]] = {
        "code": code,
        "formula": formulas,
        "table": lambda text: "\n".join(table_parts(text)),
    }
    for row in map(json.loads, rows.splitlines()):
        for part, find in parts.items():
            assert find(row["groundtruth_content"]) == row[f"groundtruth_groundtruth_{part}"]
            for system in SYSTEMS:
                assert find(row[f"{system}_content"] or "") == row[f"{system}_predicted_{part}"]
