"""``boilerbench extractors NAME``: what a tool takes, as the tool itself has it."""

from __future__ import annotations

import importlib.metadata
import inspect
import json

import pytest
import trafilatura

from boilerbench.extractors import Adapter, open_extractor
from tests.conftest import Command


def test_the_options_of_a_tool(command: Command) -> None:
    answer = command("extractors", "trafilatura")
    assert answer.code == 0
    assert "favor_precision     true or false        false" in answer.out
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
