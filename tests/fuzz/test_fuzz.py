"""Every way in from outside, under any input: the contract is in contract.py.

Each target gets 25 inputs, and 50 where BOILERBENCH_THOROUGH is set, the same ones each time. For a night:

    BOILERBENCH_FUZZ=100000 pytest tests/fuzz -n 2 -p no:cacheprovider

BOILERBENCH_FUZZ is the number of inputs of each target, which are then other ones each time; what fails is
printed as a call that can be pasted into a test of its own. ``-k NAME`` chooses a target.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from boilerbench.corpora import FORMATS, open_corpus
from boilerbench.corpora.archives import unpack
from boilerbench.corpora.base import content_digest
from boilerbench.decoding import decode, encoding_of
from boilerbench.errors import InputError
from boilerbench.extractors.spec import parse
from boilerbench.extractors.stored import read_outputs
from boilerbench.http_client import charset_of
from boilerbench.labelling.annotated_html import outlined
from boilerbench.labelling.nesting import shallow
from boilerbench.labelling.page_head import canonical_url_of, headline_of, language_of, title_of
from boilerbench.labelling.page_remarks import page_remarks
from boilerbench.measures import MEASURES, make_measure
from boilerbench.page_blocks import page_blocks
from boilerbench.parsing import ParseError, parse_json, parse_toml
from boilerbench.policy import parse_policy
from boilerbench.records import Block, Document, Gold, Metadata, Page
from boilerbench.reports.html.preview import preview
from boilerbench.runner.replies import ProtocolError, read_line
from boilerbench.visible_text import visible, visible_line
from tests.conftest import THOROUGH, write_aeb, write_wcxb
from tests.corpora.warcs import answer, record, write_warc
from tests.corpora.writing import (
    write_cleaneval,
    write_fundus,
    write_parquet,
    write_readability,
    write_trafilatura,
    write_wceb,
)
from tests.fuzz.contract import kept
from tests.fuzz.inputs import archives, broken, encoded, pages, rows, texts

_ASKED = os.environ.get("BOILERBENCH_FUZZ")
fuzz = settings(
    max_examples=int(_ASKED or (50 if THOROUGH else 25)),
    derandomize=not _ASKED,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
PAGE = "<html><body><nav>Home</nav><p>The ferry leaves at nine.</p></body></html>"
BODY = "The ferry leaves at nine."
# Each of the headlines was once looked for in the title after that had been folded again.
MANY_HEADLINES = f"<title>{'Ä b ' * 10_000}</title>" + "".join(
    f"<h1>{number}z</h1>" for number in range(4_000)
)
TOML = 'title = "A"\nlanguage = "en"\npage_type = "news"\nurl = "https://a.example/"\ncaptured = 2026-11-21'


def write(name: str, root: Path) -> None:
    """Write a corpus of a document or two in a format."""
    if name == "gold":
        (root / "one").mkdir(parents=True)
        for file, text in (("page.html", PAGE), ("body.txt", BODY), ("document.toml", TOML)):
            (root / "one" / file).write_text(text)
        (root / "one" / "labels.tsv").write_text(f"navigation\tHome\nparagraph\t{BODY}\n")
    elif name == "jsonl":
        root.mkdir()
        (root / "rows.jsonl").write_text(
            '{"id": "a", "html": "<p>x", "body": "x", "url": "https://a.example/"}\n' * 1
        )
    elif name == "webmainbench":
        root.mkdir()
        row = (
            '{"track_id": "a", "html": "<p cc-select=\\"true\\">x", "groundtruth_content": "x", "meta": {}}\n'
        )
        (root / "rows.jsonl").write_text(row)
    elif name == "aeb":
        write_aeb(root, {"a": (PAGE, BODY)})
    elif name == "wcxb":
        write_wcxb(root, {"a": (PAGE, BODY, "article")})
    elif name == "readability":
        write_readability(root, {"a": (PAGE, PAGE)})
    elif name == "trafilatura":
        write_trafilatura(root, {"a.html": (PAGE.encode(), [BODY], ["Home"])})
    elif name == "wceb":
        write_wceb(root, {"dragnet": {"a" * 64: (PAGE, BODY)}})
    elif name == "cleaneval":
        write_cleaneval(root, {"1": (PAGE.encode(), f"URL: https://a.example/\n<p>{BODY}")})
    elif name == "fundus":
        write_fundus(root, {"a": (PAGE, [BODY])})
    else:
        write_pages(name, root)


def write_pages(name: str, root: Path) -> None:
    """Write a page or two without gold in a format."""
    if name == "warc":
        write_warc(root, [record(answer(PAGE.encode())) for _ in range(2)])
    elif name == "html":
        root.mkdir()
        (root / "a.html").write_text(PAGE)
    else:
        write_parquet(root / "pages.parquet", {"html": [PAGE, PAGE]})


def read_all(spec: str) -> None:
    """Read a corpus as a run does: its faults, its documents without faults, and their digests."""
    corpus = open_corpus(spec)
    reasons: set[str] = set()
    for document, page in corpus.pages(reasons.add):
        assert page.content is not None, document
    assert all(len(reason) < 50 and reason.isprintable() for reason in reasons)
    for document in corpus.ids():
        findings = corpus.findings(document)
        assert all("\n" not in str(finding) for finding in findings)
        if not findings:
            content_digest(corpus.document(document))


@pytest.mark.parametrize("name", list(FORMATS))
@fuzz
@given(data=st.data())
def test_reader(name: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder) / "corpus"
        write(name, root)
        files = sorted(file for file in root.rglob("*") if file.is_file())
        file = data.draw(st.sampled_from(files).map(lambda path: path.relative_to(root)), label="file")
        content = data.draw(broken((root / file).read_bytes()), label="content")
        (root / file).write_bytes(content)
        with kept(len(content)):
            read_all(f"{name}:{root}")


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("jsonl", "id html html_path body url language page_type title other"),
        ("webmainbench", "track_id html groundtruth_content convert_main_content meta url"),
    ],
)
@fuzz
@given(data=st.data())
def test_rows(name: str, keys: str, data: st.DataObject) -> None:
    content = data.draw(rows(keys))
    with TemporaryDirectory() as folder:
        (Path(folder) / "page.html").write_text(PAGE)
        (Path(folder) / "rows.jsonl").write_bytes(content)
        with kept(len(content)):
            read_all(f"{name}:{folder}")


@fuzz
@given(
    st.sampled_from(list(FORMATS)),
    texts | st.sampled_from(["~nobody-there/x", "/dev/null", "n" * 300, "\0", ""]),
)
def test_path_of_a_corpus(name: str, path: str) -> None:
    # Nothing that lies on this machine is to be read by chance.
    with kept(len(path)):
        open_corpus(
            f"{name}:nowhere/{path}"
            if "/" in path and not path.startswith(("/dev", "~"))
            else f"{name}:{path}"
        )


STORED = b'{"a": "The ferry leaves.", "b": {"articleBody": "x"}, "c": null}'
LINES = b'{"id": "a", "text": "The ferry leaves."}\n{"id": "b", "articleBody": "x", "version": "1"}\n'


@pytest.mark.parametrize(
    ("name", "content"), [("o.json", STORED), ("o.jsonl", LINES), ("o.json.gz", b"\x1f\x8b")]
)
@fuzz
@given(data=st.data())
def test_stored_outputs(name: str, content: bytes, data: st.DataObject) -> None:
    content = data.draw(broken(content))
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        with kept(len(content)):
            read_outputs(f"{folder}/{name}")


@fuzz
@given(broken(b'{"id": "a", "text": "x", "seconds": 0.1, "peak_mb": 3, "error": ""}'))
def test_protocol(line: bytes) -> None:
    with kept(len(line), refused=ProtocolError):
        read_line(line)


@fuzz
@given(texts | st.tuples(st.sampled_from(["trafilatura", "py:", "cmd:", "file:"]), texts).map("".join))
def test_spec(spec: str) -> None:
    with kept(len(spec)):
        parse(spec)


@fuzz
@given(st.tuples(st.sampled_from(["default", "default,+", "default,-comment,", ""]), texts).map("".join))
def test_policy(spec: str) -> None:
    with kept(len(spec)):
        parse_policy(spec)


@fuzz
@given(broken(b'body = ["paragraph"]\noptional = ["title"]\nboilerplate = ["advert"]\n'))
def test_policy_file(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "p.toml").write_bytes(content)
        with kept(len(content)):
            parse_policy(f"{folder}/p.toml")


@fuzz
@given(broken(b'{"a": [1, 2.5, "x"], "b": {"c": null}}'), st.booleans())
def test_parsing(content: bytes, unique: bool) -> None:
    with kept(len(content), refused=ParseError):
        parse_json(content, unique_keys=unique)
    with kept(len(content), refused=ParseError):
        parse_toml(content)


@fuzz
@given(pages, st.none() | texts, st.none() | texts)
def test_decoding(content: bytes, charset: str | None, url: str | None) -> None:
    with kept(len(content)):
        encoded_again = decode(content, charset, url).encode("utf-8", "surrogatepass")
        assert encoded_again.decode("utf-8") is not None
        encoding_of(content, charset, url)


@fuzz
@given(texts)
def test_page_blocks(html: str) -> None:
    with kept(len(encoded(html))):
        assert all(block.text.strip() for block in page_blocks(html))


@fuzz
@given(texts)
def test_outlined(html: str) -> None:
    with kept(len(encoded(html))):
        outlined(html, ["label"] * len(page_blocks(html)))


@fuzz
@given(pages, st.booleans())
def test_preview(content: bytes, labelled: bool) -> None:
    with kept(len(content)):
        blocks = (
            [Block(block.text, "paragraph") for block in page_blocks(decode(content))] if labelled else []
        )
        document = Document("one", Page(content), Gold("", blocks=tuple(blocks)), Metadata())
        preview(document)
        shallow(decode(content))


@fuzz
@given(pages)
@example(MANY_HEADLINES.encode())
def test_page_head(content: bytes) -> None:
    html = decode(content)
    with kept(len(content)):
        title_of(html)
        language_of(html)
        headline_of(html)
        canonical_url_of(html)
        page_remarks(html, [])


@fuzz
@given(texts)
def test_header(value: str) -> None:
    with kept(len(value)):
        charset_of(value)


@fuzz
@given(texts)
def test_visible(text: str) -> None:
    with kept(len(text)):
        assert len(visible(text)) == len(text)
        assert len(visible_line(text).splitlines()) <= 1


@pytest.mark.parametrize("name", list(MEASURES))
@fuzz
@given(texts, texts, st.lists(texts.filter(str.strip), max_size=2))
def test_measure_and_marks(name: str, gold: str, output: str, segments: list[str]) -> None:
    measure = make_measure(name, "icu")
    truth = Gold(gold, tuple(segments), blocks=(Block("The ferry", "paragraph"), Block("Home", "navigation")))
    if not measure.applies(truth):
        return
    with kept(len(encoded(gold + output))):
        measure.measure(truth, output)
    if measure.marker:
        with kept(len(encoded(gold + output))):
            measure.marker(truth, None).mark(output)


@fuzz
@given(archives)
def test_archive(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "archive").write_bytes(content)
        # The caller names the folder in which a file could not be written.
        with kept(len(content), refused=(InputError, OSError)):
            unpack(Path(folder) / "archive", Path(folder) / "out", ["html/*.html"])
        written = [path for path in Path(folder).rglob("*") if path.is_file()]
        assert {path.parent.name for path in written} <= {Path(folder).name, "html"}
