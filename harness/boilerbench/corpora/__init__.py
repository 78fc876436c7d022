"""Corpora: the ``gold/`` folder format, and one file per published layout."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, Union

from boilerbench.corpora.base import Corpus, expanded
from boilerbench.corpora.catalog import all_sources, fetched_path
from boilerbench.corpora.in_memory import InMemoryCorpus
from boilerbench.errors import InputError
from boilerbench.nearest import nearest, nearest_path
from boilerbench.records import Document
from boilerbench.registry import Registry

if TYPE_CHECKING:
    import pandas as pd

CorpusLike: TypeAlias = Union[str, Corpus, Iterable[Document], "pd.DataFrame"]
"""A corpus as a caller may give it: a spec, an open one, or documents."""

_LOOKED_AT = 20
"""Documents of which one must be readable for a folder to be a corpus of a format."""
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
FORMATS.add("warc", "boilerbench.corpora.warc:WarcFiles")
FORMATS.add("parquet", "boilerbench.corpora.parquet:ParquetFiles")
FORMATS.add("html", "boilerbench.corpora.html_folder:HtmlFolder")

WITH_LABELS = ("overlay", "own")
"""What stands before the spec of a published corpus: our labels beside its gold, or in its place."""

__all__ = [
    "FORMATS",
    "WITH_LABELS",
    "Corpus",
    "CorpusLike",
    "as_corpus",
    "corpus_format",
    "open_corpus",
    "published_spec",
]


def corpus_format(name: str) -> type[Corpus]:
    """Load the class that reads a format.

    Raises:
        InputError: there is no such format.
    """
    return FORMATS.load(name)


def published_spec(spec: str) -> str:
    """The spec of a corpus without what says that our labels stand beside its gold, or in its place."""
    name, colon, rest = spec.partition(":")
    return published_spec(rest) if colon and name in WITH_LABELS else spec


def open_corpus(spec: str, cache: str | Path | None = None) -> Corpus:
    """Open the corpus that ``FORMAT:PATH`` names, a fetched one by name, or boilerbench's own by ``gold``.

    A path alone is opened in the format that its files have, where they have one only. ``overlay:SPEC`` is a
    published corpus with our labels beside the gold of some documents, ``own:SPEC`` those documents with the
    gold that our labels make. Opening lists the documents and pairs pages with gold; nothing else is read
    yet. ``cache`` is the folder that fetched corpora lie in; without, the user's.

    Raises:
        InputError: no such format, name or folder, not fetched, or no corpus of that format; the nearest one
            is named.
    """
    name, colon, path = spec.partition(":")
    if colon and name in WITH_LABELS:
        return _with_labels(name, open_corpus(path, cache))
    published = not colon and name.partition("/")[0] in all_sources()
    elsewhere = published and _is_elsewhere(spec, cache)
    if published and not elsewhere:
        corpus = open_corpus(fetched_path(spec, cache))
        if cache is None:
            # The name opens it wherever the same corpus has been fetched.
            corpus.spec = spec
        return corpus
    if name in FORMATS and not elsewhere:
        return _open(name, path)
    if formats := formats_of(spec):
        if len(formats) == 1:
            return _open(formats[0], spec)
        raise InputError(f"corpus {spec}: may be {' or '.join(f'{name}:{spec}' for name in formats)}")
    if colon and not _is_path(name):
        # The message of an unknown format.
        corpus_format(name)
    raise InputError(_unknown(spec))


def formats_of(path: str) -> list[str]:
    """Return the formats that a folder or a file can be read in, by what lies in it.

    Any corpus has pages in it; those who read pages alone are asked where nobody finds gold.
    """
    with_gold, without = [], []
    for name in FORMATS if _exists(path) else ():
        try:
            corpus = corpus_format(name).open(path)
            if not corpus.has_gold:
                without += [name] if corpus.is_plainly_at(path) else []
            elif any(not Corpus.findings(corpus, document) for document in corpus.ids()[:_LOOKED_AT]):
                with_gold.append(name)
        except (InputError, OSError):
            continue
    return with_gold or without


def _open(name: str, path: str) -> Corpus:
    """Open a corpus of a format; the error about a path that is none names the nearest one."""
    try:
        return corpus_format(name).open(path)
    except InputError as error:
        near = nearest_path(path) if path else None
        if near and (others := formats_of(str(near))):
            meant = name if name in others else others[0]
            raise _with_hint(error, f"{meant}:{near}") from None
        if others := [other for other in (formats_of(path) if path else ()) if other != name]:
            raise _with_hint(error, f"{others[0]}:{path}") from None
        raise
    except OSError as error:
        raise InputError(f"corpus {name}:{path}: {error.strerror or error}") from None


def _with_hint(error: InputError, meant: str) -> InputError:
    return InputError(f"{error}; did you mean {meant}?", remedy=error.remedy, **error.facts)


def _unknown(spec: str) -> str:
    """Say that a spec opens no corpus, and which nearest one would."""
    meant = nearest(spec, ["gold", *(name for source in all_sources().values() for name in source.names)])
    folder = Path(spec) if _exists(spec) else nearest_path(spec)
    if folder is not None:
        inside = sorted(entry for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else []
        for path in (folder, *inside[:_LOOKED_AT], folder.parent):
            if formats := formats_of(str(path)):
                meant = f"{formats[0]}:{path}"
                break
    if meant:
        return f"corpus {spec!r} is no corpus; did you mean {meant}?"
    return (
        f"corpus {spec!r} is neither gold nor FORMAT:PATH nor one to fetch; "
        f"there are the formats {', '.join(FORMATS)}, and to fetch {', '.join(all_sources())}"
    )


def _is_elsewhere(spec: str, cache: str | Path | None) -> bool:
    """Whether a name that could be fetched has not been, and a corpus lies in a folder of that name."""
    try:
        fetched_path(spec, cache)
    except InputError:
        return bool(formats_of(spec))
    return False


def _is_path(text: str) -> bool:
    return any(separator in text for separator in "/\\.~")


def _exists(path: str) -> bool:
    try:
        return bool(path) and expanded(path).exists()
    except (InputError, OSError):
        return False


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
