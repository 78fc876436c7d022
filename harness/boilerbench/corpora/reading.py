"""Reading the files of a corpus, with one line that names what is wrong and where."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from pathlib import Path
from typing import Any

from boilerbench.decoding import decode
from boilerbench.errors import InputError
from boilerbench.parsing import ParseError, parse_json
from boilerbench.tokenizers import storable

LARGEST_UNPACKED = 200_000_000
"""Bytes to which a packed page may unpack; a few kilobytes can stand for gigabytes."""


def problem(
    document: str, file: str | Path, what: str, advice: str = "", *, remedy: str = "", **facts: str
) -> InputError:
    """Make the error about a document: which one, in which file, what is wrong, what to do.

    ``remedy`` names a hint of the command line, as in ``InputError``; it may mention ``{document}``.
    """
    line = f"{document}: {file}: {what}" + (f"; {advice}" if advice else "")
    return InputError(line, remedy=remedy, document=document, **facts)


def read_bytes(document: str, path: Path) -> bytes:
    """Read a file's bytes.

    Raises:
        InputError: it is missing, no regular file, or cannot be read.
    """
    try:
        # A pipe or a device may never end.
        if not path.is_file() and path.exists():
            raise problem(document, path, "no regular file", "put the file itself there")
        return path.read_bytes()
    except FileNotFoundError:
        raise problem(document, path.name, "missing", f"add {path}") from None
    except OSError as error:
        raise problem(document, path, error.strerror or str(error), "make it readable") from None


def read_gzip(document: str, path: Path) -> bytes:
    """Read the bytes that a gzip file holds.

    Raises:
        InputError: it is missing, truncated, damaged, or larger than any page when unpacked.
    """
    content = read_bytes(document, path)
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            unpacked = packed.read(LARGEST_UNPACKED + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise problem(
            document, path.name, f"truncated or damaged gzip ({error})", "fetch the file again"
        ) from None
    if len(unpacked) > LARGEST_UNPACKED:
        megabytes = LARGEST_UNPACKED // 1_000_000
        raise problem(document, path.name, f"unpacks to more than {megabytes} MB", "leave it out")
    return unpacked


def read_utf8(document: str, path: Path, *, keep_mark: bool = False) -> str:
    """Read a file's text, without a byte order mark unless that is to be kept, as of a page.

    Raises:
        InputError: it is missing, or it is not UTF-8; the message gives line and byte.
    """
    content = read_bytes(document, path)
    try:
        return content.decode("utf-8" if keep_mark else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise problem(
            document,
            path.name,
            f"not UTF-8 in line {line} (byte {error.start} is 0x{content[error.start]:02x})",
            "save it as UTF-8",
        ) from None


def read_json(document: str, path: Path) -> Any:
    """Read a JSON file's value.

    Raises:
        InputError: it is missing, not UTF-8 or not JSON.
    """
    try:
        return parse_json(read_utf8(document, path))
    except ParseError as error:
        raise problem(document, path.name, str(error), "correct it or fetch it again") from None


def utf8_page(text: str) -> bytes:
    """Encode a page that a corpus stores as text: UTF-8, under a byte order mark where it needs one.

    A page that declares another encoding, as many do that were stored as UTF-8 later, would be decoded by
    its declaration and come out garbled. A byte order mark outranks every declaration (WHATWG HTML, section
    13.2.3.2) and leaves the page as it is. Lone surrogates, which JSON can hold and UTF-8 cannot, become
    U+FFFD.
    """
    text = storable(text)
    content = text.encode("utf-8")
    return content if decode(content) == text else codecs.BOM_UTF8 + content


def text_of(document: str, file: str, key: str, value: object) -> str:
    """Return a value that must be text or absent; absent is empty, lone surrogates are U+FFFD.

    Raises:
        InputError: it is something else.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        raise problem(document, file, f"{key} is {kind_of(value)}, not text", "make it a string")
    return storable(value)


def texts_of(document: str, file: str, key: str, value: object) -> tuple[str, ...]:
    """Return a value that must be a list of texts or absent.

    Raises:
        InputError: it is something else.
    """
    if value is None:
        return ()
    if not isinstance(value, list):
        raise problem(document, file, f"{key} is {kind_of(value)}, not a list of texts", "make it one")
    if others := [kind_of(item) for item in value if not isinstance(item, str)]:
        raise problem(document, file, f"{key} has {others[0]} in it", "make it a list of texts")
    return tuple(map(storable, value))


def kind_of(value: object) -> str:
    """Name the kind of a value as JSON and TOML call it."""
    if isinstance(value, dict):
        return "a table"
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", str: "a text"}
    return names.get(type(value), "nothing" if value is None else f"a {type(value).__name__}")
