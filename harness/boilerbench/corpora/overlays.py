"""Published corpora with our labels: beside their gold, or in its place."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self
from urllib.parse import quote

from boilerbench.corpora.base import Corpus, Finding, TokenizerName
from boilerbench.corpora.gold_files import FILLED_BY_SCRIPTS, OVERLAYS, own_gold
from boilerbench.corpora.overlay_files import Overlay, fitted_labels, page_hash, read_overlay
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.page_blocks import SEGMENTATION, page_blocks
from boilerbench.policy import Policy, default_policy
from boilerbench.records import Block, Document, Gold, Metadata, Page

PUBLISHED = "published"
"""The name of the reference row that the published bodies make."""


def overlays_of(corpus: Corpus, root: Path | None = None) -> dict[str, Path]:
    """Find the overlays of a corpus's documents, by document.

    Args:
        corpus: a published corpus; its overlays lie in a folder of its name or of its format.
        root: the folder of overlays; by default the one in boilerbench's own gold.
    """
    root = root or own_gold() / OVERLAYS
    ids = corpus.ids()
    for folder in _folders(corpus.spec, root):
        # Listed once: a corpus may have many more documents than overlays.
        names = {file.name for file in folder.glob("*.tsv")}
        files = {document: f"{quote(document, safe='')}.tsv" for document in ids if names}
        if there := {document: folder / name for document, name in files.items() if name in names}:
            return there
    return {}


def _folders(spec: str, root: Path) -> list[Path]:
    """The folders in which the overlays of a corpus may lie; a path does not say which part it is of."""
    name, colon, _ = spec.partition(":")
    if not colon:
        return [root / name]
    return [root / name, *sorted(entry for entry in (root / name).glob("*") if entry.is_dir())]


class _Labels:
    """The labelled blocks of a corpus's pages, by overlays."""

    def __init__(self, corpus: Corpus, files: Mapping[str, Path]) -> None:
        self._corpus = corpus
        self.overlays: dict[str, Overlay] = {}
        self.faults: dict[str, InputError] = {}
        for document, file in files.items():
            try:
                self.overlays[document] = read_overlay(document, file)
            except InputError as error:
                self.faults[document] = error
        lines = "".join(f"{document} {each}\n" for document, each in sorted(self.overlays.items()))
        self.digest = hashlib.sha256(lines.encode(errors="surrogatepass")).hexdigest()[:12]

    def blocks(self, document: str) -> tuple[Block, ...]:
        """The labelled blocks of a page.

        Raises:
            InputError: its overlay cannot be read or does not fit it.
        """
        if fault := self.faults.get(document):
            raise InputError(str(fault), remedy=fault.remedy, **fault.facts)
        page = self._corpus.page(document)
        texts = [block.text for block in page_blocks(page_text(page))]
        labels = fitted_labels(document, self.overlays[document], page.content, texts)
        return tuple(map(Block, texts, labels))


class OverlaidCorpus(Corpus):
    """A published corpus as it is, with our labels beside the gold of some documents."""

    summary = "a published corpus, with the labels that come with boilerbench beside its gold"
    licence = "that of the corpus; the labels: Apache-2.0"
    citation = "the corpus; boilerbench, gold/overlays/"
    layout = "a corpus that is there, by its name or as FORMAT:PATH, of which pages are labelled"
    native_measures: tuple[str, ...] = ("words", "blocks")
    tokenizer: TokenizerName = "plain"
    includes = "As the corpus has it; labels decide the measure blocks alone."
    labelled = True

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._labels = _Labels(corpus, _files(corpus))
        self.name, self.spec = corpus.name, f"overlay:{corpus.spec}"
        self.native_measures = tuple(dict.fromkeys([*corpus.native_measures, "blocks"]))
        self.tokenizer = corpus.tokenizer
        self.overlay = self._labels.digest
        # Which labels fit is known before a run says how many documents have them.
        self.problems = self._misfits()

    @classmethod
    def open(cls, path: str) -> Self:
        """Open the published corpus that a spec names, with its labels beside it."""
        from boilerbench.corpora import open_corpus

        return cls(open_corpus(path))

    def ids(self) -> Sequence[str]:
        return self._corpus.ids()

    def page(self, document: str) -> Page:
        return self._corpus.page(document)

    def gold(self, document: str) -> Gold:
        gold = self._corpus.gold(document)
        if document not in self._labels.overlays or document in self.problems:
            return gold
        page = self._corpus.page(document)
        return replace(gold, blocks=self._labels.blocks(document), labels_beside=True, page=page)

    def metadata(self, document: str) -> Metadata:
        return self._corpus.metadata(document)

    def findings(self, document: str) -> Sequence[Finding]:
        return self._corpus.findings(document)

    def published(self, document: str) -> Document:
        return self._corpus.published(document)

    def _misfits(self) -> dict[str, str]:
        """The overlays that cannot be read or do not fit their page, and why, by document."""
        problems = {document: str(fault) for document, fault in self._labels.faults.items()}
        for document, overlay in self._labels.overlays.items():
            try:
                as_labelled = overlay.segmentation == SEGMENTATION
                if not as_labelled or page_hash(self._corpus.page(document).content) != overlay.page:
                    self._labels.blocks(document)
            except InputError as error:
                problems[document] = str(error)
        return problems


class OwnGold(Corpus):
    """The labelled pages of a published corpus, with the body that our labels make.

    Args:
        corpus: the published corpus.
        root: the folder of overlays; by default the one in boilerbench's own gold.

    Raises:
        InputError: none of its pages is labelled.
    """

    summary = "the labelled pages of a published corpus, with the gold that boilerbench's labels make"
    licence = OverlaidCorpus.licence
    citation = OverlaidCorpus.citation
    layout = OverlaidCorpus.layout
    native_measures = ("words", "blocks")
    tokenizer = "icu"
    includes = "As the policy says, which decides as on boilerbench's own gold."
    labelled = True

    def __init__(self, corpus: Corpus, root: Path | None = None) -> None:
        self._corpus = corpus
        self._labels = _Labels(corpus, _files(corpus, root))
        self.name, self.spec = f"{corpus.name}-own", f"own:{corpus.spec}"

    @classmethod
    def open(cls, path: str) -> Self:
        """Open the labelled pages of the published corpus that a spec names."""
        from boilerbench.corpora import open_corpus

        return cls(open_corpus(path))

    def ids(self) -> Sequence[str]:
        return sorted([*self._labels.overlays, *self._labels.faults])

    def page(self, document: str) -> Page:
        return self._corpus.page(document)

    def gold(self, document: str) -> Gold:
        page = self._corpus.page(document)
        gold = default_policy().applied(Gold("", blocks=self._labels.blocks(document), page=page))
        hidden = FILLED_BY_SCRIPTS in self.metadata(document).traps
        return replace(gold, has_body=bool(gold.body) or not hidden)

    def published_gold(self, document: str) -> Gold:
        """Read the gold as it is published."""
        return self._corpus.gold(document)

    def reference_outputs(self, policy: Policy) -> dict[str, dict[str, str]]:
        """Return the published bodies, if all labelled pages have one."""
        golds = {document: self.published_gold(document) for document in self._labels.overlays}
        if not all(gold.has_body for gold in golds.values()):
            return {}
        return {PUBLISHED: {document: gold.body for document, gold in golds.items()}}

    def metadata(self, document: str) -> Metadata:
        known = self._corpus.metadata(document)
        overlay = self._labels.overlays.get(document)
        if overlay is None:
            return known
        traps, annotators = (
            tuple(name.strip() for name in (overlay.fact(fact) or "").split(",") if name.strip())
            for fact in ("traps", "annotators")
        )
        return replace(
            known,
            language=overlay.fact("language") or known.language,
            page_type=overlay.fact("page_type") or known.page_type,
            traps=traps or known.traps,
            annotators=annotators,
        )


def _files(corpus: Corpus, root: Path | None = None) -> dict[str, Path]:
    files = overlays_of(corpus, root)
    if not files:
        where = root or own_gold() / OVERLAYS
        raise InputError(f"corpus {corpus.spec}: none of its pages is labelled in {where}")
    return files


def with_labels(corpus: Corpus) -> Corpus:
    """Return a corpus with the labels beside it that are there for it; itself, where there are none."""
    return OverlaidCorpus(corpus) if not corpus.labelled and overlays_of(corpus) else corpus
