"""How large and how intricate pages are: gold beside published corpora, as gold/README.md shows it.

    python perf/page_sizes.py aeb:PATH trafilatura:PATH wcxb:PATH/dev [--jobs N]

Of each figure there are the median and, in brackets, the tenth and the ninetieth percentile over the pages.
Gold is parted at 100,000 bytes, under which all pages of gold@1 are. Depth counts elements within one
another; classes are different names in class attributes; script and style bytes are those between the tags;
repeated blocks are those whose text stood on the page before. The share of boilerplate is that of words in
blocks whose label is boilerplate, on gold and on the pages that have an overlay. Of the last corpus that is
given, the middle half by bytes, tags and links is taken, and how many gold pages are inside.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

import numpy as np

from boilerbench.corpora import Corpus, open_corpus
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.page_blocks import segmented
from boilerbench.parallel import imap_ordered
from boilerbench.policy import default_policy
from boilerbench.records import Block, Role
from boilerbench.tokenizers import icu_words

LARGE = 100_000
FIGURES = (
    *("bytes", "tags", "depth", "blocks", "links", "script bytes", "style bytes", "classes"),
    *("boilerplate, % of words", "repeated blocks, %"),
)
ASKED = ("bytes", "tags", "links")
Sizes = dict[str, float]


def sizes(corpus: Corpus, document: str) -> Sizes | None:
    """Measure a page; None where it cannot be read."""
    try:
        page, blocks = corpus.page(document), corpus.gold(document).blocks
        root, collector = segmented(page_text(page))
    except InputError:
        return None
    texts = [block.text for block in collector.blocks]
    found: Sizes = {
        "bytes": len(page.content),
        "blocks": len(texts),
        "repeated blocks, %": 100 * (1 - len(set(texts)) / len(texts)) if texts else 0.0,
        **_of_elements(root),
    }
    if blocks:
        found["boilerplate, % of words"] = _boilerplate(blocks)
    return found


def _of_elements(root: object) -> Sizes:
    tags = depth = links = 0
    inside = {"script": 0, "style": 0}
    classes: set[str] = set()
    waiting: list[tuple[object, int]] = [(root, 0)]
    while waiting:
        node, level = waiting.pop()
        name, attributes = node.name.lower(), getattr(node, "attrs", None) or {}  # type: ignore[attr-defined]
        children = getattr(node, "children", None) or ()
        if name[0] not in "#!":
            level += 1
            tags += 1
            depth = max(depth, level)
            links += name == "a" and "href" in attributes
            classes.update((attributes.get("class") or "").split())
            if name in inside:
                inside[name] += sum(len((each.data or "").encode("utf-8", "replace")) for each in children)
        waiting += [(each, level) for each in children]
    return {
        "tags": tags,
        "depth": depth,
        "links": links,
        "classes": len(classes),
        **{f"{name} bytes": number for name, number in inside.items()},
    }


def _boilerplate(blocks: Sequence[Block]) -> float:
    roles = default_policy().roles
    words = [(len(icu_words(block.text)), roles[block.label]) for block in blocks]
    total = sum(number for number, _ in words)
    return 100 * sum(number for number, role in words if role == Role.BOILERPLATE) / max(1, total)


def measured(corpus: Corpus, jobs: int) -> list[Sizes]:
    """Measure all pages of a corpus that can be read."""
    found = imap_ordered(lambda document: sizes(corpus, document), corpus.ids(), jobs=jobs)
    return [each for _, each in found if each is not None]


def cell(pages: Sequence[Sizes], figure: str) -> str:
    """Write median and percentiles of a figure, with three digits that count."""
    values = [page[figure] for page in pages if figure in page]
    if not values:
        return ""
    low, middle, high = (_rounded(float(np.percentile(values, each))) for each in (10, 50, 90))
    return f"{middle} ({low}–{high})"


def _rounded(value: float) -> str:
    if value < 1_000:
        return f"{value:.0f}"
    return f"{value / 1_000:.1f} k" if value < 10_000 else f"{value / 1_000:,.0f} k"


def middle_half(web: Sequence[Sizes], groups: Mapping[str, Sequence[Sizes]]) -> list[str]:
    """Say how many pages of each group are inside the middle half of the web."""
    bounds = {figure: np.percentile([page[figure] for page in web], (25, 75)).tolist() for figure in ASKED}
    lines = [
        f"middle half: {', '.join(f'{name} {low:,.0f}–{high:,.0f}' for name, (low, high) in bounds.items())}"
    ]
    for name, pages in groups.items():
        inside = [
            {figure for figure, (low, high) in bounds.items() if low <= page[figure] <= high}
            for page in pages
        ]
        each = ", ".join(f"{figure} {sum(figure in found for found in inside)}" for figure in ASKED)
        above = ", ".join(
            f"{figure} {sum(page[figure] > bounds[figure][1] for page in pages)}" for figure in ASKED
        )
        lines.append(
            f"{name}: {each}, all three {sum(len(found) == len(ASKED) for found in inside)} of {len(pages)} "
            f"(above it: {above})"
        )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    gold = measured(open_corpus("gold"), arguments.jobs)
    groups = {
        "gold, under 100 kB": [page for page in gold if page["bytes"] < LARGE],
        "gold, 100 kB and more": [page for page in gold if page["bytes"] >= LARGE],
        "gold": gold,
    }
    published = {
        spec.partition(":")[0]: measured(open_corpus(f"overlay:{spec}"), arguments.jobs)
        for spec in arguments.corpora
    }
    columns = {**groups, **published}
    print(f"| | {' | '.join(f'{name} ({len(pages):,})' for name, pages in columns.items())} |")
    print(f"|---|{'---|' * len(columns)}")
    for figure in FIGURES:
        print(f"| {figure} | {' | '.join(cell(pages, figure) for pages in columns.values())} |")
    print("\n".join(["", *middle_half(list(published.values())[-1], groups)]))


if __name__ == "__main__":
    main()
