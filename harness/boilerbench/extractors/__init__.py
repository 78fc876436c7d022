"""Extractors: the spec grammar, stored outputs, own programs, and one small adapter file per tool.

A Python adapter is a module of constants and one function. It imports nothing but the standard library and,
inside ``load``, its tool, so that the same file runs in a worker of this environment or of another:

``PACKAGE``
    the distribution whose version is printed beside every figure;
``LICENCE``, ``HOME``
    of the tool;
``TAKES``
    ``"text"`` for the decoded page or ``"bytes"`` for the page as served;
``NEEDS``, ``PYTHON``
    where the tool needs other distributions beside it, or another Python than this one;
``PROGRAM``
    of a tool that the operating system installs: the program, of Debian's package ``PACKAGE``;
``GROUP``
    ``"heavy"`` for a tool that is large to install;
``VARIANT_OF``
    of another project's settings of a tool: the name of that tool;
``STATUS``
    ``"abandoned"`` for a tool that nobody has released or repaired for years;
``CAUTION``, ``CAUTION_UNLESS``, ``CAUTION_LANGUAGES``
    a default of the tool that is known not to fit some corpora, in words that follow its name, shown below
    its tables; the options that lift it; and the languages that it is about, where it is about some;
``load(**options)``
    imports the tool and returns ``(page, url) -> text``; an option that it does not take raises;
``options()``, ``GIVEN``
    where ``load`` passes options on: the tool's callable that takes them, and the names of its parameters
    that are no options.

A Node adapter is a file of JavaScript that exports the same; its ``NEEDS`` names exact versions.

An entry point in the group ``boilerbench.extractors`` adds an adapter: ``mypackage.mytool`` names a Python
module, ``node:mypackage.mytool`` the file ``mytool.mjs`` in that package.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from boilerbench.errors import InputError
from boilerbench.extractors.adapter import DEBIAN, Adapter, Requirement, adapter, adapter_file
from boilerbench.extractors.custom import Program, filter_program, program
from boilerbench.extractors.endpoints import allow_network_to, endpoint
from boilerbench.extractors.python_callable import given_callable, python_callable
from boilerbench.extractors.spec import Spec, parse
from boilerbench.extractors.stored import StoredOutputs, read_outputs
from boilerbench.registry import Registry

ADAPTERS: Registry[Path] = Registry("extractor", "boilerbench.extractors", loader=adapter_file)
ADAPTERS.add("trafilatura", "boilerbench.extractors.adapters.trafilatura")
ADAPTERS.add("readability-lxml", "boilerbench.extractors.adapters.readability_lxml")
ADAPTERS.add("justext", "boilerbench.extractors.adapters.justext")
ADAPTERS.add("boilerpy3", "boilerbench.extractors.adapters.boilerpy3")
ADAPTERS.add("resiliparse", "boilerbench.extractors.adapters.resiliparse")
ADAPTERS.add("html-text", "boilerbench.extractors.adapters.html_text")
ADAPTERS.add("inscriptis", "boilerbench.extractors.adapters.inscriptis")
ADAPTERS.add("goose3", "boilerbench.extractors.adapters.goose3")
ADAPTERS.add("newspaper4k", "boilerbench.extractors.adapters.newspaper4k")
ADAPTERS.add("news-please", "boilerbench.extractors.adapters.news_please")
ADAPTERS.add("readabilipy", "boilerbench.extractors.adapters.readabilipy")
ADAPTERS.add("gne", "boilerbench.extractors.adapters.gne")
ADAPTERS.add("rs-trafilatura", "boilerbench.extractors.adapters.rs_trafilatura")
ADAPTERS.add("turbohtml", "boilerbench.extractors.adapters.turbohtml")
ADAPTERS.add("html2text", "boilerbench.extractors.adapters.html2text")
ADAPTERS.add("html-to-markdown", "boilerbench.extractors.adapters.html_to_markdown")
ADAPTERS.add("markitdown", "boilerbench.extractors.adapters.markitdown")
ADAPTERS.add("go-readability", "boilerbench.extractors.adapters.go_readability")
ADAPTERS.add("magic-html", "boilerbench.extractors.adapters.magic_html")
ADAPTERS.add("breadability", "boilerbench.extractors.adapters.breadability")
ADAPTERS.add("readability-python", "boilerbench.extractors.adapters.readability_python")
ADAPTERS.add("newspaper3k", "boilerbench.extractors.adapters.newspaper3k")
ADAPTERS.add("main-content-extractor", "boilerbench.extractors.adapters.main_content_extractor")
ADAPTERS.add("html-reader-mode", "boilerbench.extractors.adapters.html_reader_mode")
ADAPTERS.add("fast-readability", "boilerbench.extractors.adapters.fast_readability")
ADAPTERS.add("domdown", "boilerbench.extractors.adapters.domdown")
ADAPTERS.add("pydefuddle", "boilerbench.extractors.adapters.pydefuddle")
ADAPTERS.add("kreuzberg", "boilerbench.extractors.adapters.kreuzberg")
ADAPTERS.add("justext-trafilatura", "boilerbench.extractors.adapters.justext_trafilatura")
ADAPTERS.add("justext-curator", "boilerbench.extractors.adapters.justext_curator")
ADAPTERS.add("markdownify", "boilerbench.extractors.adapters.markdownify")
ADAPTERS.add("mineru-webkit", "boilerbench.extractors.adapters.mineru_webkit")
ADAPTERS.add("baseline:all", "boilerbench.extractors.adapters.baseline_all")
ADAPTERS.add("baseline:middle", "boilerbench.extractors.adapters.baseline_middle")
ADAPTERS.add("baseline:long-blocks", "boilerbench.extractors.adapters.baseline_long_blocks")
ADAPTERS.add("baseline:bte", "boilerbench.extractors.adapters.baseline_bte")
ADAPTERS.add("readability-js", "node:boilerbench.extractors.adapters.readability_js")
ADAPTERS.add("defuddle", "node:boilerbench.extractors.adapters.defuddle")
ADAPTERS.add("article-extractor", "node:boilerbench.extractors.adapters.article_extractor")
ADAPTERS.add("unfluff", "node:boilerbench.extractors.adapters.unfluff")
ADAPTERS.add("readability-sax", "node:boilerbench.extractors.adapters.readability_sax")
ADAPTERS.add("mizchi-readability", "node:boilerbench.extractors.adapters.mizchi_readability")
ADAPTERS.add("readability-turndown", "node:boilerbench.extractors.adapters.readability_turndown")
ADAPTERS.add("html-to-text", "node:boilerbench.extractors.adapters.html_to_text")
ADAPTERS.add("node-html-markdown", "node:boilerbench.extractors.adapters.node_html_markdown")
ADAPTERS.add("mdream", "node:boilerbench.extractors.adapters.mdream")
ADAPTERS.add("crawl4ai", "boilerbench.extractors.adapters.crawl4ai")
ADAPTERS.add("docling", "boilerbench.extractors.adapters.docling")
ADAPTERS.add("lynx", "boilerbench.extractors.adapters.lynx")
ADAPTERS.add("w3m", "boilerbench.extractors.adapters.w3m")
ADAPTERS.add("elinks", "boilerbench.extractors.adapters.elinks")
ADAPTERS.add("links2", "boilerbench.extractors.adapters.links2")
ADAPTERS.add("debian-html2text", "boilerbench.extractors.adapters.debian_html2text")
ADAPTERS.add("pandoc", "boilerbench.extractors.adapters.pandoc")
ADAPTERS.add("boilerpipe", "boilerbench.extractors.adapters.boilerpipe")
ADAPTERS.add("chromium", "boilerbench.extractors.adapters.chromium")

BASELINE = "baseline:"
"""The beginning of the names of trivial extractors."""
GROUPS = ("default", "python", "node", "all", "heavy", "cli")

Extractor = Adapter | Program | StoredOutputs
ExtractorFunction = Callable[..., "str | None"]
Entrant = str | ExtractorFunction | Extractor
"""What may be named as an extractor: a spec or a group, a Python callable, or one that is opened."""

__all__ = [
    "ADAPTERS",
    "BASELINE",
    "DEBIAN",
    "GROUPS",
    "Adapter",
    "Entrant",
    "Extractor",
    "ExtractorFunction",
    "Program",
    "Requirement",
    "Spec",
    "StoredOutputs",
    "allow_network_to",
    "extractors_listed",
    "open_extractor",
    "open_extractors",
    "parse",
]

_OWN: dict[str, Callable[[str], Extractor]] = {
    "file:": read_outputs,
    "cmd:": program,
    "cmd-simple:": filter_program,
    "py:": python_callable,
    "endpoint:": endpoint,
}


def open_extractor(spec: str) -> Extractor:
    """The extractor that a spec names: a tool by its adapter, one's own program, or stored outputs.

    Raises:
        InputError: the spec cannot be read, or names what is not there.
    """
    for prefix, open_own in _OWN.items():
        if spec.startswith(prefix):
            return open_own(spec.removeprefix(prefix))
    parsed = parse(spec)
    if parsed.tool not in ADAPTERS:
        alike = [name for name in ADAPTERS if parsed.tool in name.split("-")]
        if alike:
            names = " or ".join(filter(None, [", ".join(alike[:-1]), alike[-1]]))
            raise InputError(f"unknown extractor {parsed.tool!r}; did you mean {names}?")
    return adapter(parsed, ADAPTERS.load(parsed.tool))


def extractors_listed(
    extractors: Entrant | Sequence[Entrant] | None,
) -> list[Entrant]:
    """Return a single spec, callable or opened extractor, or several, or none, as a list."""
    if extractors is None:
        return []
    single = isinstance(extractors, str | Adapter | Program | StoredOutputs) or callable(extractors)
    return [extractors] if single else list(extractors)  # type: ignore[list-item, arg-type]


def open_extractors(
    specs: Sequence[Entrant], remark: Callable[[str], None] = lambda _: None
) -> list[Extractor]:
    """Open the extractors that specs, groups and Python callables name; opened ones are taken as they are.

    The group ``default`` is what this environment has but for variants, ``python`` and ``node`` are the light
    tools of a language, ``all`` is all light tools, ``heavy`` those that are large to install, and ``cli``
    programs of the operating system. ``remark`` is given a line for each plug-in that a group leaves out
    because it cannot be loaded.

    Raises:
        InputError: as ``open_extractor``, or a callable cannot be imported by a worker.
    """
    opened: dict[str, Extractor] = {}
    for spec in specs:
        if not isinstance(spec, str) or spec not in GROUPS:
            extractor = _opened(spec)
            if opened.setdefault(extractor.name, extractor) != extractor:
                raise InputError(f"two extractors are called {extractor.name!r}; rename a file")
            continue
        for name, file in ADAPTERS.load_all(remark):
            extractor = adapter(parse(name), file)
            if spec in _groups_of(extractor):
                opened.setdefault(name, extractor)
    return list(opened.values())


def _groups_of(extractor: Adapter) -> tuple[str, ...]:
    if extractor.group != "light":
        return (extractor.group,)
    is_default = extractor.requirement is None and "VARIANT_OF" not in extractor.facts
    return ("all", extractor.runtime, *(["default"] if is_default else []))


def _opened(entrant: Entrant) -> Extractor:
    if isinstance(entrant, str):
        return open_extractor(entrant)
    return entrant if isinstance(entrant, Adapter | Program | StoredOutputs) else given_callable(entrant)
