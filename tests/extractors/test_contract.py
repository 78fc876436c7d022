"""What holds for every registered extractor."""

from __future__ import annotations

import ast
import importlib.metadata
import sys

import pytest

from boilerbench.errors import InputError
from boilerbench.extractors import (
    ADAPTERS,
    DEBIAN,
    GROUPS,
    Adapter,
    Requirement,
    open_extractor,
    open_extractors,
)
from boilerbench.records import Extraction, Page, Status
from boilerbench.runner import WorkerLimits
from tests.runner.support import extract

SENTENCE = (
    "The lighthouse keeper wrote down the weather every morning for thirty years, and nobody ever read it. "
)
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><title>The keeper</title><script>var hidden = "script text";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>The keeper</h1>{"".join(f"<p>{number}. {SENTENCE * 3}</p>" for number in range(1, 7))}</article>
<footer><a href="/imprint">Imprint</a></footer></body></html>"""

every_extractor = pytest.mark.parametrize("name", list(ADAPTERS))
# The others run in environments of their own; .ci/run runs them all.
HERE = [each.name for each in open_extractors(["default"])]
every_extractor_here = pytest.mark.parametrize("name", HERE)


def opened(name: str) -> Adapter:
    extractor = open_extractor(name)
    assert isinstance(extractor, Adapter)
    return extractor


def on(content: bytes, *extractors: Adapter) -> list[Extraction]:
    page = Page(content, "https://www.tidewatch.example/keeper")
    return list(extract(["page"], lambda _: page, extractors, limits=WorkerLimits(30)))


@every_extractor
def test_an_adapter_says_what_it_is(name: str) -> None:
    extractor = opened(name)
    assert extractor.facts["PACKAGE"]
    assert extractor.facts["LICENCE"]
    own = extractor.facts["PACKAGE"] == "boilerbench"
    assert extractor.facts["HOME"].startswith("https://") or own
    assert extractor.facts["TAKES"] in ("text", "bytes")
    assert extractor.facts.get("STATUS", "abandoned") == "abandoned"
    assert extractor.group in ("light", "heavy", "cli")
    assert 10 <= len(extractor.facts["SUMMARY"]) <= 100
    assert extractor.name == name
    if extractor.requirement is None and extractor.language != DEBIAN:
        assert extractor.version == importlib.metadata.version(extractor.facts["PACKAGE"])


@every_extractor
def test_an_adapter_imports_nothing_but_the_standard_library_at_first(name: str) -> None:
    file = opened(name).file
    if file.suffix != ".py":
        return
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            modules = [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom):
            modules = [str(statement.module)]
        else:
            continue
        assert all(module.partition(".")[0] in sys.stdlib_module_names for module in modules)


@pytest.mark.parametrize("name", [name for name in HERE if name != "baseline:middle"])
def test_a_plain_article_is_extracted(name: str) -> None:
    (found,) = on(PAGE.encode(), opened(name))
    assert found.status == Status.OK
    assert found.text.count("The lighthouse keeper wrote") == 18
    assert "script text" not in found.text
    assert found.version == opened(name).version


@every_extractor_here
def test_a_page_in_a_legacy_encoding_is_read(name: str) -> None:
    page = PAGE.replace("lighthouse keeper", "Маячник").replace("<head>", '<head><meta charset="koi8-r">')
    (found,) = on(page.encode("koi8-r"), opened(name))
    assert "The Маячник wrote" in found.text


@every_extractor_here
@pytest.mark.parametrize("content", [b"", b"\0", b"<", b"\xff\xfe", b"<html>", b"plain text", b"<!-- "])
def test_a_page_of_nothing_has_an_outcome(name: str, content: bytes) -> None:
    (found,) = on(content, opened(name))
    assert found.status in (Status.OK, Status.EMPTY, Status.ERROR)


@every_extractor_here
def test_an_unknown_option_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="no_such_option"):
        on(PAGE.encode(), opened(f"{name}?no_such_option=1"))


PROVEN_HERE = {
    "trafilatura?with_metadata=true": "trafilatura",
    "justext?language=German": "justext",
    "boilerpy3?extractor=KeepEverythingExtractor": "boilerpy3",
    "resiliparse?main_content=false": "resiliparse",
    "html-text?guess_layout=false": "html-text",
    "readability-lxml?as=html&html_partial=true": "readability-lxml?as=html",
    "baseline:middle?share=0.2": "baseline:middle",
    "baseline:long-blocks?characters=10000": "baseline:long-blocks",
}
"""Specs with an option, and the same without it, which returns something else."""


@pytest.mark.parametrize(("spec", "without"), PROVEN_HERE.items())
def test_options_reach_the_tool(spec: str, without: str) -> None:
    found, plain = on(PAGE.encode(), opened(spec), opened(without))
    assert found.extractor == spec
    assert plain.status == Status.OK
    assert (found.text, found.markup) != (plain.text, plain.markup)


@pytest.mark.parametrize(
    ("spec", "begins"),
    [
        ("trafilatura?as=markdown", "# The keeper\n"),
        ("trafilatura?as=html&include_links=true", "<html>"),
        ("readability-lxml?as=html&html_partial=true", "<div"),
        ("resiliparse?as=html", "<h1>The keeper</h1>"),
    ],
)
def test_markup_is_kept_beside_its_text(spec: str, begins: str) -> None:
    (found,) = on(PAGE.encode(), opened(spec))
    assert found.status == Status.OK
    assert found.markup.startswith(begins)
    assert found.format == ("markdown" if "markdown" in spec else "html")
    assert SENTENCE.strip() in found.text
    assert not any(sign in found.text for sign in "<>#")


def test_as_text_is_what_a_tool_returns_by_itself() -> None:
    plain, asked = on(PAGE.encode(), opened("trafilatura"), opened("trafilatura?as=text"))
    assert (plain.text, plain.markup, plain.format) == (asked.text, "", None)
    assert asked.format is None


def test_a_mode_that_a_tool_does_not_have() -> None:
    with pytest.raises(InputError, match="option as takes text, html, not markdown"):
        on(PAGE.encode(), opened("readability-lxml?as=markdown"))
    with pytest.raises(InputError, match="there is no option as"):
        on(PAGE.encode(), opened("justext?as=html"))


def test_an_extractor_class_that_boilerpy3_does_not_have() -> None:
    with pytest.raises(InputError, match=r"boilerpy3 has no 'BestExtractor'; it has .*ArticleExtractor"):
        on(PAGE.encode(), opened("boilerpy3?extractor=BestExtractor"))


def test_the_installed_version_may_be_named() -> None:
    version = importlib.metadata.version("trafilatura")
    assert opened(f"trafilatura@{version}").name == f"trafilatura@{version}"


def test_another_version_needs_an_environment_of_its_own() -> None:
    extractor = opened("trafilatura@1.12.2?favor_precision=true&as_of=2024-10-01&python=3.12")
    assert extractor.options == {"favor_precision": True}
    assert extractor.requirement == Requirement("python", "trafilatura", "1.12.2", (), "3.12", "2024-10-01")


def test_what_an_adapter_needs_beside_its_tool_is_required_too() -> None:
    requirement = opened("readability-lxml@0.8.4.1").requirement
    assert requirement == Requirement("python", "readability-lxml", "0.8.4.1", ("html-text",))


def test_groups() -> None:
    default, python, node, light, heavy, programs = (
        [each.name for each in open_extractors([group])] for group in GROUPS
    )
    assert "trafilatura" in default
    assert "justext-curator" in python
    assert "justext-curator" not in default
    assert set(default) <= set(python)
    assert sorted([*python, *node]) == sorted(light)
    assert heavy == ["crawl4ai", "docling"]
    assert "lynx" in programs
    assert sorted([*light, *heavy, *programs]) == sorted(ADAPTERS)
    assert [each.name for each in open_extractors(["trafilatura", "default"])].count("trafilatura") == 1


def test_an_unknown_extractor_offers_the_nearest() -> None:
    with pytest.raises(InputError, match="unknown extractor 'trafilaturra'; did you mean trafilatura"):
        open_extractor("trafilaturra")
