"""JSON values as frozen dataclasses: every field there, of its type, and nothing besides."""

from __future__ import annotations

import dataclasses
import enum
import functools
import json
import types
from collections.abc import Hashable, Mapping
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Record = TypeVar("Record")

_NAMES = {str: "a text", int: "a whole number", float: "a number", bool: "true or false", type(None): "null"}


class SchemaError(ValueError):
    """A value that does not fit; the message names its key, as in ``extractors[2].version is missing``."""


def parse(text: str) -> object:
    """Read JSON as plain values.

    Raises:
        SchemaError: it is not JSON.
    """
    try:
        value: object = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"is not JSON ({error})") from None
    return value


def decode(kind: type[Record], value: object) -> Record:
    """Read a JSON object, as ``parse`` returns it, as a dataclass.

    A field may be of type ``str``, ``int``, ``float``, ``bool``, an enum of texts, another dataclass,
    ``tuple[X, ...]`` (a list), ``Mapping[str, X]`` (an object), or any of these ``| None``. A field with a
    default may be absent.

    Raises:
        SchemaError: a key is missing, unknown or of another type.
    """
    return cast(Record, _record(kind, value, ""))


def encode(record: Any) -> dict[str, object]:
    """A dataclass as plain values that ``decode`` reads again, in the order of its fields."""
    values: dict[str, object] = dataclasses.asdict(record)
    return values


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


_DECODER = json.JSONDecoder(parse_constant=_refuse)


@functools.lru_cache
def _fields(kind: Any) -> dict[str, tuple[Any, bool]]:
    """The type of each field, and whether it must be there."""
    hints = get_type_hints(kind)
    return {
        field.name: (
            hints[field.name],
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
        )
        for field in dataclasses.fields(kind)
    }


def _record(kind: type[Any], value: object, key: str) -> object:
    if not isinstance(value, dict):
        raise SchemaError(f"{key} is not an object" if key else "is not an object")
    prefix = f"{key}." if key else ""
    fields = _fields(cast(Hashable, kind))
    for name in value:
        if name not in fields:
            raise SchemaError(f"{prefix}{name} is unknown")
    values = {}
    for name, (hint, required) in fields.items():
        if name in value:
            values[name] = _value(hint, value[name], prefix + name)
        elif required:
            raise SchemaError(f"{prefix}{name} is missing")
    try:
        return cast(object, kind(**values))
    except SchemaError as error:
        raise SchemaError(f"{prefix}{error}") from None


@functools.lru_cache
def _parts(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    return get_origin(hint), get_args(hint)


def _value(hint: Any, value: object, key: str) -> object:
    origin, arguments = _parts(hint)
    if origin in (Union, types.UnionType):
        chosen = [each for each in arguments if each is not type(None)]
        return None if value is None else _value(chosen[0], value, key)
    if origin is tuple:
        if not isinstance(value, list):
            raise SchemaError(f"{key} is not a list")
        return tuple(_value(arguments[0], item, f"{key}[{index}]") for index, item in enumerate(value))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(value, dict):
            raise SchemaError(f"{key} is not an object")
        return {
            name: _value(arguments[1], item, f"{key}[{json.dumps(name)}]") for name, item in value.items()
        }
    if dataclasses.is_dataclass(hint):
        return _record(cast(type[Any], hint), value, key)
    return _scalar(hint, value, key)


def _scalar(kind: type[Any], value: object, key: str) -> object:
    if issubclass(kind, enum.StrEnum):
        try:
            return cast(object, kind(cast(Any, value)))
        except ValueError:
            raise SchemaError(f"{key} is none of {', '.join(kind)}") from None
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise SchemaError(f"{key} is not {_NAMES[kind]}")
    return value
