"""The error that a person can put right."""

from __future__ import annotations

from boilerbench.visible_text import visible_line


class InputError(Exception):
    """Wrong use or bad input: one line that says what is wrong and where.

    The command line prints it, with a hint where it knows one, and exits with code 2. The line itself names
    no command and no flag, since it is read in Python as well.

    Attributes:
        remedy: the name of what puts it right, if the command line has words for that (``cli/hints.py``).
        facts: what those words mention, such as a document's id.
    """

    def __init__(self, problem: str, *, remedy: str = "", **facts: str) -> None:
        # Names and what libraries say may have several lines, and what acts on a terminal.
        super().__init__(visible_line(problem))
        self.remedy = remedy
        self.facts = facts
