"""One faulty document of many, in every format: it costs its own line, and the others go on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from boilerbench.corpora import FORMATS, corpus_format, open_corpus
from boilerbench.corpora.audit import Kind, audit
from boilerbench.corpora.base import Corpus
from boilerbench.corpora.snapshot import sound_snapshot, take_snapshot
from boilerbench.errors import InputError
from boilerbench.progress import Silent
from tests.conftest import Command
from tests.corpora.test_contract import small_corpus

Damage = Callable[[Path], object]


def rewrite(file: str, old: str, new: str) -> Damage:
    """Replace a text in a file, where it is there first."""

    def damage(root: Path) -> None:
        text = (root / file).read_text()
        assert old in text
        (root / file).write_text(text.replace(old, new, 1))

    return damage


def remove(file: str) -> Damage:
    return lambda root: (root / file).unlink()


def write(file: str, content: bytes) -> Damage:
    return lambda root: (root / file).write_bytes(content)


def repeat(file: str, key: str) -> Damage:
    """Put a key's value into a JSON object twice, which Python's json cannot write."""

    def damage(root: Path) -> None:
        values = json.loads((root / file).read_text())
        again = json.dumps({key: values[key]})[1:-1]
        (root / file).write_text(json.dumps(values)[:-1] + f", {again}}}")

    return damage


# For each fault the message about the document "first"; the document "second" has none.
FAULTS: list[tuple[str, Damage, str]] = [
    ("gold", remove("first/body.txt"), r"body.txt: missing \(page without gold\)"),
    ("gold", write("first/document.toml", b"[[["), "document.toml: not TOML"),
    ("gold", write("first/body.txt", b"\xff"), "body.txt: not UTF-8 in line 1"),
    ("gold", write("first/labels.tsv", b"heading\n"), "labels.tsv, row 1: no tab"),
    ("gold", write("first/annotator-2.txt", b"x"), "annotator-2.txt: unknown label 'x'"),
    ("aeb", remove("html/first.html.gz"), "html/first.html.gz: missing, although ground-truth.json is there"),
    ("aeb", write("html/first.html.gz", b"x"), "first.html.gz: truncated or damaged gzip"),
    ("aeb", rewrite("ground-truth.json", '"Text."', "5"), "ground-truth.json: articleBody is a number"),
    ("aeb", repeat("ground-truth.json", "first"), "ground-truth.json: duplicate id"),
    ("aeb", rewrite("ground-truth.json", '"articleBody"', '"url": 1, "url"'), "'url' is there twice"),
    ("wcxb", remove("ground-truth/first.json"), "ground-truth/first.json: missing, although"),
    ("wcxb", write("ground-truth/first.json", b"{\n1"), "first.json: not JSON in line 2"),
    ("wcxb", rewrite("ground-truth/first.json", '"file_id": "first"', '"file_id": "x"'), "duplicate id"),
    ("readability", remove("test-pages/first/source.html"), "source.html: missing"),
    ("readability", write("test-pages/first/expected-metadata.json", b"[]"), "not an object"),
    ("readability", write("test-pages/first/expected.html", b"a\n\xff"), "not UTF-8 in line 2"),
    ("trafilatura", remove("eval/first.html"), r"first.html: missing \(gold without a page\)"),
    (
        "trafilatura",
        rewrite("evaldata.json", '"file": "first.html"', f'"file": "{"n" * 300}.html"'),
        "nnn.*too long",
    ),
    (
        "trafilatura",
        rewrite("evaldata.json", '"file": "first.html"', '"file": 1'),
        "evaldata.json: file is a number",
    ),
    (
        "trafilatura",
        rewrite("evaldata.json", '"first.html", "with": ["Text"]', '"first.html", "with": [1]'),
        "number",
    ),
    ("webmainbench", rewrite("rows.jsonl", '"first"', '"first", "html": 1'), "line 2: 'html' is there twice"),
    (
        "webmainbench",
        rewrite("rows.jsonl", '"groundtruth_content": "Text.", "track_id": "first"', '"track_id": "first"'),
        "line 2: neither",
    ),
    ("wceb", remove("html/dragnet/first.html"), "html/dragnet/first.html: missing"),
    (
        "wceb",
        rewrite("ground-truth/dragnet.jsonl", '"first", "plaintext": "Text."', '"first", "plaintext": []'),
        "dragnet.jsonl, line 2: plaintext is a list",
    ),
    ("cleaneval", remove("input/first.html"), "gold without a page"),
    ("cleaneval", write("GoldStandard/first-b.txt", b"Text."), "duplicate id: first"),
    ("fundus", remove("html/first.html.gz"), "html/first.html.gz: missing"),
    (
        "fundus",
        rewrite("ground_truth.json", '"first.html.gz": {', '"first.html.gz": [], "x": {'),
        "ground_truth.json: not an object",
    ),
    ("fundus", repeat("ground_truth.json", "first.html.gz"), "duplicate id"),
    ("jsonl", remove("pages/first.html"), r"rows.jsonl, line 2: html_path 'pages/first.html' is missing"),
    (
        "jsonl",
        rewrite("rows.jsonl", '"first", "html_path": "pages/first.html", "body"', '"first", "text"'),
        "line 2: not one page",
    ),
    ("jsonl", rewrite("rows.jsonl", '"language": "en"', '"language": ["en"]'), "line 2: language is a list"),
]


def test_every_format_has_its_faults() -> None:
    """Where there is no gold, what is damaged is no document: it is counted and passed over."""
    assert {name for name, *_ in FAULTS} == {name for name in FORMATS if corpus_format(name).has_gold}


@pytest.mark.parametrize(("name", "damage", "message"), FAULTS)
def test_one_faulty_document_costs_itself(tmp_path: Path, name: str, damage: Damage, message: str) -> None:
    spec = small_corpus(name, tmp_path / "small")
    whole = open_corpus(spec).document("second")
    damage(tmp_path / "small")
    corpus = open_corpus(spec)
    remarks: list[str] = []
    snapshot, left_out = sound_snapshot(corpus, corpus.ids(), remarks.append, Silent())
    assert list(snapshot.pages) == ["second"]
    assert any(re.search(message, line) for line in left_out.values()), left_out
    said = [f"left out: {line}" for line in left_out.values()]
    assert [re.sub(r" \(and \d more\)$", "", remark) for remark in remarks] == said
    assert all(len(line.splitlines()) == 1 for line in remarks)
    assert corpus.document("second") == whole
    assert take_snapshot(corpus, ["second"], Silent()) == snapshot
    for document in left_out:
        if not Corpus.findings(corpus, document):
            # Its files can be read, but do not fit one another.
            continue
        with pytest.raises(InputError, match=r"^\S+: \S"):
            corpus.document(document)
    unusable = [found for found in audit(corpus) if found.kind == Kind.UNUSABLE]
    assert {found.document for found in unusable} == left_out.keys()


@pytest.mark.parametrize(
    ("name", "damage", "message"),
    [
        ("aeb", write("ground-truth.json", b'{"first":\n{'), "ground-truth.json: not JSON in line 2"),
        ("aeb", write("ground-truth.json", b"\xff"), "ground-truth.json: not UTF-8 in line 1"),
        (
            "fundus",
            write("ground_truth.json", b"[]"),
            "ground_truth.json: a list, not an object of documents",
        ),
        ("trafilatura", write("evaldata.json", b'{"a"'), "evaldata.json: not JSON in line 1"),
        ("webmainbench", write("rows.jsonl", b"# Rows\n\ntext\n"), "rows.jsonl, line 1: not JSON"),
        ("jsonl", write("rows.jsonl", b'"id"\n{}\n'), "rows.jsonl, line 1: not an object"),
        ("jsonl", write("rows.jsonl", b"\x1f\x8b\x08"), "rows.jsonl: truncated or damaged gzip"),
        ("wceb", write("ground-truth/dragnet.jsonl", b"x"), "dragnet.jsonl, line 1: not JSON"),
    ],
)
def test_a_faulty_file_of_all_is_one_line(
    tmp_path: Path, command: Command, name: str, damage: Damage, message: str
) -> None:
    spec = small_corpus(name, tmp_path / "small")
    damage(tmp_path / "small")
    answer = command("run", "-c", spec, "-e", "html-text", "--out", tmp_path / "runs")
    assert (answer.code, answer.out, len(answer.err.splitlines())) == (2, "", 1)
    assert re.search(message, answer.err)


def test_a_run_leaves_out_and_says_so(tmp_path: Path, command: Command) -> None:
    rows = [
        '{"id": 1, "html": "<p>The ferry leaves at nine.</p>", "body": "The ferry leaves.", "own": [1]}',
        '{"id": "two", "html": 5, "body": [], "title": {}}',
        '{"id": "three", "html": "<p>x", "body": "x"}',
        '{"id": "three", "html": "<p>y", "body": "y"}',
        "not JSON at all",
    ]
    (tmp_path / "mine.jsonl").write_text("\n".join(rows))
    spec = f"jsonl:{tmp_path / 'mine.jsonl'}"
    answer = command("run", "-c", spec, "-e", "html-text", "--out", tmp_path / "runs")
    assert answer.code == 1
    said = answer.err.splitlines()
    assert "left out: line-5: mine.jsonl, line 5: not JSON (Expecting value); correct it or" in said[0]
    assert "left out: three: mine.jsonl, line 4: duplicate id, as in line 3; give every document" in said[1]
    assert "left out: two: mine.jsonl, line 2: not one page; give either" in said[2]
    assert said[2].endswith("(and 2 more)")
    info = json.loads((tmp_path / "runs" / "mine" / "run.json").read_text())
    assert list(info["left_out"]) == ["line-5", "three", "two"]
    assert info["corpus"]["documents"] == 1
    checked = command("corpora", "check", spec)
    assert checked.code == 1
    # All faults, not the first of each.
    assert all(
        f"line 2: {what}" in checked.out.replace("\n", " ")
        for what in ("not one page", "body is a list", "title is a table")
    )


def test_segments_stand_beside_the_body_or_in_its_place(tmp_path: Path) -> None:
    rows = [
        {"id": "both", "html": "<p>x", "body": "x", "segments": {"must": ["a"], "must_not": ["b", "c"]}},
        {"id": "only", "html": "<p>x", "segments": {"must": ["a"]}},
        {"id": "none", "html": "<p>x", "body": "x"},
        {"id": "list", "html": "<p>x", "body": "x", "segments": ["a"]},
        {"id": "other", "html": "<p>x", "body": "x", "segments": {"with": ["a"]}},
        {"id": "empty", "html": "<p>x", "body": "x", "segments": {"must_not": [" "]}},
        {"id": "kind", "html": "<p>x", "body": "x", "segments": {"must": ["a", 1]}},
    ]
    file = tmp_path / "mine.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    corpus = open_corpus(f"jsonl:{file}")
    both, only = corpus.gold("both"), corpus.gold("only")
    assert (both.body, both.must_have, both.must_not_have, both.has_body) == ("x", ("a",), ("b", "c"), True)
    assert (only.body, only.must_have, only.must_not_have, only.has_body) == ("", ("a",), (), False)
    assert not corpus.gold("none").has_segments
    messages = {
        document: str(corpus.findings(document)[0]) for document in ("list", "other", "empty", "kind")
    }
    assert "mine.jsonl, line 4: segments is a list, not a table" in messages["list"]
    assert "mine.jsonl, line 5: segments has the unknown key 'with'" in messages["other"]
    assert "mine.jsonl, line 6: segments has an empty text" in messages["empty"]
    assert "mine.jsonl, line 7: segments.must has a number in it" in messages["kind"]
