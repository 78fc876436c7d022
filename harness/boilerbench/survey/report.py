"""The report of a survey: one page that opens from disk, loads nothing from anywhere, and can be mailed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from boilerbench.reports.html.assets import OWN, STYLE
from boilerbench.reports.html.tables import Cell
from boilerbench.reports.html.templating import page_template
from boilerbench.survey.files import REPORT_FOLDER, SurveyInfo
from boilerbench.survey.views import View, headline, skipped_line, views

_HERE = Path(__file__).parent
_SCRIPT = "survey.js"
_HEATED = ("pairs.csv",)


def write_report(folder: Path, info: SurveyInfo, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write the report into a survey's folder, beside the tables that it links to."""
    target = folder / REPORT_FOLDER
    target.mkdir()
    shutil.copyfile(OWN / STYLE, target / STYLE)
    shutil.copyfile(_HERE / "static" / _SCRIPT, target / _SCRIPT)
    page = page_template("survey.html.jinja", _HERE / "templates").render(
        title=headline(info),
        skipped=skipped_line(info),
        tables=[(view, _cells(view)) for view in views(info, tables)],
        about=_about(info),
    )
    (target / "index.html").write_text(page, encoding="utf-8", errors="replace")


def _cells(view: View) -> list[list[Cell]]:
    return [
        [_cell(text, heated=view.raw in _HEATED and place >= view.left) for place, text in enumerate(row)]
        for row in view.rows
    ]


def _cell(text: str, *, heated: bool) -> Cell:
    return Cell(text, heat=float(text) / 100) if heated and text.replace(".", "").isdigit() else Cell(text)


def _about(info: SurveyInfo) -> list[tuple[str, Sequence[str]]]:
    """Facts about the survey, as names and lines."""
    return [
        ("Corpus", [info.spec]),
        ("Digest", [info.digest]),
        ("Extractors", [f"{each.name} {each.version}".strip() for each in info.extractors]),
        ("Unavailable", [f"{name}: {reason}" for name, reason in info.unavailable.items()]),
        ("Words", [info.tokenizer]),
        ("Languages", [info.languages]),
        ("Sites", [f"public suffix list {info.suffix_list}"]),
        ("Filters", list(dict.fromkeys(rule.source for rule in info.filters))),
    ]
