"""The versions of a tool that can be run here, as specs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from packaging.version import InvalidVersion, Version

from boilerbench.errors import InputError
from boilerbench.extractors import Adapter, Requirement, Spec, open_extractor, parse
from boilerbench.progress import Progress
from boilerbench.records import Page
from boilerbench.runner import Unavailable, WorkerLimits, prepare
from boilerbench.runner.installers import UnavailableError
from boilerbench.runner.single import extract_page
from boilerbench.runner.versions import between, released_versions

_PROBE = Page(b"<html><body><p>The ferry leaves at nine.</p></body></html>")
_PROBE_SECONDS = 60.0


def version_specs(spec: str, versions: str, found: Callable[[str], None] = lambda _: None) -> list[str]:
    """Return the spec of each version of a tool that a selection names, oldest first.

    Args:
        spec: the tool, with options if any, as ``trafilatura?favor_precision=true``.
        versions: ``all`` releases, ``2.0.0..`` or ``1.9..2.1`` for those from and to a version, or some of
            them, ``1.12.2,2.0.0``.
        found: told of every release as the index is asked.

    Raises:
        InputError: no such tool, the selection cannot be read, or nothing is selected.
    """
    asked = parse(spec)
    if asked.version is not None:
        raise InputError(f"{spec} names a version already; name the tool, and the versions apart")
    names = _selected(asked.tool, versions, found)
    if not names:
        raise InputError(f"{asked.tool} has no release in {versions}")
    return [str(Spec(asked.tool, name, asked.options)) for name in names]


def loadable(specs: list[str], root: Path, progress: Progress, remark: Callable[[str], None]) -> list[str]:
    """Return the specs whose tools can be installed and loaded here; the others cost a remark each.

    Args:
        specs: of tools in environments, which are made.
        root: the folder of environments.
        progress: told of every spec.
        remark: told in one line of each that is left out.

    Raises:
        InputError: none can.
    """
    usable = []
    progress.begin("environments", len(specs))
    for spec in specs:
        if reason := _problem(spec, root):
            remark(f"{spec} is left out: {reason}")
        else:
            usable.append(spec)
        progress.advance()
    if not usable:
        raise InputError("none of these versions can be installed and loaded here")
    return usable


def _selected(tool: str, versions: str, found: Callable[[str], None]) -> list[str]:
    extractor = open_extractor(tool)
    assert isinstance(extractor, Adapter)
    if versions != "all" and ".." not in versions:
        return sorted(dict.fromkeys(filter(None, map(str.strip, versions.split(",")))), key=_version)
    requirement = Requirement(extractor.runtime, str(extractor.facts["PACKAGE"]))
    oldest, _, newest = ("", "", "") if versions == "all" else versions.partition("..")
    ends = [str(_version(end)) if end else None for end in (oldest.strip(), newest.strip())]
    try:
        return between(released_versions(requirement, found), *ends)
    except UnavailableError as error:
        raise InputError(f"the versions of {tool} cannot be listed: {error}") from None


def _version(name: str) -> Version:
    try:
        return Version(name)
    except InvalidVersion:
        raise InputError(f"{name!r} is no version; write all, 2.0.0.., 1.9..2.1 or 1.12.2,2.0.0") from None


def _problem(spec: str, root: Path) -> str:
    """Return why a spec cannot be run, or nothing: its tool is installed and loaded once."""
    extractor = open_extractor(spec)
    assert isinstance(extractor, Adapter)
    prepared = prepare(extractor, root)
    if isinstance(prepared, Unavailable):
        return prepared.reason
    try:
        extract_page(prepared, _PROBE, "probe", WorkerLimits(_PROBE_SECONDS))
    except InputError as error:
        return str(error).removeprefix(f"extractor {spec}: ")
    return ""
