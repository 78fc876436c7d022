"""Policies: the role of every label, body, optional or boilerplate."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from boilerbench.errors import InputError
from boilerbench.named_files import LARGEST_TEXT, UnreadableFileError, read_named
from boilerbench.nearest import hint, nearest, nearest_path
from boilerbench.parsing import ParseError, parse_toml
from boilerbench.records import FOREIGN, Gold, Role

_DEFAULT_FILE = Path(__file__).with_name("policy.toml")
_SIGNS = {"+": "body", "~": "optional", "-": "boilerplate"}


@dataclass(frozen=True)
class Policy:
    """A role for every label; ``name`` stands in signatures."""

    name: str
    roles: Mapping[str, Role]

    def labels(self, role: Role) -> list[str]:
        """The labels that count as this, in the policy's order."""
        return [label for label, counts_as in self.roles.items() if counts_as == role]

    def role_of(self, label: str) -> str:
        """The role of a label; of ``FOREIGN`` words their own name."""
        return FOREIGN if label == FOREIGN else str(self.roles[label])

    def applied(self, gold: Gold) -> Gold:
        """Gold with the roles that its blocks have under this policy, and the body that follows from them.

        Gold without labelled blocks is what it is, and a body that labels only stand beside stays.
        """
        if not gold.blocks:
            return gold
        roles = tuple(self.roles[block.label] for block in gold.blocks)
        if gold.labels_beside:
            return replace(gold, roles=roles)
        body = (block.text for block, role in zip(gold.blocks, roles, strict=True) if role == Role.BODY)
        return replace(gold, body="\n\n".join(body), roles=roles)


def roles_of(gold: Gold) -> tuple[Role, ...]:
    """The role of each labelled block of gold, by the default policy where none has been applied."""
    return gold.roles or default_policy().applied(gold).roles


@functools.cache
def default_policy() -> Policy:
    """The policy that comes with boilerbench."""
    return _read(_DEFAULT_FILE, "default")


def parse_policy(spec: str) -> Policy:
    """The policy ``default``, one in a TOML file, or either with changes, as in ``default,+comment,~table``.

    ``+`` makes a label body, ``~`` optional, ``-`` boilerplate.

    Raises:
        InputError: there is no such file or label, or a label has no role or two.
    """
    base, *changes = spec.split(",")
    policy = default_policy() if base == "default" else _from_file(Path(base))
    roles = dict(policy.roles)
    for change in changes:
        sign, label = change[:1], change[1:]
        if sign in _SIGNS and label not in roles:
            raise InputError(f"policy {spec}: no label {label!r}; {hint(label, list(roles))}")
        if sign not in _SIGNS:
            raise InputError(
                f"policy {spec}: {change!r} is no change; write + (body), ~ (optional) or - (boilerplate) "
                f"and one of {', '.join(roles)}"
            )
        roles[label] = Role(_SIGNS[sign])
    return Policy(",".join([policy.name, *changes]), roles)


def _from_file(file: Path) -> Policy:
    try:
        missing_file = not file.is_file()
    except OSError:
        missing_file = True
    if missing_file:
        near = nearest(str(file), ["default"]) or nearest_path(file)
        advice = (
            f"did you mean {near}?" if near else f"write default, or a TOML file like {_DEFAULT_FILE.name}"
        )
        raise InputError(f"policy {file}: no such file; {advice}")
    policy = _read(file, "")
    if missing := default_policy().roles.keys() - policy.roles.keys():
        raise InputError(f"policy {file}: {', '.join(sorted(missing))} has no role; add it to a list")
    if unknown := policy.roles.keys() - default_policy().roles.keys():
        raise InputError(f"policy {file}: {', '.join(sorted(unknown))} is no label; remove it")
    # A file may change and keep its name; its content may not.
    lines = "".join(f"{label} {role}\n" for label, role in sorted(policy.roles.items()))
    return Policy(f"{file.stem}-{hashlib.sha256(lines.encode()).hexdigest()[:8]}", policy.roles)


def _read(file: Path, name: str) -> Policy:
    try:
        content = parse_toml(read_named(file, LARGEST_TEXT))
    except (FileNotFoundError, UnreadableFileError, ParseError) as error:
        raise InputError(f"policy {file}: {error}; fix it") from None
    roles: dict[str, Role] = {}
    for key, labels in content.items():
        if key not in list(Role) or not isinstance(labels, list):
            raise InputError(
                f"policy {file}: {key!r} is not one of {', '.join(Role)}, each a list of labels; fix it"
            )
        for label in labels:
            if label in roles:
                raise InputError(f"policy {file}: {label} is both {roles[label]} and {key}; keep one")
            roles[label] = Role(key)
    return Policy(name, roles)
