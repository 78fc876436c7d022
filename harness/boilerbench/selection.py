"""Some documents of a corpus: named ones, those of a kind, those that failed before, a sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boilerbench.corpora import Corpus
from boilerbench.errors import InputError
from boilerbench.nearest import named
from boilerbench.records import Metadata, Status
from boilerbench.results import Run
from boilerbench.sampling import stratified_sample

if TYPE_CHECKING:
    import pandas as pd

_LOOKED_AT = 200
"""The number of documents left out by a limit that are looked at for kinds left out whole."""
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection of documents of a corpus; the conditions hold together, in the order given here."""

    documents: Sequence[str] = ()
    """Ids, or beginnings of which each is of one id only; without any, all documents."""
    failed: Run | None = None
    """Take those on which an extractor of this run failed."""
    extractors: Sequence[str] = ()
    """The extractors whose failures count, as in ``failed_documents``."""
    page_types: Sequence[str] = ()
    languages: Sequence[str] = ()
    """BCP 47; ``en`` takes ``en-GB`` as well (basic filtering, RFC 4647)."""
    sample: int | None = None
    """Draw so many, of each page type and language its share."""
    limit: int | None = None
    """Take the first so many of what is left."""


def select(
    corpus: Corpus, selection: Selection, *, seed: int = 0, remark: Callable[[str], None]
) -> list[str]:
    """Select documents of a corpus, in its own order.

    Args:
        corpus: the corpus.
        selection: what to take.
        seed: decides a sample.
        remark: told in one line when a limit leaves out whole kinds of documents.

    Raises:
        InputError: a document or a kind is not in the corpus, or nothing is left.
    """
    ids = list(corpus.ids())
    chosen = ids
    if selection.documents:
        named = {_resolve(corpus, document, ids) for document in selection.documents}
        chosen = [document for document in chosen if document in named]
    if selection.failed is not None:
        failed = failed_documents(selection.failed, selection.extractors)
        chosen = [document for document in chosen if document in failed]
    if selection.page_types or selection.languages:
        chosen = _of_kind(corpus, chosen, selection)
    if selection.sample is not None:
        chosen = stratified_sample(
            chosen,
            selection.sample,
            key=lambda document: document,
            stratum=lambda document: _kind(_metadata(corpus, document) or Metadata()),
            seed=seed,
        )
    if not chosen:
        raise InputError(f"corpus {corpus.spec}: no document is left of what was selected")
    if selection.limit is not None and selection.limit < len(chosen):
        _remark_on_limit(corpus, chosen, selection.limit, remark)
        chosen = chosen[: selection.limit]
    return chosen


def failed_documents(run: Run, extractors: Sequence[str] = ()) -> set[str]:
    """Return the documents on which extractors of a run failed: an error, a crash, out of time or memory.

    Those that are named and in the run count, or all of the run if none of them is.
    """
    table = _failures(run)
    named = set(extractors) & {extractor.name for extractor in run.info.extractors}
    return set(table[table["extractor"].isin(named)]["document"] if named else table["document"])


def failed_extractors(run: Run) -> list[str]:
    """Return the extractors of a run that failed on a document, in the order of the run.

    Raises:
        InputError: none did.
    """
    names = set(_failures(run)["extractor"])
    if not names:
        raise InputError(f"run {run.folder}: no extractor failed on any document")
    return [extractor.name for extractor in run.info.extractors if extractor.name in names]


def takes_language(asked: str, language: str) -> bool:
    """Tell whether a language range takes a language tag: ``en`` takes ``en`` and ``en-GB``, not ``eng``."""
    asked, language = asked.casefold(), language.casefold()
    return language == asked or language.startswith(f"{asked}-")


def _failures(run: Run) -> pd.DataFrame:
    table = run.extractions
    return table[~table["status"].isin([Status.OK, Status.EMPTY])]


def _resolve(corpus: Corpus, asked: str, ids: Sequence[str]) -> str:
    """The id that was asked for, whole or by a beginning that no other has."""
    try:
        return named("document", asked, ids)
    except LookupError as error:
        raise InputError(f"corpus {corpus.spec}: {error}") from None


def _of_kind(corpus: Corpus, documents: Sequence[str], selection: Selection) -> list[str]:
    """The documents of one of the page types and of one of the languages, where any are asked for."""
    metadata = {document: _metadata(corpus, document) for document in documents}
    known_facts = [facts for facts in metadata.values() if facts]
    for what, asked, values in (
        ("page type", selection.page_types, Counter(facts.page_type for facts in known_facts)),
        ("language", selection.languages, Counter(facts.language for facts in known_facts)),
    ):
        for kind in asked:
            if not any(value and _takes(what, kind, value) for value in values):
                known = ", ".join(f"{value} ({count:,})" for value, count in values.most_common() if value)
                raise InputError(
                    f"corpus {corpus.spec}: no document of {what} {kind!r}"
                    + (f"; there are {known}" if known else f", nor of any other {what} that it names")
                )
    return [
        document
        for document, facts in metadata.items()
        # What cannot be read may be of any kind; it is for the run to say that it is left out.
        if facts is None
        or (
            _matches("page type", selection.page_types, facts.page_type)
            and _matches("language", selection.languages, facts.language)
        )
    ]


def _metadata(corpus: Corpus, document: str) -> Metadata | None:
    """Read the metadata of a document; None where it cannot be read."""
    try:
        return corpus.metadata(document)
    except (InputError, LookupError, OSError, RuntimeError, TypeError, ValueError):
        return None


def _takes(what: str, asked: str, value: str) -> bool:
    return takes_language(asked, value) if what == "language" else asked.casefold() == value.casefold()


def _matches(what: str, asked: Sequence[str], value: str | None) -> bool:
    return not asked or (value is not None and any(_takes(what, kind, value) for kind in asked))


def _kind(facts: Metadata) -> tuple[str, str]:
    """Page type and primary language; empty where the corpus does not say."""
    return facts.page_type or "", (facts.language or "").partition("-")[0].lower()


def _remark_on_limit(
    corpus: Corpus, documents: Sequence[str], limit: int, remark: Callable[[str], None]
) -> None:
    """Say which kinds of documents a limit leaves out whole, as far as a look at some of the rest tells."""
    rest = documents[limit:]
    looked_at = rest[:: -(-len(rest) // _LOOKED_AT)]
    lines = []
    for index, what in enumerate(("page type", "language")):
        taken = {_kind(_metadata(corpus, document) or Metadata())[index] for document in documents[:limit]}
        left = {_kind(_metadata(corpus, document) or Metadata())[index] for document in looked_at}
        if missing := sorted(left - taken - {""}):
            lines.append(f"{what} {_some(missing)}")
    if lines:
        remark(
            f"the first {limit:,} of {len(documents):,} documents of {corpus.name} have none of "
            f"{' and '.join(lines)}; a sample has some of each"
        )


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else "")
