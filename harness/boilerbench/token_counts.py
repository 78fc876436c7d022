"""Numbers of tokens by a tokenizer that is installed, with a vocabulary from a file, and no downloads."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boilerbench.errors import InputError
from boilerbench.named_files import UnreadableFileError, expanded, read_named
from boilerbench.nearest import hint
from boilerbench.tokenizers import storable

_HOW = "give LIBRARY:FILE, as tokenizers:tokenizer.json or tiktoken:cl100k_base.tiktoken"
_DIGITS = 12
_LONG_SPACE = re.compile(r"\s{100000}")


@dataclass(frozen=True, slots=True)
class TokenCounter:
    """A tokenizer with its vocabulary."""

    signature: str
    """Library with version, file and digest of the vocabulary: what decides the numbers."""
    count: Callable[[str], int]
    """From a text to its number of tokens, without special ones."""


def token_counter(spec: str) -> TokenCounter:
    """Make a tokenizer from ``LIBRARY:FILE``.

    ``tokenizers:`` takes a ``tokenizer.json`` as Hugging Face's library writes it, ``tiktoken:`` a file of
    ranks whose name is that of the encoding, as ``cl100k_base.tiktoken``.

    Raises:
        InputError: the library is not installed, or the file cannot be read or is no vocabulary.
    """
    library, _, name = spec.partition(":")
    if library not in _LIBRARIES:
        raise InputError(f"tokenizer {spec!r}: {hint(library, list(_LIBRARIES))}; {_HOW}")
    try:
        path, content = expanded(name), read_named(name)
    except FileNotFoundError:
        raise InputError(f"tokenizer {spec}: no such file; {_HOW}") from None
    except UnreadableFileError as error:
        raise InputError(f"tokenizer {spec}: cannot be read ({error}); {_HOW}") from None
    try:
        version = importlib.metadata.version(library)
        count = _LIBRARIES[library](path, content)
    except (ImportError, importlib.metadata.PackageNotFoundError):
        raise InputError(
            f'tokenizer {spec}: {library} is not installed; pip install "boilerbench[tokens]"'
        ) from None
    except InputError:
        raise
    # What a library raises for a file that is no vocabulary is its own affair.
    except Exception as error:
        line = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise InputError(f"tokenizer {spec}: {path.name} is no vocabulary of {library} ({line})") from None
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
    return TokenCounter(f"{library}-{version}|{path.name}|sha256:{digest}", count)


def _of_tokenizers(path: Path, content: bytes) -> Callable[[str], int]:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_buffer(content)
    # A vocabulary may come with the limits of the model that it is for.
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def count(text: str) -> int:
        return len(tokenizer.encode(storable(text), add_special_tokens=False).ids)

    return count


def _of_tiktoken(path: Path, content: bytes) -> Callable[[str], int]:
    import tiktoken

    with _vocabulary_from(content):
        known = tiktoken.list_encoding_names()
        if path.stem not in known:
            raise InputError(f"tokenizer tiktoken:{path}: {path.stem} is none; {hint(path.stem, known)}")
        encoding = _constructed(path.stem)

    def count(text: str) -> int:
        return sum(len(encoding.encode_ordinary(piece)) for piece in _pieces(storable(text)))

    return count


def _pieces(text: str) -> Iterator[str]:
    """Cut a text where white space goes on and on, at which tiktoken's expressions run out of stack."""
    start = 0
    for match in _LONG_SPACE.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    yield text[start:]


def _constructed(name: str) -> Any:
    """Make an encoding anew: one that tiktoken has made before may have another vocabulary."""
    import tiktoken.registry

    constructors = tiktoken.registry.ENCODING_CONSTRUCTORS or {}
    return tiktoken.Encoding(**constructors[name]())


@contextlib.contextmanager
def _vocabulary_from(content: bytes) -> Iterator[None]:
    """Let tiktoken read this vocabulary where it would ask its cache, and then the network."""
    import tiktoken.load

    original = tiktoken.load.read_file_cached
    tiktoken.load.read_file_cached = lambda *_, **__: content
    try:
        yield
    finally:
        tiktoken.load.read_file_cached = original


_LIBRARIES: dict[str, Callable[[Path, bytes], Callable[[str], int]]] = {
    "tokenizers": _of_tokenizers,
    "tiktoken": _of_tiktoken,
}
