"""The output in a reply or a stored row: a text, or markup with its format and the text of that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boilerbench.bounded_markup import bounded_text
from boilerbench.errors import InputError
from boilerbench.records import MarkupFormat
from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.replies import ProtocolError
from boilerbench.tokenizers import storable

MARKUP_CHARACTERS = 10_000_000
"""The most that is read and kept."""


def returned(reply: Mapping[str, Any], limits: WorkerLimits) -> tuple[str | None, str, MarkupFormat | None]:
    """Return the text of a reply, its markup, and the format of that.

    Args:
        reply: with ``text``, or with ``markup`` and ``format``; either may be null.
        limits: of the worker for a page, within which its markup has to be read as well.

    Returns:
        The text, which is that of the markup where there is any, and None where nothing was returned; the
        markup, empty without; and its format, None without.

    Raises:
        MarkupLimitError: reading its markup goes past the limits.
        ProtocolError: it is of another type, has an unknown format, or markup too long or nested too deep.
    """
    if "markup" not in reply:
        text = reply.get("text")
        if text is not None and not isinstance(text, str):
            raise ProtocolError("text is neither text nor null")
        return text, "", None
    markup, name = reply["markup"], reply.get("format")
    if markup is not None and not isinstance(markup, str):
        raise ProtocolError("markup is neither text nor null")
    if markup is not None and len(markup) > MARKUP_CHARACTERS:
        raise ProtocolError(f"markup of more than {MARKUP_CHARACTERS:,} characters")
    if not isinstance(name, str) or name not in list(MarkupFormat):
        raise ProtocolError(f"format of markup is none of {', '.join(MarkupFormat)}")
    format_ = MarkupFormat(name)
    if markup is None:
        return None, "", format_
    # Markup is written into pages of reports, where a lone surrogate has no bytes.
    markup = storable(markup)
    try:
        text = bounded_text(markup, format_, seconds=limits.seconds, memory_mb=limits.memory_mb)
    except InputError as error:
        raise ProtocolError(f"markup: {error}") from None
    return text, markup, format_
