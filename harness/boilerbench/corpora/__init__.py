"""Corpora: the ``gold/`` folder format, and one file per published layout."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, Union

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.catalog import all_sources, fetched_path
from boilerbench.corpora.in_memory import InMemoryCorpus
from boilerbench.errors import InputError
from boilerbench.records import Document
from boilerbench.registry import Registry

if TYPE_CHECKING:
    import pandas as pd

CorpusLike: TypeAlias = Union[str, Corpus, Iterable[Document], "pd.DataFrame"]
"""A corpus as a caller may give it: a spec, an open one, or documents."""

_FACTS = ("summary", "licence", "citation", "layout", "native_measures", "tokenizer", "includes")


def _is_format(part: object) -> bool:
    return isinstance(part, type) and issubclass(part, Corpus) and all(hasattr(part, name) for name in _FACTS)


FORMATS: Registry[type[Corpus]] = Registry("corpus format", "boilerbench.corpora", accepts=_is_format)
FORMATS.add("gold", "boilerbench.corpora.gold:GoldCorpus")
FORMATS.add("aeb", "boilerbench.corpora.aeb:ArticleExtractionBenchmark")
FORMATS.add("wcxb", "boilerbench.corpora.wcxb:Wcxb")
FORMATS.add("readability", "boilerbench.corpora.readability:Readability")
FORMATS.add("trafilatura", "boilerbench.corpora.trafilatura:TrafilaturaEvaluation")
FORMATS.add("webmainbench", "boilerbench.corpora.webmainbench:WebMainBench")
FORMATS.add("wceb", "boilerbench.corpora.wceb:Wceb")
FORMATS.add("cleaneval", "boilerbench.corpora.cleaneval:CleanEval")
FORMATS.add("fundus", "boilerbench.corpora.fundus:FundusEvaluation")
FORMATS.add("jsonl", "boilerbench.corpora.jsonl:JsonLinesCorpus")

WITH_LABELS = ("overlay", "own")
"""What stands before the spec of a published corpus: our labels beside its gold, or in its place."""

__all__ = ["FORMATS", "WITH_LABELS", "Corpus", "CorpusLike", "as_corpus", "corpus_format", "open_corpus"]


def corpus_format(name: str) -> type[Corpus]:
    """Load the class that reads a format.

    Raises:
        InputError: there is no such format.
    """
    return FORMATS.load(name)


def open_corpus(spec: str, cache: str | Path | None = None) -> Corpus:
    """Open the corpus that ``FORMAT:PATH`` names, a fetched one by name, or boilerbench's own by ``gold``.

    ``overlay:SPEC`` is a published corpus with our labels beside the gold of some documents, ``own:SPEC``
    those documents with the gold that our labels make. Opening lists the documents and pairs pages with gold;
    nothing else is read yet. ``cache`` is the folder that fetched corpora lie in; without, the user's.

    Raises:
        InputError: no such format, name or folder, not fetched, or pages and gold do not pair.
    """
    name, colon, path = spec.partition(":")
    if colon and name in WITH_LABELS:
        return _with_labels(name, open_corpus(path, cache))
    if not colon and name.partition("/")[0] in all_sources():
        corpus = open_corpus(fetched_path(spec, cache))
        if cache is None:
            # The name opens it wherever the same corpus has been fetched.
            corpus.spec = spec
        return corpus
    if not colon and name not in FORMATS:
        raise InputError(
            f"corpus {spec!r} is neither gold nor FORMAT:PATH nor one to fetch; "
            f"there are the formats {', '.join(FORMATS)}, and to fetch {', '.join(all_sources())}"
        )
    return corpus_format(name).open(path)


def _with_labels(name: str, corpus: Corpus) -> Corpus:
    from boilerbench.corpora.overlays import OverlaidCorpus, OwnGold

    return OverlaidCorpus(corpus) if name == "overlay" else OwnGold(corpus)


def as_corpus(given: CorpusLike, cache: str | Path | None = None) -> Corpus:
    """Return a corpus as it is given: open already, by its spec, or as documents in memory.

    ``cache`` is the folder that fetched corpora lie in; without, the user's.

    Raises:
        InputError: the spec opens none, or the documents are not as they should be.
    """
    if isinstance(given, str):
        return open_corpus(given, cache)
    return given if isinstance(given, Corpus) else InMemoryCorpus(given)
