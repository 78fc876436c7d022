"""Reading the files of a corpus, with one line that names what is wrong and where."""

from __future__ import annotations

import codecs
import gzip
import zlib
from pathlib import Path
from typing import Any

from boilerbench.decoding import decode
from boilerbench.errors import InputError
from boilerbench.parsing import DuplicateKeyError, ParseError, parse_json
from boilerbench.tokenizers import storable


def problem(document: str, file: str | Path, what: str, advice: str = "", *, remedy: str = "") -> InputError:
    """Make the error about a document: which one, in which file, what is wrong, what to do.

    ``remedy`` names a hint of the command line, as in ``InputError``; it may mention ``{document}``.
    """
    line = f"{document}: {file}: {what}" + (f"; {advice}" if advice else "")
    return InputError(line, remedy=remedy, document=document)


def read_bytes(document: str, path: Path) -> bytes:
    """Read a file's bytes.

    Raises:
        InputError: it is missing or cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise problem(document, path.name, "missing", f"add {path}") from None
    except OSError as error:
        raise problem(document, path, error.strerror or str(error), "make it readable") from None


def read_gzip(document: str, path: Path) -> bytes:
    """Read the bytes that a gzip file holds.

    Raises:
        InputError: it is missing, truncated or damaged.
    """
    try:
        return gzip.decompress(read_bytes(document, path))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise problem(
            document, path.name, f"truncated or damaged gzip ({error})", "fetch the file again"
        ) from None


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


def read_json(document: str, path: Path, *, unique_keys: bool = False) -> Any:
    """Read a JSON file's value; with ``unique_keys`` a key given twice in one object is an error.

    Raises:
        InputError: it is missing, not UTF-8 or not JSON, or a key is there twice.
    """
    try:
        return parse_json(read_utf8(document, path), unique_keys=unique_keys)
    except DuplicateKeyError as error:
        raise problem(error.key, path.name, "duplicate id", "give every document an id of its own") from None
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
        raise problem(document, file, f"{key} is {_kind(value)}, not text", "make it a string")
    return storable(value)


def texts_of(document: str, file: str, key: str, value: object) -> tuple[str, ...]:
    """Return a value that must be a list of texts or absent.

    Raises:
        InputError: it is something else.
    """
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise problem(document, file, f"{key} is {_kind(value)}, not a list of texts", "make it one")
    return tuple(map(storable, value))


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), f"a {type(value).__name__}")
