"""Measures the labels that are suggested for a page, learned from all other pages of gold.

    python perf/suggestions.py

Each page is left out in turn. "After" is what is right once one block of each element path has its label,
which says how far a label that is given carries.
"""

from __future__ import annotations

from collections import Counter

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.corpora.gold_files import UNLABELLED
from boilerbench.labelling.suggestions import Suggestions, learned_pages
from boilerbench.policy import default_policy


def main() -> None:
    roles = default_policy().roles
    pages = learned_pages(GoldCorpus.open(""))
    right, wrong, none, of_role, after = Counter[str](), Counter[str](), Counter[str](), 0, 0
    for page in pages:
        suggestions = Suggestions([other for other in pages if other is not page])
        base = suggestions.base(page.features, page.document, page.site)
        given = [UNLABELLED] * len(page.labels)
        for suggested, label in zip(
            suggestions.suggested(base, page.features, given), page.labels, strict=True
        ):
            counter = none if suggested == UNLABELLED else right if suggested == label else wrong
            counter[label] += 1
            of_role += suggested != UNLABELLED and roles[suggested] == roles[label]
        seen: set[str] = set()
        for index, path in enumerate(page.features.paths):
            if path not in seen:
                seen.add(path)
                given[index] = page.labels[index]
        again = suggestions.suggested(base, page.features, given)
        after += sum(
            label in (first, second) for first, second, label in zip(given, again, page.labels, strict=True)
        )
    total = sum((right + wrong + none).values())
    print(f"{'label':12} {'blocks':>6} {'right':>6} {'wrong':>6} {'none':>6}")
    for label in roles:
        number = right[label] + wrong[label] + none[label]
        print(f"{label:12} {number:6} {right[label]:6} {wrong[label]:6} {none[label]:6}")
    print(
        f"{total} blocks of {len(pages)} pages: {100 * right.total() / total:.1f} % right, role right "
        f"{100 * of_role / total:.1f} %; after one block a path: {100 * after / total:.1f} %"
    )


main()
