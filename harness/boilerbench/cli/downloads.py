"""The downloads that a run begins with, said before they begin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from boilerbench.extractors import DEBIAN, Adapter, Entrant, open_extractors
from boilerbench.extractors.adapter import Requirement
from boilerbench.extractors.install_costs import install_costs
from boilerbench.runner.environments import environments_in


def downloads_line(extractors: Sequence[Entrant], root: Path) -> str:
    """Return in one line what is to be installed for extractors, as measured; empty where that is nothing.

    Args:
        extractors: specs and groups.
        root: the folder of all environments.

    Raises:
        InputError: an extractor cannot be opened.
    """
    made = {environment.package for environment in environments_in(root)}
    missing: dict[Requirement, str] = {}
    for extractor in open_extractors(extractors):
        needed = extractor.requirement if isinstance(extractor, Adapter) else None
        if needed is not None and needed.runtime != DEBIAN and needed.package not in made:
            # Specs that differ in the tool's own options alone share an environment.
            missing.setdefault(needed, extractor.name)
    measured = install_costs()
    names = {name: name.partition("?")[0].partition("@")[0] for name in missing.values()}
    costs = {name: measured[tool] for name, tool in names.items() if tool in measured}
    if not costs:
        return ""
    total = sum(cost.megabytes for cost in costs.values())
    seconds = sum(cost.seconds or 0 for cost in costs.values())
    largest = sorted(costs, key=lambda name: -costs[name].megabytes)[:3]
    named = ", ".join(f"{name} {costs[name].megabytes:,} MB" for name in largest)
    number = "1 environment" if len(costs) == 1 else f"{len(costs)} environments"
    more = ", …" if len(costs) > len(largest) else ""
    return f"installing {number}, about {total:,} MB and {seconds:,} s once: {named}{more}"
