"""The bytes of a page as text: decided in one place, the same for every extractor."""

from __future__ import annotations

import codecs
import functools
import re
from urllib.parse import urlsplit

from boilerbench.declared_encoding import declared_when_parsed, encoding_named, may_change, prescanned
from boilerbench.records import Page

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))
_DOMAIN = re.compile(r"[a-z0-9-]{1,63}")
# Where Python's codec is missing or differs from the decoder of that name in WHATWG Encoding.
_CODECS = {
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "ibm866": "cp866",
    "iso-8859-8-i": "iso8859-8",
    "macintosh": "mac-roman",
    "shift_jis": "cp932",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac-cyrillic",
}
_MULTIBYTE = ("big5", "euc-jp", "euc-kr", "iso-2022-jp", "shift_jis")
_UNICODE = ("utf-8", "utf-16le", "utf-16be")
_OTHER_CHARACTERS = {
    "koi8-u": {0xAE: "\u045e", 0xBE: "\u040e"},
    "windows-1255": {0xCA: "\u05ba"},
}


def page_text(page: Page) -> str:
    """The text of a page, decoded as a browser would decode it."""
    return decode(page.content, page.charset, page.url)


def decode(content: bytes, charset: str | None = None, url: str | None = None) -> str:
    """Decode a page as a browser would; undecodable bytes become U+FFFD.

    Args:
        content: the page as served.
        charset: the label in its HTTP header, if there was one.
        url: its address, whose top-level domain helps to guess where nothing is declared.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return decode_as(content[len(mark) :], encoding)
    return decode_as(content, encoding_of(content, charset, url))


def encoding_of(content: bytes, charset: str | None = None, url: str | None = None) -> str:
    """The encoding of a page by its name in the standard (``windows-1252``, ``utf-8``, …).

    A byte order mark decides, then the HTTP header, then what the page declares: in its first 1,024 bytes,
    or, as that is only tentative, in the first ``<meta>`` that the parser comes upon. Where nothing is
    declared it is UTF-8 if the bytes are valid, and else what Firefox guesses (chardetng). Labels that
    browsers do not know count as none.

    Source: WHATWG HTML, section 13.2.3.2 "Determining the character encoding". Browsers never guess UTF-8 for
    what comes from a server, lest people rely on it; stored pages have often been made UTF-8 afterwards.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    served = encoding_named(charset) if charset else None
    if served is not None:
        return served
    tentative = prescanned(content) or _guessed(content, url)
    if may_change(content, tentative):
        return declared_when_parsed(decode_as(content, tentative)) or tentative
    return tentative


def decode_as(content: bytes, encoding: str) -> str:
    """Decode bytes from an encoding given by its name in the standard; undecodable ones become U+FFFD."""
    if encoding == "replacement":
        return "\ufffd" if content else ""
    if encoding == "x-user-defined":
        return content.decode("latin-1").translate({byte: 0xF700 + byte for byte in range(0x80, 0x100)})
    if encoding in _UNICODE:
        return content.decode(encoding, "replace")
    if encoding in ("gbk", "gb18030"):
        codecs.register_error("boilerbench-gb18030", _euro_or_replacement)
        return content.decode("gb18030", "boilerbench-gb18030")
    if encoding in _MULTIBYTE:
        return content.decode(_CODECS.get(encoding, encoding), "replace")
    return codecs.charmap_decode(content, "replace", _characters(encoding))[0]


def _euro_or_replacement(error: UnicodeError) -> tuple[str, int]:
    """Return a stand-in for bytes that Python's gb18030 does not know: on the web 0x80 is the euro sign."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.object[error.start] == 0x80:
        return "€", error.start + 1
    return "\ufffd", error.end


@functools.cache
def _characters(encoding: str) -> str:
    """The characters of a single-byte encoding; U+FFFE is none.

    The bytes from 0x80 to 0x9F that Python's codecs leave out are control characters on the web.
    """
    codec = _CODECS.get(encoding, encoding)
    table = {byte: bytes([byte]).decode(codec, "ignore") for byte in range(256)}
    table |= {byte: chr(byte) for byte in range(0x80, 0xA0) if not table[byte]}
    table |= _OTHER_CHARACTERS.get(encoding, {})
    return "".join(table[byte] or "\ufffe" for byte in range(256))


def _guessed(content: bytes, url: str | None) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(content, url)
    return "utf-8"


def _detected(content: bytes, url: str | None) -> str:
    import chardetng_py

    guess = chardetng_py.detect(content, allow_utf8=False, tld=_top_level_domain(url))
    return "windows-874" if guess == "cp874" else encoding_named(guess) or "windows-1252"


def _top_level_domain(url: str | None) -> bytes | None:
    """The last label of an address's host, as chardetng takes it."""
    try:
        host = urlsplit(url or "").hostname or ""
        domain = host.rstrip(".").rpartition(".")[2].encode("idna").decode()
    except ValueError:
        return None
    return domain.encode() if _DOMAIN.fullmatch(domain) else None
