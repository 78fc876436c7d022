"""Outputs that somebody stored: a hosted service's, a paper's, another machine's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import InputError


@dataclass(frozen=True, slots=True)
class StoredOutputs:
    """Texts by document id, named in tables by the file's stem; ``version`` where the file carries one."""

    name: str
    version: str
    file: Path
    texts: dict[str, str]


def read_outputs(path: str) -> StoredOutputs:
    """The outputs in a JSON file: ``{id: text}``, or article-extraction-benchmark's ``{id: {"articleBody":
    text}}``, or either of them as ``{"version": v, "output": {…}}``. A text may be null, which is empty.

    Raises:
        InputError: the file is not there, not JSON, or in no such layout.
    """
    file = Path(path).expanduser()
    try:
        content: Any = json.loads(file.read_bytes())
    except FileNotFoundError:
        raise InputError(f"file:{path}: there is no such file; give a JSON file of outputs by id") from None
    except OSError as error:
        raise InputError(f"file:{path}: {error.strerror}; give a JSON file of outputs by id") from None
    except ValueError as error:
        raise InputError(f"file:{path}: not JSON ({error}); write {{id: text}}") from None
    version = ""
    if isinstance(content, dict) and isinstance(content.get("output"), dict):
        version = str(content.get("version") or "")
        content = content["output"]
    if not isinstance(content, dict):
        raise InputError(f"file:{path}: not an object of outputs by id; write {{id: text}}")
    return StoredOutputs(
        file.stem, version, file, {key: _text(path, key, value) for key, value in content.items()}
    )


def _text(path: str, document: str, value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("articleBody")
    if value is not None and not isinstance(value, str):
        raise InputError(f"file:{path}: {document}: not a text; write {{id: text}}")
    return value or ""
