"""Structure by examples: for each aspect a page, an output, and the numbers that the measure gives."""

from __future__ import annotations

import dataclasses
import textwrap

import pandas as pd

from boilerbench.markup import html_of
from boilerbench.measures import MEASURES, make_measure
from boilerbench.measures.structure_aspects import ASPECTS
from boilerbench.output_sizes import SIZES
from boilerbench.page_blocks import page_blocks
from boilerbench.records import Block, Gold, MarkupFormat, Page, StructureCount
from boilerbench.reports.formatting import points
from boilerbench.stats.structure import by_aspect
from tables.markdown import described, table
from tables.structure_examples import ASKS, EXAMPLES, WHOLE, Example

_URL = "https://harbour.example/news/ferry.html"
_LANGUAGES = {MarkupFormat.MARKDOWN: "markdown", MarkupFormat.HTML: "html", None: "text"}


def counts_of(example: Example) -> dict[str, StructureCount]:
    """Measure an example: the numbers by aspect."""
    texts = [block.text for block in page_blocks(example.page)]
    labels = [*example.labels, *example.labels[-1:] * len(texts)]
    blocks = tuple(Block(text, label) for text, label in zip(texts, labels, strict=False))
    gold = Gold("", blocks=blocks, page=Page(example.page.encode(), _URL, "utf-8"))
    measure = make_measure("structure", "icu")
    html = html_of(example.output, example.format) if example.format else ""
    found = measure.judge(measure.prepare(gold), example.output, html)
    return {count.aspect: count for count in found.structure}


def aspects() -> str:
    """What is asked by each aspect, with a page, an output and the numbers."""
    parts = []
    for (aspect, asks), example in zip(described(ASPECTS, ASKS, "aspects"), EXAMPLES, strict=True):
        if example.aspect != aspect:
            raise KeyError(f"the example of {example.aspect} stands where {aspect} is")
        count = counts_of(example)[aspect]
        parts += [
            _wrapped(f"**`{aspect}`**: {asks}"),
            _fenced("html", example.page),
            _fenced(_LANGUAGES[example.format], example.output),
            _wrapped(f"{_numbers(count)}: {example.explanation}."),
        ]
    return "\n\n".join(parts)


def whole_example() -> str:
    """The numbers of one page in Markdown and, the same characters, as text."""
    marked = counts_of(WHOLE)
    plain = counts_of(WHOLE._replace(format=None))
    rows = [
        (f"`{aspect}`", *(_cell(found.get(aspect)) for found in (marked, plain)))
        for aspect in ASPECTS
        if aspect in marked or aspect in plain
    ]
    page, output = _fenced("html", WHOLE.page), _fenced("markdown", WHOLE.output)
    return f"{page}\n\n{output}\n\n{table(('aspect', 'as Markdown', 'as text'), rows)}"


def measures_of_markdown() -> str:
    """An example of each measure that reads Markdown with the figure that it gives."""
    rows = []
    for name in MEASURES:
        measure = make_measure(name, "icu")
        if MEASURES.origin(name) or not measure.reads_markdown:
            continue
        shown = measure.example
        found = measure.measure(shown.gold, shown.output).counts
        texts = (_one_line(text) for text in (shown.gold.body, shown.output))
        rows.append((f"`{name}`", *texts, points(found.f1), shown.explanation))
    return table(("measure", "gold", "output", "F1", "because"), rows)


def size_example() -> str:
    """Sizes of a page, its gold, and an output as text and as Markdown."""
    page = "<nav>Home</nav><p>The <b>café</b> is open.</p>"
    gold = "The café is open."
    rows = []
    for what, text in (
        ("page", page),
        ("gold", gold),
        ("output, text", gold),
        ("output, Markdown", "The **café** is open."),
    ):
        sizes = [count(text) for count in SIZES.values()]
        beside = ([count(other) for count in SIZES.values()] for other in (page, gold))
        cells = [
            f"{own} ({points(own / of_page)} / {points(own / of_gold)})"
            for own, of_page, of_gold in zip(sizes, *beside, strict=True)
        ]
        rows.append((what, _one_line(text), *cells))
    return table(("of", "is", *SIZES), rows)


def _numbers(count: StructureCount) -> str:
    """Kept, lost, invented and not judged, and the figures that follow, as over all documents."""
    row = {"document": "one", "extractor": "it", **dataclasses.asdict(count)}
    (figures,) = by_aspect(pd.DataFrame([row]), ASPECTS).to_dict("records")
    counts = f"kept {count.kept}, lost {count.lost}, invented {count.invented}, not judged {count.unjudged}"
    shares = ", ".join(f"{name} {points(figures[name])}" for name in ("precision", "recall"))
    return f"{counts[:1].upper()}{counts[1:]} ({shares}, F1 {points(figures['f1'])})"


def _cell(count: StructureCount | None) -> str:
    if count is None:
        return "nothing is asked"
    names = (
        *(("kept", count.kept), ("lost", count.lost), ("invented", count.invented)),
        ("not judged", count.unjudged),
    )
    return ", ".join(f"{number} {name}" for name, number in names if number)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 120, break_long_words=False, break_on_hyphens=False)


def _fenced(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"


def _one_line(text: str) -> str:
    """A text as code on one line, with a sign for each line break."""
    shown = text.replace("\n", " ⏎ ")
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"
