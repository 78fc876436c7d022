"""The examples of own extractors, each run as its README says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import boilerbench
from boilerbench.errors import InputError
from boilerbench.extractors import open_extractor
from tests.conftest import GoldFolder

EXAMPLES = Path(__file__).parents[1] / "examples"
SPECS = [shlex.split(spec)[0] for spec in re.findall(r"`-e (.*?)` \|", (EXAMPLES / "README.md").read_text())]
LONG = "The lighthouse keeper wrote down the weather every morning for thirty years without a single break."
PAGE = f"<html><body><nav>Home</nav>\n<p class='lead'>{LONG}</p>\n<div>Imprint</div></body></html>"


def test_every_example_is_listed() -> None:
    listed = re.findall(r"^\| `([\w.]+)` \|", (EXAMPLES / "README.md").read_text(), flags=re.MULTILINE)
    assert sorted(listed) == sorted(
        file.name for file in EXAMPLES.iterdir() if file.name != "README.md" and file.is_file()
    )
    assert len(SPECS) == len(listed)


@pytest.mark.parametrize("spec", SPECS)
def test_an_example_extracts(
    spec: str, gold_folder: GoldFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES if spec.startswith("py:") else EXAMPLES.parent)
    for name in ("one", "two"):
        gold_folder.add(name, page_html=PAGE, body_txt=LONG + "\n")
    run = boilerbench.run(f"gold:{gold_folder.root}", [spec], out=tmp_path / "out", jobs=1)
    assert run.extractions["status"].tolist() == ["ok", "ok"]
    assert run.scores["f1"].tolist() == [1, 1]
    row = run.leaderboard.iloc[0]
    assert row["extractor"] == spec
    assert row["version"] == ("" if spec.startswith("cmd-simple") else "0.1")


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("cmd:./no-such-program", "there is no program ./no-such-program; give its path"),
        ("cmd:'unclosed", "cannot be read .*; quote it as for a shell"),
        ("cmd-simple:", "write cmd-simple:program"),
        ("py:no_such_module:extract", "there is no module no_such_module here"),
        ("py:json", "write py:module:callable"),
    ],
)
def test_what_is_no_extractor(spec: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        open_extractor(spec)


def test_a_callable_that_the_module_does_not_have(gold_folder: GoldFolder, tmp_path: Path) -> None:
    gold_folder.add("one")
    with pytest.raises(InputError, match="AttributeError: module 'json' has no attribute 'extract'"):
        boilerbench.run(f"gold:{gold_folder.root}", ["py:json:extract"], out=tmp_path / "out")


def test_a_filter_that_fails(gold_folder: GoldFolder, tmp_path: Path) -> None:
    gold_folder.add("one")
    script = tmp_path / "fails.sh"
    script.write_text("#!/bin/sh\necho first >&2\necho no such luck >&2\nexit 3\n")
    script.chmod(0o755)
    run = boilerbench.run(f"gold:{gold_folder.root}", [f"cmd-simple:{script}"], out=tmp_path / "out")
    assert run.extractions["error"].tolist() == ["RuntimeError: exit status 3: no such luck"]
