"""The versions of boilerbench's own gold: their names, known by the digest of the documents."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from boilerbench.corpora.gold_files import own_gold
from boilerbench.corpora.reading import problem, read_bytes, text_of
from boilerbench.parsing import ParseError, parse_toml

VERSIONS_FILE = "versions.toml"


@functools.cache
def gold_versions() -> Mapping[str, str]:
    """Return the name of each version, as ``gold@2``, by the digest of all of its documents, oldest first.

    A copy of the gold has the name of its version; one that was changed has none, and neither has a part.

    Raises:
        InputError: the file that comes with boilerbench is missing or damaged.
    """
    try:
        digests = parse_toml(read_bytes("gold", own_gold() / VERSIONS_FILE))
    except ParseError as error:
        raise problem("gold", VERSIONS_FILE, str(error), "install boilerbench again") from None
    return {text_of("gold", VERSIONS_FILE, name, digest): name for name, digest in digests.items()}
