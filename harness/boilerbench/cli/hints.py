"""The next command that puts an error right: what the library does not say, since it knows no commands."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench.errors import InputError

if TYPE_CHECKING:
    from boilerbench.corpora.base import Finding

HINTS = {
    "allow-read": "if it needs other files of yours, name them with --allow-read",
    "apart": "run them apart with --out",
    "build": "boilerbench gold build {document}{where} writes it right",
    "check": "boilerbench corpora check {spec} lists them",
    "check-gold": "boilerbench gold check{where} lists them",
    "copy": "try again later, or give a copy with --from",
    "corpus-elsewhere": "say with --corpus where it lies now",
    "fetch": "boilerbench corpora fetch {name}, or give a path, as in {format}:FOLDER",
    "fetch-again": "boilerbench corpora fetch --force {name}",
    "id": "choose one with --id",
    "into": "remove it, or import into another folder with --into",
    "label": "boilerbench gold label {document}{where}",
    "network": "allow it with --allow-network {spec}",
    "new": "begin it with boilerbench gold new FILE --id {document}{where}",
    "other-measure": "choose another with --measure",
    "pair": "name them with --pair NEW=OLD",
    "score": "boilerbench score {run} -m {measure}",
    "score-again": "boilerbench score {run} writes it again",
    "score-both": "score both again with boilerbench score {first} and boilerbench score {second}",
    "score-policy": "boilerbench score {run} --policy {policy}",
    "other-groups": "choose another --by",
    "out": "choose another folder with --out",
    "run-folder": "give a folder that boilerbench run has written",
    "score-blocks": "where gold is labelled, boilerbench score {run} -m blocks",
    "tokenizer": "name it with --tokenizer, as tokenizers:tokenizer.json or tiktoken:cl100k_base.tiktoken",
    "score-structure": "where gold is labelled, boilerbench score {run} -m structure",
}
"""Hints by the remedy that an ``InputError`` or a ``Finding`` names; its facts fill the braces."""


def error_line(error: InputError) -> str:
    """Return an error's line with its hint."""
    return _with_hint(str(error), error.remedy, error.facts)


def finding_line(finding: Finding, gold: Path | None = None) -> str:
    """Return a finding's line with its hint; ``gold`` is the folder that was named on the command line."""
    facts = {"document": finding.document, **({"gold": str(gold)} if gold else {})}
    return _with_hint(str(finding), finding.remedy, facts)


def _with_hint(line: str, remedy: str, facts: Mapping[str, str]) -> str:
    quoted = {name: shlex.quote(fact) for name, fact in facts.items()}
    where = {"where": f" -g {quoted['gold']}" if "gold" in facts else ""}
    return f"{line}; {HINTS[remedy].format_map(where | quoted)}" if remedy else line
