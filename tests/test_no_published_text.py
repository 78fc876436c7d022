"""Nothing of a published page is in this repository: facts and labels may be ours, sentences not theirs."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.decoding import page_text
from boilerbench.sites import site_of

ROOT = Path(__file__).parents[1]
RUN = 12
"""Words in a row that nobody writes twice by chance."""
CORPORA = ("aeb:{}/aeb", "wcxb:{}/wcxb/dev", "trafilatura:{}/trafilatura", "readability:{}/readability")
PHRASES = ROOT / "tests" / "platform_phrases.txt"
"""What software puts on the pages of whoever uses it, a phrase a line; each was looked at."""

Run = tuple[str, ...]

_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)


def runs(text: str) -> Iterator[Run]:
    words = _WORD.findall(text.lower())
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def is_sentence(run: Run) -> bool:
    """Whether a run is no alphabet, no numbers and no repeated names."""
    return len({word for word in run if len(word) > 1 and word.isalpha()}) > RUN // 2


def committed_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


def own_runs() -> dict[Run, set[str]]:
    found: dict[Run, set[str]] = defaultdict(set)
    for file in committed_files():
        try:
            text = file.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        if file != PHRASES:
            for run in filter(is_sentence, runs(_MARKUP.sub(" ", text))):
                found[run].add(str(file.relative_to(ROOT)))
    return found


@pytest.mark.slow
def test_no_twelve_words_in_a_row_are_those_of_a_published_page(data: Path) -> None:
    ours = own_runs()
    sites: dict[Run, set[str]] = defaultdict(set)
    for spec in CORPORA:
        corpus = open_corpus(spec.format(data))
        for document in corpus.ids():
            page = corpus.page(document)
            site = site_of(page.url) or f"{corpus.name}/{document}"
            for run in runs(_MARKUP.sub(" ", page_text(page))):
                if run in ours:
                    sites[run].add(site)
    lines = PHRASES.read_text(encoding="utf-8").lower().splitlines()
    phrases = [f" {' '.join(_WORD.findall(line))} " for line in lines]
    # What stands on the pages of many sites is nobody's own sentence.
    shared = [
        f"{min(ours[run])}: {' '.join(run)} ({min(where)})"
        for run, where in sites.items()
        if len(where) == 1 and not any(f" {' '.join(run)} " in phrase for phrase in phrases)
    ]
    assert not shared, "\n".join(shared)
