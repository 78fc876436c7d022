"""The commands, by the module that each is in; the line about each is the first of its own help."""

from __future__ import annotations

# The lines stand here too, so that --help imports no command; a test holds them to the commands' own.
COMMANDS = {
    "run": ("run", "Run extractors over a corpus and score their outputs."),
    "survey": ("survey", "Run extractors over pages without gold: what they cost, how far they agree."),
    "merge": ("merge", "Make one run of the runs of all shards of a corpus."),
    "score": ("score", "Score the stored texts of a run again."),
    "leaderboard": ("leaderboard", "Show the leaderboards of runs, whole or by kind of document."),
    "documents": ("documents", "Show precision, recall and F1 of every document, worst first."),
    "extract": (
        "extract",
        "Run one extractor on one page and print its text, or the markup that it returns.",
    ),
    "page": ("page", "Write or open the page of a document."),
    "compare": ("compare", "Say whether one extractor is better than another, and on which documents."),
    "gate": ("gate", "Fail if an extractor has become worse than in a baseline run."),
    "history": ("history", "Run the versions of a tool, and say what each release gained and lost."),
    "leaks": ("leaks", "Show what leaks and what gets lost, by label."),
    "structure": ("structure", "Show what survives of headings, lists, tables, code and links."),
    "show": ("show", "Show an output beside its gold, or beside another output."),
    "report": ("report", "Write the HTML report of a run, or of two in comparison."),
    "reproduce": ("reproduce", "Run a run again in the environments that it names, and say what differs."),
    "cite": ("cite", "Print BibTeX entries for a run: boilerbench, its corpus, its tools."),
    "gold": ("gold", "Add gold documents, label them, and check them."),
    "extractors": ("extractors", "List the extractors, or show the options of one."),
    "envs": ("envs", "List the environments made for extractors, or remove them."),
    "corpora": ("corpora", "List the corpus formats; explain, fetch or check a corpus."),
    "measures": ("lists", "List the measures, or explain one."),
}
"""From the name of a command to its module in ``boilerbench.cli`` and its line in ``boilerbench --help``."""
