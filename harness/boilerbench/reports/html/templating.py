"""Templates of pages, in which whatever is put is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

_OWN = Path(__file__).with_name("templates")


def page_template(name: str, *folders: Path) -> Template:
    """Return the template of a page, from these folders or from those of reports.

    Everything that comes from a corpus, a crawl or a tool is hostile; nothing is marked as safe.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader([*folders, _OWN]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
