"""Tools outside this environment: in one of their own, or of the operating system."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

import pytest

from boilerbench.extractors import ADAPTERS, Adapter, open_extractor, open_extractors
from boilerbench.records import Extraction, Page, Status
from boilerbench.runner import Prepared, WorkerLimits, prepare
from boilerbench.runner.single import extract_page
from tests.conftest import NIGHT
from tests.extractors.test_contract import PAGE, PROVEN_HERE

# A heavy tool takes its time to load.
LIMITS = WorkerLimits(60)
IMAGE = '<img alt="dot" src="data:image/png;base64,iVBORw0KGgo=">'
LINKED = PAGE.replace("<p>1.", f'<p>{IMAGE} <a href="https://www.tidewatch.example/log">The log</a> 1.')
PROGRAMS = [
    each.name for each in open_extractors(["cli"]) if isinstance(each, Adapter) and not each.requirement
]
# Their environments take minutes to make, with an index of packages.
IN_ENVIRONMENTS = [
    each.name
    for each in open_extractors(["all", "heavy"])
    if NIGHT and isinstance(each, Adapter) and each.requirement is not None
]
# It fails where the page's language is written without spaces between words, or returns parts alone.
PARTIAL = {"baseline:middle"}


def longest_line(text: str) -> int:
    return max(map(len, text.splitlines()), default=0)


def has(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.search(pattern, text) is not None


def lacks(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.search(pattern, text) is None


SHOWN_BY = {
    "goose3?stopwords_class=StopWordsKorean": lacks("lighthouse"),
    "newspaper4k?as=html": has("<p>"),
    "readabilipy?as=html": has("<p>"),
    "gne?as=html": has("<p>"),
    "rs-trafilatura?as=html": has("<p>"),
    "html-to-markdown?preset=aggressive": lacks("Imprint"),
    "markitdown?keep_data_uris=true": has("iVBORw0KGgo"),
    "readability-js?as=html": has("<p>"),
    "defuddle?as=html": has("<p>"),
    "article-extractor?as=html": has("<p>"),
    "crawl4ai?as=html": has("<p>"),
    "docling?as=text": lacks("# The keeper"),
    "go-readability?as=html": has("<p>"),
    "magic-html?as=html": has("<p"),
    "breadability?as=html": has("<p>"),
    "readability-python?as=html": has("<p>"),
    "fast-readability?as=html": has("<p>"),
    "main-content-extractor?as=markdown": has("^# The keeper"),
    "newspaper3k?language=german": has("must be a 2 char language code"),
    "html-reader-mode?minimum_block_words=1000": lacks("lighthouse"),
    "domdown?emit_frontmatter=false": lacks("domdown_version"),
    "pydefuddle?as=html": has("<p>"),
    "kreuzberg?as=html": has("<p>"),
    "justext-trafilatura?target_language=de": lacks("lighthouse"),
    "justext-curator?is_boilerplate=false": has("Imprint"),
    "markdownify?heading_style=atx": has("# The keeper"),
    "mineru-webkit?as=text": lacks("# The keeper"),
    "mizchi-readability?as=html": has("<p>"),
    "html-to-text?wordwrap=false": lambda text: longest_line(text) > 100,
    "mdream?minimal=true": lacks("Imprint"),
    "turbohtml?as=markdown": has(r"\]\(https"),
    "html2text?ignore_links=true": lacks(r"\]\(https"),
    "lynx?links=false": lacks("tidewatch"),
    "elinks?references=false": lacks("tidewatch"),
    "w3m?columns=40": lambda text: longest_line(text) <= 40,
    "links2?width=40": lambda text: longest_line(text) <= 40,
    "debian-html2text?width=40": lambda text: longest_line(text) <= 40,
    "pandoc?as=markdown": has("# The keeper"),
    "boilerpipe?extractor=KeepEverythingExtractor": has("Imprint"),
}


PROVEN_ELSEWHERE = {"chromium"}


def takes_options(extractor: Adapter) -> bool:
    """Tell whether a tool leaves its user a choice, by what its adapter says without the tool."""
    if extractor.file.suffix == ".mjs":
        return any(len(values) > 1 for values in extractor.facts.get("OPTIONS", {}).values())
    tree = ast.parse(extractor.file.read_text(encoding="utf-8"))
    (load,) = (each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == "load")
    return bool(load.args.kwonlyargs or load.args.kwarg)


def test_each_tool_with_options_has_one_that_is_proven() -> None:
    extractors = [each for each in map(open_extractor, ADAPTERS) if isinstance(each, Adapter)]
    proven = {spec.partition("?")[0] for spec in (*SHOWN_BY, *PROVEN_HERE)} | PROVEN_ELSEWHERE
    assert len(extractors) == len(list(ADAPTERS))
    assert [each.name for each in extractors if takes_options(each) != (each.name in proven)] == []


def on(page: str, spec: str, tmp_path_factory: pytest.TempPathFactory) -> Extraction:
    extractor = open_extractor(spec)
    assert isinstance(extractor, Adapter)
    ready = prepare(extractor, tmp_path_factory.getbasetemp() / "environments")
    assert isinstance(ready, Prepared), ready
    return extract_page(ready, Page(page.encode(), "https://www.tidewatch.example/keeper"), "keeper", LIMITS)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in (*PROGRAMS, *IN_ENVIRONMENTS) if name not in PARTIAL])
def test_a_plain_article_is_extracted(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    found = on(PAGE, name, tmp_path_factory)
    assert found.status == Status.OK, found.error
    assert " ".join(found.text.split()).count("The lighthouse keeper wrote") == 18
    assert "script text" not in found.text
    assert found.version


@pytest.mark.slow
@pytest.mark.parametrize(
    "spec", [spec for spec in SHOWN_BY if spec.partition("?")[0] in (*PROGRAMS, *IN_ENVIRONMENTS)]
)
def test_an_option_reaches_the_tool(spec: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    is_shown = SHOWN_BY[spec]
    asked, plain = (on(LINKED, each, tmp_path_factory) for each in (spec, spec.partition("?")[0]))
    # What the tool itself returned, as markup or as text, or said.
    assert is_shown(asked.markup or asked.text or asked.error)
    assert not is_shown(plain.markup or plain.text)


@pytest.mark.skipif(
    "chromium" not in PROGRAMS, reason="chromium is not installed (Debian: apt-get install chromium)"
)
def test_scripts_fill_a_page_in_chromium_unless_they_are_off(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    page = (
        "<p id=text>served<script>setTimeout(() => { document.getElementById('text').innerText = 'filled'; "
        "alert(1); location = 'https://elsewhere.example/' }, 3000)</script>"
    )
    assert on(page, "chromium", tmp_path_factory).text == "filled"
    assert on(page, "chromium?scripts=false", tmp_path_factory).text == "served"


def test_a_program_that_is_not_there_says_which_package_has_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    extractor = open_extractor("boilerpipe")
    assert isinstance(extractor, Adapter)
    unavailable = prepare(extractor, tmp_path_factory.getbasetemp())
    assert not isinstance(unavailable, Prepared)
    assert unavailable.reason == (
        "it is not installed on this system; its Debian packages: libboilerpipe-java, default-jdk-headless"
    )


def test_another_version_of_a_program_is_not_installed(tmp_path_factory: pytest.TempPathFactory) -> None:
    extractor = open_extractor("lynx@1.0")
    assert isinstance(extractor, Adapter)
    unavailable = prepare(extractor, tmp_path_factory.getbasetemp())
    assert not isinstance(unavailable, Prepared)
    assert "not installed on this system at version 1.0" in unavailable.reason
