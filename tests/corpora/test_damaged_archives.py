"""Archives that are damaged or forged byte by byte: one line each, no gigabytes, no endless time."""

from __future__ import annotations

import contextlib
import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from boilerbench.corpora.archives import unpack
from boilerbench.errors import InputError
from tests.conftest import THOROUGH

KEEP = ("html/*.html",)
BLOCK = tarfile.BLOCKSIZE
END = b"\0" * 2 * BLOCK


def padded(content: bytes) -> bytes:
    return content + b"\0" * (-len(content) % BLOCK)


def header(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.type = size, kind
    return member.tobuf(tarfile.GNU_FORMAT)


def signed(block: bytearray) -> bytes:
    """A header with the right checksum, by the definition: the sum of its bytes, its own field as spaces."""
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def pax(**records: str | int) -> bytes:
    """A pax header; each record is its own length, a space, ``key=value`` and a line feed."""
    lines = b""
    for key, value in records.items():
        rest = f" {key.replace('_', '.')}={value}\n".encode()
        length = next(n for n in range(len(rest), len(rest) + 6) if n == len(str(n)) + len(rest))
        lines += str(length).encode() + rest
    return header("pax", len(lines), b"x") + padded(lines)


WANTED = header("html/a.html", 2) + padded(b"hi")
LONG = header("././@LongLink", 5, b"L") + padded(b"name\0")
DEEP = header("././@LongLink", 40_000, b"L") + padded(b"a/" * 20_000) + header("x", 0)
SPARSE_FILE: dict[str, str | int] = {
    "GNU_sparse_major": 1,
    "GNU_sparse_minor": 0,
    "GNU_sparse_name": "html/a.html",
}

PIECE = header("x", BLOCK)


def old_sparse() -> bytes:
    block = bytearray(header("html/a.html", BLOCK, b"S"))
    # One piece of a byte, in a file of eight gigabytes.
    block[386:398], block[398:410], block[483:495] = b"00000000000\0", b"00000000001\0", b"77777777777\0"
    return signed(block) + padded(b"x")


def negative_size() -> bytes:
    block = bytearray(header("html/a.html", 0))
    block[124:136] = b"\xff" * 12
    return signed(block)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (LONG * 3_000 + WANTED, "damaged"),
        (pax(path="a") * 3_000 + WANTED, "damaged"),
        (header("././@LongLink", 1 << 30, b"L") + b"\0" * (1 << 20), "neither a tar nor a zip"),
        (
            WANTED + header("././@LongLink", 1 << 30, b"L") + b"\0" * (1 << 20),
            "a header of 1,073,741,8",
        ),
        (
            pax(**SPARSE_FILE, GNU_sparse_realsize=4 << 30) + header("x", BLOCK) + padded(b"1\n0\n0\n"),
            "no plain",
        ),
        (pax(**SPARSE_FILE, GNU_sparse_realsize=9) + PIECE + padded(b"zz\n"), "damaged"),
        (
            pax(GNU_sparse_map="0,1,x", GNU_sparse_size=5) + PIECE + padded(b"x"),
            "damaged",
        ),
        (old_sparse(), "no plain file"),
        (negative_size(), "no plain file"),
        (pax(size="many") + WANTED, "damaged"),
        (WANTED + b"no header" * 60, "no header at byte 1,024"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_forged_tar_archive(tmp_path: Path, content: bytes, message: str, packed: bool) -> None:
    archive = tmp_path / "a.tar"
    archive.write_bytes(gzip.compress(content + END) if packed else content + END)
    with pytest.raises(InputError, match=message) as caught:
        unpack(archive, tmp_path / "out", KEEP)
    assert len(str(caught.value).splitlines()) == 1
    assert sum(file.stat().st_size for file in tmp_path.rglob("*.html")) <= 2


@pytest.mark.parametrize("strange", [header("", 2) + padded(b"hi"), DEEP * 20])
def test_what_is_strange_and_not_wanted_does_not_matter(tmp_path: Path, strange: bytes) -> None:
    (tmp_path / "a.tar").write_bytes(strange + WANTED + END)
    unpack(tmp_path / "a.tar", tmp_path / "out", KEEP)
    assert (tmp_path / "out" / "html" / "a.html").read_bytes() == b"hi"


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("html/a.html", "hi" * 50)
    return file.getvalue()


@pytest.mark.parametrize(
    ("whole", "text"),
    [(zipped(), "hi" * 50), (WANTED + END, "hi"), (gzip.compress(WANTED + END, mtime=0), "hi")],
    ids=["zip", "tar", "tar.gz"],
)
def test_a_wrong_byte_anywhere(tmp_path: Path, whole: bytes, text: str) -> None:
    for index in range(0, min(len(whole), BLOCK + 2), 1 if THOROUGH else 3):
        for content in (
            *(whole[:index] + bytes([value]) + whole[index + 1 :] for value in (0, 255, whole[index] ^ 1)),
            whole[:index],
        ):
            folder = tmp_path / "one"
            folder.mkdir()
            (folder / "archive").write_bytes(content)
            # A line about it, or what is in it.
            with contextlib.suppress(InputError):
                unpack(folder / "archive", folder / "out", KEEP)
            for file in [path for path in folder.rglob("*") if path.is_file()]:
                file.unlink()
            for path in sorted(folder.rglob("*"), reverse=True):
                path.rmdir()
            folder.rmdir()
    (tmp_path / "archive").write_bytes(whole)
    unpack(tmp_path / "archive", tmp_path / "out", KEEP)
    assert (tmp_path / "out" / "html" / "a.html").read_text() == text
