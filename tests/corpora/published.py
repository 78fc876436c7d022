"""Published corpora for tests: a data file of sources, and archives as others pack them."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path

from boilerbench.corpora.fetch import LOCK_FILE, content_digest_of

HTML = "<html><body><p>The harbour library opened its doors.</p></body></html>"


def tar(file: Path, members: dict[str, bytes | tarfile.TarInfo]) -> Path:
    """A tar archive with these files by path, or with members as they are; compressed as its name says."""
    kind = file.suffix.removeprefix(".")
    with tarfile.open(file, f"w:{kind}" if kind in ("gz", "xz", "bz2") else "w") as archive:  # type: ignore[call-overload]
        for path, content in members.items():
            if isinstance(content, tarfile.TarInfo):
                archive.addfile(content)
            else:
                member = tarfile.TarInfo(path)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
    return file


def zipped(file: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members.items():
            archive.writestr(path, content)
    return file


def files_below(folder: Path, prefix: str = "") -> dict[str, bytes]:
    return {
        prefix + path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != LOCK_FILE
    }


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != LOCK_FILE)


def write_sources(file: Path, folder: Path, address: str, /, **more: object) -> Path:
    """A data file that says of a folder in article-extraction-benchmark's layout what it is."""
    facts = {
        "format": "aeb",
        "licence": "MIT",
        "citation": "Nobody (2026), A Small Corpus",
        "address": address,
        "keep": ["ground-truth.json", "html/*.html.gz"],
        "count": "html/*.html.gz",
        "documents": 2,
        "digest": content_digest_of(folder),
        **more,
    }
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in facts.items() if value is not None]
    file.write_text("[aeb]\n" + "".join(lines), encoding="utf-8")
    return file
