"""Runs and extractors as they are named on the command line: ``RUN:EXTRACTOR`` and ``NEW=OLD``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from boilerbench.cli.show import one_of
from boilerbench.errors import InputError
from boilerbench.results import Run, load_run


def split_run(argument: str) -> tuple[Run, str | None]:
    """Read ``RUN`` or ``RUN:EXTRACTOR``; a spec may have colons of its own, and so may a folder.

    Raises:
        InputError: the folder is no run.
    """
    if not Path(argument).is_dir():
        parts = argument.split(":")
        for length in range(len(parts) - 1, 0, -1):
            folder, name = ":".join(parts[:length]), ":".join(parts[length:])
            if name and Path(folder).is_dir():
                return load_run(folder), name
    return load_run(argument), None


def named_pair(first: Run, second: Run, names: Sequence[str]) -> tuple[str, str]:
    """Complete the names of an extractor of each run, which may be given by their beginnings.

    Raises:
        InputError: a run has no such extractor.
    """
    new, old = names
    return one_of("extractor", new, list(first.info.rows)), one_of("extractor", old, list(second.info.rows))


def pairs_of(first: Run, second: Run, arguments: Sequence[str]) -> list[tuple[str, str]]:
    """Read ``NEW=OLD``, an extractor of each run; a spec may have equals signs of its own.

    Raises:
        InputError: a run has no such extractor, or the argument can be read in two ways.
    """
    return [_pair_of(first, second, argument) for argument in arguments]


def _pair_of(first: Run, second: Run, argument: str) -> tuple[str, str]:
    parts = argument.split("=")
    splits = [("=".join(parts[:at]), "=".join(parts[at:])) for at in range(1, len(parts))]
    if not splits:
        raise InputError(f"--pair {argument}: give an extractor of each run, as in NEW=OLD")
    exact = [(new, old) for new, old in splits if new in first.info.rows and old in second.info.rows]
    if len(exact) > 1:
        raise InputError(f"--pair {argument}: can be read in {len(exact)} ways")
    if exact:
        return exact[0]
    # Nothing fits whole: the message about the only way to read it, or about the one in the middle.
    return named_pair(first, second, splits[len(splits) // 2])
