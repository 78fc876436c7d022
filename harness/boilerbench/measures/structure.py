"""``structure``: of the body blocks that an output has, whether each is still what it is on the page."""

from __future__ import annotations

from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.measures.block_matching import PRESENT
from boilerbench.measures.bounds import check_structured
from boilerbench.measures.similarity import WHERE_PRESENT
from boilerbench.measures.structure_aspects import structure_counts
from boilerbench.measures.structure_blocks import PageBlocks, prepare_page, present_blocks
from boilerbench.measures.structure_output import OutputStructure, structure_of_markup, structure_of_text
from boilerbench.measures.tiling import SHORTEST_RUN
from boilerbench.page_structure import Kind
from boilerbench.records import Block, Counts, Gold, Page
from boilerbench.tokenizers import icu_version

_EXPLANATION = (
    "Every body block that is present, by the matching of blocks, is asked whether the block of the output "
    "that holds most of its words is of its kind: heading, paragraph, list item, quote, code, table cell or "
    "formula. A block of another kind is lost to its own and invented for the other. A paragraph has to "
    "stand in one block, and alone in it. Recall is the share of blocks that keep their kind, precision the "
    "share of kinds in the output that are right; blocks that are missing do not count here. "
    "A text is judged by its lines and bullets, which tell paragraphs and list items; the other kinds are "
    "not judged in it. By aspect, in structure.csv, stand levels, nesting, numbering, white space of code, "
    "neighbours of cells, links, descriptions of images, order, whole blocks and boundaries. A document "
    "without labels is unscored, and an output without any block of the body is left out of the mean."
)
_PAGE = (
    "<h2>Ferries</h2><p>The ferry leaves at nine from the pier.</p>"
    "<ul><li>Bring a warm coat.<li>Bring forty sheep.</ul>"
)
_EXAMPLE = Example(
    Gold(
        "",
        blocks=(
            Block("Ferries", "heading"),
            Block("The ferry leaves at nine from the pier.", "paragraph"),
            Block("Bring a warm coat.", "list"),
            Block("Bring forty sheep.", "list"),
        ),
        page=Page(_PAGE.encode()),
    ),
    "Ferries\n\nThe ferry leaves at nine from the pier.\n\n- Bring a warm coat.\n\nBring forty sheep.",
    Counts(tp=2, fp=1, fn=1),
    "the output is a text, which cannot say what a heading is; paragraph and first item are kept, and the "
    "second item has become a paragraph, lost here and invented there",
)
_UNSEEN = Example(
    _EXAMPLE.gold,
    "The ferry leaves at nine from the pier.",
    Counts(tp=1, fp=0, fn=0),
    "only blocks that are present are asked; blocks says how many are missing",
)


def measure(tokenizer: str) -> Measure[PageBlocks]:
    """``structure`` of gold as a policy has it, the default policy where none was applied."""

    def count_text(page: PageBlocks, text: str) -> Measurement:
        check_structured(text)
        return _measurement(page, structure_of_text(text))

    def count_html(page: PageBlocks, html: str) -> Measurement:
        check_structured(html)
        return _measurement(page, structure_of_markup(html))

    segmenter = f"icu-{icu_version().split('.')[0]}"
    return Measure(
        name="structure",
        signature=f"structure|seg:{segmenter}|run:{SHORTEST_RUN}|present:{PRESENT}|v2",
        summary="kinds of the body blocks present: headings, lists, tables, code; links, order, by aspect",
        source="boilerbench",
        explanation=_EXPLANATION,
        example=_EXAMPLE,
        unseen=_UNSEEN,
        prepare=prepare_page,
        count=count_text,
        count_html=count_html,
        counts_structure=True,
        averages=WHERE_PRESENT,
        applies=lambda gold: bool(gold.blocks) and gold.page is not None and gold.has_body,
    )


def _measurement(page: PageBlocks, output: OutputStructure) -> Measurement:
    aspects = structure_counts(page, output, present_blocks(page, output))
    kinds = [count for count in aspects if count.aspect in list(Kind)]
    tp, fn, fp = (sum(getattr(count, name) for count in kinds) for name in ("kept", "lost", "invented"))
    return Measurement(Counts(tp, fp, fn), structure=aspects)
