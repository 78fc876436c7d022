"""The pool on ordinary days."""

from __future__ import annotations

import json
import queue
from pathlib import Path

import pytest

from boilerbench.extractors import Adapter, StoredOutputs
from boilerbench.extractors.spec import parse
from boilerbench.records import Page, Status
from boilerbench.runner import WorkerLimits
from boilerbench.runner import extract as extract_all
from boilerbench.runner.page_files import PageFiles, PageTask
from tests.runner.support import extract

ADAPTER = """
import os
PACKAGE = "pytest"
TAKES = "{takes}"
def load(**options):
    return lambda page, url: repr((os.getpid(), type(page).__name__, page, url, options))
"""


def adapter(folder: Path, takes: str, spec: str = "echo") -> Adapter:
    file = folder / f"{takes}.py"
    file.write_text(ADAPTER.format(takes=takes))
    return Adapter(spec, "", file, dict(parse(spec).options))


def test_an_adapter_gets_bytes_or_text_as_it_takes_them(tmp_path: Path) -> None:
    content = '<meta charset="koi8-r">\r\nМельница'.encode("koi8-r")
    for takes, expected in (("bytes", content), ("text", content.decode("koi8-r"))):
        (found,) = extract(
            ["one"],
            lambda _: Page(content, "https://site.example/one"),
            [adapter(tmp_path, takes, "echo?deep=true&depth=3&name=x")],
        )
        _, kind, page, url, options = eval(found.text)
        assert kind == type(expected).__name__
        assert page == expected
        assert url == "https://site.example/one"
        assert options == {"deep": True, "depth": 3, "name": "x"}


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_slot_keeps_its_worker(tmp_path: Path, jobs: int) -> None:
    documents = [f"d{number}" for number in range(12)]
    found = list(extract(documents, lambda name: Page(name.encode()), [adapter(tmp_path, "text")], jobs=jobs))
    assert sorted(each.document for each in found) == sorted(documents)
    assert 1 <= len({eval(each.text)[0] for each in found}) <= jobs


def test_more_jobs_than_documents(tmp_path: Path) -> None:
    found = list(extract(["one"], lambda _: Page(b""), [adapter(tmp_path, "text")], jobs=8))
    assert len(found) == 1


def test_no_documents(tmp_path: Path) -> None:
    assert not list(extract([], lambda _: Page(b""), [adapter(tmp_path, "text")], jobs=2))


def test_stored_outputs_are_looked_up_and_a_missing_one_is_an_error(tmp_path: Path) -> None:
    outputs = StoredOutputs("theirs", "1.2", tmp_path / "theirs.json", {"a": "Text.", "b": " "})
    pages = dict.fromkeys(("a", "b", "c"), "digest")
    looked_up = extract_all(pages, lambda _: Page(b""), [outputs], cache=None, jobs=1, limits=WorkerLimits(1))
    found = {each.document: each for each in looked_up}
    assert (found["a"].status, found["a"].text, found["a"].version) == (Status.OK, "Text.", "1.2")
    assert found["b"].status == Status.EMPTY
    assert (found["c"].status, found["c"].error) == (
        Status.ERROR,
        "theirs.json has no output for this document",
    )
    assert found["a"].seconds is None


def test_the_order_of_sets_is_the_same_in_every_worker(tmp_path: Path) -> None:
    file = tmp_path / "sets.py"
    file.write_text(
        'PACKAGE = "pytest"\nTAKES = "text"\ndef load():\n    return lambda p, u: " ".join(set("abcdefgh"))\n'
    )
    texts = {
        next(
            extract(
                ["one"],
                lambda _: Page(b""),
                [Adapter("sets", "", file)],
            )
        ).text
        for _ in range(3)
    }
    assert len(texts) == 1


def test_what_a_request_says() -> None:
    todo: queue.SimpleQueue[PageTask] = queue.SimpleQueue()
    for document in ("one", "two", "three"):
        todo.put(PageTask(document, ()))
    with PageFiles(todo, lambda document: Page(f"<p>\xe9 {document}".encode("latin-1"), None)) as requests:
        for place, (task, line) in enumerate(requests):
            request = json.loads(line)
            assert line.endswith(b"\n")
            assert request["id"] == task.document == ("one", "two", "three")[place]
            assert request["url"] is None
            assert Path(request["page_bytes"]).read_bytes() == f"<p>\xe9 {task.document}".encode("latin-1")
            assert Path(request["page_text"]).read_text(encoding="utf-8") == f"<p>é {task.document}"
    assert not Path(request["page_bytes"]).parent.exists()
