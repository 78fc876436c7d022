"""Specs, the notation of extractors: ``tool@version?option=value&option=value``.

The name of a baseline has a prefix, as in ``baseline:middle``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from boilerbench.errors import InputError

Option = str | int | float | bool | None

ENVIRONMENT_OPTIONS = ("as_of", "python")
"""Options that are not the tool's: resolve its environment as of a date, or for another Python."""

_SPEC = re.compile(
    r"(?P<tool>(?:baseline:)?[A-Za-z0-9][\w.-]*)(?:@(?P<version>[^?]+))?(?:\?(?P<options>.*))?", re.DOTALL
)
# As indexes of Python and npm write one: a number, then whatever names a release.
# Possessive, since digits fit both repetitions, in more ways than can be tried.
_VERSION = re.compile(r"v?\d++(?:[.!]\d++)*+(?:[-._+]?[A-Za-z0-9]++)*+")
_SOURCE = re.compile(r"git\+.*|[./].*|.*/.*|.*\.(?:whl|tar\.gz|tgz|zip)", re.DOTALL)
# With zeros before it, it is no number but a code.
_INTEGER = re.compile("0|-?[1-9][0-9]*")
_FLOAT = re.compile(r"-?[0-9]+(\.[0-9]+([eE]-?[0-9]+)?|[eE]-?[0-9]+)")


@dataclass(frozen=True, slots=True)
class Spec:
    """A tool, a version of it if one is asked for, and its options. ``str`` gives what ``parse`` reads."""

    tool: str
    version: str | None = None
    """Or where its code is: a folder, a built file, or ``git+URL@ref``."""
    options: tuple[tuple[str, Option], ...] = ()

    @property
    def is_source(self) -> bool:
        """Tell whether it names code in place of a version."""
        return self.version is not None and bool(_SOURCE.fullmatch(self.version))

    def __str__(self) -> str:
        version = f"@{self.version}" if self.version else ""
        return f"{self.tool}{version}{write_options(self.options)}"


def parse(spec: str) -> Spec:
    """Read a spec. Values ``true`` and ``false`` and numbers are read as such, all others as text.

    Raises:
        InputError: it is not a spec.
    """
    match = _SPEC.fullmatch(spec)
    if match is None:
        raise InputError(f"extractor {spec!r} cannot be read; write tool, tool@version or tool?option=value")
    parsed = Spec(match["tool"], match["version"], parse_options(spec, match["options"] or ""))
    if parsed.version is not None and not parsed.is_source and not _is_version(parsed.version):
        raise InputError(
            f"extractor {spec!r}: {parsed.version!r} is no version; write {parsed.tool} for the newest, "
            f"{parsed.tool}@1.2.3 for one, {parsed.tool}@./folder, @file.whl or @git+URL@ref for your own"
        )
    return parsed


def parse_options(spec: str, text: str) -> tuple[tuple[str, Option], ...]:
    """Read options, ``option=value&option=value``, in the order of their names.

    Raises:
        InputError: they cannot be read, or one is given twice; the message names ``spec``.
    """
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text))
    except ValueError:
        raise InputError(f"extractor {spec!r}: options are written option=value&option=value") from None
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"extractor {spec!r}: option {name!r} is given twice; keep one")
    # A version is no number: 3.10 is not 3.1.
    return tuple(
        (name, text if name in ENVIRONMENT_OPTIONS else _value(text)) for name, text in sorted(pairs)
    )


def write_options(options: tuple[tuple[str, Option], ...]) -> str:
    """Return options as a spec has them, with the question mark; nothing where there are none."""
    return f"?{urlencode([(key, _written(value)) for key, value in options])}" if options else ""


def _is_version(text: str) -> bool:
    # 2.x and the like are read as a version of that name; nothing is released under it.
    return bool(_VERSION.fullmatch(text)) and not re.search(r"[.]x\b", text)


def _value(text: str) -> Option:
    # As Python spells them, too.
    if text in ("true", "false", "True", "False"):
        return text in ("true", "True")
    if text == "None":
        return None
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _written(value: Option) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
