"""``boilerbench extractors NAME``: what a tool takes, as the tool itself has it."""

from __future__ import annotations

import importlib.metadata
import inspect
import json

import pytest
import trafilatura

from boilerbench.extractors import Adapter, open_extractor
from tests.conftest import Command
from tests.runner.index import Index


def test_the_options_of_a_tool(command: Command) -> None:
    answer = command("extractors", "trafilatura")
    assert answer.code == 0
    assert "favor_precision true or false false" in " ".join(answer.out.split())
    assert "Apache-2.0, https://trafilatura.readthedocs.io" in answer.out
    record = json.loads(command("extractors", "trafilatura", "--json").out)
    assert record["version"] == importlib.metadata.version("trafilatura")
    defaults = {row["option"]: row["default"] for row in record["options"]}
    signature = inspect.signature(trafilatura.extract).parameters
    assert defaults["include_comments"] == str(signature["include_comments"].default).lower()
    # What no spec can write is not listed.
    assert not {"config", "options", "url", "filecontent", "url_blacklist"} & set(defaults)
    spec = record["example"].strip('"')
    extractor = open_extractor(spec)
    assert isinstance(extractor, Adapter)
    ((name, value),) = extractor.options.items()
    assert str(value).lower() != defaults[name]


@pytest.mark.parametrize(
    ("options", "some", "none"),
    [
        (("--language", "node"), {"readability-js", "unfluff"}, {"trafilatura", "lynx"}),
        (("--language", "debian"), {"lynx", "chromium"}, {"trafilatura", "crawl4ai"}),
        (("--licence", "gpl"), {"html2text", "lynx"}, {"trafilatura", "chromium"}),
        (("--search", "JUSTEXT"), {"justext", "justext-curator"}, {"trafilatura", "lynx"}),
        (("--search", "goose", "--language", "node"), {"unfluff"}, {"goose3"}),
    ],
)
def test_extractors_are_searched(
    command: Command, index: Index, options: tuple[str, ...], some: set[str], none: set[str]
) -> None:
    rows = json.loads(command("extractors", *options, "--json").out)
    names = {row["name"] for row in rows}
    assert some <= names
    assert not none & names


def test_the_listing_is_by_weight_and_says_what_each_takes(command: Command, index: Index) -> None:
    answer = command("extractors", "--search", "readability")
    assert answer.code == 0
    assert answer.out.startswith("Light, as group: all, python, node\n")
    assert "Heavy" not in answer.out
    rows = json.loads(command("extractors", "--json").out)
    assert {row["group"] for row in rows} == {"light", "heavy", "cli"}
    by_name = {row["name"]: row for row in rows}
    assert by_name["crawl4ai"]["megabytes"] > 10 * by_name["go-readability"]["megabytes"] > 0
    assert by_name["trafilatura"]["megabytes"] is None
    assert by_name["unfluff"]["status"] == "abandoned"
    assert by_name["unfluff"]["environment"] == "on demand; abandoned"


def test_nothing_that_is_searched_for(command: Command, index: Index) -> None:
    answer = command("extractors", "--search", "no tool is like this")
    assert (answer.code, "no extractor is like that" in answer.err) == (0, True)


def test_a_tool_without_options(command: Command) -> None:
    answer = command("extractors", "inscriptis")
    assert answer.code == 0
    assert "It has no options." in answer.out
    assert answer.out.splitlines()[-1] == "Example: boilerbench run -e inscriptis"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("html2", "did you mean html2text?"),
        ("readability", "unknown extractor 'readability'; did you mean readability-lxml, go-readability, "),
        ("trafilatur", "did you mean trafilatura?"),
        ("file:x.json", "there is no such file"),
        ("cmd:cat", "cmd:cat is no tool with an adapter"),
    ],
)
def test_what_is_no_tool(command: Command, name: str, message: str) -> None:
    answer = command("extractors", name)
    assert answer.code == 2
    assert message in answer.err
