"""Blocks matched in linear time, held against the plain matching of ``plain_block_matching``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerbench.corpora import open_corpus
from boilerbench.extractors.stored import read_outputs
from boilerbench.measures import tiling
from boilerbench.measures.block_matching import (
    PreparedBlocks,
    block_words,
    labels_of_words,
    prepare_blocks,
    taken_spans,
)
from boilerbench.page_blocks import page_blocks
from boilerbench.policy import default_policy
from boilerbench.records import FOREIGN, Block, Gold
from tests.conftest import NIGHT, THOROUGH
from tests.measures.plain_block_matching import plainly_taken_spans

LABELS = ("paragraph", "navigation", "byline")


def prepared(*texts: str) -> PreparedBlocks:
    blocks = tuple(Block(text, label) for text, label in zip(texts, cycle(LABELS), strict=False))
    return prepare_blocks(blocks, default_policy().applied(Gold("", blocks=blocks)).roles)


@st.composite
def pages_and_outputs(draw: st.DrawFn) -> tuple[list[str], str]:
    """Blocks of few different words, and an output of pieces of them, other words and words gold lacks."""
    words = st.sampled_from(draw(st.sampled_from(("a", "ab", "abc", "abcdefgh"))))
    base = draw(st.lists(words, min_size=1, max_size=30))
    cut = st.tuples(st.integers(0, len(base)), st.integers(0, len(base)))
    piece = st.one_of(
        cut.map(lambda ends: base[min(ends) : max(ends)]),
        st.lists(words, max_size=12),
        st.integers(1, 4).map(lambda number: ["z"] * number),
    )
    blocks = draw(st.lists(piece, max_size=8))
    output = draw(st.lists(st.one_of(piece, st.sampled_from(blocks or [["a"]])), max_size=12))
    return [" ".join(block) for block in blocks], " ".join(" ".join(piece) for piece in output)


@pytest.mark.parametrize(("small", "few"), [(1 << 13, 4096), (0, 4096), (0, 2), (0, 0)])
def test_blocks_take_the_words_that_plain_matching_takes(
    small: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whether all of the text or the known positions of a run are looked at is a matter of time alone.
    monkeypatch.setattr(tiling, "_SMALL", small)
    monkeypatch.setattr(tiling, "_FEW", few)

    @settings(deadline=None, max_examples=5000 if NIGHT else 1000 if THOROUGH else 300)
    @given(pages_and_outputs())
    def same(texts: tuple[list[str], str]) -> None:
        blocks, output = texts
        expected, words = prepared(*blocks), block_words(output)
        assert taken_spans(expected, words) == plainly_taken_spans(expected, words)

    same()


def aeb_pages(folder: Path) -> Iterator[tuple[PreparedBlocks, list[str]]]:
    """Pages of article-extraction-benchmark by their blocks, and the outputs of many real extractors."""
    files = sorted((folder / "output").glob("*.json*"))
    outputs = [read_outputs(str(file)).texts for file in (files if NIGHT else files[::4])]
    corpus = open_corpus(f"aeb:{folder}")
    documents = corpus.ids()
    for document in documents if THOROUGH else documents[:4]:
        html = corpus.page(document).content.decode("utf-8", "replace")
        blocks = prepared(*(block.text for block in page_blocks(html)))
        yield blocks, [texts.get(document, "") for texts in outputs]


@pytest.mark.slow
def test_blocks_of_real_pages_take_the_words_that_plain_matching_takes(data: Path) -> None:
    compared = 0
    for expected, outputs in aeb_pages(data / "aeb"):
        for output in outputs:
            words = block_words(output)
            assert taken_spans(expected, words) == plainly_taken_spans(expected, words)
            compared += bool(words)
    assert compared


def test_labels_of_words_are_those_of_the_blocks_that_took_them() -> None:
    expected = prepared("the ferry leaves at nine", "share", "bring a coat")
    words = ["share", "___", "the", "_ferry_", "leaves", "at", "ten", "bring", "a"]
    # The first block takes "the ferry leaves at", the second its only word; two words of the third are no
    # evidence of it.
    labels = ["navigation", FOREIGN, *["paragraph"] * 4, FOREIGN, FOREIGN, FOREIGN]
    assert labels_of_words(expected, words) == labels


class CountedBytes(bytearray):
    """Bytes that count how many of them are looked at."""

    looked_at = 0

    def find(self, sub: Any, start: Any = 0, end: Any = None) -> int:
        found = super().find(sub, start)
        CountedBytes.looked_at += (found if found >= 0 else len(self)) - start + len(sub)
        return found

    def startswith(self, prefix: Any, start: Any = 0, end: Any = None) -> bool:
        CountedBytes.looked_at += len(prefix)
        return super().startswith(prefix, start)


@pytest.mark.parametrize(
    ("gold", "output"),
    [
        (["a a a b " * 50], "a a a c "),
        (["a " * 200], "a "),
        (["read on here"] * 60, "read on here "),
        ([" ".join(f"w{number}" for number in range(start, start + 5)) for start in range(0, 200, 5)], "z "),
    ],
)
def test_what_is_looked_at_grows_with_the_output_alone(
    gold: list[str], output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = prepared(*gold)
    monkeypatch.setattr(tiling, "bytearray", CountedBytes, raising=False)

    def looked_at(times: int) -> int:
        CountedBytes.looked_at = 0
        # Gold stands at the end, too, so that whole blocks are far away.
        taken_spans(expected, (output * times + " ".join(gold)).split())
        return CountedBytes.looked_at

    assert 0 < looked_at(16_000) <= 8.8 * looked_at(2_000)
