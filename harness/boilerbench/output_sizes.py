"""Sizes of what extractors returned, beside those of page and gold: characters, bytes, words and tokens."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from boilerbench.corpora import Corpus
from boilerbench.corpora.base import content_digest
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.nearest import hint
from boilerbench.parallel import imap_ordered
from boilerbench.policy import parse_policy
from boilerbench.progress import Progress
from boilerbench.results import Run, StoredText
from boilerbench.tokenizers import icu_words

if TYPE_CHECKING:
    import pandas as pd

    from boilerbench.token_counts import TokenCounter

Count = Callable[[str], int]

SIZES: dict[str, Count] = {
    "characters": len,
    "bytes": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "words": lambda text: len(icu_words(text)),
}
"""The units of size by name: characters, bytes of UTF-8, and ICU's words, as ``words`` has them on gold."""
TOKENS = "tokens"
"""The unit that needs a tokenizer."""

_WORTH_A_PROCESS = 500


def counters(units: Sequence[str], tokens: TokenCounter | None) -> dict[str, Count]:
    """Return the functions that count units.

    Raises:
        InputError: there is no such unit, or tokens are asked for without a tokenizer.
    """
    if TOKENS in units and tokens is None:
        raise InputError("tokens need a tokenizer", remedy="tokenizer")
    known = SIZES | ({TOKENS: tokens.count} if tokens else {})
    for unit in units:
        if unit not in known:
            raise InputError(f"unknown size {unit!r}; {hint(unit, [*SIZES, TOKENS])}")
    return {unit: known[unit] for unit in units}


def output_sizes(
    run: Run, corpus: Corpus, units: Sequence[str], tokens: TokenCounter | None, progress: Progress
) -> pd.DataFrame:
    """Return one row per document and extractor with the sizes of output, page and gold.

    An output is what the extractor returned: its markup, where it returned any. A page is its decoded source;
    gold is its body under the run's policy.

    Args:
        run: a run with its texts.
        corpus: that of the run.
        units: names in ``SIZES``, and ``TOKENS``.
        tokens: the tokenizer for these.
        progress: told of every document that is read.

    Returns:
        Columns ``document``, ``extractor``, and for each unit ``UNIT``, ``page_UNIT`` and ``gold_UNIT``; the
        last is missing (NaN) where gold has no body.

    Raises:
        InputError: texts are missing, a document cannot be read or has changed, or tokens have no tokenizer.
    """
    import pandas as pd

    count = counters(units, tokens)
    documents = dict(zip(run.documents["document"], run.documents["content"], strict=True))
    policy = parse_policy(run.info.policy or "default") if corpus.labelled else None

    def sizes(task: tuple[str, Sequence[StoredText]]) -> list[dict[str, object]]:
        document, texts = task
        published = corpus.published(document)
        if content_digest(published) != documents[document]:
            raise InputError(
                f"{document}: page or gold have changed since", remedy="score-again", run=str(run.folder)
            )
        gold = published.gold if corpus.overlay is None else corpus.gold(document)
        body = (policy.applied(gold) if policy else gold).body if gold.has_body else None
        beside = _beside(count, page_text(published.page), body)
        return [
            {"document": document, "extractor": stored.extractor, **_sizes(count, returned(stored)), **beside}
            for stored in texts
        ]

    progress.begin("sizes", len(documents))
    number = len(documents) * len(run.info.rows)
    jobs = (os.cpu_count() or 1) if number >= _WORTH_A_PROCESS else 1
    rows: list[dict[str, object]] = []
    for _, found in imap_ordered(sizes, _by_document(run.texts()), jobs=jobs):
        rows += found
        progress.advance()
    return pd.DataFrame(rows)


def returned(stored: StoredText) -> str:
    """Return what an extractor returned: its markup, or its text where that is all."""
    return stored.markup if stored.format and stored.markup else stored.text


def _by_document(texts: Iterable[StoredText]) -> Iterator[tuple[str, list[StoredText]]]:
    for document, group in itertools.groupby(texts, key=lambda stored: stored.document):
        yield document, list(group)


def _sizes(count: Mapping[str, Count], text: str) -> dict[str, int]:
    return {unit: of(text) for unit, of in count.items()}


def _beside(count: Mapping[str, Count], page: str, body: str | None) -> dict[str, float]:
    sizes: dict[str, float] = {f"page_{unit}": of(page) for unit, of in count.items()}
    return sizes | {f"gold_{unit}": float("nan") if body is None else of(body) for unit, of in count.items()}
