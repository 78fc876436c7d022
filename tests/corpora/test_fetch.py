"""Fetching from servers that misbehave, from archives and folders; and what is there afterwards."""

from __future__ import annotations

import errno
import hashlib
import os
import resource
import socket
import subprocess
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from boilerbench.cli.hints import error_line
from boilerbench.corpora import catalog, download, open_corpus
from boilerbench.corpora.archives import ArchiveLimits
from boilerbench.corpora.fetch import LOCK_FILE, content_digest_of, fetch
from boilerbench.errors import InputError
from tests.conftest import write_aeb
from tests.corpora.published import HTML, files_below, names_in, tar, write_sources
from tests.corpora.server import Server, serving


class Place:
    """A small published corpus, its data file, and a cache folder that is empty at first."""

    def __init__(self, root: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.server, self._monkeypatch = root, server, monkeypatch
        self.cache = root / "cache"
        self.corpus = write_aeb(root / "aeb", {"a1": (HTML, "The harbour"), "b2": (HTML, "Library")})
        self.archive = tar(server.folder / "corpus.tar.gz", dict(files_below(self.corpus, "aeb-1/")))
        self.source()

    def source(self, how: str = "good", **facts: object) -> None:
        file = self.root / f"{len(names_in(self.root))}.toml"
        address = str(facts.pop("address", self.server.address(how)))
        write_sources(file, self.corpus, address, **facts)
        self._monkeypatch.setattr(catalog, "FILE", file)

    def left(self) -> list[str]:
        """Everything that lies in the cache folder."""
        return sorted(files_below(self.cache)) if self.cache.exists() else []

    def refused(self, message: str, **how: object) -> None:
        before = self.left()
        with pytest.raises(InputError) as caught:
            fetch("aeb", cache=self.cache, **{"retries": 0, **how})  # type: ignore[arg-type]
        assert message in str(caught.value)
        assert "\n" not in str(caught.value)
        assert self.left() == before


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    (tmp_path / "served").mkdir()
    with serving(tmp_path / "served") as server:
        yield Place(tmp_path, server, monkeypatch)


def test_a_full_fetch_from_loopback(place: Place) -> None:
    (found,) = fetch("aeb", cache=place.cache)
    assert (found.name, found.documents, found.verified, found.fresh) == ("aeb", 2, True, True)
    assert files_below(found.folder) == files_below(place.corpus)
    assert found.folder.stat().st_mode & 0o777 == 0o755
    assert names_in(place.cache / "corpora") == ["aeb"]
    corpus = open_corpus("aeb", place.cache)
    assert corpus.ids() == ["a1", "b2"]
    assert open_corpus(corpus.spec).ids() == ["a1", "b2"]
    assert not fetch("aeb", cache=place.cache)[0].fresh
    assert place.server.asked == ["good"]
    assert fetch("aeb", cache=place.cache, force=True)[0].fresh


def test_the_digest_is_that_of_coreutils(place: Place) -> None:
    """The line of ``catalog.toml``, run by a shell."""
    line = "find . -type f | cut -c3- | LC_ALL=C sort | xargs -d '\\n' sha256sum | sha256sum"
    text = (Path(download.__file__).with_name("catalog.toml")).read_text(encoding="utf-8")
    assert line in text
    done = subprocess.run(["bash", "-c", line], cwd=place.corpus, capture_output=True, text=True, check=True)
    assert content_digest_of(place.corpus) == done.stdout.split()[0]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between attempts, which nobody waits for here."""
    seconds: list[float] = []
    monkeypatch.setattr("boilerbench.corpora.download.time", types.SimpleNamespace(sleep=seconds.append))
    return seconds


@pytest.mark.parametrize("how", ["moved", "flaky"])
@pytest.mark.usefixtures("waits")
def test_detours_and_one_failure_do_not_matter(place: Place, how: str) -> None:
    place.source(how)
    assert fetch("aeb", cache=place.cache)[0].documents == 2


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("404", "the server answers 404 Not Found"),
        ("403", "the server answers 403 Forbidden"),
        ("500", "the server answers 500 Internal Server Error"),
        ("broken", "the transfer broke off"),
        ("unannounced", "truncated"),
    ],
)
def test_a_server_that_misbehaves(place: Place, how: str, message: str) -> None:
    place.source(how)
    place.refused(message)


def test_what_no_repetition_mends_is_asked_for_once(place: Place, waits: list[float]) -> None:
    place.source("404")
    place.refused("404", retries=2)
    assert waits == []
    place.source("broken")
    place.refused("broke off", retries=2)
    assert place.server.asked == ["404", "broken", "broken", "broken"]
    assert waits == [1, 2]


def test_a_server_that_says_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "TIMEOUT_SECONDS", 0.1)
    place.source("silent")
    place.refused("no answer within 0.1 seconds")


def test_no_server(place: Place) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    place.source(address=f"http://127.0.0.1:{port}/corpus.tar.gz")
    place.refused("no connection; is there a network?", retries=2)
    place.source(address="http://nowhere.invalid/corpus.tar.gz")
    place.refused("its host is not known; is there a network?", retries=2)


def test_a_download_with_a_checksum(place: Place) -> None:
    right = hashlib.sha256(place.archive.read_bytes()).hexdigest()
    size = place.archive.stat().st_size
    place.source(sha256=right, bytes=size, digest=None)
    assert fetch("aeb", cache=place.cache)[0].verified
    assert fetch("aeb", cache=place.cache, local=place.archive, force=True)[0].verified
    # A folder has no checksum of a download.
    assert not fetch("aeb", cache=place.cache, local=place.corpus, force=True)[0].verified
    place.source("unannounced", sha256=right, bytes=size)
    place.refused(f"the transfer broke off ({size // 2:,} of {size:,} bytes came)", force=True)
    place.source(sha256="0" * 64)
    place.refused(f"has SHA-256 {right}, not {'0' * 64}", force=True)
    place.refused(f"has SHA-256 {right}, not {'0' * 64}", force=True, local=place.archive)


def test_files_that_are_not_the_published_ones(place: Place) -> None:
    fetch("aeb", cache=place.cache)
    place.source(digest="0" * 64)
    place.refused(f"its files have digest {content_digest_of(place.corpus)}, not {'0' * 64}", force=True)
    with pytest.raises(InputError) as caught:
        fetch("aeb", cache=place.cache)
    assert error_line(caught.value).endswith("another version; boilerbench corpora fetch --force aeb")
    place.source(documents=3)
    place.refused("2 documents where 3 are published", force=True)
    place.source(documents=None, digest=None)
    assert not fetch("aeb", cache=place.cache)[0].verified


def test_counting_the_entries_of_a_file(place: Place) -> None:
    place.source(count=None, entries="ground-truth.json")
    assert fetch("aeb", cache=place.cache)[0].documents == 2
    place.source(count=None, entries="truth.json")
    place.refused("truth.json: cannot be read", force=True)


def test_a_corpus_that_is_one_file(place: Place) -> None:
    (place.server.folder / "rows.jsonl").write_text("{}\n{}\n{}\n")
    address = place.server.address("good", "rows.jsonl")
    place.source(
        address=address,
        file="rows.jsonl",
        keep=["rows.jsonl"],
        opens="rows.jsonl",
        count=None,
        documents=3,
        digest=None,
    )
    (found,) = fetch("aeb", cache=place.cache)
    assert (found.documents, names_in(found.folder)) == (3, ["rows.jsonl"])
    assert catalog.fetched_path("aeb", place.cache) == f"aeb:{found.folder / 'rows.jsonl'}"


def test_archives_that_are_refused_leave_nothing(place: Place) -> None:
    fetch("aeb", cache=place.cache)
    place.refused("more than 2 files", force=True, limits=ArchiveLimits(files=2))
    tar(place.archive, {**files_below(place.corpus), "../outside": b""})
    place.refused("leads outside", force=True)
    place.archive.write_bytes(place.archive.read_bytes()[:-40])
    place.refused(f"{place.server.address('good')}: truncated or damaged", force=True)


def test_a_disk_without_room(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch("aeb", cache=place.cache)
    # What the system says when a file may not grow, for real.
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limit[1]))
    try:
        with pytest.raises(InputError, match=r"aeb: no room left in .*; nothing was kept; free some space"):
            fetch("aeb", cache=place.cache, force=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)

    # And when the disk is full while unpacking.
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = place.left()
    monkeypatch.setattr("boilerbench.corpora.fetch.unpack", full)
    place.refused("No space left on device", force=True)
    assert place.left() == before
    assert names_in(place.cache / "corpora") == ["aeb"]


def test_a_cache_folder_that_is_a_file(place: Place) -> None:
    place.cache.write_text("")
    with pytest.raises(InputError, match="cannot be read or written"):
        fetch("aeb", cache=place.cache)


def test_one_at_a_time_and_what_a_killed_one_left(place: Place) -> None:
    root = place.cache / "corpora"
    killed = subprocess.Popen(["true"])
    killed.wait()
    (root / f".fetching-{killed.pid}-x" / "files").mkdir(parents=True)
    with FileLock(root / LOCK_FILE):
        place.refused("another boilerbench is fetching")
    fetch("aeb", cache=place.cache)
    assert names_in(root) == ["aeb"]


def test_a_copy_that_is_not_there(place: Place) -> None:
    place.refused("there is no such file or folder", local=place.root / "nowhere")
