"""An index of a file of JSON Lines, of which one row at a time is in memory."""

from __future__ import annotations

import functools
import gzip
import os
import re
import shutil
import tempfile
import weakref
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from boilerbench.corpora.base import expanded
from boilerbench.corpora.reading import problem
from boilerbench.errors import InputError
from boilerbench.parsing import ParseError, parse_json

SUFFIXES = (".jsonl", ".jsonl.gz")

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]|^\s|\s$")


def is_id(text: str) -> bool:
    """Whether a text can name a document: not empty, visible characters, no white space at either end."""
    return bool(text) and not _CONTROL.search(text)


class JsonLines:
    """The rows of a file by their ids, each read again from where it begins when it is asked for.

    Opening reads the file once, so that a row that is not as it should be is known before anything runs;
    asking for such a row raises what is wrong with it. A gzip file is unpacked into a temporary file without
    a name, since in it no row could be found without unpacking all before it. Rows may be asked for by
    threads and forked processes at the same time.
    """

    def __init__(self, path: Path, key: str, check: Callable[[str, dict[str, Any]], None]) -> None:
        """Index a file; ``key`` names the id in a row, and ``check`` raises if a row will not do.

        Raises:
            InputError: the file cannot be read, an id is there twice, or no row is as it should be.
        """
        self.path = path
        self._file = _open(path)
        weakref.finalize(self, self._file.close)
        self._offsets: dict[str, tuple[int, int]] = {}
        self._faults: dict[str, InputError] = {}
        begin = 0
        for number, line in enumerate(self._file, 1):
            if not line.isspace():
                self._take(line, number, begin, key, check)
            begin += len(line)
        if self._faults and len(self._faults) == len(self._offsets):
            raise next(iter(self._faults.values()))
        # Page, gold and metadata of a document are asked for one after the other.
        self.row = functools.lru_cache(maxsize=4)(self._row)

    def ids(self) -> list[str]:
        """Return all ids, sorted; a row without one has that of its line, as in ``line-7``."""
        return sorted(self._offsets)

    def _take(
        self, line: bytes, number: int, begin: int, key: str, check: Callable[[str, dict[str, Any]], None]
    ) -> None:
        """Take up a line: where its row is, and what is wrong with it.

        Raises:
            InputError: its id is there twice, which leaves open what is meant by either.
        """
        document = f"line-{number}"
        fault: InputError | None = None
        try:
            row = self._parse(line, number)
            document = _id(self.path, number, key, row)
            check(document, row)
        except InputError as error:
            fault = _with_line(error, self.path.name, number)
        if document in self._offsets:
            where = f"{self.path.name}, line {number}"
            raise problem(document, where, "duplicate id", "give every document its own")
        self._offsets[document] = (begin, len(line))
        if fault:
            self._faults[document] = fault

    def _row(self, document: str) -> dict[str, Any]:
        if fault := self._faults.get(document):
            raise InputError(str(fault), remedy=fault.remedy, **fault.facts)
        begin, length = self._offsets[document]
        # Not seek and read: threads and forked processes share the file's position.
        row: dict[str, Any] = parse_json(os.pread(self._file.fileno(), length, begin))
        return row

    def _parse(self, line: bytes, number: int) -> dict[str, Any]:
        where = f"{self.path.name}, line {number}"
        try:
            row = parse_json(line.rstrip())
        except ParseError as error:
            # A line has but one line.
            what = str(error).replace(" in line 1", "")
            advice = "save it as UTF-8" if "UTF-8" in what else "correct it or fetch it again"
            raise problem("corpus", where, what, advice) from None
        if not isinstance(row, dict):
            raise problem("corpus", where, "not an object", 'write {"…": …} in each line')
        return row


def _with_line(error: InputError, file: str, number: int) -> InputError:
    """Return the error about a row with its line, if it does not name it."""
    said = str(error)
    line = f"{file}, line {number}"
    named = said if line in said else said.replace(f": {file}: ", f": {line}: ", 1)
    return InputError(named, remedy=error.remedy, **error.facts)


def rows_file(corpus: str, path: str, layout: str) -> Path:
    """Return the file of rows at a path: the file itself, or the only one in a folder.

    Raises:
        InputError: there is none, or there are several.
    """
    file = expanded(path)
    if not file.is_dir():
        if path and file.exists():
            return file
        raise InputError(f"corpus {corpus}:{path or '(no path)'}: does not exist; give {layout}")
    files = sorted(entry for entry in file.iterdir() if entry.name.endswith(SUFFIXES))
    if len(files) != 1:
        what = (
            f"{len(files)} files of JSON Lines, such as {files[0].name}" if files else "no JSON Lines in it"
        )
        raise InputError(f"corpus {corpus}:{path}: {what}; name {layout}")
    return files[0]


def _open(path: Path) -> IO[bytes]:
    try:
        file: IO[bytes] = path.open("rb")
        if file.read(2) != b"\x1f\x8b":
            file.seek(0)
            return file
        file.close()
        unpacked: IO[bytes] = tempfile.TemporaryFile(prefix="boilerbench-")  # noqa: SIM115 - closed by its user
    except OSError as error:
        raise problem("corpus", path, error.strerror or str(error), "make it readable") from None
    try:
        with gzip.open(path) as packed:
            shutil.copyfileobj(packed, unpacked, 1 << 20)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        unpacked.close()
        raise problem(
            "corpus", path.name, f"truncated or damaged gzip ({error})", "fetch the file again"
        ) from None
    unpacked.seek(0)
    return unpacked


def _id(path: Path, number: int, key: str, row: dict[str, Any]) -> str:
    where = f"{path.name}, line {number}"
    document = row.get(key)
    if type(document) is int:
        document = str(document)
    if not isinstance(document, str) or not document:
        what = f"no {key}" if key not in row else f"{key} is not a text, or empty"
        raise problem("corpus", where, what, f'write {{"{key}": "…", …}}')
    if not is_id(document):
        raise problem("corpus", where, f"{key} {document!r} is no id", "use visible characters only")
    return document
