"""``boilerbench corpora fetch``: what it says, and what an interruption leaves."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from boilerbench.corpora import catalog
from tests.conftest import Command, write_aeb
from tests.corpora.published import HTML, files_below, names_in, tar, write_sources
from tests.corpora.server import serving

PROGRAM = """
import sys, pathlib
from boilerbench import cli
from boilerbench.corpora import catalog
catalog.FILE = pathlib.Path(sys.argv.pop(1))
cli.main()
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small published corpus as a folder, the data file that speaks of it, and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    corpus = write_aeb(tmp_path / "copy", {"a1": (HTML, "The harbour"), "b2": (HTML, "Library")})
    file = write_sources(tmp_path / "catalog.toml", corpus, "http://nowhere.invalid/corpus.tar.gz")
    monkeypatch.setattr(catalog, "FILE", file)
    return corpus


def test_fetched_once_a_name_is_enough(command: Command, small: Path, tmp_path: Path) -> None:
    answer = command("corpora", "fetch", "aeb", "--from", small)
    folder = platformdirs.user_cache_path("boilerbench") / "corpora" / "aeb"
    assert (answer.code, answer.err) == (0, "")
    assert f"aeb: 2 documents, fetched to {folder}\n" in answer.out
    assert ", as pinned\nLicence: MIT\nCite: Nobody (2026), A Small Corpus\n" in answer.out
    assert answer.out.endswith("Run it:  boilerbench run --corpus aeb\n")
    assert f"already in {folder}" in command("corpora", "fetch", "aeb").out
    run = command("run", "-c", "aeb", "-e", "html-text", "-o", tmp_path / "out")
    assert run.code == 0
    assert json.loads((tmp_path / "out" / "aeb" / "run.json").read_text())["corpus"]["spec"] == "aeb"
    assert command("score", tmp_path / "out" / "aeb", "-m", "words").code == 0
    assert command("show", tmp_path / "out" / "aeb", "a1", "html-text").code == 0


def test_a_digest_that_nobody_has_pinned_is_shown(
    command: Command, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_sources(tmp_path / "unpinned.toml", small, "http://nowhere.invalid/x", digest=None)
    monkeypatch.setattr(catalog, "FILE", file)
    answer = command("corpora", "fetch", "aeb", "--from", small)
    assert ", not pinned yet, so that only their number was checked\n" in answer.out


def test_what_can_be_fetched_is_listed(command: Command) -> None:
    answer = command("corpora", "fetch")
    assert answer.code == 0
    assert all(name in answer.out for name in ("aeb", "wcxb/dev", "wcxb/test", "wceb", "1,355 MB"))
    assert max(map(len, answer.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["abc"], "no published corpus is called 'abc'"),
        (["--force"], "say which corpus"),
        (["aeb"], "corpus aeb: http://nowhere.invalid/corpus.tar.gz: its host is not known"),
        (["aeb", "--from", "/nowhere"], "/nowhere: there is no such file or folder"),
    ],
)
@pytest.mark.usefixtures("small")
def test_trouble_is_one_line_and_exit_code_2(
    command: Command, tmp_path: Path, arguments: list[str], message: str
) -> None:
    answer = command("corpora", "fetch", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"boilerbench: {message}")
    assert answer.err.count("\n") == 1
    assert not files_below(tmp_path / "cache")


def test_an_interruption_leaves_nothing(small: Path, tmp_path: Path) -> None:
    (tmp_path / "served").mkdir()
    tar(tmp_path / "served" / "corpus.tar.gz", dict(files_below(small)))
    with serving(tmp_path / "served") as server:
        file = write_sources(tmp_path / "slow.toml", small, server.address("slow"))
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, file, "corpora", "fetch", "aeb"],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert server.under_way.wait(20)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert (process.returncode, said.strip()) == (130, "boilerbench: interrupted; nothing was replaced")
    assert names_in(platformdirs.user_cache_path("boilerbench") / "corpora") == []
