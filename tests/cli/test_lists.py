"""What there is; and that asking costs little."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from boilerbench.corpora import FORMATS
from boilerbench.extractors import ADAPTERS
from boilerbench.measures import MEASURES
from tests.conftest import Command

SCRIPT = Path(sys.executable).with_name("boilerbench")


@pytest.mark.parametrize(
    ("listing", "names"),
    [("extractors", list(ADAPTERS)), ("corpora", list(FORMATS)), ("measures", list(MEASURES))],
)
def test_all_are_listed(command: Command, listing: str, names: list[str]) -> None:
    answer = command(listing)
    assert answer.code == 0
    # A long name is folded in its column.
    unfolded = "".join(answer.out.split())
    assert all(name in answer.out or name.partition("-")[0] in unfolded for name in names)
    assert max(map(len, answer.out.splitlines())) <= 80
    rows = json.loads(command(listing, "--json").out)
    assert list(dict.fromkeys(next(iter(row.values())) for row in rows)) == names
    assert all(row["summary"] for row in rows)


def test_help_names_every_command(command: Command) -> None:
    answer = command("--help")
    assert answer.code == 0
    for name in (
        "run",
        "score",
        "leaderboard",
        "compare",
        "gate",
        "show",
        "extractors",
        "corpora",
        "measures",
    ):
        assert f"\n  {name} " in answer.out
        assert command(name, "--help").out.startswith(f"Usage: boilerbench {name}")


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys, boilerbench.cli\n"
        "try: boilerbench.cli.cli(['--help'])\n"
        "except SystemExit: print(sorted(sys.modules))"
    )
    modules = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    for heavy in ("pandas", "numpy", "rich", "trafilatura", "icu4py", "chardetng_py"):
        assert f"'{heavy}'" not in modules


def test_a_reader_who_leaves_early_is_no_error() -> None:
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {SCRIPT} extractors --json | head -c 1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", list(MEASURES))
def test_a_measure_explains_itself(command: Command, name: str) -> None:
    answer = command("measures", name)
    assert answer.code == 0
    assert "Example:" in answer.out
    assert "tp " in answer.out
    assert all(len(line) <= 80 or line.startswith("Source:") for line in answer.out.splitlines())
    (row, *_) = json.loads(command("measures", name, "--json").out)
    assert row["explanation"]


def test_an_unknown_measure_is_one_line(command: Command) -> None:
    answer = command("measures", "word")
    assert (answer.code, answer.err) == (2, "boilerbench: unknown measure 'word'; did you mean words?\n")
