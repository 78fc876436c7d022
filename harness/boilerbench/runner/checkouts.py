"""A tool as a tree of the user's: a folder, a built file or a commit, found and copied by content."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from boilerbench.folders import OwnedFolder
from boilerbench.named_files import UnreadableFileError, expanded
from boilerbench.runner.inputs import Tree, read_tree, tree_files
from boilerbench.runner.installers import UnavailableError, find_program, run_program

_GIT_SPEC = re.compile(r"git\+(?P<url>[a-z+]+://[^/@]*(?:@[^/@]+)?(?:/[^@]*)?)(?:@(?P<ref>.+))?")


@dataclass(frozen=True, slots=True)
class Source:
    """The origin of a tool's code that no index has."""

    path: str
    """As the spec has it: a folder, a file, or ``git+URL@ref``."""
    digest: str
    """SHA-256 over its files, in hexadecimal."""
    commit: str = ""
    """The commit that it is at; empty where it is under no version control."""
    dirty: bool = False
    """Whether it differs from that commit."""

    def mark(self) -> str:
        """Return what stands behind a version: the commit, with a ``*`` if dirty, or the content's digest."""
        return f"{self.commit[:7]}{'*' if self.dirty else ''}" if self.commit else f"#{self.digest[:7]}"


@dataclass(frozen=True, slots=True)
class Checkout:
    """A tool's tree on this disk."""

    source: Source
    tree: Tree


def find_checkout(spec: str, root: Path) -> Checkout:
    """Find the tree that ``./folder``, ``file.whl`` or ``git+URL@ref`` names; fetch commits to ``root``.

    Raises:
        UnavailableError: it is not there, cannot be fetched, or is too large.
    """
    commit, dirty = "", False
    if spec.startswith("git+"):
        path, commit = _commit(spec, root)
    else:
        try:
            path = expanded(spec).absolute()
        except UnreadableFileError as error:
            raise UnavailableError(f"{spec}: {error}") from None
        if not path.exists():
            raise UnavailableError(f"there is no {spec}")
        if path.is_dir():
            commit, dirty = _state(path)
    tree = read_tree(path)
    if tree.unknown:
        raise UnavailableError(tree.unknown)
    return Checkout(Source(spec, tree.digest, commit, dirty), tree)


def copy_checkout(checkout: Checkout, target: Path) -> Path:
    """Copy a tree into a folder and return the copy, which holds what was read and nothing else.

    Builds leave files where they run, and an edit must not slip in between.

    Raises:
        UnavailableError: the tree is being changed.
    """
    path = checkout.tree.path
    if path.is_file():
        copy = target / path.name
        shutil.copy2(path, copy)
    else:
        copy = target / path.name
        for name, file in tree_files(path):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, copy / name)
    if read_tree(copy).digest != checkout.tree.digest:
        raise UnavailableError(f"{path} was changed while it was copied")
    if path.is_dir() and (path / ".git").exists():
        # Versions are often read from its tags.
        (copy / ".git").symlink_to(path / ".git")
    return copy


def _commit(spec: str, root: Path) -> tuple[Path, str]:
    """Fetch what a spec names and return the folder that holds it, with the commit."""
    match = _GIT_SPEC.fullmatch(spec)
    if match is None:
        raise UnavailableError(f"{spec} cannot be read; write git+URL@ref")
    git, url = find_program("git"), match["url"]
    folder = root / "git" / hashlib.sha256(url.encode()).hexdigest()[:16]
    mirror = folder / "mirror"
    if mirror.exists():
        # Without a network, what is known of it has to do.
        with contextlib.suppress(UnavailableError):
            run_program([git, "-C", str(mirror), "fetch", "--quiet", "--prune", "--tags", "origin"])
    else:
        folder.mkdir(parents=True, exist_ok=True)
        with OwnedFolder(folder, ".making-") as fresh:
            run_program([git, "clone", "--quiet", "--mirror", "--", url, str(fresh.path)])
            fresh.path.rename(mirror)
    wanted = f"{match['ref'] or 'HEAD'}^{{commit}}"
    parse = ["rev-parse", "--verify", "--end-of-options", wanted]
    commit = run_program([git, "-C", str(mirror), *parse]).split()[-1]
    target = folder / commit
    if not target.exists():
        with OwnedFolder(folder, ".making-") as fresh:
            copy = fresh.path / "tree"
            run_program([git, "clone", "--quiet", "--shared", "--no-checkout", str(mirror), str(copy)])
            run_program([git, "-C", str(copy), "checkout", "--quiet", "--detach", commit])
            copy.rename(target)
    return target, commit


def _state(folder: Path) -> tuple[str, bool]:
    """Return the commit that a folder is at and whether it differs from it; empty outside version control."""
    git = shutil.which("git")
    if git is None or not _git(git, folder, "ls-files", "--", "."):
        return "", False
    commit = _git(git, folder, "rev-parse", "HEAD").strip()
    return commit, bool(commit and _git(git, folder, "status", "--porcelain", "--", "."))


def _git(git: str, folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [git, "-C", str(folder), *arguments],
        capture_output=True,
        text=True,
        check=False,
        # Looking at a checkout must not write to it.
        env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
    )
    return "" if done.returncode else done.stdout
