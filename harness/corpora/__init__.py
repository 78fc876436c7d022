"""Where documents come from: the ``gold/`` folder format, and one file per published data set."""

from __future__ import annotations

from typing import cast

from harness.corpora.base import Corpus
from harness.errors import InputError
from harness.registry import Registry

FORMATS = Registry("corpus format", "boilerbench.corpora")
FORMATS.add("gold", "harness.corpora.gold:GoldCorpus")
FORMATS.add("aeb", "harness.corpora.aeb:ArticleExtractionBenchmark")
FORMATS.add("wcxb", "harness.corpora.wcxb:Wcxb")
FORMATS.add("readability", "harness.corpora.readability:Readability")
FORMATS.add("trafilatura", "harness.corpora.trafilatura:TrafilaturaEvaluation")
FORMATS.add("webmainbench", "harness.corpora.webmainbench:WebMainBench")
FORMATS.add("wceb", "harness.corpora.wceb:Wceb")
FORMATS.add("cleaneval", "harness.corpora.cleaneval:CleanEval")
FORMATS.add("jsonl", "harness.corpora.jsonl:JsonLinesCorpus")

__all__ = ["FORMATS", "Corpus", "corpus_format", "open_corpus"]


def corpus_format(name: str) -> type[Corpus]:
    """The class that reads a format.

    Raises:
        InputError: there is no such format.
    """
    return cast("type[Corpus]", FORMATS.load(name))


def open_corpus(spec: str) -> Corpus:
    """The corpus that ``FORMAT:PATH`` names, or boilerbench's own for plain ``gold``.

    Opening lists the documents and pairs pages with gold; nothing else is read yet.

    Raises:
        InputError: no such format or folder, or pages and gold do not pair.
    """
    name, colon, path = spec.partition(":")
    if not colon and name not in FORMATS:
        raise InputError(
            f"corpus {spec!r} is neither gold nor FORMAT:PATH; there are the formats {', '.join(FORMATS)}"
        )
    return corpus_format(name).open(path)
