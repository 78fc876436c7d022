"""Outputs that somebody stored: a hosted service's, a paper's, another machine's."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boilerbench.bounded_markup import MarkupLimitError, bounded_text
from boilerbench.errors import InputError
from boilerbench.named_files import LARGEST_BYTES, UnreadableFileError, expanded, read_named
from boilerbench.nearest import nearest_path
from boilerbench.parsing import ParseError, parse_json
from boilerbench.records import MarkupFormat

_MARKUP_SECONDS = 60.0
_MARKUP_MB = 2048
"""What reading the markup of one output may take."""


@dataclass(frozen=True, slots=True)
class StoredOutputs:
    """Texts by document id, named in tables by the file's stem; ``version`` where the file carries one."""

    name: str
    version: str
    file: Path
    texts: dict[str, str]
    """Those of the markup included."""
    markup: dict[str, tuple[str, MarkupFormat]] = field(default_factory=dict)
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
        content = read_named(path)
        content = _unpacked(content) if file.suffix == ".gz" else content
        lines = name.endswith((".jsonl", ".ndjson"))
        version, outputs = (
            _from_lines(content) if lines else _from_object(parse_json(content, unique_keys=True))
        )
    except FileNotFoundError:
        near = nearest_path(file)
        hint = f"did you mean {near}?" if near else "give a JSON file of outputs by id"
        raise InputError(f"file:{path}: there is no such file; {hint}") from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"file:{path}: truncated or damaged gzip ({error}); fetch it again") from None
    except UnreadableFileError as error:
        raise InputError(f"file:{path}: {error}; give a JSON file of outputs by id") from None
    except (ParseError, _LayoutError) as error:
        raise InputError(f"file:{path}: {error}; write {{id: text}}") from None
    markup = {key: _markup(path, key, value) for key, value in outputs.items() if _is_markup(value)}
    texts = {
        _document(key, value): _text_of(path, key, *markup[key]) if key in markup else _text(path, key, value)
        for key, value in outputs.items()
    }
    return StoredOutputs(Path(name).stem, version, file, texts, markup)


class _LayoutError(Exception):
    pass


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
        raise _LayoutError("not an object of outputs by id")
    return version, content


def _from_lines(content: bytes) -> tuple[str, dict[str, Any]]:
    version = ""
    outputs: dict[str, Any] = {}
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        row = _row(line, number)
        if not isinstance(row, dict):
            raise _LayoutError(f"line {number} is not an object")
        version = version or str(row.get("version") or "")
        if "id" in row:
            if str(row["id"]) in outputs:
                raise _LayoutError(f"line {number} gives {row['id']} a second time")
            outputs[str(row["id"])] = row if _is_markup(row) else row.get("text", row.get("articleBody"))
    return version, outputs


def _row(line: bytes, number: int) -> Any:
    try:
        return parse_json(line.rstrip())
    except ParseError as error:
        raise _LayoutError(f"line {number}: {str(error).replace(' in line 1', '')}") from None


def _document(key: str, value: Any) -> str:
    """The id of a document; the Fundus evaluation's keys are names of its pages' files."""
    return key.removesuffix(".html.gz") if _has_paragraphs(value) else key


def _has_paragraphs(value: Any) -> bool:
    paragraphs = value.get("body") if isinstance(value, dict) else None
    return isinstance(paragraphs, list) and all(isinstance(each, str) for each in paragraphs)


def _is_markup(value: Any) -> bool:
    return isinstance(value, dict) and "markup" in value


def _markup(path: str, document: str, value: dict[str, Any]) -> tuple[str, MarkupFormat]:
    markup, name = value["markup"], value.get("format")
    if markup is not None and not isinstance(markup, str):
        raise InputError(f"file:{path}: {document}: markup is no text; write {{id: text}}")
    if not isinstance(name, str) or name not in list(MarkupFormat):
        formats = " or ".join(MarkupFormat)
        raise InputError(f"file:{path}: {document}: markup without its format; add {formats}")
    return markup or "", MarkupFormat(name)


def _text_of(path: str, document: str, markup: str, format_: MarkupFormat) -> str:
    try:
        return bounded_text(markup, format_, seconds=_MARKUP_SECONDS, memory_mb=_MARKUP_MB)
    except (InputError, MarkupLimitError) as error:
        raise InputError(f"file:{path}: {document}: {error}; leave this output out") from None


def _text(path: str, document: str, value: Any) -> str:
    if isinstance(value, dict):
        value = "\n\n".join(value["body"]) if _has_paragraphs(value) else value.get("articleBody")
    if value is not None and not isinstance(value, str):
        raise InputError(f"file:{path}: {document}: not a text; write {{id: text}}")
    return value or ""
