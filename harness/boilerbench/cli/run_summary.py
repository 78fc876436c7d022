"""A run as the commands that made it show it: in the terminal, or as JSON."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from boilerbench.cli.next_command import next_line
from boilerbench.cli.output import stdout
from boilerbench.results import RUN_FILES

if TYPE_CHECKING:
    from boilerbench.results import Run


def print_run(run: Run) -> None:
    """Print leaderboards, the documents on which extractors disagree, and the next command."""
    from boilerbench.reports import leaderboards, terminal
    from boilerbench.reports.ids import id_beginning
    from boilerbench.reports.structure_tables import unjudged_notes
    from boilerbench.stats import disagreements

    # All files of the run are read before anything is printed.
    conditions = terminal.conditions(run)
    console = stdout()
    console.print(terminal.headline(run), style="bold")
    for board in leaderboards.boards(run.leaderboard, run.info.measures):
        console.print(terminal.board_table(board))
    for line in (*leaderboards.unscored(run), *unjudged_notes(run, run.info.measure_names)):
        console.print(line, markup=False)
    for line in leaderboards.unscorable(run.unscorable):
        console.print(line, style="red", markup=False)
    documents = list(run.extractions["document"].unique())
    for line in terminal.failures(run.extractions, documents):
        console.print(line, style="red", markup=False)
    competing = run.scores[~run.scores["extractor"].isin(run.info.references)]
    found = disagreements(competing, run.info.measures[0].name)
    example = (documents[0], run.info.extractors[0].name)
    if len(found):
        console.print(terminal.disagreement_table(found, documents))
        example = (found["document"][0], found["worst"][0])
    console.print(conditions, markup=False)
    console.print(f"In {run.folder}: {', '.join(RUN_FILES)}", markup=False)
    words = (run.folder, id_beginning(example[0], documents), example[1])
    console.print(f"{next_line('show', *words)}\n", soft_wrap=True, markup=False)


def as_record(run: Run) -> dict[str, Any]:
    """Return a run as plain values for JSON: its folder, what run.json says, and its leaderboard."""
    rows = json.loads(run.leaderboard.to_json(orient="records"))
    return {"folder": str(run.folder), **dataclasses.asdict(run.info), "leaderboard": rows}
