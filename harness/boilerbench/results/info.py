"""The facts of a run: run.json, which decides its figures, and provenance.json, which does not."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from boilerbench.errors import InputError
from boilerbench.nearest import nearest_path
from boilerbench.results.files import PROVENANCE_FILE, RUN_FILE
from boilerbench.results.schema import SchemaError, decode, encode, parse

FORMAT = 3
"""The number of run.json's schema; it grows when a key changes its name, type or meaning."""

_MOST_RESAMPLES = 1_000_000


@dataclass(frozen=True, slots=True)
class CorpusInfo:
    """The corpus of a run: which one, how many documents, and digests of what they hold."""

    name: str
    spec: str
    """The spec that opens it, as in ``aeb:../my-copy``."""
    documents: int
    """The number of documents of the run."""
    digest: str
    """``sha256:…`` over pages, gold and metadata of these documents."""
    pages: str
    """``sha256:…`` over pages alone, which decide the extractions."""
    version: str = ""
    """The name of the version with that digest, as ``gold@3``; empty where it has none."""

    @property
    def identity(self) -> str:
        """Digest, and before it the version where it has a name: ``gold@2, sha256:…``."""
        return ", ".join(filter(None, (self.version, self.digest)))

    @property
    def short_identity(self) -> str:
        """The same with the beginning of the digest alone: ``gold@2, sha256:c1dddc9eee42``."""
        return self.identity.replace(self.digest, self.digest[:19])

    def __post_init__(self) -> None:
        for name in ("name", "spec", "digest", "pages"):
            if not getattr(self, name):
                raise SchemaError(f"{name} is empty")
        if self.documents < 1:
            raise SchemaError(f"documents is {self.documents}")


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """The origin of an extractor's code, where that was no index: a tree of the user's."""

    path: str
    """As the spec has it: a folder, a built file, or ``git+URL@ref``."""
    digest: str
    """SHA-256 over its files, in hexadecimal."""
    commit: str
    """Empty where it is under no version control."""
    dirty: bool
    """Whether it differed from that commit."""


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """A package that an extractor ran with."""

    name: str
    version: str
    digest: str
    """``sha256:…`` over what was installed of it, or npm's integrity; empty if not known."""


@dataclass(frozen=True, slots=True)
class EnvironmentInfo:
    """The environment of an extractor: a runtime and the packages beside code of the user's."""

    runtime: str
    """``python`` or ``node``."""
    runtime_version: str
    packages: tuple[PackageInfo, ...]


@dataclass(frozen=True, slots=True)
class ExtractorInfo:
    """An extractor of a run."""

    name: str
    """The spec, as in ``trafilatura?favor_precision=true``; of stored outputs the name of their file."""
    version: str
    """Empty where it is not known; of a tree, with its commit, and a ``*`` if it differed from that."""
    source: SourceInfo | None = None
    environment: str = ""
    """The key of what it ran with in ``environments``; empty where that is not known."""

    def __post_init__(self) -> None:
        if not self.name:
            raise SchemaError("name is empty")

    @property
    def label(self) -> str:
        """Spec and version; a spec that names its version says enough."""
        enough = not self.version or ("@" in self.name and self.source is None)
        return self.name if enough else f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class MeasureInfo:
    """A measure by which a run was scored."""

    name: str
    signature: str
    """All that decides its figures, as in ``words|seg:icu-78|case:fold|norm:nfc|policy:default|v1``."""
    averages: tuple[str, ...]
    """The ways in which its scores are averaged over documents, its own first."""

    def __post_init__(self) -> None:
        if not self.averages:
            raise SchemaError("averages is empty")


@dataclass(frozen=True, slots=True)
class LimitsInfo:
    """The limits of a tool for one page."""

    seconds: float
    """Of wall-clock time."""
    memory_mb: int
    output_mb: int
    cpu_seconds: float
    """Of processor time, in all threads."""


@dataclass(frozen=True, slots=True)
class RunInfo:
    """The facts that decide the figures of a run: the schema of run.json."""

    boilerbench: str
    """The version that wrote it."""
    corpus: CorpusInfo
    extractors: tuple[ExtractorInfo, ...]
    references: tuple[str, ...]
    """The reference rows: they stand in the tables beside the extractors and do not compete."""
    measures: tuple[MeasureInfo, ...]
    """The first is the one that commands take when none is named."""
    policy: str | None
    """The policy, what labels count as; none where gold has no labels."""
    seed: int
    """Decides the draws of intervals and tests."""
    resamples: int
    limits: LimitsInfo
    counts: Mapping[str, Mapping[str, int]]
    """The number of extractions of each extractor by status."""
    unavailable: Mapping[str, str]
    """The extractors that could not be run, and why."""
    left_out: Mapping[str, str]
    """The documents whose gold has a fault, and which."""
    environments: Mapping[str, EnvironmentInfo] = field(default_factory=dict)
    """The environments of the extractors, by key."""
    suffix_list: str | None = None
    """The version of the public suffix list by which pages belong to sites, which are resampled whole; none
    where documents are taken as independent."""
    tables: Mapping[str, str] = field(default_factory=dict)
    """``sha256:…`` over each table that follows from the extractions, times aside, by its file."""
    shard: str | None = None
    """Which part of the documents was run, as in ``2/4``; absent where all were, or once merged."""

    def __post_init__(self) -> None:
        for name in ("extractors", "measures"):
            if not getattr(self, name):
                raise SchemaError(f"{name} is empty")
        for name, lowest, highest in (("seed", 0, math.inf), ("resamples", 1, _MOST_RESAMPLES)):
            if not lowest <= getattr(self, name) <= highest:
                raise SchemaError(f"{name} is {getattr(self, name)}")
        if len({*self.rows}) < len(self.rows):
            raise SchemaError("two rows have one name")

    @property
    def rows(self) -> tuple[str, ...]:
        """The names of all that has a row in the tables: extractors, then reference rows."""
        return (*(extractor.name for extractor in self.extractors), *self.references)

    @property
    def measure_names(self) -> tuple[str, ...]:
        """The names of the measures."""
        return tuple(measure.name for measure in self.measures)

    def label(self, row: str) -> str:
        """Spec and version of an extractor; a reference row's name."""
        return next((each.label for each in self.extractors if each.name == row), row)


@dataclass(frozen=True, slots=True)
class PlatformInfo:
    """The machine that made the extractions."""

    python: str
    system: str
    machine: str
    cores: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """The provenance of a run: the schema of provenance.json, which equal runs need not share."""

    command: str | None
    """The command line; none for a run that was started from Python."""
    started: str
    """Date and time in ISO 8601, UTC."""
    extraction_seconds: float
    """Of wall-clock time, for all extractions together."""
    jobs: int
    """The number of tools that worked side by side."""
    network: str
    """The protection that kept workers from the network: ``namespace`` or ``guard``, and which it did not."""
    platform: PlatformInfo
    protections: tuple[str, ...] = ()
    """The protections of the sandbox that held, in words."""
    unprotected: tuple[str, ...] = ()
    """What the sandbox did not protect from on this machine, in words."""
    hosts: Mapping[str, PlatformInfo] = field(default_factory=dict)
    """The machines whose shards were merged, by name; empty for a run of one machine."""


def write_info(folder: Path, info: RunInfo) -> None:
    """Write run.json."""
    values = {"format": FORMAT, **encode(info)}
    if info.shard is None:
        del values["shard"]
    _write(folder / RUN_FILE, values)


def write_provenance(folder: Path, provenance: Provenance) -> None:
    """Write provenance.json."""
    values = encode(provenance)
    if not provenance.hosts:
        del values["hosts"]
    _write(folder / PROVENANCE_FILE, values)


def read_info(folder: Path) -> RunInfo:
    """Read run.json.

    Raises:
        InputError: it is not there, of another format, or a key is missing, unknown or of another type.
    """
    try:
        value = parse((folder / RUN_FILE).read_text(encoding="utf-8"))
        if not isinstance(value, dict):
            raise SchemaError("is not an object")
        written = value.pop("format", None)
        if written is None:
            raise InputError(f"run {folder}: {RUN_FILE}: format is missing", remedy="run-folder")
        if written != FORMAT:
            raise InputError(_other_format(folder, written))
        return decode(RunInfo, value)
    except FileNotFoundError:
        what = f"no {RUN_FILE} in it" if folder.is_dir() else "no such folder"
        if near := _nearest_run(folder):
            raise InputError(f"run {folder}: {what}; did you mean {near}?") from None
        raise InputError(f"run {folder}: {what}", remedy="run-folder") from None
    except (OSError, ValueError) as error:
        raise InputError(f"run {folder}: {RUN_FILE}: {error}; run the benchmark again") from None


def read_provenance(folder: Path) -> Provenance | None:
    """Read provenance.json; none where it is not there, as in some published results.

    Raises:
        InputError: a key is missing, unknown or of another type.
    """
    try:
        return decode(Provenance, parse((folder / PROVENANCE_FILE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise InputError(
            f"run {folder}: {PROVENANCE_FILE}: {error}; remove it, or run the benchmark again"
        ) from None


def _nearest_run(folder: Path) -> Path | None:
    """Return the run that a folder's name is most like, or the first in a folder that is none itself."""
    near = folder if folder.is_dir() else nearest_path(folder)
    if near is None or (near / RUN_FILE).is_file():
        return near
    try:
        runs = sorted(entry for entry in near.iterdir() if (entry / RUN_FILE).is_file())
    except OSError:
        return None
    return runs[0] if runs else None


def _other_format(folder: Path, written: object) -> str:
    if type(written) is not int:
        return f"run {folder}: {RUN_FILE}: format is not a whole number; run the benchmark again"
    by = "an earlier" if written < FORMAT else "a later"
    what = "run the benchmark again" if written < FORMAT else "install that version"
    return f"run {folder}: of format {written}, written by {by} boilerbench (this one's is {FORMAT}); {what}"


def _write(file: Path, values: object) -> None:
    text = json.dumps(values, indent=2, ensure_ascii=False) + "\n"
    # A lone surrogate, as in a file name that is not UTF-8, becomes the escape that JSON has for it.
    file.write_text(text, encoding="utf-8", errors="backslashreplace")
