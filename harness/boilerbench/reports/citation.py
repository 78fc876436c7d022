"""BibTeX entries for a run: boilerbench, its corpus and its tools, at the versions and digests of the run."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from boilerbench.corpora import FORMATS, corpus_format, published_spec
from boilerbench.errors import InputError
from boilerbench.extractors import ADAPTERS, Adapter, open_extractor, parse
from boilerbench.results import CorpusInfo, ExtractorInfo, Run

FILE = Path(__file__).with_name("citations.toml")
_SPECIAL = re.compile(r"[\\{}$&#^_%~]")
_ESCAPES = {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}
# Values of these fields are read verbatim by every bibliography style.
_VERBATIM = ("url", "doi", "eprint")

Entry = Mapping[str, str]
"""The fields of an entry in order, with its type under ``kind``; values are LaTeX."""


def bibtex(run: Run) -> str:
    """Return the BibTeX entries that cite a run, ending with a newline.

    Each tool's entry names the versions of the run, the corpus's its version, digest and number of documents.
    A tool without a publication is cited as software, by what its adapter says of it; stored outputs and
    one's own programs are left out, since nothing is known of them.
    """
    entries = {"boilerbench": _own(run), f"corpus-{run.info.corpus.name}": _corpus(run.info.corpus)}
    tools: dict[str, list[ExtractorInfo]] = {}
    for extractor in run.info.extractors:
        if (tool := _tool(extractor.name)) is not None:
            tools.setdefault(tool, []).append(extractor)
    entries |= {f"tool-{tool}": _software(tool, rows) for tool, rows in tools.items()}
    return "\n".join(_written(_key(name), entry) for name, entry in entries.items())


def _own(run: Run) -> Entry:
    signatures = "; ".join(measure.signature for measure in run.info.measures)
    return {
        "kind": "software",
        "author": "{The boilerbench authors}",
        "title": "boilerbench: an evaluation harness for boilerplate removal",
        "version": _latex(run.info.boilerbench),
        "note": _latex(f"Measures: {signatures}"),
    }


def _corpus(corpus: CorpusInfo) -> Entry:
    layout = published_spec(corpus.spec).partition(":")[0].partition("/")[0]
    entry = dict(_citations()["corpora"].get(layout, {}))
    if not entry:
        said = corpus_format(layout).citation if layout in FORMATS else ""
        entry = {"kind": "misc", "title": _latex(corpus.name), "howpublished": _latex(said)}
    facts = _latex(f"{corpus.documents:,} documents, {corpus.identity}")
    entry["note"] = "; ".join(filter(None, (entry.get("note", ""), facts)))
    return entry


def _software(tool: str, rows: list[ExtractorInfo]) -> Entry:
    versions = ", ".join(dict.fromkeys(row.version for row in rows if row.version))
    settings = ", ".join(row.name for row in rows if row.name != tool)
    facts = [f"version {versions}" if versions else "", f"run as {settings}" if settings else ""]
    entry = dict(_citations()["tools"].get(tool, {}))
    if not entry:
        adapter = open_extractor(tool)
        assert isinstance(adapter, Adapter)
        entry = {"kind": "software", "title": _latex(tool), "url": str(adapter.facts.get("HOME", ""))}
    entry["note"] = _latex("; ".join(filter(None, facts)))
    return entry


def _tool(spec: str) -> str | None:
    """Return the tool that a spec names, or None for programs and stored outputs."""
    try:
        tool = parse(spec).tool
    except InputError:
        return None
    return tool if tool in ADAPTERS else None


def _written(key: str, entry: Entry) -> str:
    fields = [(name, value) for name, value in entry.items() if name != "kind" and value]
    width = max(len(name) for name, _ in fields)
    lines = [f"  {name:<{width}} = {{{_one_line(name, value)}}}," for name, value in fields]
    return "\n".join([f"@{entry['kind']}{{{key},", *lines, "}"]) + "\n"


def _one_line(name: str, value: str) -> str:
    # A brace in an address would end its field.
    return re.sub(r"[{}\s]", "", value) if name in _VERBATIM else " ".join(value.split())


def _key(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]+", "-", name).strip("-")


def _latex(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], f"\\{match[0]}"), text)


@functools.cache
def _citations() -> dict[str, dict[str, Entry]]:
    citations: dict[str, dict[str, Entry]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return citations
