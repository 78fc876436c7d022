"""Which documents of a corpus a run takes."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

import boilerbench
from boilerbench.corpora import Corpus, open_corpus
from boilerbench.errors import InputError
from boilerbench.results import Run
from boilerbench.selection import Selection, select, takes_language
from tests.conftest import Command, GoldFolder

KINDS = {
    "blog-1": ("blog", "en"),
    "blog-2": ("blog", "en-GB"),
    "blog-3": ("blog", "de"),
    "forum-1": ("forum", "en"),
    "forum-2": ("forum", "de-AT"),
    "news-1": ("news", "fr"),
}


@pytest.fixture
def corpus(gold_folder: GoldFolder) -> Corpus:
    for document, (page_type, language) in KINDS.items():
        toml = f'title = "A title"\nlanguage = "{language}"\npage_type = "{page_type}"\n'
        gold_folder.add(document, document_toml=toml)
    return open_corpus(f"gold:{gold_folder.root}")


def chosen(corpus: Corpus, selection: Selection, seed: int = 0) -> list[str]:
    remarks: list[str] = []
    found = select(corpus, selection, seed=seed, remark=remarks.append)
    assert remarks == []
    return found


@pytest.mark.parametrize(
    ("selection", "documents"),
    [
        (Selection(), list(KINDS)),
        (Selection(documents=["news-1", "blog-2"]), ["blog-2", "news-1"]),
        (Selection(documents=["n", "forum-2"]), ["forum-2", "news-1"]),
        (Selection(page_types=["Forum", "news"]), ["forum-1", "forum-2", "news-1"]),
        (Selection(languages=["en"]), ["blog-1", "blog-2", "forum-1"]),
        (Selection(languages=["EN-gb"]), ["blog-2"]),
        (Selection(languages=["de", "fr"]), ["blog-3", "forum-2", "news-1"]),
        (Selection(page_types=["blog"], languages=["de"]), ["blog-3"]),
    ],
)
def test_what_is_taken(corpus: Corpus, selection: Selection, documents: list[str]) -> None:
    assert chosen(corpus, selection) == documents


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (Selection(documents=["blgo-1"]), "no document 'blgo-1'; did you mean blog-1"),
        (Selection(documents=["zzz"]), "no document 'zzz'; there are blog-1, blog-2, blog-3, forum-1"),
        (Selection(documents=["blog"]), "'blog' may be any of blog-1, blog-2, blog-3"),
        (Selection(page_types=["wiki"]), "no document of page type 'wiki'; there are blog (3), forum (2)"),
        (Selection(languages=["e"]), "no document of language 'e'; there are en (2), "),
        (Selection(page_types=["news"], languages=["de"]), "no document is left of what was selected"),
        (Selection(sample=0), "no document is left of what was selected"),
    ],
)
def test_what_is_not_there(corpus: Corpus, selection: Selection, message: str) -> None:
    with pytest.raises(InputError) as caught:
        select(corpus, selection, remark=print)
    assert message in str(caught.value)


def test_a_language_takes_its_regions() -> None:
    assert takes_language("en", "en-GB")
    assert takes_language("zh-hant", "zh-Hant-TW")
    assert not takes_language("en", "eng")
    assert not takes_language("en-GB", "en")


def test_a_sample_has_each_kind(corpus: Corpus) -> None:
    for seed in range(5):
        sample = chosen(corpus, Selection(sample=4), seed)
        assert len(sample) == 4
        # Of 3, 2 and 1 two thirds are 2, 4/3 and 2/3.
        numbers = Counter(KINDS[document][0] for document in sample)
        assert numbers["blog"] == 2
        assert numbers["forum"] in (1, 2)
    assert chosen(corpus, Selection(sample=4), 3) == chosen(corpus, Selection(sample=4), 3)


def test_a_limit_says_what_it_leaves_out(corpus: Corpus) -> None:
    remarks: list[str] = []
    assert select(corpus, Selection(limit=3), remark=remarks.append) == ["blog-1", "blog-2", "blog-3"]
    (remark,) = remarks
    assert remark == (
        "the first 3 of 6 documents of small have none of page type forum, news and language fr; "
        "a sample has some of each"
    )
    # All kinds are there, or nothing is left out.
    assert chosen(corpus, Selection(page_types=["blog"], languages=["en"], limit=1)) == ["blog-1"]
    assert len(chosen(corpus, Selection(limit=100))) == 6


@pytest.fixture
def earlier(corpus: Corpus, tmp_path: Path) -> Run:
    """``html-text`` never fails; ``theirs`` has no output for two documents, ``other`` for one."""
    for name, without in (("theirs", ("blog-1", "news-1")), ("other", ("forum-1",))):
        outputs = {document: "The body." for document in KINDS if document not in without}
        (tmp_path / f"{name}.json").write_text(json.dumps(outputs))
    specs = ["html-text", *(f"file:{tmp_path / name}.json" for name in ("theirs", "other"))]
    return boilerbench.run(corpus, specs, out=tmp_path / "earlier")


def test_only_what_failed_before(corpus: Corpus, earlier: Run, tmp_path: Path) -> None:
    assert chosen(corpus, Selection(failed=earlier)) == ["blog-1", "forum-1", "news-1"]
    assert chosen(corpus, Selection(failed=earlier, extractors=["theirs"])) == ["blog-1", "news-1"]
    (tmp_path / "theirs.json").write_text(json.dumps(dict.fromkeys(KINDS, "The body.")))
    again = boilerbench.run(
        corpus, f"file:{tmp_path}/theirs.json", failed=earlier.folder, out=tmp_path / "again"
    )
    assert list(again.documents["document"]) == ["blog-1", "news-1"]
    with pytest.raises(InputError, match="no extractor failed on any document"):
        boilerbench.run(corpus, failed=again, out=tmp_path / "third")
    with pytest.raises(InputError, match="is the run whose failures are asked for"):
        boilerbench.run(corpus, "html-text", failed=earlier, out=tmp_path / "earlier")


def test_on_the_command_line(command: Command, corpus: Corpus, earlier: Run, tmp_path: Path) -> None:
    def documents(*options: object) -> list[str]:
        answer = command("run", "-c", corpus.spec, "-e", "inscriptis", "-o", tmp_path / "out", *options)
        assert answer.code == 0, answer.err
        return list(boilerbench.load_run(tmp_path / "out" / "small").documents["document"])

    assert documents("--document", "news", "--document", "blog-1") == ["blog-1", "news-1"]
    assert documents("--page-type", "forum", "--language", "de") == ["forum-2"]
    assert len(documents("--sample", "4", "--seed", "5")) == 4
    # inscriptis is not in that run, so that the failures of all others count.
    assert documents("--failed", earlier.folder) == ["blog-1", "forum-1", "news-1"]
    answer = command("run", "--failed", earlier.folder, "-o", tmp_path / "earlier", "-e", "html-text")
    assert answer.code == 2
    assert "would be replaced; choose another folder with --out" in answer.err
    limited = command("run", "-c", corpus.spec, "-e", "html-text", "--limit", "3", "-o", tmp_path / "out")
    assert "boilerbench: the first 3 of 6 documents of small have none of page type forum" in limited.err
