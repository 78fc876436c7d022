"""The records that all packages share: frozen, typed, no behaviour beyond their own arithmetic."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Page:
    """A page, which is all that an extractor may see: the bytes as served, and the URL."""

    content: bytes
    url: str | None = None
    charset: str | None = None
    """The encoding in the HTTP header that the page came with, as the server spelled it."""


class Role(StrEnum):
    """A role that a label counts as."""

    BODY = "body"
    OPTIONAL = "optional"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of visible text in one block-level element of a page, white space folded, with its label."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a gold text; an output may have an optional one or not."""

    text: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    """The truth about a page, as a person says it.

    ``body`` is the body text, blocks separated by blank lines. ``must_have`` and ``must_not_have`` are
    segments that an extractor's output should contain and should not contain. ``blocks`` are all blocks of
    the page in page order, where it is labelled, and ``roles`` what each of them counts as, once a policy has
    said so; ``labels_beside`` is true where they stand beside a body that somebody else published, which they
    then do not decide. ``has_body`` is false where a person gave segments only, and where no body shows
    without scripts; an empty body means nothing then. ``has_segments`` is true where a person was asked for
    segments; that none are named means then that none are wanted and none unwanted. ``paragraphs`` are body
    and optional text in page order, where gold says which paragraphs are optional. ``page`` is the page of
    labelled blocks, which says what each of them is: a heading, an item of a list.
    """

    body: str
    must_have: tuple[str, ...] = ()
    must_not_have: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    roles: tuple[Role, ...] = ()
    labels_beside: bool = False
    has_body: bool = True
    has_segments: bool = False
    paragraphs: tuple[Paragraph, ...] = ()
    page: Page | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Facts about a document besides its gold; ``None`` where the corpus does not say."""

    title: str | None = None
    language: str | None = None
    page_type: str | None = None
    traps: tuple[str, ...] = ()
    source: str | None = None
    licence: str | None = None
    captured: datetime.date | None = None
    annotators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A page with its gold and its metadata; ``id`` is unique in its corpus."""

    id: str
    page: Page
    gold: Gold
    metadata: Metadata


class Status(StrEnum):
    """The outcome of an extraction. All but ``ok`` are scored as an empty output."""

    OK = "ok"
    EMPTY = "empty"
    ERROR = "error"
    TIMEOUT = "timeout"
    CRASH = "crash"
    MEMORY = "memory"


class MarkupFormat(StrEnum):
    """The format of markup that a tool returned."""

    MARKDOWN = "markdown"
    HTML = "html"


def status_of(text: str | None) -> Status:
    """The outcome of an extraction that returned a text: white space alone is nothing."""
    return Status.OK if text and not text.isspace() else Status.EMPTY


@dataclass(frozen=True, slots=True)
class Extraction:
    """The output of one extractor for one page.

    ``seconds`` and ``peak_mb`` (resident megabytes) are measured around the tool's call alone and are
    ``None`` where nothing was called, as for stored outputs. ``error`` is one line, empty when all is well.
    """

    document: str
    extractor: str
    version: str
    status: Status
    text: str = ""
    seconds: float | None = None
    peak_mb: float | None = None
    error: str = ""
    timed: str = "now"
    """``now`` where time and memory are of this run, ``earlier`` where they came with a stored text."""
    traceback: str = ""
    """Of a failure, as its tool's language writes it; empty where none is known."""
    markup: str = ""
    """The markup that the tool returned, where it did; ``text`` is the text of it."""
    format: MarkupFormat | None = None
    """The format of the markup; None where the tool returned text."""


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives and false negatives, from which every figure follows.

    ``tn``, true negatives, is only counted where gold says what must not be there.

    A ratio without a denominator is 0, except that nothing expected and nothing returned is perfect: so it is
    in WCXB's ``word_f1`` and in article-extraction-benchmark's ``precision_score`` and ``recall_score``.
    """

    tp: float
    fp: float
    fn: float
    tn: float = 0

    @property
    def precision(self) -> float:
        """The share of what was returned that is right, from 0 to 1."""
        return _share(self.tp, self.fp, self.fn)

    @property
    def recall(self) -> float:
        """The share of what was expected that was returned, from 0 to 1."""
        return _share(self.tp, self.fn, self.fp)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, from 0 to 1."""
        return harmonic_mean(self.precision, self.recall)


FOREIGN = "foreign"
"""In place of a label: words of an output that stand on no block of the page, or more often than on it."""


@dataclass(frozen=True, slots=True)
class LabelCount:
    """Blocks and words of one label on a page, and those of them in an output.

    Of ``FOREIGN`` words, ``blocks`` and ``words`` are all that the output has.
    """

    label: str
    blocks: int
    blocks_found: int
    words: int
    words_found: int


@dataclass(frozen=True, slots=True)
class StructureCount:
    """One aspect of a page's structure, and how much of it an output keeps."""

    aspect: str
    """A kind of block, such as ``heading``, or another aspect, such as ``link``."""
    kept: int
    lost: int
    invented: int
    """What the output has and the page has not."""
    unjudged: int
    """What the output cannot say, since it is a text."""


@dataclass(frozen=True, slots=True)
class Score:
    """A score: a measure's verdict on an extraction; ``labels`` only for a measure that counts by label."""

    document: str
    extractor: str
    measure: str
    counts: Counts
    labels: tuple[LabelCount, ...] = ()
    structure: tuple[StructureCount, ...] = ()
    """By aspect, from a measure of structure."""
    unscorable: str = ""
    """The bound that the extraction exceeds, which is then scored as an empty output; empty for any other."""


def harmonic_mean(precision: float, recall: float) -> float:
    """F1 of a precision and a recall; 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _share(hits: float, misses: float, other_misses: float) -> float:
    if hits + misses:
        return hits / (hits + misses)
    return 0.0 if other_misses else 1.0
