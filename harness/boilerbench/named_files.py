"""Files whose names a person gives: a home folder by ``~``, and no reading without end."""

from __future__ import annotations

from pathlib import Path

LARGEST_BYTES = 2 << 30
"""The most that a file may have that is read as a whole."""
LARGEST_TEXT = 10 << 20
"""The most that a file may have that a person writes."""


class UnreadableFileError(Exception):
    """A file that cannot be read; the message says why, without its name. Its caller says what to do."""


def expanded(name: str | Path) -> Path:
    """Return the path of a name that a person gives, with ``~`` for a home folder.

    Raises:
        UnreadableFileError: there is no such user, or no file can have that name.
    """
    try:
        file = Path(name).expanduser()
        file.exists()
    except (OSError, RuntimeError, ValueError) as error:
        raise UnreadableFileError(reason_of(error)) from None
    return file


def read_named(name: str | Path, largest: int = LARGEST_BYTES) -> bytes:
    """Read a file that a person names.

    Raises:
        FileNotFoundError: it is not there.
        UnreadableFileError: it is a folder, a pipe or a device, larger than that, or cannot be read.
    """
    file = expanded(name)
    try:
        check_regular(file)
        if file.stat().st_size > largest:
            raise UnreadableFileError(f"larger than {largest >> 20:,} MB")
        return file.read_bytes()
    except FileNotFoundError:
        raise
    # ValueError: a NUL in the name.
    except (OSError, ValueError) as error:
        raise UnreadableFileError(reason_of(error)) from None


def check_regular(file: Path) -> None:
    """Check that a file, if it is there, has an end.

    Raises:
        UnreadableFileError: it is a folder, a pipe or a device.
    """
    if file.is_dir():
        raise UnreadableFileError("a folder")
    # A pipe or a device may never end.
    if file.exists() and not file.is_file():
        raise UnreadableFileError("no regular file")


def reason_of(error: Exception) -> str:
    """Return why a file cannot be read, without its name, as the system says it."""
    return (isinstance(error, OSError) and error.strerror) or str(error)
