"""Documents with nearly the same text are named."""

from __future__ import annotations

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.labelling.duplicates import near_duplicates
from tests.conftest import GoldFolder


def test_near_duplicates_are_named(gold_folder: GoldFolder) -> None:
    words = [f"word{number}" for number in range(60)]
    gold_folder.add("first", body_txt=" ".join(words) + "\n")
    gold_folder.add("second", body_txt=" ".join([*words[:50], *words[:10]]) + "\n")
    gold_folder.add("third", body_txt=" ".join(words[::-1]) + "\n")
    (found,) = near_duplicates(GoldCorpus.open(str(gold_folder.root)).documents())
    # 46 of its 50 different runs of five words.
    assert (
        str(found)
        == "second: body.txt: near-duplicate: 92 % of its text is that of first; remove one of them"
    )
