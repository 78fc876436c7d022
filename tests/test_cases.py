"""Small inputs that went wrong once, from outside the project: a folder of them each, and what is right.

They lie in the folder that BOILERBENCH_CASES names, or in ``cases`` beside the published corpora.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.decoding import decode, page_text
from boilerbench.errors import InputError
from boilerbench.extractors.stored import read_outputs
from tests.conftest import DATA_VARIABLE, Answer, Command

CASES_VARIABLE = "BOILERBENCH_CASES"
GRUESSE = "The ferry leaves the harbour at nine. 1 + 1 = 2, a+AGE-b, Grüße."


@pytest.fixture(scope="session")
def cases() -> Path:
    named = os.environ.get(CASES_VARIABLE)
    beside = Path(os.environ.get(DATA_VARIABLE, "")).resolve().parent / "cases"
    if not named and not (os.environ.get(DATA_VARIABLE) and beside.is_dir()):
        pytest.skip(f"{CASES_VARIABLE} does not name the folder of cases")
    return Path(named) if named else beside


@pytest.fixture
def case(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Path:
    """A copy of the case that the test is about, as the current folder."""
    folder = tmp_path / "case"
    shutil.copytree(cases / request.param, folder)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    monkeypatch.chdir(folder)
    return folder


def about(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [name], indirect=True)


def is_plain(answer: Answer) -> bool:
    """Whether nothing acts on a terminal, and nothing is a traceback."""
    text = answer.out + answer.err
    return "Traceback (most" not in answer.err and all(char.isprintable() or char in "\n\t" for char in text)


def run_folder(out: Path) -> Path:
    return next(out.glob("*/run.json")).parent


@about("charset-undefined")
def test_labels_of_no_web_encoding_are_ignored(case: Path, command: Command) -> None:
    corpus = open_corpus("jsonl:all.jsonl")
    for document in corpus.ids():
        text = page_text(corpus.page(document))
        # x-user-defined is windows-1252 in browsers, and the file is UTF-8.
        expected = GRUESSE.encode().decode("cp1252") if document == "x-user-defined" else GRUESSE
        assert expected in text, document
    done = command("run", "-c", "jsonl:mixed.jsonl", "-e", "html-text", "--out", "runs")
    assert done.code == 0, done.err
    assert command("run", "-c", "jsonl:inline.jsonl", "-e", "html-text", "--out", "runs").code == 0


@about("detection")
def test_undeclared_pages_are_read_as_browsers_read_them(case: Path) -> None:
    corpus = open_corpus("jsonl:all.jsonl")
    for document in corpus.ids():
        assert corpus.gold(document).body in page_text(corpus.page(document)), document


@about("deep-gold")
def test_depth_costs_no_other_document(case: Path, command: Command) -> None:
    page = subprocess.run(
        [sys.executable, "make.py", "2000"], capture_output=True, text=True, check=True
    ).stdout
    Path("page.html").write_text(page)
    assert command("gold", "new", "page.html", "-g", "gold", "--id", "deep").code == 0
    folder = Path("gold/deep")
    rows = (folder / "labels.tsv").read_text().splitlines()
    assert len(rows) == 2000
    (folder / "labels.tsv").write_text("".join(row.replace("?", "paragraph", 1) + "\n" for row in rows))
    assert command("gold", "build", "deep", "-g", "gold").code == 0
    facts = (folder / "document.toml").read_text()
    facts = facts.replace('language = ""', 'language = "en"').replace('page_type = ""', 'page_type = "forum"')
    (folder / "document.toml").write_text(facts)
    done = command("gold", "check", "-g", "gold")
    assert "Traceback" not in done.err
    assert "deep" not in done.out.replace("documents checked", "") or done.code == 1
    done = command("run", "-c", "gold:gold", "-e", "html-text", "--out", "runs")
    assert is_plain(done)
    assert (run_folder(Path("runs")) / "leaderboard.csv").exists()


@about("gold-files")
def test_faulty_gold_is_left_out_with_a_line(case: Path, command: Command) -> None:
    corpus = open_corpus("gold:gold")
    assert ".hidden" not in corpus.ids()
    faults = {document: corpus.findings(document) for document in corpus.ids()}
    for document in ("latin1", "toml-bad"):
        assert len(str(faults[document][0]).splitlines()) == 1
    bodies = {document: corpus.gold(document).body for document in corpus.ids() if not faults[document]}
    for document in ("crlf", "cr", "bom", "NA", "toml-crlf-bom"):
        assert bodies[document] == bodies["NA"], document
    done = command("run", "-c", "gold:gold", "-e", "html-text", "--out", "runs")
    assert done.code == 1
    assert is_plain(done)
    left_out = json.loads((run_folder(Path("runs")) / "run.json").read_text())["left_out"]
    assert "body.txt: not UTF-8 in line 1" in left_out["latin1"]
    assert "document.toml: not TOML" in left_out["toml-bad"]
    assert {"latin1", "toml-bad"} <= left_out.keys()
    assert not {"crlf", "cr", "bom", "NA", "toml-crlf-bom"} & left_out.keys()
    checked = command("gold", "check", "-g", "gold")
    assert checked.code == 1
    assert {"latin1", "toml-bad"} <= {line.partition(":")[0] for line in checked.out.splitlines()}


@about("import-ids")
@pytest.mark.parametrize("file", ["cjk", "dots"])
def test_every_imported_id_gets_a_folder_or_nothing_is_written(
    case: Path, command: Command, file: str
) -> None:
    done = command("gold", "import", f"jsonl:{file}.jsonl", "--into", "gold")
    assert is_plain(done)
    made = sorted(path.name for path in Path("gold").iterdir()) if Path("gold").exists() else []
    if done.code == 0:
        assert len(made) == 2
    else:
        assert (done.code, made) == (2, [])


@about("jsonl-u2028")
def test_lines_end_at_line_feeds_only(case: Path) -> None:
    for name, char in (("ls", "\u2028"), ("nel", "\u0085"), ("ff", "\u000c")):
        texts = read_outputs(f"out-{name}.jsonl").texts
        assert texts == {"library": f"The library opened on Monday.{char}It has ten rooms."}
    assert read_outputs("out-bom.jsonl").texts == read_outputs("out-bom.json").texts
    for name in ("out-dup.json", "out-dup.jsonl"):
        with pytest.raises(InputError, match=name):
            read_outputs(name)


@about("markup-ids")
@pytest.mark.parametrize("file", ["close", "emoji", "ids"])
def test_ids_are_printed_as_they_are(case: Path, command: Command, file: str) -> None:
    done = command(
        "run", "-c", f"jsonl:{file}.jsonl", "-e", "html-text", "-e", "baseline:middle", "--out", "runs"
    )
    assert done.code == 0, done.err
    folder = run_folder(Path("runs"))
    for document in open_corpus(f"jsonl:{file}.jsonl").ids():
        shown = command("show", folder, "--", document, "html-text")
        assert shown.code == 0, shown.err
        assert is_plain(shown)
        assert shown.out.replace("\n", "").startswith(document)
    assert command("compare", folder, "html-text", "baseline:middle").code == 0


@about("markup-ids")
def test_names_of_files_are_printed_as_they_are(case: Path, command: Command) -> None:
    done = command(
        *("run", "-c", "jsonl:close.jsonl", "-e", "html-text", "--out", "runs"),
        *("-e", "file:out[new].json", "-e", "file:out[old].json"),
    )
    assert done.code in (0, 2)
    assert is_plain(done)
    if done.code == 0:
        assert "out[new]" in done.out
    else:
        assert "out[" in done.err


@about("specs")
def test_options_as_python_spells_them_are_read_or_refused(case: Path, command: Command) -> None:
    for corpus in ("links", "comments", "tables"):
        for option in ("include_links=False", "include_comments=False", "include_tables=False", "no_such=1"):
            out = f"runs-{corpus}-{option}"
            done = command("run", "-c", f"jsonl:{corpus}.jsonl", "-e", f"trafilatura?{option}", "--out", out)
            assert is_plain(done)
            assert done.code in (0, 1, 2)
            assert done.code != 0 or option != "no_such=1"


@about("surrogates")
def test_lone_surrogates_are_replaced_or_refused(case: Path, command: Command) -> None:
    for file in sorted(Path().glob("*.jsonl")):
        done = command("run", "-c", f"jsonl:{file.name}", "-e", "html-text", "--out", f"runs-{file.stem}")
        assert is_plain(done), (file, done.err)
        assert done.code == (2 if file.stem in ("html_path", "long_path") else 0), (file, done.err)
        assert done.code == 0 or len(done.err.splitlines()) == 1
    assert decode(open_corpus("jsonl:html.jsonl").page("h").content) == "<p>The ferry \ufffd leaves at nine."
    done = command("run", "-c", "jsonl:body.jsonl", "-e", "file:out.json", "--out", "runs-out")
    assert (done.code, is_plain(done)) == (0, True)


@about("terminal-escapes")
def test_control_sequences_are_visible_marks(case: Path, command: Command) -> None:
    done = command("run", "-c", "jsonl:c.jsonl", "-e", "html-text", "-e", "py:bad:f", "--out", "runs")
    assert is_plain(done)
    assert "boom ␛]0;owned␇" in done.out
    for extractor in ("html-text", "py:bad:f"):
        shown = command("show", run_folder(Path("runs")), "ferry", extractor)
        assert is_plain(shown)
        assert "Ferry ␛]0;owned␇" in shown.out
    assert is_plain(command("corpora", "check", "jsonl:c.jsonl"))
    assert is_plain(command("run", "-c", "jsonl:ent.jsonl", "-e", "html-text", "--out", "runs-ent"))
