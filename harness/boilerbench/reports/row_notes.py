"""Notes on rows of a leaderboard: baselines, reference rows, and defaults known not to fit a corpus."""

from __future__ import annotations

from boilerbench.errors import InputError
from boilerbench.extractors import ADAPTERS, BASELINE, parse
from boilerbench.extractors.adapter import constants
from boilerbench.reference_rows import OF_CORPORA, ROWS
from boilerbench.results import Run


def row_notes(run: Run) -> list[str]:
    """Return what a reader of a run's tables must know of single rows, a line each."""
    names = [extractor.name for extractor in run.info.extractors]
    languages = {str(language).partition("-")[0].lower() for language in run.documents["language"]}
    lines = [f"{name}: {caution}" for name in names if (caution := caution_of(name, languages))]
    if any(name.startswith(BASELINE) for name in names):
        lines.append(f"{BASELINE} a trivial extractor: the floor that any tool must beat.")
    measure = run.info.measure_names[0]
    rows = ROWS | OF_CORPORA
    lines += [
        f"{name}: {rows[name].format(measure=measure)}. It does not compete."
        for name in run.info.references
        if name in rows
    ]
    return lines


def caution_of(extractor: str, languages: set[str]) -> str:
    """Return what is known of a tool's defaults that does not fit, by its adapter's ``CAUTION`` constants.

    Args:
        extractor: a spec, or a name of stored outputs, of which nothing is known.
        languages: those of the documents, without regions.

    Returns:
        A sentence; empty where there is none, or an option of the spec lifts it, or no document is in a
        language that it is about.
    """
    try:
        spec = parse(extractor)
        facts = constants(ADAPTERS.load(spec.tool)) if spec.tool in ADAPTERS else {}
    except InputError:
        return ""
    lifted = set(facts.get("CAUTION_UNLESS", ())) & {name for name, _ in spec.options}
    about = set(facts.get("CAUTION_LANGUAGES", ()))
    if lifted or (about and not about & languages):
        return ""
    return f"{facts['CAUTION']}." if "CAUTION" in facts else ""
