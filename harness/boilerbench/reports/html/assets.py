"""The libraries that a report brings along, from the packages that ship them, and its own scripts."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

FOLDER = "assets"
OWN = Path(__file__).with_name("static")
SCRIPTS = ("report.js", "tables.js", "charts.js", "pairs.js", "documents.js", "document.js")
STYLE = "report.css"


def copy_assets(folder: Path) -> None:
    """Copy Plotly, DataTables and the report's own scripts and style sheet into ``folder``."""
    target = folder / FOLDER
    target.mkdir()
    shutil.copyfile(_shipped("plotly", "package_data/plotly.min.js"), target / "plotly.js")
    shutil.copyfile(_shipped("itables", "html/dt_bundle.css"), target / "datatables.css")
    # A module, which a page opened from disk may not import; so it comes as a text, to be imported from that.
    module = _shipped("itables", "html/dt_bundle.js").read_text(encoding="utf-8")
    (target / "datatables.js").write_text(f"boilerbench.module({json.dumps(module)});\n", encoding="ascii")
    for name in (*SCRIPTS, STYLE):
        shutil.copyfile(OWN / name, target / name)


def _shipped(package: str, file: str) -> Path:
    """A file of an installed package, without importing it."""
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / file
