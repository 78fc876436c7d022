"""A tool's options by its own signature, as seen from inside its environment.

An adapter's options are the keyword parameters of its ``load``, and where that passes others on, the
parameters of the callable that its ``options()`` returns. Loaded by ``worker.py``; imports nothing but the
standard library.
"""

from __future__ import annotations

import difflib
import inspect
import keyword
import typing
from collections.abc import Callable, Mapping
from typing import Any

MODE = "as"
"""What a spec calls the parameter ``mode`` of an adapter's ``load``: what the tool is to return."""
_TEXT = "text"
_NONE = type(None)
_WORDS: dict[Any, str] = {bool: "true or false", int: "an integer", float: "a number", str: "text"}
_UNKNOWN = inspect.Parameter.empty


class OptionError(Exception):
    """An option that the tool does not have, or a value that it does not take; the message is one line."""


def described(adapter: Any) -> list[dict[str, Any]]:
    """Return an adapter's options: ``name``, ``takes`` in words, and ``default`` as a spec writes it."""
    parameters, types, _ = _parameters(adapter)
    rows = []
    for name, parameter in parameters.items():
        allowed = _allowed(parameter, types.get(name, _UNKNOWN))
        takes = _in_words(allowed)
        if takes:
            rows.append({"name": _option_name(name), "takes": takes, "default": _written(parameter.default)})
    return rows


def checked(adapter: Any, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options as the tool's signature has them.

    Raises:
        OptionError: the tool has no such option, or takes other values.
    """
    if not options or getattr(adapter, "CHECKS_OPTIONS", False):
        return dict(options)
    parameters, types, open_ended = _parameters(adapter)
    fitting = check(options, parameters, types, open_ended)
    return {"mode" if name == MODE in parameters else name: value for name, value in fitting.items()}


def mode(adapter: Any, options: Mapping[str, Any]) -> str:
    """Return what a tool returns with such options: text, markdown or html."""
    if getattr(adapter, "CHECKS_OPTIONS", False):
        return _TEXT
    parameter = inspect.signature(adapter.load).parameters.get("mode")
    return str(options.get("mode", parameter.default)) if parameter else _TEXT


def check(
    options: Mapping[str, Any],
    parameters: Mapping[str, inspect.Parameter],
    types: Mapping[str, Any],
    open_ended: bool,
) -> dict[str, Any]:
    """Return options as parameters have them; ``open_ended`` where a function takes any other, too.

    Raises:
        OptionError: there is no such parameter, or it takes other values.
    """
    fitting = {}
    named = {_option_name(name): name for name in parameters}
    for option, value in options.items():
        name = named.get(option, option)
        if name in parameters:
            fitting[name] = _fitted(option, value, _allowed(parameters[name], types.get(name, _UNKNOWN)))
        elif open_ended:
            fitting[name] = value
        else:
            raise OptionError(_no_such(option, list(named)))
    return fitting


def keyword_parameters(
    function: Callable[..., Any],
) -> tuple[dict[str, inspect.Parameter], dict[str, Any], bool]:
    """Return parameters that may be given by name, their types, and whether a function takes any other, too.

    Raises:
        ValueError: the function, in C, does not tell.
    """
    signature = inspect.signature(function)
    kinds = inspect.Parameter
    named = {
        name: parameter
        for name, parameter in signature.parameters.items()
        if parameter.kind in (kinds.POSITIONAL_OR_KEYWORD, kinds.KEYWORD_ONLY)
    }
    open_ended = any(parameter.kind == kinds.VAR_KEYWORD for parameter in signature.parameters.values())
    target = vars(function).get("__init__", function) if isinstance(function, type) else function
    try:
        types = typing.get_type_hints(target)
    except Exception:
        # An annotation that cannot be resolved here; the defaults say enough.
        types = {}
    return named, types, open_ended


def _option_name(parameter: str) -> str:
    """Return the name of a parameter as an option: ``as_`` is written ``as``, a keyword of Python."""
    name = parameter.removesuffix("_")
    return name if keyword.iskeyword(name) else parameter


def _parameters(adapter: Any) -> tuple[dict[str, inspect.Parameter], dict[str, Any], bool]:
    named, types, open_ended = keyword_parameters(adapter.load)
    named, types = (
        {MODE if name == "mode" else name: part[name] for name in part} for part in (named, types)
    )
    if not open_ended or not hasattr(adapter, "options"):
        return named, types, open_ended
    try:
        tools, its_types, open_ended = keyword_parameters(adapter.options())
    except ValueError:
        return named, types, True
    # What an adapter gives itself: the page, its address, and whatever has no default.
    taken = {*getattr(adapter, "GIVEN", ()), "url", "self"}
    defaulted = {
        name: parameter
        for name, parameter in tools.items()
        if parameter.default is not inspect.Parameter.empty and name not in taken
    }
    return {**defaulted, **named}, {**its_types, **types}, open_ended


def _allowed(parameter: inspect.Parameter, annotation: Any) -> Any:
    """Return the types and literal values that a parameter takes as a tuple; None where anything may go."""
    default = parameter.default
    if annotation is not _UNKNOWN:
        return _flat(annotation)
    if default is _UNKNOWN or default is None or default is Ellipsis:
        return None
    if isinstance(default, bool):
        return (bool,)
    if isinstance(default, (int, float)):
        return (int, float)
    return (str,) if isinstance(default, str) else ()


def _flat(annotation: Any) -> Any:
    origin = typing.get_origin(annotation)
    if annotation is Any:
        return None
    if origin is typing.Literal:
        return typing.get_args(annotation)
    # A union is written in two ways, of which only one has a name in every Python.
    if origin is typing.Union or type(annotation).__name__ == "UnionType":
        parts = [_flat(part) for part in typing.get_args(annotation)]
        return None if None in parts else tuple(member for part in parts for member in part)
    if annotation is None:
        return (_NONE,)
    return (annotation,) if annotation in (*_WORDS, _NONE) else ()


def _fitted(name: str, value: Any, allowed: Any) -> Any:
    if allowed is None:
        return value
    kinds = [member for member in allowed if isinstance(member, type)]
    literals = [member for member in allowed if not isinstance(member, type)]
    if value in literals and type(value) in map(type, literals):
        return value
    if type(value) in kinds:
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        if float in kinds:
            return float(value)
        # It was only read as a number: text may consist of digits.
        if str in kinds:
            return str(value)
    wanted = _in_words(allowed) or "no value that can be written in a spec"
    raise OptionError(f"option {name} takes {wanted}, not {_written(value)}")


def _in_words(allowed: Any) -> str:
    if allowed is None:
        return "any value"
    kinds = [member for member in allowed if member in _WORDS]
    words = [_WORDS[kind] for kind in kinds if kind is not int or float not in kinds]
    words += [_written(member) for member in allowed if not isinstance(member, type)]
    if words and _NONE in allowed:
        words.append("None")
    return ", ".join(words)


def _no_such(name: str, known: list[str]) -> str:
    if not known:
        return f"there is no option {name}; there are none"
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(known))}"
    return f"there is no option {name}; {hint}"


def _written(value: Any) -> str:
    if value is _UNKNOWN:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float, str)) or value is None else "the tool's own"
