"""Write what the documentation takes from the code: tables of options, columns, measures, and command output.

    python docs/generate.py [PAGE…]           renew everything that is generated, or what is on these pages
    python docs/generate.py --check [PAGE…]   say what differs (exit code 1), and write nothing

A page marks such a part by a comment before it and ``<!-- end -->`` behind it. The comment is either
``<!-- generated: NAME -->``, for a table that ``docs/tables/`` makes, or ``<!-- boilerbench … -->``, for what
that command prints in the root of the repository.
"""

from __future__ import annotations

import argparse
import difflib
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tables import TABLES

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
        *(ROOT / folder / "README.md" for folder in ("gold", "results", "examples")),
        *(ROOT / "docs").glob("*.md"),
    ]
)
_MARKED = re.compile(
    r"(?P<begin>^<!-- (?P<kind>generated:|boilerbench) (?P<what>.*?) -->\n).*?(?P<end>^<!-- end -->$)",
    re.DOTALL | re.MULTILINE,
)


def main() -> int:
    """Renew pages, or with ``--check`` print what would change; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="say what differs, and write nothing")
    parser.add_argument("pages", nargs="*", type=Path, help="by default all")
    given = parser.parse_args()
    checking = given.check
    pages = [page.resolve() for page in given.pages]
    if unknown := [str(page) for page in pages if page not in PAGES]:
        parser.error(f"not a page of the documentation: {', '.join(unknown)}")
    stale = 0
    for page in pages or PAGES:
        text = page.read_text(encoding="utf-8")
        renewed = generated(text)
        if renewed == text:
            continue
        stale += 1
        name = str(page.relative_to(ROOT))
        if checking:
            old, new = text.splitlines(), renewed.splitlines()
            sys.stdout.write(
                "\n".join(difflib.unified_diff(old, new, name, "generated", n=1, lineterm="")) + "\n"
            )
        else:
            page.write_text(renewed, encoding="utf-8")
            sys.stdout.write(f"renewed {name}\n")
    if checking and stale:
        sys.stdout.write(f"{stale} pages differ; run python docs/generate.py\n")
    return 1 if checking and stale else 0


def generated(text: str) -> str:
    """Return a page with every marked part made anew."""
    begun = len(re.findall(r"^<!-- (generated:|boilerbench) ", text, re.MULTILINE))
    ended = len(re.findall(r"^<!-- end -->$", text, re.MULTILINE))
    if begun != ended:
        raise ValueError(f"{begun} generated parts begin and {ended} end: {text[:60]!r}…")
    return _MARKED.sub(_renewed, text)


def _renewed(match: re.Match[str]) -> str:
    made = _printed(match["what"]) if match["kind"] == "boilerbench" else _table(match["what"])
    return f"{match['begin']}\n{made.strip()}\n\n{match['end']}"


def _table(what: str) -> str:
    name, *arguments = what.split()
    return TABLES[name](*arguments)


def _printed(command: str) -> str:
    line = [sys.executable, "-m", "boilerbench", *shlex.split(command)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
