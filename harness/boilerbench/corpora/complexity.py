"""Page complexity: the share of a page that is not its body, and groups of documents by it."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from boilerbench.corpora.base import Corpus
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.progress import Progress
from boilerbench.records import Document
from boilerbench.tokenizers import cased_words


def complexity(document: Document) -> float:
    """Return 1 − words of the gold body / words of the page: 0 where all is body or there are no words, to 1.

    The words of a page are those of its HTML body without scripts and style sheets. Source: WCEB,
    complexity.py (``calculate``), with its parser; Bevendorff et al., SIGIR 2023.
    """
    from resiliparse.parse.html import HTMLTree

    body = HTMLTree.parse(page_text(document.page)).body
    if body is None:
        return 0.0
    for element in body.query_selector_all("script, style"):
        element.decompose()
    words = len(cased_words(body.text or ""))
    return 1 - min(1.0, len(cased_words(document.gold.body)) / words) if words else 0.0


def by_difficulty(complexities: Mapping[str, float]) -> dict[str, list[str]]:
    """Group documents into low, medium and high complexity, cut at quartiles, which the groups' names state.

    WCEB cuts at the 25 % and 75 % quantiles of its own pages (eval.py, ``aggregate_scores``); these are those
    of the documents given.
    """
    values = list(complexities.values())
    low, high = statistics.quantiles(values, n=4, method="inclusive")[::2] if len(values) > 1 else (0, 1)
    groups: dict[str, list[str]] = {f"low (< {low:.2f})": [], "medium": [], f"high (≥ {high:.2f})": []}
    for name, share in complexities.items():
        list(groups.values())[0 if share < low else 2 if share >= high else 1].append(name)
    return groups


def difficulties(corpus: Corpus, documents: Sequence[str], progress: Progress) -> dict[str, list[str]]:
    """Read documents of a corpus and group those that have a body by their difficulty.

    Raises:
        InputError: a document cannot be read, or none has a body.
    """
    progress.begin("reading", len(documents))
    complexities = {}
    for name in documents:
        document = corpus.document(name)
        if document.gold.has_body:
            complexities[name] = complexity(document)
        progress.advance()
    if not complexities:
        raise InputError(
            f"corpus {corpus.spec}: gold has no bodies, and so no difficulty", remedy="other-groups"
        )
    return by_difficulty(complexities)
