"""What the data file of published corpora says, names that open them, and copies that are what is pinned."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from boilerbench.cli.hints import error_line
from boilerbench.corpora import catalog, open_corpus
from boilerbench.corpora.fetch import fetch
from boilerbench.errors import InputError


def test_names() -> None:
    with pytest.raises(InputError, match="no published corpus is called 'abc'; there are aeb, wcxb,"):
        fetch("abc")
    with pytest.raises(InputError, match="wcxb has no part 'train'; there are wcxb/dev, wcxb/test"):
        fetch("wcxb/train")


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (
            "aeb",
            "corpus aeb has not been fetched; boilerbench corpora fetch aeb, or give a path, as in aeb:",
        ),
        ("wcxb/dev", "corpus wcxb/dev has not been fetched; boilerbench corpora fetch wcxb/dev, or"),
        ("wceb/cleaneval", "corpus wceb/cleaneval has not been fetched; boilerbench corpora fetch wceb, or"),
        ("wcxb", "corpus wcxb: name a part: wcxb/dev or wcxb/test"),
        ("wcxb/train", "corpus wcxb/train: name a part: wcxb/dev or wcxb/test"),
    ],
)
def test_what_has_not_been_fetched(tmp_path: Path, spec: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        open_corpus(spec, tmp_path)
    assert message in error_line(caught.value)


def test_what_follows_the_name_is_left_to_the_format(tmp_path: Path) -> None:
    (tmp_path / "corpora" / "wceb").mkdir(parents=True)
    path = tmp_path / "corpora" / "wceb"
    assert catalog.fetched_path("wceb/cleaneval", tmp_path) == f"wceb:{path / 'cleaneval'}"
    assert catalog.fetched_path("wceb", tmp_path) == f"wceb:{path}"


def test_every_published_corpus_is_pinned() -> None:
    for source in catalog.all_sources().values():
        assert source.address.startswith("https://")
        assert source.commit is not None
        # Some first digits of a commit may come to name another one; the digest notices.
        assert len(source.commit) == 40 or all(part.digest for part in source.parts)
        assert source.commit in source.address
        for digest in (source.sha256, *(part.digest for part in source.parts)):
            assert digest is None or len(bytes.fromhex(digest)) == 32


def test_article_extraction_benchmark_is_what_is_pinned(data: Path, tmp_path: Path) -> None:
    (found,) = fetch("aeb", cache=tmp_path, local=data / "aeb")
    assert (found.documents, found.verified) == (181, True)
    assert len(open_corpus("aeb", tmp_path).ids()) == 181
    shutil.copytree(found.folder, tmp_path / "tampered")
    page = sorted((tmp_path / "tampered" / "html").iterdir())[90]
    page.write_bytes(gzip.compress(gzip.decompress(page.read_bytes()) + b" "))
    with pytest.raises(InputError, match=r"aeb: its files have digest .* changed or are another version"):
        fetch("aeb", cache=tmp_path, local=tmp_path / "tampered", force=True)
    page.unlink()
    with pytest.raises(InputError, match="180 documents where 181 are published"):
        fetch("aeb", cache=tmp_path, local=tmp_path / "tampered", force=True)
    assert len(open_corpus("aeb", tmp_path).ids()) == 181


def test_wcxb_dev_is_what_is_pinned(data: Path, tmp_path: Path) -> None:
    (found,) = fetch("wcxb/dev", cache=tmp_path, local=data / "wcxb")
    assert (found.documents, found.verified) == (1497, True)
    corpus = open_corpus("wcxb/dev", tmp_path)
    assert (corpus.name, len(corpus.ids())) == ("wcxb-dev", 1497)
    # The other split is not there, and this one is there already.
    with pytest.raises(InputError, match="nothing in it is called test/html"):
        fetch("wcxb/test", cache=tmp_path, local=data / "wcxb")
    shutil.rmtree(found.folder)


@pytest.mark.parametrize(
    ("name", "documents", "files"), [("readability", 130, 390), ("trafilatura", 990, 1034)]
)
def test_the_copies_at_hand_are_what_is_pinned(
    data: Path, tmp_path: Path, name: str, documents: int, files: int
) -> None:
    (found,) = fetch(name, cache=tmp_path, local=data / name)
    assert (found.documents, found.verified) == (documents, True)
    assert sum(file.is_file() for file in found.folder.rglob("*")) == files
    shutil.rmtree(found.folder)


def test_a_sample_is_not_taken_for_the_whole(data: Path, tmp_path: Path) -> None:
    pages = sorted((data / "readability" / "test-pages").iterdir())
    for page in pages[::2]:
        shutil.copytree(page, tmp_path / "sample" / "test-pages" / page.name)
    with pytest.raises(InputError, match="65 documents where 130 are published"):
        fetch("readability", cache=tmp_path, local=tmp_path / "sample")
