"""What is known to go wrong with public gold, looked for in any corpus."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from boilerbench.corpora.base import Corpus
from boilerbench.decoding import decode
from boilerbench.errors import InputError
from boilerbench.progress import Progress, Silent
from boilerbench.records import Document, Gold

ABSENT_SHARE = 0.25
"""The share of gold's words, in runs of three, from which it does not occur in its page."""
HOPELESS_F1 = 0.1
"""Below this F1 of the best extractor the gold is the first suspect."""
_RUN = 3
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
    """What a finding is about."""

    UNREADABLE = "documents that cannot be read"
    EMPTY = "empty gold"
    ABSENT = "gold that does not occur in its page"
    CUT = "gold cut mid-sentence at a round length"
    MOJIBAKE = "gold decoded wrongly"
    WALL = "pages without their content"
    DUPLICATE = "pages that are there twice"
    HOPELESS = "documents on which every extractor scores near zero"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is probably wrong with one document."""

    kind: Kind
    document: str
    message: str


def health_findings(
    corpus: Corpus, best: Mapping[str, float] | None = None, progress: Progress | None = None
) -> list[Finding]:
    """All that is probably wrong with a corpus, kind by kind, by document.

    ``best`` is the F1 of the best extractor on each document of a run, where there is one.
    """
    progress = progress or Silent()
    progress.begin("checking", len(corpus.ids()))
    found: list[Finding] = []
    first: dict[str, str] = {}
    for name in corpus.ids():
        here = list(_document_findings(corpus, name, first))
        score = (best or {}).get(name, 1)
        if score < HOPELESS_F1 and not any(each.kind == Kind.EMPTY for each in here):
            here.append(Finding(Kind.HOPELESS, name, f"best F1 {100 * score:.1f}"))
        found += here
        progress.advance(failed=bool(here))
    order = list(Kind)
    return sorted(found, key=lambda each: order.index(each.kind))


def _document_findings(corpus: Corpus, name: str, first: dict[str, str]) -> Iterator[Finding]:
    """What is wrong with one document; ``first`` is where each page and each visible text was met first."""
    try:
        document = corpus.document(name)
    except InputError as error:
        yield Finding(Kind.UNREADABLE, name, str(error).removeprefix(f"{name}: "))
        return
    html = decode(document.page.content)
    title, visible = _visible_text(html)
    squashed = _squash(f"{title} {visible}")
    absent = _absent(document.gold, squashed)
    gold = _said(document.gold)
    if not gold.strip():
        yield Finding(Kind.EMPTY, name, f"the page has {_words(visible):,} words")
    elif absent >= ABSENT_SHARE:
        # What is hidden or stands in a script is for few extractors to find.
        scripted = _absent(document.gold, _squash(_unescaped(html))) < absent / 2
        beside = "; it is hidden or in a script" if scripted else ""
        yield Finding(Kind.ABSENT, name, f"{100 * absent:.0f} % of it, in runs of three words{beside}")
    if _is_cut(document.gold.body, visible):
        end = document.gold.body.rstrip()[-24:]
        yield Finding(Kind.CUT, name, f"{len(document.gold.body):,} characters, ending in …{end!r}")
    if message := _mojibake(gold, html):
        yield Finding(Kind.MOJIBAKE, name, message)
    if message := _wall(title, visible, gold, absent):
        yield Finding(Kind.WALL, name, message)
    yield from _duplicates(document, visible, first)


def _visible_text(html: str) -> tuple[str, str]:
    """The title of a page, and all its text but scripts and style sheets, white space folded."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(html)
    text = extract_plain_text(tree, list_bullets=False, form_fields=True, noscript=True)
    return " ".join((tree.title or "").split()), " ".join(text.split())


def _said(gold: Gold) -> str:
    """What gold expects, a line each: its body, or its segments where it has none."""
    return gold.body if gold.has_body else "\n".join(gold.must_have)


def _squash(text: str) -> str:
    """Letters and digits alone, so that no tag and no space between two words matters."""
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _absent(gold: Gold, page: str) -> float:
    """The share of gold's words that stand in no run of three of a line that is in a squashed page."""
    words = missing = 0
    for line in _said(gold).splitlines():
        # The number of a list item is not in the page's text but made by the browser.
        folded = unicodedata.normalize("NFKC", _ORDINAL.sub("", line)).casefold()
        tokens = _WORD.findall(folded)
        words += len(tokens)
        runs = (tokens[at : at + _RUN] for at in range(0, len(tokens), _RUN))
        missing += sum(len(run) for run in runs if "".join(run) not in page)
    return missing / words if words else 0.0


def _unescaped(html: str) -> str:
    """A page with its scripts, in which strings are as they mean and tags are gone."""
    code = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), html)
    return re.sub(r"<[^<>]*>|\\[nrt]|&(?:\w+|#\d+);", " ", code)


def _is_cut(body: str, visible: str) -> bool:
    """Whether a body has a round length, ends within a sentence, and goes on in the page."""
    lengths = {len(body), len(body.rstrip())}
    if not any(each and (each % _ROUND == 0 or each in _POWERS_OF_TWO) for each in lengths):
        return False
    tail = _WORD.findall(body[-200:])[-5:]
    if not tail or not re.search(r"[\w,;-]\s*$", body):
        return False
    places = [found.end() for found in re.finditer(r"\W+".join(map(re.escape, tail)), visible)]
    return bool(places) and all(re.match(r"\w|[,;]?[ -]\w", visible[end : end + 3]) for end in places)


def _mojibake(gold: str, html: str) -> str:
    """What shows that gold was decoded wrongly, by ftfy's patterns; empty where nothing does."""
    from ftfy.badness import BADNESS_RE

    bad = {at for each in BADNESS_RE.finditer(gold) for at in range(*each.span())}
    bad |= {each.start() for each in re.finditer("\ufffd", gold)}
    # Every character of a wrong sequence may be a match of its own.
    runs = _WRONG_RUN.finditer(gold)
    found = [run[0] for run in runs if not bad.isdisjoint(range(*run.span()))]
    if not found:
        return ""
    shown = "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in found[0][:8])
    whose = "as in the page" if found[0] in html else "not in the page"
    return f"{len(found):,} place{'s' * (len(found) > 1)}, as {shown}; {whose}"


def _wall(title: str, visible: str, gold: str, absent: float) -> str:
    """Why a page is none that shows its content; empty where it may be one."""
    words = _words(visible)
    if found := _TITLE_OF_A_WALL.search(title):
        return f"its title says {found[0]!r}"
    if words < _FEW_WORDS and (found := _TEXT_OF_A_WALL.search(visible)):
        return f"{words} words, among them {found[0]!r}"
    if words < _HARDLY_ANY_WORDS and (not gold.strip() or absent >= ABSENT_SHARE):
        return f"{words} words without its scripts"
    return ""


def _duplicates(document: Document, visible: str, first: dict[str, str]) -> Iterator[Finding]:
    prints = {"the same page as": hashlib.sha256(document.page.content).hexdigest()}
    if _words(visible) >= _WORDS_TO_COMPARE:
        prints["the same text as"] = hashlib.sha256(_squash(visible).encode()).hexdigest()
    known = [(what, first[mark]) for what, mark in prints.items() if mark in first]
    for mark in prints.values():
        first.setdefault(mark, document.id)
    if known:
        what, other = known[0]
        yield Finding(Kind.DUPLICATE, document.id, f"{what} {other}")
