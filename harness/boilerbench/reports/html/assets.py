"""The files that a report brings along: JavaScript libraries and its own scripts and style sheet."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from boilerbench.reports.html.libraries import DATATABLES_SCRIPT, DATATABLES_STYLE, PLOTLY_SCRIPT

FOLDER = "assets"
OWN = Path(__file__).with_name("static")
SCRIPTS = (
    *("report.js", "tables.js", "charts.js", "structure.js", "pairs.js", "documents.js", "outputs.js"),
    "document.js",
)
STYLE = "report.css"


def copy_assets(folder: Path) -> None:
    """Copy Plotly, DataTables and the report's own scripts and style sheet into ``folder``.

    Raises:
        InputError: a library is not there, or is another than expected.
    """
    target = folder / FOLDER
    target.mkdir()
    (target / "plotly.js").write_text(PLOTLY_SCRIPT.read(), encoding="utf-8")
    (target / "datatables.css").write_text(DATATABLES_STYLE.read(), encoding="utf-8")
    # A module, which a page opened from disk may not import; so it comes as a text, to be imported from that.
    module = json.dumps(DATATABLES_SCRIPT.read())
    (target / "datatables.js").write_text(f"boilerbench.module({module});\n", encoding="ascii")
    for name in (*SCRIPTS, STYLE):
        shutil.copyfile(OWN / name, target / name)
