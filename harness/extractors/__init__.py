"""Who is judged: the spec grammar, stored outputs, and one small adapter file per tool.

An adapter is a module of constants and one function. It imports nothing but the standard library and, inside
``load``, its tool, so that the same file runs in a worker of this environment or of another:

``PACKAGE``
    the distribution whose version is printed beside every figure;
``LICENCE``, ``HOME``
    of the tool;
``TAKES``
    ``"text"`` for the decoded page or ``"bytes"`` for the page as served;
``load(**options)``
    imports the tool and returns ``(page, url) -> text``; an option that it does not take raises.
"""

from __future__ import annotations

from harness.extractors.adapter import Adapter, adapter
from harness.extractors.spec import Spec, parse
from harness.extractors.stored import StoredOutputs, read_outputs
from harness.registry import Registry

ADAPTERS = Registry("extractor", "boilerbench.extractors")
ADAPTERS.add("trafilatura", "harness.extractors.trafilatura")
ADAPTERS.add("readability-lxml", "harness.extractors.readability_lxml")
ADAPTERS.add("justext", "harness.extractors.justext")
ADAPTERS.add("boilerpy3", "harness.extractors.boilerpy3")
ADAPTERS.add("resiliparse", "harness.extractors.resiliparse")
ADAPTERS.add("html-text", "harness.extractors.html_text")
ADAPTERS.add("inscriptis", "harness.extractors.inscriptis")

Extractor = Adapter | StoredOutputs

__all__ = ["ADAPTERS", "Adapter", "Extractor", "Spec", "StoredOutputs", "open_extractor", "parse"]


def open_extractor(spec: str) -> Extractor:
    """The extractor that a spec names: a tool by its adapter, or the outputs stored in ``file:…``.

    Raises:
        InputError: the spec cannot be read, or names what is not there.
    """
    if spec.startswith("file:"):
        return read_outputs(spec.removeprefix("file:"))
    parsed = parse(spec)
    return adapter(parsed, ADAPTERS.target(parsed.tool))
