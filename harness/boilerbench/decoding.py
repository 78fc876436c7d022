"""The bytes of a page as text: decoded in one place, the same for every extractor."""

from __future__ import annotations


def decode(content: bytes) -> str:
    """Decode a page's bytes as a browser would; undecodable bytes become U+FFFD.

    A byte order mark decides, then the encoding that the page declares in its first bytes, then UTF-8 if the
    bytes are valid, then detection.

    Source: WHATWG HTML, section 13.2.3.2 "Determining the character encoding"; a declared UTF-16 that could
    be read in the bytes is UTF-8, as there. Labels map to codecs as browsers map them (latin1 is
    windows-1252, gb2312 is gb18030), by w3lib.
    """
    from w3lib.encoding import html_body_declared_encoding, read_bom, to_unicode

    encoding, mark = read_bom(content)
    if encoding is not None and mark is not None:
        return to_unicode(content[len(mark) :], encoding)
    declared = html_body_declared_encoding(content)
    if declared is not None:
        return to_unicode(content, "utf-8" if declared.startswith(("utf-16", "utf-32")) else declared)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return to_unicode(content, _detected(content))


# The legacy encodings that browsers know (WHATWG Encoding, section 4.2); nothing else is ever guessed.
_WEB_ENCODINGS = [
    *(f"cp{number}" for number in (1252, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258, 874, 932, 949)),
    *(f"iso8859_{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    *("koi8_r", "koi8_u", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "mac_cyrillic", "mac_roman"),
]


def _detected(content: bytes) -> str:
    import charset_normalizer

    # A page's text lies behind its head; more bytes than these cost time and decide nothing.
    best = charset_normalizer.from_bytes(content[: 1 << 18], cp_isolation=_WEB_ENCODINGS).best()
    return best.encoding if best is not None else "cp1252"
