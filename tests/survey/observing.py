"""Observations as tests need them: texts of extractors on a page."""

from __future__ import annotations

from collections.abc import Sequence

from boilerbench.records import Extraction, Status, status_of
from boilerbench.survey.filters import usual_rules
from boilerbench.survey.observation import Observation, observe, others_of
from boilerbench.survey.page_facts import PageFacts

PROSE = " ".join(
    f"The {each} ferry leaves the harbour at nine, and we have to be there with it." for each in range(9)
)
"""Text that all of the usual filters keep."""


def facts(**other: str) -> PageFacts:
    """The facts about a page in English, but for those that are given."""
    known = {
        "url": "https://site.example/",
        "site": "site.example",
        "domain": "example",
        "language": "en",
        "size": "under 10 kB",
        "shape": "prose",
    }
    return PageFacts(**{**known, **other}, content_bytes=100)


def observed(
    texts: Sequence[str | Status],
    *,
    tools: Sequence[str] = (),
    index: int = 0,
    document: str = "",
    **known: str,
) -> Observation:
    """A page on which extractors returned these texts; a status stands for a failure."""
    extractions = [
        Extraction(
            *(document or f"d{index}", f"tool-{place}", "1"),
            text if isinstance(text, Status) else status_of(text),
            "" if isinstance(text, Status) else text,
            seconds=0.01 * (place + 1),
            peak_mb=10.0 * (place + 1),
        )
        for place, text in enumerate(texts)
    ]
    others = others_of(tools or [f"tool-{place}" for place in range(len(texts))])
    return observe(index, document or f"d{index}", facts(**known), extractions, others, usual_rules())
