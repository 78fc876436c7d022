"""BibTeX entries of a run, read back by their fields."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from boilerbench.corpora import FORMATS
from boilerbench.extractors import ADAPTERS
from boilerbench.reports.citation import _citations, bibtex
from boilerbench.results import ExtractorInfo, Run, load_run
from tests.conftest import Command

AEB = Path(__file__).parents[2] / "results" / "aeb"


def entries(text: str) -> dict[str, dict[str, str]]:
    """The fields of each entry by its key, with the type as ``kind``: all one line, as they are written."""
    found = {}
    for kind, key, fields in re.findall(r"^@(\w+)\{([^,\s]+),\n(.*?)^\}$", text, re.DOTALL | re.MULTILINE):
        found[key] = {"kind": kind, **dict(re.findall(r"^  (\w+) += \{(.*)\},$", fields, re.MULTILINE))}
    return found


def cited(*extractors: ExtractorInfo) -> dict[str, dict[str, str]]:
    run = load_run(AEB)
    return entries(bibtex(Run(run.folder, replace(run.info, extractors=extractors))))


def test_a_published_run_cites_boilerbench_its_corpus_and_each_of_its_tools(command: Command) -> None:
    answer = command("cite", AEB)
    assert answer.code == 0
    run = load_run(AEB)
    found = entries(answer.out)
    assert list(found)[:2] == ["boilerbench", "corpus-aeb"]
    # Systems that only their stored outputs stand for are left out.
    names = {each.name for each in run.info.extractors if not each.name.startswith("stored:")}
    assert {key.removeprefix("tool-") for key in list(found)[2:]} == {
        name.replace(":", "-") for name in names
    }
    assert found["boilerbench"]["version"] == run.info.boilerbench
    assert "shingles|n:4|seg:" in found["boilerbench"]["note"]
    assert found["corpus-aeb"]["note"] == f"181 documents, {run.info.corpus.digest}"
    assert found["tool-trafilatura"]["doi"] == "10.18653/v1/2021.acl-demo.15"
    assert found["tool-trafilatura"]["note"] == "version 2.3.1"
    assert found["tool-html-text"]["kind"] == "software"
    assert found["tool-html-text"]["url"] == "https://github.com/zytedata/html-text"


def test_several_versions_and_settings_of_a_tool_are_one_entry() -> None:
    found = cited(
        ExtractorInfo("trafilatura", "2.3.1"),
        ExtractorInfo("trafilatura@2.0.0?favor_precision=true", "2.0.0"),
    )
    assert found["tool-trafilatura"]["note"] == (
        r"version 2.3.1, 2.0.0; run as trafilatura@2.0.0?favor\_precision=true"
    )


def test_programs_and_stored_outputs_are_left_out() -> None:
    found = cited(ExtractorInfo("cmd:./mine", "1"), ExtractorInfo("outputs", ""))
    assert list(found) == ["boilerbench", "corpus-aeb"]


def test_what_latex_would_read_is_escaped() -> None:
    found = cited(ExtractorInfo("trafilatura?with_metadata=true", "1}{\\input{x}%"))
    assert found["tool-trafilatura"]["note"].startswith(r"version 1\}\{\textbackslash{}input\{x\}\%;")


@pytest.mark.parametrize(("section", "names"), [("corpora", list(FORMATS)), ("tools", list(ADAPTERS))])
def test_the_data_file_names_what_there_is(section: str, names: list[str]) -> None:
    table = _citations()[section]
    assert set(table) <= {*names, "fundus"}
    assert all({"kind", "author", "title"} <= entry.keys() for entry in table.values())
