"""Hosted services and models that are served locally, described by a file, and who may use the network."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from boilerbench.errors import InputError
from boilerbench.extractors.adapter import ADAPTERS_FOLDER, Adapter, constants
from boilerbench.extractors.custom import Program
from boilerbench.extractors.stored import StoredOutputs
from boilerbench.named_files import LARGEST_TEXT, UnreadableFileError, read_named
from boilerbench.parsing import ParseError, parse_toml

PREFIX = "endpoint:"
_ADAPTER = ADAPTERS_FOLDER / "_endpoint.py"
_KEYS: dict[str, type] = {
    "version": str,
    "address": str,
    "headers": dict,
    "json": dict,
    "text": str,
    "format": str,
}
_FORMATS = ("text", "markdown", "html")
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def endpoint(path: str) -> Adapter:
    """Return the extractor behind ``endpoint:FILE.toml``, a service that is asked over HTTP.

    The file names ``version`` and ``address``, and may name ``headers``, ``json`` (what is sent, with
    ``${PAGE}`` and ``${URL}`` in it; without, the page itself), ``text`` (where the text is in a reply of
    JSON, as ``choices.0.message.content``) and ``format`` (``text``, ``markdown`` or ``html``). Address and
    headers may hold ``${NAME}``, a variable of the environment, as for a key.

    Raises:
        InputError: the file cannot be read, or says something else.
    """
    try:
        described = parse_toml(read_named(path, LARGEST_TEXT))
    except FileNotFoundError:
        raise InputError(f"{PREFIX}{path}: no such file; give a TOML file about a service") from None
    except UnreadableFileError as error:
        raise InputError(f"{PREFIX}{path}: {error}; give a TOML file about a service") from None
    except ParseError as error:
        raise InputError(f"{PREFIX}{path}: {error}; correct it") from None
    _check(path, described)
    options = {
        "service": json.dumps(described, sort_keys=True),
        "as": described.get("format", "text"),
    }
    facts = constants(_ADAPTER)
    source = Path(path).expanduser().absolute()
    return Adapter(f"{PREFIX}{path}", described["version"], _ADAPTER, dict(options), facts, sources=(source,))


def allow_network_to(
    extractors: Sequence[Adapter | Program | StoredOutputs], allowed: Sequence[str]
) -> list[Adapter | Program | StoredOutputs]:
    """Return extractors, of which those that are named have the network.

    Args:
        extractors: of a run.
        allowed: their specs.

    Raises:
        InputError: one that is named is not among them, or one that asks a service is not named.
    """
    names = [extractor.name for extractor in extractors]
    for name in allowed:
        if name not in names:
            raise InputError(f"{name} is allowed the network and is no extractor of this run")
    given: list[Adapter | Program | StoredOutputs] = []
    for extractor in extractors:
        if isinstance(extractor, Adapter) and "NETWORK" in extractor.facts and extractor.name not in allowed:
            raise InputError(
                f"{extractor.name} sends pages over the network", remedy="network", spec=extractor.name
            )
        if extractor.name in allowed and not isinstance(extractor, StoredOutputs):
            given.append(dataclasses.replace(extractor, network=True, variables=_variables(extractor)))
        else:
            given.append(extractor)
    return given


def _check(path: str, described: dict[str, Any]) -> None:
    for name, value in described.items():
        if name not in _KEYS:
            raise InputError(f"{PREFIX}{path}: there is no key {name}; there are {', '.join(_KEYS)}")
        if not isinstance(value, _KEYS[name]):
            raise InputError(f"{PREFIX}{path}: {name} is {type(value).__name__}, not {_KEYS[name].__name__}")
    for name in ("version", "address"):
        if not described.get(name):
            raise InputError(f"{PREFIX}{path}: {name} is missing")
    if not described["address"].startswith(("http://", "https://")):
        raise InputError(f"{PREFIX}{path}: address begins with neither http:// nor https://")
    if any(not isinstance(value, str) for value in described.get("headers", {}).values()):
        raise InputError(f"{PREFIX}{path}: a header is no text")
    if described.get("format", "text") not in _FORMATS:
        raise InputError(f"{PREFIX}{path}: format is none of {', '.join(_FORMATS)}")


def _variables(extractor: Adapter | Program) -> tuple[str, ...]:
    """Return the variables of the environment that a service's address and headers name."""
    if isinstance(extractor, Program) or "service" not in extractor.options:
        return ()
    described = json.loads(str(extractor.options["service"]))
    texts = [described["address"], *described.get("headers", {}).values()]
    return tuple(dict.fromkeys(name for text in texts for name in _VARIABLE.findall(text)))
