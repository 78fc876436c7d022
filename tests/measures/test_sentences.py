"""Sentences in bounded memory, held against Punkt itself."""

from __future__ import annotations

import punkt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerbench.measures import sentences
from boilerbench.measures.optional_paragraphs import SEPARATOR, text_paragraphs
from tests.conftest import THOROUGH

PUNKT = punkt.PunktSentenceTokenizer(punkt.load_model("english"))
PIECES = st.sampled_from(
    ["a", "B", "Dr.", " ", " ", ". ", "...", "! ", "? ", '"', ") ", "e.g. ", "x y", "\n", " the "]
)


@pytest.mark.parametrize("size", [1, 20, 1 << 18])
def test_sentences_do_not_depend_on_the_size_of_pieces(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "_PIECE", size)
    split = sentences.sentence_splitter()

    @settings(max_examples=1000 if THOROUGH else 300)
    @given(st.lists(PIECES, max_size=40).map("".join))
    def same(text: str) -> None:
        folded = SEPARATOR.join(text_paragraphs(text))
        assert list(split(folded)) == PUNKT.tokenize(folded)

    same()


def test_a_gap_that_is_as_long_as_a_book_is_shortened() -> None:
    # By hand: a sentence ends at the last full stop, and what stands between is no word.
    found = list(sentences.sentence_splitter()(f"One{'-' * 1_000_000}. Two."))
    assert [found[0][:4], found[0][-2:], *found[1:]] == ["One-", "-.", "Two."]
    assert len(found[0]) < 300_000
