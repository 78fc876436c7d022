"""Any Python callable ``(html: bytes, url: str | None) -> str``, as in py:module:callable."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable
from typing import Any

TAKES = "bytes"
CHECKS_OPTIONS = True

Extract = Callable[[bytes, "str | None"], str]


def load(*, module: str, attribute: str, folder: str, options: dict[str, Any]) -> Extract:
    """Return the callable, imported as from ``folder``, with its options.

    A class, or a function that takes nothing but options, is called with them once and makes the extractor:
    a callable, or an object with a method ``extract``. Any other function gets them with every page.
    """
    sys.path.insert(0, folder)
    imported = importlib.import_module(module)
    # A worker reports what an adapter knows after loading.
    globals()["VERSION"] = str(getattr(imported, "__version__", ""))
    globals()["FINGERPRINT"] = str(getattr(imported, "FINGERPRINT", ""))
    named: Any = imported
    for step in attribute.split("."):
        named = getattr(named, step)
    if not callable(named):
        raise TypeError(f"{module}:{attribute} is no callable but {type(named).__name__}")
    given = _checked(named, options)
    if isinstance(named, type) or _is_factory(named, options):
        made = named(**given)
        extract = made if callable(made) else getattr(made, "extract", None)
        if not callable(extract):
            raise TypeError(f"{module}:{attribute} makes no callable but {type(made).__name__}")
        return _with_page(extract, {})
    return _with_page(named, given)


def _checked(function: Callable[..., Any], options: dict[str, Any]) -> dict[str, Any]:
    """Return options as the function's signature has them; the worker beside this knows how."""
    if not options:
        return {}
    checks = sys.modules["worker_options"]
    parameters, types, open_ended = checks.keyword_parameters(function)
    checked: dict[str, Any] = checks.check(options, parameters, types, open_ended)
    return checked


def _is_factory(function: Callable[..., Any], options: dict[str, Any]) -> bool:
    """Return whether a function takes no page: all that it must be given are options."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except ValueError:
        return False
    kinds = inspect.Parameter
    for parameter in parameters:
        if parameter.kind == kinds.VAR_POSITIONAL:
            return False
        by_position = parameter.kind in (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD)
        if by_position and parameter.default is kinds.empty and parameter.name not in options:
            return False
    return True


def _with_page(extract: Callable[..., str], options: dict[str, Any]) -> Extract:
    """Return the extractor with its options bound; a page's address is left out where it takes none."""
    try:
        signature = inspect.signature(extract)
    except ValueError:
        # Written in C, without a signature.
        return lambda page, url: extract(page, url, **options)
    try:
        signature.bind(b"", None, **options)
    except TypeError:
        signature.bind(b"", **options)
        return lambda page, url: extract(page, **options)
    return lambda page, url: extract(page, url, **options)
