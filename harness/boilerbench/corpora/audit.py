"""Faults that public gold is known to have, looked for in any corpus."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from boilerbench.corpora.base import Corpus
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.progress import Progress, Silent
from boilerbench.records import Document, Gold

ABSENT_SHARE = 0.25
"""The share of gold's words, in trigrams, from which gold does not occur in its page."""
HOPELESS_F1 = 0.1
"""The F1 of the best extractor below which gold is the first suspect."""
_N = 3
_HARDLY_ANY_WORDS = 10
_FEW_WORDS = 60
_WORDS_TO_COMPARE = 20
_ROUND = 500
_POWERS_OF_TWO = frozenset(1 << power for power in range(8, 21))

_WORD = re.compile(r"[^\W_]+")
_ORDINAL = re.compile(r"^\s*(?:\d{1,3}[.)]|[-*•·])\s+")
_TITLE_OF_A_WALL = re.compile(
    r"^(?:error |http )?(?:40[0-9]|410|429|50[0-4])\b|\b(?:page|file) not found\b|\baccess denied\b"
    r"|^forbidden$|\bjust a moment\b|\battention required\b|\bnot a (?:ro)?bot\b|\brobot or human\b"
    r"|\bare you (?:a )?human\b|\bsecurity check(?:point)?\b|\bbefore you continue\b|\bcaptcha\b"
    r"|\brequest (?:blocked|rejected)\b|\b(?:service|temporarily) unavailable\b|\bbad gateway\b",
    re.IGNORECASE,
)
_TEXT_OF_A_WALL = re.compile(
    rf"{_TITLE_OF_A_WALL.pattern}|\benable javascript\b|\bjavascript is (?:disabled|required)\b"
    r"|\bunusual traffic\b|\bverify (?:that )?you are\b|\bwe (?:value|care about) your privacy\b"
    r"|\b(?:accept|reject) all(?: cookies)?\b|\bsomething went wrong\b|\bno longer available\b",
    re.IGNORECASE,
)


# What UTF-8 read as Latin-1 or windows-1252 consists of, and what stands for bytes that were none.
_WRONG_RUN = re.compile("[\u0080-\u00ff\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122\ufffd]+")


class Kind(StrEnum):
    """The kind of a probable fault."""

    UNUSABLE = "documents that a run leaves out"
    EMPTY = "empty gold"
    ABSENT = "gold that does not occur in its page"
    CUT = "gold cut mid-sentence at a round length"
    MOJIBAKE = "gold decoded wrongly"
    WALL = "pages without their content"
    DUPLICATE = "pages that are there twice"
    MISFIT = "labels of ours that do not fit their page"
    HOPELESS = "documents on which every extractor scores near zero"


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One probable fault of one document."""

    kind: Kind
    document: str
    message: str


def audit(
    corpus: Corpus,
    best: Mapping[str, float] | None = None,
    progress: Progress | None = None,
    misfits: Mapping[str, str] | None = None,
) -> list[AuditFinding]:
    """List the probable faults of a corpus, kind by kind, by document.

    Args:
        corpus: any corpus; all of it is read.
        best: the F1 of the best extractor on each document of a run, from 0 to 1.
        progress: told of each document.
        misfits: what is wrong with labels of ours, by document.
    """
    progress = progress or Silent()
    progress.begin("checking", len(corpus.ids()))
    findings: list[AuditFinding] = []
    first_seen: dict[str, str] = {}
    for name in corpus.ids():
        of_document = list(_document_findings(corpus, name, first_seen))
        score = (best or {}).get(name, 1)
        if score < HOPELESS_F1 and not any(finding.kind == Kind.EMPTY for finding in of_document):
            of_document.append(AuditFinding(Kind.HOPELESS, name, f"best F1 {100 * score:.1f}"))
        if misfit := (misfits or {}).get(name):
            of_document.append(AuditFinding(Kind.MISFIT, name, misfit.removeprefix(f"{name}: ")))
        findings += of_document
        progress.advance(failed=bool(of_document))
    order = list(Kind)
    return sorted(findings, key=lambda finding: order.index(finding.kind))


def _document_findings(corpus: Corpus, name: str, first_seen: dict[str, str]) -> Iterator[AuditFinding]:
    """Yield the faults of one document; ``first_seen`` has the document of each page and text before it."""
    for finding in corpus.findings(name):
        yield AuditFinding(Kind.UNUSABLE, name, str(finding).removeprefix(f"{name}: "))
    try:
        document = corpus.document(name)
    except (InputError, LookupError, OSError, RuntimeError, TypeError, ValueError):
        # Said already.
        return
    html = page_text(document.page)
    title, visible = _visible_text(html)
    squashed = _squash(f"{title} {visible}")
    absent = _absent(document.gold, squashed)
    gold = _expected(document.gold)
    if not gold.strip():
        yield AuditFinding(Kind.EMPTY, name, f"the page has {_words(visible):,} words")
    elif absent >= ABSENT_SHARE:
        # What is hidden or stands in a script is for few extractors to find.
        scripted = _absent(document.gold, _squash(_unescaped(html))) < absent / 2
        beside = "; it is hidden or in a script" if scripted else ""
        yield AuditFinding(Kind.ABSENT, name, f"{100 * absent:.0f} % of it, in runs of three words{beside}")
    if _is_cut(document.gold.body, visible):
        end = document.gold.body.rstrip()[-24:]
        yield AuditFinding(Kind.CUT, name, f"{len(document.gold.body):,} characters, ending in …{end!r}")
    if message := _mojibake(gold, html):
        yield AuditFinding(Kind.MOJIBAKE, name, message)
    if message := _wall(title, visible, gold, absent):
        yield AuditFinding(Kind.WALL, name, message)
    yield from _duplicates(document, visible, first_seen)


def _visible_text(html: str) -> tuple[str, str]:
    """Return a page's title and all its text but scripts and style sheets, white space collapsed."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(html)
    text = extract_plain_text(tree, list_bullets=False, form_fields=True, noscript=True)
    return " ".join((tree.title or "").split()), " ".join(text.split())


def _expected(gold: Gold) -> str:
    """Return what gold expects: its body, or its segments, one a line, where it has none."""
    return gold.body if gold.has_body else "\n".join(gold.must_have)


def _squash(text: str) -> str:
    """Reduce a text to letters and digits, so that no tag and no space between two words matters."""
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _absent(gold: Gold, page: str) -> float:
    """Return the share of gold's words in trigrams of a line that a squashed page lacks, from 0 to 1."""
    words = missing = 0
    for line in _expected(gold).splitlines():
        # The number of a list item is not in the page's text but made by the browser.
        folded = unicodedata.normalize("NFKC", _ORDINAL.sub("", line)).casefold()
        tokens = _WORD.findall(folded)
        words += len(tokens)
        trigrams = (tokens[start : start + _N] for start in range(0, len(tokens), _N))
        missing += sum(len(trigram) for trigram in trigrams if "".join(trigram) not in page)
    return missing / words if words else 0.0


def _unescaped(html: str) -> str:
    """Return a page without tags, its scripts' escapes decoded."""
    code = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), html)
    return re.sub(r"<[^<>]*>|\\[nrt]|&(?:\w+|#\d+);", " ", code)


def _is_cut(body: str, visible: str) -> bool:
    """Tell whether a body has a round length, ends within a sentence, and goes on in the page."""
    lengths = {len(body), len(body.rstrip())}
    if not any(length and (length % _ROUND == 0 or length in _POWERS_OF_TWO) for length in lengths):
        return False
    tail = _WORD.findall(body[-200:])[-5:]
    if not tail or not re.search(r"[\w,;-]\s*$", body):
        return False
    ends = [match.end() for match in re.finditer(r"\W+".join(map(re.escape, tail)), visible)]
    return bool(ends) and all(re.match(r"\w|[,;]?[ -]\w", visible[end : end + 3]) for end in ends)


def _mojibake(gold: str, html: str) -> str:
    """Return what shows that gold was decoded wrongly, by ftfy's patterns; empty where nothing does."""
    from ftfy.badness import BADNESS_RE

    bad = {index for match in BADNESS_RE.finditer(gold) for index in range(*match.span())}
    bad |= {match.start() for match in re.finditer("\ufffd", gold)}
    # Every character of a wrong sequence may be a match of its own.
    runs = _WRONG_RUN.finditer(gold)
    wrong = [run[0] for run in runs if not bad.isdisjoint(range(*run.span()))]
    if not wrong:
        return ""
    shown = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in wrong[0][:8])
    origin = "as in the page" if wrong[0] in html else "not in the page"
    return f"{len(wrong):,} place{'s' * (len(wrong) > 1)}, as {shown}; {origin}"


def _wall(title: str, visible: str, gold: str, absent: float) -> str:
    """Return why a page hardly shows its content; empty where it may."""
    words = _words(visible)
    if match := _TITLE_OF_A_WALL.search(title):
        return f"its title says {match[0]!r}"
    if words < _FEW_WORDS and (match := _TEXT_OF_A_WALL.search(visible)):
        return f"{words} words, among them {match[0]!r}"
    if words < _HARDLY_ANY_WORDS and (not gold.strip() or absent >= ABSENT_SHARE):
        return f"{words} words without its scripts"
    return ""


def _duplicates(document: Document, visible: str, first_seen: dict[str, str]) -> Iterator[AuditFinding]:
    digests = {"the same page as": hashlib.sha256(document.page.content).hexdigest()}
    if _words(visible) >= _WORDS_TO_COMPARE:
        digests["the same text as"] = hashlib.sha256(_squash(visible).encode()).hexdigest()
    known = [(what, first_seen[digest]) for what, digest in digests.items() if digest in first_seen]
    for digest in digests.values():
        first_seen.setdefault(digest, document.id)
    if known:
        what, other = known[0]
        yield AuditFinding(Kind.DUPLICATE, document.id, f"{what} {other}")
