"""Files that a person names: what is no file, or would be read without end, is one line everywhere."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from boilerbench.named_files import UnreadableFileError, expanded, read_named
from tests.conftest import Command

ODD = {
    "of nobody": "~nobody-at-all/x",
    "too long": "n" * 300,
    "a folder": "folder",
    "a pipe": "pipe",
    "without end": "/dev/zero",
    "a loop": "loop",
    "missing": "missing",
}
SMALL = ("-c", "jsonl:small.jsonl")
USES: dict[str, Callable[[str], list[str]]] = {
    "stored outputs": lambda name: ["run", *SMALL, "-e", f"file:{name}"],
    "packed outputs": lambda name: ["run", *SMALL, "-e", f"file:{name}.gz"],
    "an endpoint": lambda name: ["run", *SMALL, "-e", f"endpoint:{name}"],
    "a policy": lambda name: ["run", *SMALL, "-e", "html-text", "--policy", name],
    "a benchmark": lambda name: ["run", f"{name}.toml"],
    "a checkout": lambda name: ["run", *SMALL, "-e", f"trafilatura@./{name}"],
    "what tools may read": lambda name: ["run", *SMALL, "-e", "html-text", "--allow-read", name],
    "a page": lambda name: ["page", name],
    "a page to label": lambda name: ["gold", "new", name, "--id", "new", "-g", "gold"],
    "a corpus": lambda name: ["corpora", "check", f"jsonl:{name}"],
    "a folder of a corpus": lambda name: ["corpora", "check", f"wcxb:{name}"],
    "a bare corpus": lambda name: ["corpora", "check", name],
    "a copy to fetch from": lambda name: ["corpora", "fetch", "wcxb/dev", "--from", name],
    "a run": lambda name: ["leaderboard", name],
    "a folder of gold": lambda name: ["gold", "check", "-g", name],
}
RIGHT = {("what tools may read", kind) for kind in ("a folder", "a pipe", "without end")}
"""What is right as it is: tools may read any of these."""


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Odd files in the current folder, those with the ends that some uses ask for too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for end in ("", ".gz", ".toml"):
        (tmp_path / f"folder{end}").mkdir()
        os.mkfifo(tmp_path / f"pipe{end}")
        (tmp_path / f"loop{end}").symlink_to(f"loop{end}")
    (tmp_path / "small.jsonl").write_text('{"id": "a", "html": "<p>The ferry.", "body": "The ferry."}\n')
    return tmp_path


@pytest.mark.usefixtures("beside")
@pytest.mark.parametrize(
    ("use", "kind"), [(use, kind) for use in USES for kind in ODD if (use, kind) not in RIGHT]
)
def test_an_odd_name_is_one_line(use: str, kind: str, command: Command) -> None:
    answer = command(*USES[use](ODD[kind]))
    assert answer.code in ((1, 2) if use in ("a checkout", "a folder of gold") else (2,)), answer
    assert "Traceback" not in answer.err
    said = [line for line in answer.err.splitlines() if line and not line.startswith(("Usage", "Try"))]
    assert len(said) == 1, said


def test_reading_ends(beside: Path) -> None:
    (beside / "sparse").touch()
    os.truncate(beside / "sparse", 3 << 30)
    for name, reason in {
        "~nobody-at-all/x": "home",
        "a\0b": "null",
        "n" * 300: "too long",
        "folder": "a folder",
        "pipe": "no regular file",
        "/dev/zero": "no regular file",
        "loop": "symbolic links",
        "sparse": "larger than 2,048 MB",
    }.items():
        with pytest.raises(UnreadableFileError, match=reason):
            read_named(name)
    with pytest.raises(FileNotFoundError):
        read_named("missing")
    assert expanded("~") == Path.home()


def test_packed_outputs_have_an_end(beside: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boilerbench.extractors.stored.LARGEST_BYTES", 1 << 20)
    (beside / "bomb.json.gz").write_bytes(gzip.compress(bytes(2 << 20)))
    answer = command("run", "-e", "file:bomb.json.gz")
    assert answer.code == 2
    assert "unpacks to more than 1 MB" in answer.err
