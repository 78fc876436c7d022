"""A page out of a WARC file: the only one in it, or the one at an address or offset."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

from boilerbench.corpora.warc import SUFFIXES
from boilerbench.corpora.warc_records import WarcFile, page_of
from boilerbench.errors import InputError
from boilerbench.named_files import reason_of
from boilerbench.records import Page

LARGEST_BYTES = 10 << 20
"""Bytes of a page, as of one that is captured."""
_NAMED = 5
"""Pages that are named where a choice has to be made."""


def warc_source(source: str) -> tuple[Path, str] | None:
    """Return the file and the record that a source names, as ``crawl.warc.gz@https://…``; None for others.

    The record is an address, an offset or empty.
    """
    endings = "|".join(map(re.escape, SUFFIXES))
    match = re.match(rf"(.*?(?:{endings}))(?:@(.+))?$", source, re.DOTALL | re.IGNORECASE)
    if match is None or re.match(r"[a-z][a-z0-9+.-]*://", source, re.IGNORECASE):
        return None
    return Path(match[1]), (match[2] or "").strip()


def page_from_warc(file: Path, record: str = "") -> Page:
    """Return a page of a WARC file with its address and the charset of its HTTP header.

    Args:
        file: plain, or of gzip members or zstd frames.
        record: the address of the page, of which the first answer is taken, or the offset of its record;
            empty where the file has one page only.

    Raises:
        InputError: it cannot be read, has no such page, or several where none is named.
    """
    try:
        if not file.is_file():
            raise InputError(f"{file}: no such file; give a WARC file, an HTML file or an http(s) address")
        whole = WarcFile(file.expanduser(), LARGEST_BYTES)
        if record.isdecimal():
            found = whole.record(int(record[:18]))
            page = page_of(found, LARGEST_BYTES) if found else "no record begins there"
            if isinstance(page, str):
                raise InputError(f"{file}@{record}: no page ({page}); name a page by its address or offset")
            return page
        pages = (
            (each.offset, page)
            for each in whole.records(lambda reason: None)
            if isinstance(page := page_of(each, LARGEST_BYTES), Page) and record in ("", page.url)
        )
        first = list(islice(pages, 1 if record else _NAMED + 1))
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: {reason_of(error)}; give a WARC file that can be read") from None
    if not first:
        raise InputError(f"{file}: no page {f'of {record}' if record else 'in HTML with status 200'} in it")
    if len(first) > 1:
        more = " and more" if len(first) > _NAMED else ""
        names = ", ".join(page.url or str(offset) for offset, page in first[:_NAMED])
        raise InputError(f"{file}: several pages; name one, as {file}@{first[0][0]}: {names}{more}")
    return first[0][1]
