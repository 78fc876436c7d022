"""The files of a gold document held against one another and against the page."""

from __future__ import annotations

import difflib
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from boilerbench.corpora.gold import BODY_FILE, LABELS_FILE, UNLABELLED, GoldCorpus
from boilerbench.decoding import decode
from boilerbench.errors import InputError
from boilerbench.page_blocks import page_blocks
from boilerbench.policy import Role, default_policy
from boilerbench.records import Document
from boilerbench.tokenizers import icu_words

WRONG_CHARSET = "wrong-charset-declared"
"""The trap that allows a page whose bytes are not in the encoding that it declares."""
NEAR_DUPLICATE = 0.5
"""The share of common runs of five words from which two bodies are the same text."""
_RUN = 5
_FEW_LETTERS = 20

# Unicode's names of letters begin with their script; languages not listed are written in Latin letters.
_SCRIPTS = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "kk", "ky", "mn"), ("CYRILLIC",)),
    **dict.fromkeys(("ar", "fa", "ur", "ps"), ("ARABIC",)),
    **dict.fromkeys(("he", "yi"), ("HEBREW",)),
    **dict.fromkeys(("hi", "mr", "ne"), ("DEVANAGARI",)),
    "zh": ("CJK",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA"),
    "ko": ("HANGUL", "CJK"),
    "th": ("THAI",),
    "el": ("GREEK",),
    "hy": ("ARMENIAN",),
    "ka": ("GEORGIAN",),
    "bn": ("BENGALI",),
    "ta": ("TAMIL",),
    "te": ("TELUGU",),
    "sr": ("CYRILLIC", "LATIN"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: in which document, in which file (unless the message says), in which row."""

    document: str
    file: str
    row: int | None
    message: str

    def __str__(self) -> str:
        if not self.file:
            return f"{self.document}: {self.message}"
        place = self.file if self.row is None else f"{self.file}, row {self.row}"
        return f"{self.document}: {place}: {self.message}"


def document_findings(corpus: GoldCorpus, name: str) -> list[Finding]:
    """All that is wrong with a document; nothing where it may be used."""
    folder = corpus.folder_of(name)
    try:
        document = corpus.document(name) if not _unlabelled(corpus, name) else None
    except InputError as error:
        return [Finding(name, "", None, str(error).removeprefix(f"{name}: "))]
    if document is None:
        return [_first_unlabelled(corpus, name)]
    page = decode(document.page.content)
    texts = [block.text for block in page_blocks(page)]
    if unreadable := _encoding(document, page):
        # Whatever else is found would be found because of it.
        return unreadable
    labelled = (folder / LABELS_FILE).exists()
    return [
        *_addresses(document),
        *_visible(document, texts, page),
        *_body_form(name, (folder / BODY_FILE).read_text(encoding="utf-8")),
        *(_labels(document, texts) if labelled else _body_in_page(document, texts)),
        *_language(document),
    ]


def corpus_findings(documents: Iterable[Document]) -> list[Finding]:
    """Documents whose bodies are nearly the same."""
    runs: dict[str, set[tuple[str, ...]]] = {}
    found = []
    for document in documents:
        words = icu_words(document.gold.body)
        mine = {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
        for other, theirs in runs.items():
            common = len(mine & theirs)
            if common and common >= NEAR_DUPLICATE * min(len(mine), len(theirs)):
                share = round(100 * common / min(len(mine), len(theirs)))
                message = f"near-duplicate: {share} % of its text is that of {other}; remove one of them"
                found.append(Finding(document.id, BODY_FILE, None, message))
        runs[document.id] = mine
    return found


def _unlabelled(corpus: GoldCorpus, name: str) -> bool:
    file = corpus.folder_of(name) / LABELS_FILE
    return file.exists() and any(
        row.startswith(f"{UNLABELLED}\t") for row in file.read_text(errors="replace").splitlines()
    )


def _first_unlabelled(corpus: GoldCorpus, name: str) -> Finding:
    rows = (corpus.folder_of(name) / LABELS_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    empty = [number for number, row in enumerate(rows, 1) if row.startswith(f"{UNLABELLED}\t")]
    message = f"{len(empty)} of {len(rows)} blocks have no label yet; boilerbench gold label {name}"
    return Finding(name, LABELS_FILE, empty[0], message)


def _encoding(document: Document, page: str) -> list[Finding]:
    lost = page.count("\ufffd")
    if not lost or WRONG_CHARSET in document.metadata.traps:
        return []
    first = page.index("\ufffd")
    message = (
        f"{lost} characters are not in the encoding that the page declares, as after "
        f"{page[max(0, first - 20) : first]!r}; declare the right one, or name the trap {WRONG_CHARSET}"
    )
    return [Finding(document.id, "page.html", None, message)]


def _addresses(document: Document) -> list[Finding]:
    url = document.page.url
    if url is None or (urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname):
        return []
    return [Finding(document.id, "document.toml", None, f"url {url!r} is no http(s) address; mend it")]


def _visible(document: Document, texts: Sequence[str], page: str) -> list[Finding]:
    """Text that another address or a script would have to bring is not on the page."""
    if re.search(r"<frame[\s>]", page, re.IGNORECASE):
        message = "a frameset, whose text lies at other addresses; capture the frame that holds the text"
        return [Finding(document.id, "page.html", None, message)]
    if not texts:
        message = "no visible text without scripts; capture the page as a browser shows it"
        return [Finding(document.id, "page.html", None, message)]
    return []


def _body_form(name: str, content: str) -> list[Finding]:
    found = []
    rows = content.split("\n")
    for number, row in enumerate(rows, 1):
        if row != " ".join(row.split()):
            message = "white space is not folded to single spaces; boilerbench gold build writes it right"
            found.append(Finding(name, BODY_FILE, number, message))
    inner = rows[:-1] if rows[-1] == "" else rows
    for number, row in enumerate(inner, 1):
        if bool(row) != bool(number % 2):
            message = (
                "blocks are not separated by exactly one blank line; boilerbench gold build writes it right"
            )
            return [*found, Finding(name, BODY_FILE, number, message)]
    return found


def _labels(document: Document, texts: Sequence[str]) -> list[Finding]:
    """Every block of the page once in labels.tsv, in page order, and its body rows in body.txt."""
    rows = [block.text for block in document.gold.blocks]
    found = []
    for kind, start, end, first, last in _differences(texts, rows):
        if kind == "replace" and end - start == last - first:
            for offset in range(end - start):
                here, there = _apart(rows[first + offset], texts[start + offset])
                message = f"{here} where the page has {there}; copy it from there"
                found.append(Finding(document.id, LABELS_FILE, first + offset + 1, message))
            continue
        for place in range(first, last):
            twice = " (labelled twice)" if rows[place] in texts else ""
            message = f"{_cut(rows[place])} is no block of the page here{twice}; remove the row"
            found.append(Finding(document.id, LABELS_FILE, place + 1, message))
        for place in range(start, end):
            message = f"{_cut(texts[place])}, block {place + 1} of the page, is missing; add its row"
            found.append(Finding(document.id, LABELS_FILE, first + 1, message))
    if found:
        return found
    policy = default_policy()
    expected = [b.text for b in document.gold.blocks if policy.roles[b.label] == Role.BODY]
    body = document.gold.body.split("\n\n") if document.gold.body else []
    remedy = f"boilerbench gold build {document.id}"
    for kind, start, end, first, last in _differences(expected, body):
        if kind == "replace" and end - start == last - first:
            for offset in range(end - start):
                here, there = _apart(body[first + offset], expected[start + offset])
                message = f"{here} where {LABELS_FILE} has {there}; {remedy}"
                found.append(Finding(document.id, BODY_FILE, 2 * (first + offset) + 1, message))
            continue
        for place in range(first, last):
            message = f"{_cut(body[place])} is not labelled as body; {remedy}"
            found.append(Finding(document.id, BODY_FILE, 2 * place + 1, message))
        for place in range(start, end):
            message = f"{_cut(expected[place])}, labelled as body, is missing; {remedy}"
            found.append(Finding(document.id, BODY_FILE, 2 * first + 1, message))
    return found


def _body_in_page(document: Document, texts: Sequence[str]) -> list[Finding]:
    """Without labels, each block of the body is at least somewhere on the page, in page order."""
    page, place = "".join("".join(texts).split()), 0
    found = []
    for number, block in enumerate(document.gold.body.split("\n\n") if document.gold.body else ()):
        text = "".join(block.split())
        at = page.find(text, place)
        if at < 0:
            message = f"{_cut(block)} is not on the page after the block before; copy it from there"
            found.append(Finding(document.id, BODY_FILE, 2 * number + 1, message))
        else:
            place = at + len(text)
    return found


def _language(document: Document) -> list[Finding]:
    language = (document.metadata.language or "").partition("-")[0].lower()
    letters = Counter(
        unicodedata.name(letter, "?").split()[0] for letter in document.gold.body if letter.isalpha()
    )
    if letters.total() < _FEW_LETTERS:
        return []
    expected = _SCRIPTS.get(language, ("LATIN",))
    share = sum(letters[script] for script in expected) / letters.total()
    if share >= 0.5:
        return _other_language(document, language)
    script = letters.most_common(1)[0][0].capitalize()
    message = (
        f"language {document.metadata.language!r}, but the body is in {script} letters; mend the language"
    )
    return [Finding(document.id, "document.toml", None, message)]


# A few of the commonest short words of languages that share a script.
_COMMON_WORDS = {
    "en": "the of and to in is that for it was on with as at by",
    "de": "der die und das ist den nicht von mit auf ein eine zu im dem",
    "fr": "de la le les et des en du un une est que pour dans qui",
    "es": "de la que el en los del se las por un con para una su",
    "pt": "de que não os do da em um para com uma na no ao as",
    "it": "di che il la per un non del della una con sono le si è",
    "nl": "de het een van en dat die in te op met voor niet zijn er",
    "sv": "och att det som en på är av för med den till om ett inte",
    "fi": "ja on ei se että oli joka mutta hän kun myös tai jos ovat sen",
    "pl": "i w na z się nie do to jest że o jak za od po",
    "cs": "a v na se je že do s o z to pro jako za by",
    "tr": "bir ve bu için de da ile çok ne daha gibi olarak o ama var",
    "id": "yang di dan dari untuk dengan ini itu pada tidak adalah dalam ke juga akan",
    "vi": "và của là có không được cho một trong đã với các người này những",
    "ru": "и в не на что с он по это как но из у к за",
    "uk": "і в не на що з та до у як це за від про є",
}


def _other_language(document: Document, language: str) -> list[Finding]:
    """Another language of the same script whose common words are twice as frequent."""
    if language not in _COMMON_WORDS:
        return []
    words = Counter(icu_words(document.gold.body))
    shares = {name: sum(words[word] for word in common.split()) for name, common in _COMMON_WORDS.items()}
    best = max(shares, key=lambda name: shares[name])
    if words.total() < 4 * _FEW_LETTERS or shares[best] <= 2 * shares[language]:
        return []
    message = f"language {document.metadata.language!r}, but the body reads like {best!r}; mend the language"
    return [Finding(document.id, "document.toml", None, message)]


def _differences(one: Sequence[str], other: Sequence[str]) -> Iterable[tuple[str, int, int, int, int]]:
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return itertools.filterfalse(lambda code: code[0] == "equal", matcher.get_opcodes())


def _apart(one: str, other: str) -> tuple[str, str]:
    """Two texts from a little before the place where they part."""
    same = next(
        (place for place, (here, there) in enumerate(zip(one, other, strict=False)) if here != there),
        min(len(one), len(other)),
    )
    start = max(0, same - 20)
    dots = "…" if start else ""
    return _cut(dots + one[start:]), _cut(dots + other[start:])


def _cut(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
