"""The encoding that a page declares for itself, read as browsers read it.

Source: WHATWG HTML, sections 13.2.3.2 "Determining the character encoding" and 13.2.3.5 "Changing the
encoding while parsing"; labels are those of WHATWG Encoding, section 4.2, and no others.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

PRESCANNED_BYTES = 1024
"""Browsers look for a declaration in so many bytes before they parse."""

_SPACE = b"\t\n\f\r "
_META = re.compile(rb"<meta[\t\n\f\r /]", re.IGNORECASE)
_TAG = re.compile(rb"</?[A-Za-z]")
_NAME_ENDS = re.compile(rb"[\t\n\f\r >]")
_SPACES = re.compile(rb"[\t\n\f\r ]*")
_BEFORE_ATTRIBUTE = re.compile(rb"[\t\n\f\r /]*")
_ATTRIBUTE_NAME = re.compile(rb"=?[^\t\n\f\r />=]*")
_UNQUOTED_VALUE = re.compile(rb"[^\t\n\f\r >]*")
_XML_ENCODING = re.compile(rb"<\?xml[^>]*?encoding[\0- ]*=[\0- ]*([\"'])([^>]*?)\1")
_LABEL_IN_CONTENT = re.compile(
    r"charset[\t\n\f\r ]*=[\t\n\f\r ]*(\"[^\"]*\"|'[^']*'|[\"']|[^\t\n\f\r ;]+)", re.IGNORECASE
)
_ANY_LABEL = re.compile(rb"charset[\t\n\f\r ]*=[\t\n\f\r ]*[\"']?[\t\n\f\r ]*([\w.:+-]{1,40})", re.IGNORECASE)


def encoding_named(label: str) -> str | None:
    """The encoding that a label stands for on the web, by its name in the standard; None if unknown there."""
    import webencodings

    # Labels are ASCII; lookup() would fold others, or fail on lone surrogates.
    encoding = webencodings.lookup(label) if label.isascii() else None
    return None if encoding is None else encoding.name


def encoding_of_element(label: str) -> str | None:
    """The encoding that a label in a page stands for: UTF-16, which the bytes disprove, is UTF-8."""
    name = encoding_named(label)
    if name in ("utf-16le", "utf-16be"):
        return "utf-8"
    return "windows-1252" if name == "x-user-defined" else name


def prescanned(content: bytes) -> str | None:
    """The encoding that the first bytes of a page declare, by ``<meta>`` or as XML, before parsing."""
    head = content[:PRESCANNED_BYTES]
    for start, name in ((b"<\0?\0x\0", "utf-16le"), (b"\0<\0?\0x", "utf-16be")):
        if head.startswith(start):
            return name
    # Most pages of which it must be known say nothing of it there, and need not be read tag by tag.
    if b"charset" in head.lower():
        with contextlib.suppress(_EndOfBytesError):
            return _by_meta(head)
    return _by_xml(content)


def may_change(content: bytes, encoding: str) -> bool:
    """Tell whether anything in a page could declare another encoding than this one."""
    labels = {match.group(1).decode("latin-1").lower() for match in _ANY_LABEL.finditer(content)}
    return any(encoding_of_element(label) not in (None, encoding) for label in labels)


def declared_when_parsed(html: str) -> str | None:
    """The encoding that the first ``<meta>`` of the parsed page declares, wherever it stands."""
    from justhtml import JustHTML

    for element in _metas(JustHTML(html, sanitize=False).root):
        attributes = element.attrs or {}
        name = encoding_of_element(attributes.get("charset") or "")
        if name is None and (attributes.get("http-equiv") or "").lower() == "content-type":
            name = label_in_content(attributes.get("content") or "")
        if name is not None:
            return name
    return None


def label_in_content(content: str) -> str | None:
    """The encoding that ``content="text/html; charset=…"`` names ("extracting a character encoding")."""
    if match := _LABEL_IN_CONTENT.search(content):
        return encoding_of_element(match.group(1).strip("\"'"))
    return None


class _EndOfBytesError(Exception):
    pass


def _by_meta(head: bytes) -> str | None:
    at = 0
    while (at := head.find(b"<", at)) >= 0:
        if head.startswith(b"<!--", at):
            at = _after(head, b"-->", at + 2) - 1
        elif _META.match(head, at):
            attributes, at = _attributes(head, at + 5)
            if name := _of_meta(attributes):
                return name
        elif _TAG.match(head, at):
            _, at = _attributes(head, _matched_within(head, _NAME_ENDS, at))
        elif head[at + 1 : at + 2] in (b"!", b"/", b"?"):
            at = _after(head, b">", at) - 1
        at += 1
    raise _EndOfBytesError


def _of_meta(attributes: dict[bytes, bytes]) -> str | None:
    if b"charset" in attributes:
        return encoding_of_element(attributes[b"charset"].decode("latin-1"))
    if attributes.get(b"http-equiv") == b"content-type":
        return label_in_content(attributes.get(b"content", b"").decode("latin-1"))
    return None


def _attributes(head: bytes, at: int) -> tuple[dict[bytes, bytes], int]:
    """The attributes of a tag by their names, the first of each name, and where its ``>`` is."""
    attributes: dict[bytes, bytes] = {}
    while True:
        at = _matched_to(head, _BEFORE_ATTRIBUTE, at)
        if head[at : at + 1] == b">":
            return attributes, at
        end = _matched_to(head, _ATTRIBUTE_NAME, at)
        name, value = head[at:end].lower(), b""
        at = _matched_to(head, _SPACES, end)
        if head[at : at + 1] == b"=":
            at = _matched_to(head, _SPACES, at + 1)
            quote = head[at : at + 1]
            if quote in (b'"', b"'"):
                end = _after(head, quote, at + 1)
                value = head[at + 1 : end - 1]
            else:
                end = _matched_to(head, _UNQUOTED_VALUE, at)
                value = head[at:end]
            at = end
        attributes.setdefault(name, value.lower())


def _matched_to(head: bytes, pattern: re.Pattern[bytes], at: int) -> int:
    """Return the end of what a pattern matches here, which must be before the end of the bytes."""
    match = pattern.match(head, at)
    end = match.end() if match else at
    if end >= len(head):
        raise _EndOfBytesError
    return end


def _matched_within(head: bytes, pattern: re.Pattern[bytes], at: int) -> int:
    if match := pattern.search(head, at):
        return match.start()
    raise _EndOfBytesError


def _after(head: bytes, what: bytes, at: int) -> int:
    index = head.find(what, at)
    if index < 0:
        raise _EndOfBytesError
    return index + len(what)


def _by_xml(content: bytes) -> str | None:
    end = content.find(b">", 0, PRESCANNED_BYTES) if content.startswith(b"<?xml") else -1
    if end >= 0 and (match := _XML_ENCODING.match(content, 0, end)):
        return encoding_of_element(match.group(2).decode("latin-1"))
    return None


def _metas(root: Any) -> Iterator[Any]:
    """The ``<meta>`` elements that a browser's parser makes of a page, in page order."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.name == "meta":
            yield node
        # With scripts on, what is in <noscript> is no elements but text.
        elif node.name != "noscript":
            waiting.extend(reversed(node.children or ()))
