"""``run --shard`` and ``merge`` on the command line, and options of clusters that go with nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Command, write_aeb

PAGE = "<html><body><p>One two three four.</p></body></html>"


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    documents = {f"d{number}": (PAGE, "One two three.") for number in range(6)}
    return f"aeb:{write_aeb(tmp_path / 'aeb', documents)}"


def test_shards_are_merged(command: Command, corpus: str, tmp_path: Path) -> None:
    out = tmp_path / "runs"
    for shard in ("1/2", "2/2"):
        done = command("run", "-c", corpus, "-e", "baseline:all", "--shard", shard, "-o", out)
        assert done.code == 0
    folders = [out / "aeb-1-of-2", out / "aeb-2-of-2"]
    alone = command("merge", folders[0], "-o", out)
    assert alone.code == 2
    assert "shard 2/2 is missing; run it, or give its run as well" in alone.err
    merged = command("merge", *folders, "-o", out, "--json")
    assert merged.code == 0
    assert json.loads(merged.out)["corpus"]["documents"] == 6
    provenance = json.loads((out / "aeb" / "provenance.json").read_text())
    assert provenance["command"].startswith("boilerbench")
    assert len(provenance["hosts"]) == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--scheduler", "tcp://somewhere:8786"), "add --engine dask"),
        (("--shared", "/somewhere"), "add --engine dask"),
        (("--shard", "5/4"), "is no shard"),
    ],
)
def test_what_goes_with_nothing(
    command: Command, corpus: str, tmp_path: Path, options: tuple[str, ...], message: str
) -> None:
    done = command("run", "-c", corpus, "-e", "baseline:all", "-o", tmp_path / "runs", *options)
    assert done.code == 2
    assert message in done.err
