"""Corpora of pages without gold, as a crawl leaves them: read as a stream, for surveys."""

from __future__ import annotations

import abc
import glob
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from boilerbench.corpora.base import Corpus, expanded
from boilerbench.corpora.listing import is_id
from boilerbench.errors import InputError
from boilerbench.records import Gold, Metadata, Page

LARGEST_PAGE = 32 << 20
"""Bytes of a page beyond which it is passed over: crawlers cut pages at one to five megabytes."""
TOO_LARGE = f"larger than {LARGEST_PAGE >> 20} MB"
EMPTY = "empty"
DAMAGED_FILE = "a file that cannot be read to its end"
_MAGIC = re.compile(r"[*?\[]")


class PagesWithoutGold(Corpus):
    """Pages in files of one kind; a document's id is its place, the same whenever the files are.

    ``pages`` reads through all files and holds one page at a time, whereas ``ids`` reads through all of
    them to list the places. ``page`` goes to a place directly.
    """

    licence = "that of your data"
    citation = "your own"
    native_measures = ("words",)
    tokenizer = "icu"
    includes = "There is no gold: no title, no caption and no comment is marked. A survey needs none."
    has_gold = False

    @abc.abstractmethod
    def pages(self, skipped: Callable[[str], None] = lambda reason: None) -> Iterator[tuple[str, Page]]: ...

    def ids(self) -> list[str]:
        return sorted(document for document, _ in self.pages())

    def gold(self, document: str) -> Gold:
        return Gold("", has_body=False)

    def metadata(self, document: str) -> Metadata:
        return Metadata()


def files_at(corpus: str, path: str, suffixes: tuple[str, ...], layout: str) -> dict[str, Path]:
    """Return the files that a path names, by names that tell them apart, in the order of these.

    A path is a file, whatever its name, a pattern as a shell has it (``**`` for folders at any depth), or a
    folder, of which all files count that end in ``suffixes``.

    Raises:
        InputError: there is none.
    """
    where = f"corpus {corpus}:{path or '(no path)'}"
    place = expanded(path)
    if path and place.is_file():
        return {name_of(place.name): place}
    if place.exists() and not place.is_dir():
        raise InputError(f"{where}: no regular file; give {layout}")
    if path and place.is_dir():
        root, names = place, [file for file in walk(place) if file.lower().endswith(suffixes)]
    elif path and _MAGIC.search(path):
        root, names = _matching(place)
    else:
        raise InputError(f"{where}: does not exist; give {layout}")
    files = {name_of(name): root / name for name in sorted(names)}
    if not files:
        raise InputError(f"{where}: no such file in it; give {layout}")
    return files


def walk(folder: Path) -> Iterator[str]:
    """Yield the paths of all files below a folder, relative to it, in a fixed order."""
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            yield str((Path(parent) / name).relative_to(folder))


def name_of(name: str) -> str:
    """Return a file's name as the beginning of ids, which take no control characters."""
    name = name.encode("utf-8", "replace").decode()
    return name if is_id(name) else re.sub(r"[\x00-\x1f\x7f]", "\ufffd", name).strip() or "\ufffd"


def _matching(pattern: Path) -> tuple[Path, list[str]]:
    """Return the folder in which a pattern begins, and the files below that match it."""
    fixed = []
    for part in pattern.parts:
        if _MAGIC.search(part):
            break
        fixed.append(part)
    root = Path(*fixed)
    inside = str(Path(*pattern.parts[len(fixed) :]))
    # Not Path.glob, which takes no pattern of the kind "**" for files.
    names = glob.iglob(inside, root_dir=root, recursive=True)  # noqa: PTH207
    return root, [name for name in names if (root / name).is_file()]
