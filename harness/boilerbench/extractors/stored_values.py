"""One stored output, in each of the forms in which somebody may have written it."""

from __future__ import annotations

from typing import Any

from boilerbench.bounded_markup import MarkupLimitError, bounded_text
from boilerbench.errors import InputError
from boilerbench.records import MarkupFormat

_MARKUP_SECONDS = 60.0
_MARKUP_MB = 2048
"""What reading the markup of one output may take."""


class LayoutError(Exception):
    """A file of outputs is in no known layout; the message says why."""


def document_of(key: str, value: Any) -> str:
    """Return the id of a document; the Fundus evaluation's keys are names of its pages' files."""
    return key.removesuffix(".html.gz") if _has_paragraphs(value) else key


def is_markup(value: Any) -> bool:
    """Tell whether a value has markup in place of a text."""
    return isinstance(value, dict) and "markup" in value


def markup_of(path: str, document: str, value: dict[str, Any]) -> tuple[str, MarkupFormat]:
    """Return the markup of a value and its format.

    Raises:
        InputError: it is no text, or of no known format.
    """
    markup, name = value["markup"], value.get("format")
    if markup is not None and not isinstance(markup, str):
        raise InputError(f"file:{path}: {document}: markup is no text; write {{id: text}}")
    if not isinstance(name, str) or name not in list(MarkupFormat):
        formats = " or ".join(MarkupFormat)
        raise InputError(f"file:{path}: {document}: markup without its format; add {formats}")
    return markup or "", MarkupFormat(name)


def text_in(path: str, document: str, value: Any) -> str:
    """Return the text of a value, that of its markup included.

    Raises:
        InputError: it is in no known form, or reading its markup takes too much.
    """
    if is_markup(value):
        markup, form = markup_of(path, document, value)
        try:
            return bounded_text(markup, form, seconds=_MARKUP_SECONDS, memory_mb=_MARKUP_MB)
        except (InputError, MarkupLimitError) as error:
            raise InputError(f"file:{path}: {document}: {error}; leave this output out") from None
    if isinstance(value, dict):
        value = "\n\n".join(value["body"]) if _has_paragraphs(value) else value.get("articleBody")
    if value is not None and not isinstance(value, str):
        raise InputError(f"file:{path}: {document}: not a text; write {{id: text}}")
    return value or ""


def _has_paragraphs(value: Any) -> bool:
    paragraphs = value.get("body") if isinstance(value, dict) else None
    return isinstance(paragraphs, list) and all(isinstance(each, str) for each in paragraphs)
