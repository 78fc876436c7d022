"""Extractions kept: found again by all that decides them, and never lost."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import pytest

import boilerbench
from boilerbench.cache import VERSION, Cache, extraction_key
from boilerbench.records import Extraction, MarkupFormat, Status
from boilerbench.results import Run
from tests.conftest import THOROUGH, GoldFolder, let_clocks_meet
from tests.runner.support import living_under

KEY = extraction_key(page="digest", version="1.0")
FOUND = Extraction("d1", "tool", "1.0", Status.OK, "lone \ud800 and nul \0", 0.25, 41.5)

# It writes beside its source, which only a tool without bubblewrap can.
COUNTING = '''
"""A callable that notes each page that it is given."""
import os, time
def extract(html, url):
    with open({journal!r}, "a") as journal:
        journal.write(html.decode() + "\\n")
    time.sleep({seconds})
    return html.decode().replace("<p>", "").replace("</p>", "")
'''


class Remarks(list[str]):
    def __call__(self, line: str) -> None:
        self.append(line)


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    remarks = Remarks()
    with Cache(tmp_path / "cache.sqlite", remarks) as cache:
        cache.keep(KEY, "limits", FOUND)
    with Cache(tmp_path / "cache.sqlite", remarks) as cache:
        found = cache.find(KEY, "other limits", "d2", "tool@1.0")
        assert cache.find(extraction_key(page="other", version="1.0"), "limits", "d1", "tool") is None
    assert found == Extraction(
        "d2", "tool@1.0", "1.0", Status.OK, "lone \ud800 and nul \0", 0.25, 41.5, timed="earlier"
    )
    assert not remarks


def test_markup_is_found_with_its_text_as_the_rule_has_it_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = dataclasses.replace(FOUND, text="as it was", markup="*a* \ud800", format=MarkupFormat.MARKDOWN)
    with Cache(tmp_path / "cache.sqlite", Remarks()) as cache:
        cache.keep(KEY, "", made)
        assert cache.find(KEY, "", "d1", "tool") == dataclasses.replace(made, timed="earlier")
        monkeypatch.setattr("boilerbench.cache.text_rule", lambda: "another")
        found = cache.find(KEY, "", "d1", "tool")
    assert found is not None
    assert (found.text, found.markup, found.format) == ("a \ud800", "*a* \ud800", "markdown")


def test_a_file_of_the_version_without_markup_is_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    remarks = Remarks()
    with Cache(file, remarks) as cache:
        cache.keep(KEY, "", FOUND)
    with contextlib.closing(sqlite3.connect(file)) as database:
        for column in ("packed_markup", "format", "text_rule"):
            database.execute(f"ALTER TABLE extractions DROP COLUMN {column}")
        database.execute("PRAGMA user_version = 2")
        database.commit()
    with Cache(file, remarks) as cache, Cache(file, remarks) as other:
        assert cache.find(KEY, "", "d1", "tool") == dataclasses.replace(FOUND, timed="earlier")
        other.keep(KEY, "", dataclasses.replace(FOUND, markup="<p>", format=MarkupFormat.HTML))
        assert cache.find(KEY, "", "d1", "tool") is not None
    assert not remarks


@pytest.mark.parametrize("status", [Status.TIMEOUT, Status.MEMORY, Status.CRASH])
def test_what_a_limit_ended_is_tried_again_under_others(tmp_path: Path, status: Status) -> None:
    with Cache(tmp_path / "cache.sqlite", Remarks()) as cache:
        cache.keep(KEY, "30 s", Extraction("d1", "tool", "1.0", status))
        assert cache.find(KEY, "30 s", "d1", "tool") is not None
        assert cache.find(KEY, "60 s", "d1", "tool") is None


def test_two_runs_share_a_cache(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite", Remarks()) as one, Cache(tmp_path / "c.sqlite", Remarks()) as two:
        one.keep(KEY, "", FOUND)
        assert two.find(KEY, "", "d1", "tool") is not None
        two.keep(KEY, "", FOUND)


def damaged(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)


def newer(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute(f"PRAGMA user_version = {VERSION + 1}")
    database.close()


def a_folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (damaged, "file is not a database|malformed|disk image"),
        (newer, f"made by another boilerbench .version {VERSION + 1} of the file, here {VERSION}."),
        (a_folder, "unable to open database file"),
    ],
)
def test_a_cache_that_cannot_be_used_is_left_alone(
    tmp_path: Path, spoil: object, message: str, gold_folder: GoldFolder
) -> None:
    assert callable(spoil)
    gold_folder.add("one")
    file = tmp_path / "cache" / "extractions.sqlite"
    file.parent.mkdir()
    spoil(file)
    before = file.read_bytes() if file.is_file() else b""
    remarks = Remarks()
    run = boilerbench.run(
        f"gold:{gold_folder.root}",
        ["html-text"],
        out=tmp_path / "out",
        cache=tmp_path / "cache",
        remark=remarks,
    )
    assert len(run.extractions) == 1
    (remark,) = remarks
    assert remark.startswith(f"cache {file}: ")
    assert remark.endswith("going on without it, what it holds is left as it is")
    assert "\n" not in remark
    assert re.search(message, remark)
    assert (file.read_bytes() if file.is_file() else b"") == before


def test_a_cache_folder_that_cannot_be_written_to(gold_folder: GoldFolder, tmp_path: Path) -> None:
    gold_folder.add("one")
    remarks = Remarks()
    boilerbench.run(
        f"gold:{gold_folder.root}", ["html-text"], out=tmp_path / "out", cache="/proc/cache", remark=remarks
    )
    assert len(remarks) == 1
    assert (tmp_path / "out" / "small" / "scores.csv").exists()


class Counted:
    """A corpus, and an extractor that notes what it is given."""

    def __init__(self, root: Path, gold: GoldFolder, monkeypatch: pytest.MonkeyPatch, documents: int) -> None:
        self.root, self.gold = root, gold
        # Apart from the extractor: what lies beside it may decide what it returns.
        self.journal = root / "journal"
        self.source = root / "source"
        self.source.mkdir()
        self.write(seconds=0)
        for number in range(documents):
            self.add(f"d{number:02}")
        monkeypatch.chdir(self.source)

    def write(self, seconds: float) -> None:
        (self.source / "counting.py").write_text(COUNTING.format(journal=str(self.journal), seconds=seconds))

    def add(self, document: str) -> Path:
        return self.gold.add(document, page_html=f"<p>page {document}</p>", body_txt=f"page {document}\n")

    def run(self, *extractors: str, **options: Any) -> Run:
        let_clocks_meet()
        return boilerbench.run(
            f"gold:{self.gold.root}",
            extractors or ("py:counting:extract",),
            out=self.root / "out",
            cache=self.root / "cache",
            **options,
        )

    def given(self) -> list[str]:
        return sorted(self.journal.read_text().split("\n")[:-1]) if self.journal.exists() else []


@pytest.fixture
def counted(tmp_path: Path, gold_folder: GoldFolder, monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(tmp_path, gold_folder, monkeypatch, 3)


@pytest.mark.usefixtures("without_bubblewrap")
def test_a_second_run_extracts_nothing(counted: Counted) -> None:
    first = counted.run()
    scores = first.scores
    assert first.leaderboard["timed"][0] == "now"
    second = counted.run()
    assert len(counted.given()) == 3
    assert second.leaderboard["timed"][0] == "earlier"
    assert second.scores.equals(scores)


@pytest.mark.usefixtures("without_bubblewrap")
def test_fresh_extracts_everything(counted: Counted) -> None:
    counted.run()
    assert counted.run(fresh=True).leaderboard["timed"][0] == "now"
    assert len(counted.given()) == 6


@pytest.mark.usefixtures("without_bubblewrap")
def test_an_added_extractor_costs_only_itself(counted: Counted) -> None:
    counted.run()
    run = counted.run("py:counting:extract", "html-text")
    assert len(counted.given()) == 3
    assert set(run.extractions.groupby("extractor")["timed"].first()) == {"earlier", "now"}


@pytest.mark.usefixtures("without_bubblewrap")
def test_a_changed_page_costs_only_itself(counted: Counted) -> None:
    counted.run()
    (counted.gold.root / "d01" / "page.html").write_text("<p>page d01, changed</p>")
    run = counted.run()
    assert [page for page in counted.given() if "changed" in page] == ["<p>page d01, changed</p>"]
    assert len(counted.given()) == 4
    assert run.leaderboard["timed"][0] == "both"


@pytest.mark.usefixtures("without_bubblewrap")
def test_changed_gold_costs_nothing(counted: Counted) -> None:
    counted.run()
    (counted.gold.root / "d01" / "body.txt").write_text("another body\n")
    counted.run()
    assert len(counted.given()) == 3


@pytest.mark.usefixtures("without_bubblewrap")
def test_a_changed_extractor_is_another(counted: Counted) -> None:
    counted.run()
    counted.write(seconds=0.001)
    counted.run()
    assert len(counted.given()) == 6


PROGRAM = """
import boilerbench, sys
extractors = ["py:counting:extract", "html-text"]
boilerbench.run("gold:" + sys.argv[1], extractors, out=sys.argv[2], cache=sys.argv[3], jobs=2)
"""


@pytest.mark.slow
@pytest.mark.usefixtures("without_bubblewrap")
def test_a_killed_run_resumes_without_losing_or_repeating_a_page(
    tmp_path: Path, gold_folder: GoldFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at random moments; in the end as if it had never been."""
    kills = 20
    counted = Counted(tmp_path, gold_folder, monkeypatch, 60)
    counted.write(seconds=0.05)
    calm = boilerbench.run(
        f"gold:{gold_folder.root}",
        ["py:counting:extract", "html-text"],
        out=tmp_path / "calm",
        cache=tmp_path / "c1",
    )
    counted.journal.unlink()
    command = [
        sys.executable,
        "-c",
        PROGRAM,
        *map(str, (gold_folder.root, tmp_path / "out", tmp_path / "cache")),
    ]
    chance = random.Random(20)
    (tmp_path / "tmp").mkdir()
    environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp")}
    for _ in range(kills):
        process = subprocess.Popen(command, start_new_session=True, env=environment)
        time.sleep(chance.uniform(0.3, 1.6))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    time.sleep(0.5)
    assert not living_under(tmp_path / "tmp")
    subprocess.run(command, check=True, env=environment)
    for name in ("scores.csv", "extractions.jsonl.gz"):
        assert (tmp_path / "out" / "small" / name).read_bytes() == (calm.folder / name).read_bytes()
    given = counted.given()
    assert len(set(given)) == 60
    # A page that was stored is never given again. Not stored yet are one page under way in each of two slots,
    # one result waiting for each, and one that is being stored.
    assert len(given) <= 60 + 5 * kills


TEXT_COLUMNS = ("version", "status", "error", "traceback")
FACTS = (5, "", "x", "[1]", '{"a": 1}', '{"marks": 1}', b"\xff", "[" * 9_999)
PACKED = ("text", 5, b"", b"\x78\x9c", zlib.compress(b"\xff"))
COSTS = ("x", b"x", -1, 9e999)
DAMAGED_ENTRIES = [
    *(("extractions", column, value) for column in TEXT_COLUMNS for value in (b"\xff\x00", 5)),
    *(("extractions", "status", value) for value in ("", "fine")),
    *(("extractions", column, value) for column in ("packed_text", "packed_markup") for value in PACKED),
    *(("extractions", "format", value) for value in ("x", b"\xff")),
    *(("extractions", column, value) for column in ("seconds", "peak_mb") for value in COSTS),
    *(("inputs", "facts", value) for value in FACTS),
    ("inputs", "facts", '{"marks": {"a": 1}, "unknown": "", "fingerprint": ""}'),
    *(("inputs", "parent", value) for value in ("x", 5, b"x", "id")),
]


@pytest.mark.parametrize(
    ("table", "column", "value"),
    DAMAGED_ENTRIES if THOROUGH else DAMAGED_ENTRIES[::4],
)
def test_a_damaged_entry_is_made_again(
    tmp_path: Path, gold_folder: GoldFolder, table: str, column: str, value: object
) -> None:
    gold_folder.add("one")
    let_clocks_meet()
    corpus, out, cache = f"gold:{gold_folder.root}", tmp_path / "out", tmp_path / "cache"
    run = boilerbench.run(corpus, ["html-text"], ["words"], out=out, cache=cache)
    expected = (run.folder / "scores.csv").read_bytes()
    with contextlib.closing(sqlite3.connect(tmp_path / "cache" / "extractions.sqlite")) as database:
        # "id" makes an entry its own parent.
        new, values = ("id", ()) if value == "id" else ("?", (value,))
        database.execute(f"UPDATE {table} SET {column} = {new}", values)
        database.commit()
    remarks = Remarks()
    again = boilerbench.run(corpus, ["html-text"], ["words"], out=out, cache=cache, remark=remarks)
    assert (again.folder / "scores.csv").read_bytes() == expected
    assert len(remarks) <= 1
    assert all("\n" not in remark for remark in remarks)
    assert again.extractions["status"].tolist() == ["ok"]
