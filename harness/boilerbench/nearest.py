"""The right name nearest to a wrong one, for the line that says what is wrong."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

_LIKE = 0.6
"""The similarity, from 0 to 1, from which a name may be meant."""
_LONG_ENOUGH = 3
"""Characters from which a text hardly occurs in a name by chance."""
_LONGEST = 300
_ENTRIES = 10_000
_NAMED = 8


def nearest(asked: str, names: Iterable[str]) -> str | None:
    """Return the name that is most like one that was asked for; None where none is like it.

    Likeness is 1 less the optimal string alignment distance (insertions, deletions, substitutions and swaps
    of neighbours) per character, whatever the case. Where no name is like the text, the shortest is taken
    that contains it. Of equally near ones that is the first by the alphabet.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    wanted = asked.strip()[:_LONGEST].casefold()
    known = sorted({name for name in names if len(name) <= _LONGEST})
    best = process.extractOne(
        wanted, known, scorer=OSA.normalized_similarity, processor=str.casefold, score_cutoff=_LIKE
    )
    if best:
        return str(best[0])
    containing = [name for name in known if wanted in name.casefold()] if len(wanted) >= _LONG_ENOUGH else []
    return min(containing, key=len, default=None)


def hint(asked: str, names: Sequence[str]) -> str:
    """Return the end of a line about a name that is wrong: the nearest one, or which there are."""
    near = nearest(asked, names)
    return f"did you mean {near}?" if near else f"there are {some(names)}"


def some(names: Sequence[str]) -> str:
    """Return the first few of many names, and how many more there are."""
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more if names else "none"


def named(what: str, asked: str, names: Sequence[str], where: str = "") -> str:
    """Return the name that was asked for, whole or by a beginning that no other has.

    ``what`` says what it is the name of, and ``where`` where it was looked for, as in " in this run".

    Raises:
        LookupError: no name begins so, or several do; its text says which, and the nearest.
    """
    if asked in names:
        return asked
    alike = [name for name in names if name.startswith(asked)]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise LookupError(f"{what} {asked!r} may be any of {some(alike)}; give more of its name")
    raise LookupError(f"no {what} {asked!r}{where}; {hint(asked, names)}")


def nearest_path(path: str | Path) -> Path | None:
    """Return the path that is there and most like one that is not; None where none is like it.

    Only the parts that are not there are replaced, each by what its folder has.
    """
    try:
        return _nearest_path(Path(path).expanduser())
    except (OSError, RuntimeError, ValueError):
        return None


def _nearest_path(path: Path) -> Path | None:
    if path.exists():
        return None
    here = Path(path.anchor) if path.anchor else Path()
    for part in path.relative_to(path.anchor).parts if path.anchor else path.parts:
        if not (here / part).exists():
            names = [entry.name for entry in itertools.islice(here.iterdir(), _ENTRIES)]
            near = nearest(part, names)
            if near is None:
                return None
            here /= near
        else:
            here /= part
    return here
