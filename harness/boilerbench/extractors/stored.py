"""Outputs that somebody stored: a hosted service's, a paper's, another machine's."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boilerbench.errors import InputError
from boilerbench.extractors.stored_lines import Markups, OutputLines, Texts
from boilerbench.extractors.stored_values import LayoutError, document_of, is_markup, markup_of, text_in
from boilerbench.named_files import LARGEST_BYTES, UnreadableFileError, expanded, read_named
from boilerbench.nearest import nearest_path
from boilerbench.parsing import ParseError, parse_json
from boilerbench.records import MarkupFormat


@dataclass(frozen=True, slots=True)
class StoredOutputs:
    """Texts by document id, named in tables by the file's stem; ``version`` where the file carries one."""

    name: str
    version: str
    file: Path
    texts: Mapping[str, str]
    """Those of the markup included; of a file of JSON Lines they are read when they are asked for."""
    markup: Mapping[str, tuple[str, MarkupFormat]] = field(default_factory=dict)
    """Markup and its format by document id, for those that have any."""


def read_outputs(path: str) -> StoredOutputs:
    """The outputs in a file, plain or gzipped.

    As JSON: ``{id: text}``, or article-extraction-benchmark's ``{id: {"articleBody": text}}``, or the Fundus
    evaluation's ``{id: {"body": [paragraph, …]}}``, or any of them as ``{"version": v, "output": {…}}``. As
    JSON Lines (``.jsonl``): ``{"id": …, "text": …}`` a line, any of which may carry ``"version"``. Instead of
    a text there may be ``{"markup": …, "format": "markdown"}`` or ``"html"``, as a value by id or as keys of
    a line. A text may be null, which is empty.

    Raises:
        InputError: the file is not there, damaged, or in no such layout.
    """
    file = Path(path)
    name = file.name.removesuffix(".gz")
    try:
        file = expanded(path)
        if name.endswith((".jsonl", ".ndjson")):
            lines = OutputLines(path, file)
            return StoredOutputs(Path(name).stem, lines.version, file, Texts(lines), Markups(lines))
        content = read_named(path)
        content = _unpacked(content) if file.suffix == ".gz" else content
        version, outputs = _from_object(parse_json(content, unique_keys=True))
    except FileNotFoundError:
        near = nearest_path(file)
        hint = f"did you mean {near}?" if near else "give a JSON file of outputs by id"
        raise InputError(f"file:{path}: there is no such file; {hint}") from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"file:{path}: truncated or damaged gzip ({error}); fetch it again") from None
    except UnreadableFileError as error:
        raise InputError(f"file:{path}: {error}; give a JSON file of outputs by id") from None
    except (ParseError, LayoutError) as error:
        raise InputError(f"file:{path}: {error}; write {{id: text}}") from None
    markup = {key: markup_of(path, key, value) for key, value in outputs.items() if is_markup(value)}
    texts = {document_of(key, value): text_in(path, key, value) for key, value in outputs.items()}
    return StoredOutputs(Path(name).stem, version, file, texts, markup)


def _unpacked(content: bytes) -> bytes:
    with gzip.open(io.BytesIO(content)) as packed:
        unpacked = packed.read(LARGEST_BYTES + 1)
    if len(unpacked) > LARGEST_BYTES:
        raise UnreadableFileError(f"unpacks to more than {LARGEST_BYTES >> 20:,} MB")
    return unpacked


def _from_object(content: Any) -> tuple[str, dict[str, Any]]:
    version = ""
    if isinstance(content, dict) and isinstance(content.get("output"), dict):
        version = str(content.get("version") or "")
        content = content["output"]
    if not isinstance(content, dict):
        raise LayoutError("not an object of outputs by id")
    return version, content
