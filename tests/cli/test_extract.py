"""``boilerbench extract`` and ``page``: one page, without a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boilerbench.cli.extract import visible
from tests.conftest import Command, GoldFolder

MINE = """
def extract(html, url):
    if b"trouble" in html:
        raise ValueError("two\\nlines")
    return html.decode().upper()
"""


@pytest.fixture
def corpus(tmp_path: Path, gold_folder: GoldFolder, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "mine.py").write_text(MINE)
    monkeypatch.chdir(tmp_path)
    gold_folder.add("calm-day", page_html="<p>calm</p>", body_txt="calm\n")
    gold_folder.add("trouble-day", page_html="<p>trouble</p>", body_txt="trouble\n")
    return f"gold:{gold_folder.root}"


def test_a_document_a_file_and_a_beginning_of_an_id(command: Command, corpus: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>file</p>")
    for page, expected in (("page.html", "<P>FILE</P>\n"), (f"{corpus}:calm", "<P>CALM</P>\n")):
        answer = command("extract", "py:mine:extract", page)
        assert (answer.code, answer.out, answer.err) == (0, expected, "")
    assert not (tmp_path / "runs").exists()


def test_a_failure_has_its_line_and_its_traceback(command: Command, corpus: str) -> None:
    answer = command("extract", "py:mine:extract", f"{corpus}:trouble-day")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "boilerbench: error: ValueError: two lines\n"
    traced = command("extract", "py:mine:extract", f"{corpus}:trouble-day", "--trace")
    assert 'mine.py", line 4, in extract\n    raise ValueError("two\\nlines")' in traced.err


@pytest.mark.parametrize(
    ("spec", "page", "message"),
    [
        ("py:mine:extract", "nowhere.html", "there is no such file; give a file, an address or CORPUS:ID"),
        ("py:mine:extract", "{corpus}:nowhere", "no document 'nowhere'; there are calm-day, trouble-day"),
        ("py:mine:missing", "{corpus}:calm-day", "module 'mine' has no attribute 'missing'"),
        ("trafilatura@./nowhere", "{corpus}:calm-day", "there is no ./nowhere"),
    ],
)
def test_wrong_use_is_one_line(command: Command, corpus: str, spec: str, page: str, message: str) -> None:
    answer = command("extract", spec, page.format(corpus=corpus))
    assert answer.code == 2
    assert message in answer.err
    assert answer.err.count("\n") == 1


def test_stored_outputs(command: Command, corpus: str, tmp_path: Path) -> None:
    (tmp_path / "theirs.json").write_text(json.dumps({"calm-day": "Theirs."}))
    assert command("extract", "file:theirs.json", f"{corpus}:calm-day").out == "Theirs.\n"
    assert command("extract", "file:theirs.json", f"{corpus}:trouble-day").code == 2


def test_a_page_is_written_byte_for_byte(
    command: Command, corpus: str, tmp_path: Path, gold_folder: GoldFolder
) -> None:
    content = b"<p>\xff\x00 caf\xe9\r\n"
    (gold_folder.root / "calm-day" / "page.html").write_bytes(content)
    assert command("page", corpus, "calm", "--out", "page.html").code == 0
    assert (tmp_path / "page.html").read_bytes() == content
    assert command("page", corpus, "day").code == 2


def test_control_characters_are_made_visible() -> None:
    assert visible("a\x1b[31mred\x9b\x00\ttab\nline é") == "a\\x1b[31mred\\x9b\\x00\ttab\nline é"
