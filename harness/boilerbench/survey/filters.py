"""What a pipeline's usual filters would remove: published rules, their thresholds in ``filters.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("filters.toml")
_STOP_WORDS = frozenset(["the", "be", "to", "of", "and", "that", "have", "with"])
_ELLIPSES = ("...", "…")
_BULLETS = ("•", "-", "*", "‣", "●", "◦")
_SENTENCE_ENDS = (".", "!", "?", '"', "'", "”", "’", "。", "！", "？", "।", "؟", "۔")
"""Those that FineWeb names, and what ends a sentence or a quotation in other scripts."""
_SHORT_LINE = 30


@dataclass(frozen=True, slots=True)
class Rule:
    """A published rule: a figure of a text, and bounds beyond which the text is removed."""

    name: str
    source: str
    figure: str
    below: float | None = None
    above: float | None = None
    at_or_below: float | None = None
    at_or_above: float | None = None
    language: str | None = None
    """Of the pages that it holds for; None for all."""

    def removes(self, value: float) -> bool:
        """Tell whether a text with this figure is removed."""
        return (
            (self.below is not None and value < self.below)
            or (self.above is not None and value > self.above)
            or (self.at_or_below is not None and value <= self.at_or_below)
            or (self.at_or_above is not None and value >= self.at_or_above)
        )


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as the figures need it."""

    whole: str
    words: Sequence[str]
    lines: Sequence[str]


def _share(number: float, of: int) -> float:
    return number / of if of else 0.0


def _repeated(lines: Sequence[str]) -> list[str]:
    """Return the lines that were there before, each as often as that."""
    seen: set[str] = set()
    repeated = []
    for line in lines:
        if line in seen:
            repeated.append(line)
        seen.add(line)
    return repeated


FIGURES: Mapping[str, Callable[[_Text], float]] = {
    "words": lambda text: len(text.words),
    "mean_word_length": lambda text: _share(sum(map(len, text.words)), len(text.words)),
    "hashes_per_word": lambda text: _share(text.whole.count("#"), len(text.words)),
    "ellipses_per_word": lambda text: _share(sum(map(text.whole.count, _ELLIPSES)), len(text.words)),
    "lines_with_bullet": lambda text: _share(
        sum(line.startswith(_BULLETS) for line in text.lines), len(text.lines)
    ),
    "lines_ending_in_ellipsis": lambda text: _share(
        sum(line.endswith(_ELLIPSES) for line in text.lines), len(text.lines)
    ),
    "words_with_letter": lambda text: _share(
        sum(any(map(str.isalpha, word)) for word in text.words), len(text.words)
    ),
    "english_stop_words": lambda text: sum(word in _STOP_WORDS for word in text.words),
    "repeated_lines": lambda text: _share(len(_repeated(text.lines)), len(text.lines)),
    "repeated_line_characters": lambda text: _share(
        sum(map(len, _repeated(text.lines))), sum(map(len, text.lines))
    ),
    "lines_ending_in_punctuation": lambda text: _share(
        sum(line.endswith(_SENTENCE_ENDS) for line in text.lines), len(text.lines)
    ),
    "lines_up_to_30_characters": lambda text: _share(
        sum(len(line) <= _SHORT_LINE for line in text.lines), len(text.lines)
    ),
    "line_breaks_per_word": lambda text: _share(max(len(text.lines) - 1, 0), len(text.words)),
}
"""The figures that rules may name: each from a text to a number."""


@functools.cache
def usual_rules() -> tuple[Rule, ...]:
    """Return the published rules, in the order in which they are asked."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Rule(name, **{**rule, "source": content["sources"][rule["source"]]})
        for name, rule in content["rules"].items()
    )


def removed_by(rules: Sequence[Rule], text: str, words: Sequence[str], language: str) -> tuple[str, ...]:
    """Return the names of the rules that remove a text; none where it survives.

    Args:
        rules: which ones.
        text: what an extractor returned.
        words: its words, in lower case.
        language: that of the page, as ISO 639-1.
    """
    lines = [stripped for line in text.splitlines() if (stripped := line.strip())]
    view = _Text(text, words, lines)
    return tuple(
        rule.name
        for rule in rules
        if rule.language in (None, language) and rule.removes(FIGURES[rule.figure](view))
    )
