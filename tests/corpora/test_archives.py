"""What is taken out of archives, and which archives nothing is taken out of."""

from __future__ import annotations

import stat
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerbench.corpora.archives import ArchiveLimits, copy, unpack
from boilerbench.errors import InputError
from tests.corpora.published import files_below, tar, zipped

KEEP = ("truth.json", "html/*.html")
FILES = {
    "repository-1.0/README.md": b"Read me",
    "repository-1.0/truth.json": b"{}",
    "repository-1.0/html/a.html": b"<p>A</p>",
    "repository-1.0/html/deeper/c.html": b"<p>C</p>",
    "repository-1.0/other/html/b.html": b"<p>B</p>",
}
KEPT = {"truth.json": b"{}", "html/a.html": b"<p>A</p>"}


def member(path: str, kind: bytes, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(path)
    made.type, made.linkname = kind, link
    return made


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tar.xz", "a.tar.bz2"])
def test_a_tar_archive_gives_what_is_wanted(tmp_path: Path, name: str) -> None:
    unpack(tar(tmp_path / name, dict(FILES)), tmp_path / "out", KEEP)
    assert files_below(tmp_path / "out") == KEPT


def test_a_zip_archive_gives_what_is_wanted(tmp_path: Path) -> None:
    unpack(zipped(tmp_path / "a.zip", FILES), tmp_path / "out", KEEP)
    assert files_below(tmp_path / "out") == KEPT


def test_a_folder_gives_what_is_wanted(tmp_path: Path) -> None:
    unpack(tar(tmp_path / "a.tar", dict(FILES)), tmp_path / "whole", ("*", "*/*", "*/*/*"))
    copy(tmp_path / "whole", tmp_path / "out", KEEP)
    assert files_below(tmp_path / "out") == KEPT


names = st.text("aZ0 .-_*?[]~ßé漢\n\t'\"$", min_size=1, max_size=8).filter(
    lambda name: name not in (".", "..")
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(names, st.binary(max_size=64), min_size=1, max_size=5))
def test_whatever_files_are_called_they_come_out_as_they_went_in(files: dict[str, bytes]) -> None:
    # By hand: a pattern of stars takes everything in its folder.
    packed = {f"top/html/{name}": content for name, content in files.items()}
    with tempfile.TemporaryDirectory() as place:
        unpack(tar(Path(place, "a.tar"), dict(packed)), Path(place, "out"), ["html/*"])
        assert files_below(Path(place, "out")) == {f"html/{name}": each for name, each in files.items()}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"../outside.html": b"x"}, "'../outside.html' leads outside"),
        ({"r/../../outside.html": b"x"}, "leads outside"),
        ({"/outside.html": b"x"}, "'/outside.html' leads outside"),
        ({"..\\outside.html": b"x"}, "leads outside"),
        ({"l": member("repository-1.0/html/l.html", tarfile.SYMTYPE, "/etc/passwd")}, "l.html is a link"),
        ({"l": member("repository-1.0/html/l.html", tarfile.LNKTYPE, "/etc/passwd")}, "l.html is a link"),
        ({"l": member("repository-1.0/html/l.html", tarfile.FIFOTYPE)}, "l.html is a link or no plain file"),
        ({"t": member("repository-1.0/truth.json", tarfile.REGTYPE)}, "truth.json is there twice"),
    ],
)
def test_a_tar_archive_that_is_up_to_no_good(
    tmp_path: Path, more: dict[str, bytes | tarfile.TarInfo], message: str
) -> None:
    archive = tar(tmp_path / "a.tar.gz", {**FILES, **more})
    with pytest.raises(InputError) as caught:
        unpack(archive, tmp_path / "out", KEEP)
    assert message in str(caught.value)
    assert not files_below(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["a.tar.gz"]


def test_links_that_nobody_wants_do_not_matter(tmp_path: Path) -> None:
    link = member("repository-1.0/docs", tarfile.SYMTYPE, "../..")
    unpack(tar(tmp_path / "a.tar", {"link": link, **FILES}), tmp_path / "out", KEEP)
    assert files_below(tmp_path / "out") == KEPT


def test_a_zip_archive_that_is_up_to_no_good(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="leads outside"):
        unpack(zipped(tmp_path / "a.zip", {**FILES, "../../out.html": b"x"}), tmp_path / "out", KEEP)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        link = zipfile.ZipInfo("html/link.html")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match=r"html/link\.html is a link"):
        unpack(tmp_path / "b.zip", tmp_path / "out", KEEP)
    assert not (tmp_path / "out").exists()


def test_a_zip_archive_that_says_less_than_it_holds(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.zip", {"html/a.html": b"a" * 100_000})
    # The size as the directory at the end has it, replaced by hand: 100,000 is 0x186a0, little-endian.
    content = bytearray(archive.read_bytes())
    place = content.rindex(b"\xa0\x86\x01\x00")
    content[place : place + 4] = b"\x10\x00\x00\x00"
    archive.write_bytes(content)
    with pytest.raises(InputError, match=r"larger than it says|truncated or damaged"):
        unpack(archive, tmp_path / "out", KEEP)


def test_limits(tmp_path: Path) -> None:
    archive = tar(tmp_path / "a.tar.gz", dict(FILES))
    with pytest.raises(InputError, match="more than 4 files"):
        unpack(archive, tmp_path / "out", KEEP, ArchiveLimits(files=4))
    total = sum(map(len, FILES.values()))
    with pytest.raises(InputError, match=f"more than {total - 1} bytes unpacked"):
        unpack(archive, tmp_path / "out", KEEP, ArchiveLimits(bytes=total - 1))
    assert not (tmp_path / "out").exists()
    unpack(archive, tmp_path / "out", KEEP, ArchiveLimits(files=5, bytes=total))


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tar.xz", "a.tar.bz2", "a.zip"])
def test_a_truncated_archive(tmp_path: Path, name: str) -> None:
    files = {f"html/{number}.html": bytes(range(256)) * number for number in range(40)}
    archive = zipped(tmp_path / name, files) if name == "a.zip" else tar(tmp_path / name, dict(files))
    archive.write_bytes(archive.read_bytes()[:-200])
    with pytest.raises(InputError, match="truncated"):
        unpack(archive, tmp_path / "out", KEEP)


def test_what_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "page").write_text("<html>Log in, please</html>")
    with pytest.raises(InputError, match="neither a tar nor a zip archive"):
        unpack(tmp_path / "page", tmp_path / "out", KEEP)


def test_an_archive_of_something_else(tmp_path: Path) -> None:
    archive = tar(tmp_path / "a.tar", {"other.txt": b""})
    with pytest.raises(InputError, match=r"nothing in it is called truth\.json or html/\*\.html"):
        unpack(archive, tmp_path / "out", KEEP)


def test_a_folder_with_links(tmp_path: Path) -> None:
    (tmp_path / "whole" / "html").mkdir(parents=True)
    (tmp_path / "whole" / "html" / "a.html").symlink_to("/etc/passwd")
    with pytest.raises(InputError, match=r"a\.html is a link"):
        copy(tmp_path / "whole", tmp_path / "out", KEEP)
