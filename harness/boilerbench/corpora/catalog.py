"""The catalog of published corpora: origins, as ``catalog.toml`` has them, and places once fetched."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boilerbench.errors import InputError
from boilerbench.folders import user_cache_path
from boilerbench.nearest import hint

FILE = Path(__file__).with_name("catalog.toml")


@dataclass(frozen=True)
class Part:
    """A whole published corpus or one split of it: what is opened as one corpus."""

    name: str
    """Empty where the corpus is one."""
    keep: tuple[str, ...]
    """Patterns of paths, one pattern per folder."""
    count: str | None = None
    """Matches one file per document; relative to the part."""
    entries: str | None = None
    """A JSON file with a key per document; relative to the part."""
    documents: int | None = None
    digest: str | None = None


@dataclass(frozen=True)
class Source:
    """A published corpus: where it is, and what it must be."""

    name: str
    format: str
    address: str
    licence: str
    citation: str
    parts: tuple[Part, ...]
    commit: str | None = None
    bytes: int | None = None
    sha256: str | None = None
    file: str | None = None
    """The name of the file that the address is, where it is no archive."""
    opens: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names that open its parts: ``aeb``; ``wcxb/dev`` and ``wcxb/test``."""
        return tuple(f"{self.name}/{part.name}".rstrip("/") for part in self.parts)


def all_sources() -> dict[str, Source]:
    """Return all published corpora that can be fetched, by name."""
    return _read(FILE)


def find(name: str) -> tuple[Source, tuple[Part, ...]]:
    """Return a published corpus with all its parts, or with the one that ``NAME/PART`` names.

    Raises:
        InputError: there is none of that name.
    """
    first, _, rest = name.partition("/")
    source = all_sources().get(first)
    if source is None:
        raise InputError(f"no published corpus is called {name!r}; {hint(first, list(all_sources()))}")
    chosen = tuple(part for part in source.parts if rest in ("", part.name))
    if not chosen:
        raise InputError(f"{first} has no part {rest!r}; {hint(name, source.names)}")
    return source, chosen


def corpora_folder(cache: str | Path | None = None) -> Path:
    """Return the folder of fetched corpora, in a cache folder or in the user's."""
    return (Path(cache) if cache else user_cache_path()) / "corpora"


def fetched_path(spec: str, cache: str | Path | None = None) -> str:
    """Return the ``FORMAT:PATH`` of a fetched corpus: ``aeb``, ``wcxb/dev``, ``wceb/cleaneval``.

    Whatever follows the name of a corpus that has no parts is the format's own business.

    Raises:
        InputError: it has not been fetched, or is to be named by its part.
    """
    name, _, rest = spec.partition("/")
    source = all_sources()[name]
    if source.names != (name,) and spec not in source.names:
        raise InputError(f"corpus {spec}: name a part: {' or '.join(source.names)}")
    folder = corpora_folder(cache) / (spec if spec in source.names else name)
    if not folder.is_dir():
        wanted = spec if spec in source.names else name
        raise InputError(
            f"corpus {spec} has not been fetched", remedy="fetch", name=wanted, format=source.format
        )
    within = source.opens if spec in source.names else rest
    return f"{source.format}:{folder / within if within else folder}"


@functools.cache
def _read(file: Path) -> dict[str, Source]:
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: _source(name, table) for name, table in tables.items()}


def _source(name: str, table: dict[str, Any]) -> Source:
    described = table.pop("parts", None)
    if described is None:
        fields = ("keep", "count", "entries", "documents", "digest")
        described = {"": {field: table.pop(field) for field in fields if field in table}}
    parts = tuple(Part(part, tuple(facts.pop("keep")), **facts) for part, facts in described.items())
    return Source(name, parts=parts, **table)
