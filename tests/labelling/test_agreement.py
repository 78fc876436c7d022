"""Agreement between annotators, by hand and against a textbook."""

from __future__ import annotations

import pytest

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.labelling.agreement import agreement, cohens_kappa
from boilerbench.policy import default_policy, parse_policy
from tests.conftest import GoldFolder

ROWS = "navigation\tHome\nparagraph\tOne two three.\nparagraph\tFour five.\nlegal\tImprint\n"
PAGE = "<nav>Home</nav><p>One two three.</p><p>Four five.</p><footer>Imprint</footer>"


def test_kappa_is_cohens() -> None:
    # Of 50: both yes 20, both no 15, 10 and 5 differ: observed 0.7, by chance 0.5.
    first = ["yes"] * 30 + ["no"] * 20
    second = ["yes"] * 20 + ["no"] * 10 + ["yes"] * 5 + ["no"] * 15
    assert cohens_kappa(first, second) == pytest.approx((0.7 - 0.5) / 0.5)
    assert cohens_kappa(["a", "a"], ["a", "a"]) == 1
    assert cohens_kappa(["a", "b"], ["b", "a"]) == -1


def test_two_passes_agree_by_the_f1_between_their_bodies(gold_folder: GoldFolder) -> None:
    gold_folder.add(
        "one",
        page_html=PAGE,
        body_txt="One two three.\n\nFour five.\n",
        labels_tsv=ROWS,
        **{"annotator-1_txt": "navigation\nparagraph\nparagraph\nlegal\n"},
        **{"annotator-2_txt": "navigation\nparagraph\ncomment\nlegal\n"},
    )
    corpus = GoldCorpus.open(str(gold_folder.root))
    found = agreement(corpus, print)
    assert found is not None
    assert (found.documents, found.blocks, found.equal) == (1, 4, 3)
    # Five words expected, three returned.
    assert found.f1 == pytest.approx(2 * 3 / 8)
    assert found.by_label["navigation"] == (1, 1.0)
    assert found.by_label["comment"] == (0, 0.0)
    assert corpus.reference_outputs(default_policy()) == {"annotator-2": {"one": "One two three."}}
    with_comments = {"one": "One two three.\n\nFour five."}
    assert corpus.reference_outputs(parse_policy("default,+comment")) == {"annotator-2": with_comments}


def test_without_two_annotators_there_is_none(gold_folder: GoldFolder) -> None:
    gold_folder.add("one")
    corpus = GoldCorpus.open(str(gold_folder.root))
    assert agreement(corpus, print) is None
    assert corpus.reference_outputs(default_policy()) == {}
