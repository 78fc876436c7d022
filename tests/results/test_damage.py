"""A run whose files are damaged, one by one: every command says so in a line, and shows no wrong figure."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import boilerbench
from tests.conftest import NIGHT, THOROUGH, Answer, Command, GoldFolder
from tests.results.damage import damages

ROWS = "navigation\tHome\nparagraph\tThe ferry of {0} leaves at nine.\nheading\tWhere {0} is\n"
BODY = "The ferry of {0} leaves at nine.\n\nWhere {0} is\n"
PAGE = "<html><body><nav>Home</nav><p>The ferry of {0} leaves at nine.</p><h2>Where {0} is</h2></body></html>"

READS = {
    "leaderboard.csv": ("leaderboard", "compare"),
    "scores.csv": ("leaderboard", "documents", "compare", "gate"),
    "documents.csv": ("leaderboard", "groups", "documents", "compare"),
    "labels.csv": ("leaks", "report"),
    "structure.csv": ("structure",),
    "extractions.csv": ("show", "report", "score"),
    "extractions.jsonl.gz": ("show", "report", "score"),
    "references.jsonl.gz": ("show", "report"),
    "errors.jsonl": ("show failed", "add"),
    "run.json": ("leaderboard", "show", "score", "cite"),
    "provenance.json": ("leaderboard", "report", "score"),
}
"""The commands that read a file; the others cannot be led astray by it."""

# What a table says of machines and of the tool's own words is nowhere else, so that it cannot be held
# against anything; neither can most of run.json, which is what all else is held against.
FREE = ("ms_", "timed", "seconds", "peak_mb", "version", "error", "byte order mark", "Windows line ends")
_CHECKED_OF_RUN = ("documents", "measures", "extractors", "counts", "references", "rows", "tables")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with all the files that a run can have."""
    root = tmp_path_factory.mktemp("damage")
    gold = GoldFolder(root / "gold")
    for name in ("bergen", "oslo", "trondheim"):
        gold.add(
            name,
            page_html=PAGE.format(name),
            body_txt=BODY.format(name),
            labels_tsv=ROWS.format(name),
            **{"annotator-2_txt": "navigation\nparagraph\nnavigation\n"},
        )
    (root / "fragile.py").write_text(
        "def f(html):\n    if b'oslo' in html:\n        raise ValueError\n    return 'The ferry'\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.syspath_prepend(root)
        measures = ["words", "blocks", "structure"]
        run = boilerbench.run("gold:gold", ["html-text", "py:fragile:f"], measures, out="runs")
        boilerbench.score(run, references=["best-pick"])
    folder = root / "runs" / "gold"
    assert {file.name for file in folder.iterdir()} == READS.keys()
    return folder


def arguments(name: str, run: Path, whole: Path) -> list[object]:
    known: dict[str, list[object]] = {
        "groups": ["leaderboard", run, "--by", "page_type"],
        "gate": ["gate", run, "--baseline", whole],
        "leaks": ["leaks", run, "html-text"],
        "show": ["show", run, "bergen", "html-text", "best-pick"],
        "show failed": ["show", run, "oslo", "py:fragile:f"],
        "add": ["run", "-c", "gold:gold", "-e", "baseline:middle", "--add", "--out", run.parent],
    }
    return known.get(name, [name, run])


def cases(whole: Path, file: str) -> list[tuple[str, bytes]]:
    """All damages of a file where there is a night's time, else some of every kind."""
    every = [
        (what, content) for what, content in damages(whole / file) if content != (whole / file).read_bytes()
    ]
    return every if NIGHT else every[:: max(1, len(every) // (12 if THOROUGH else 4))]


def is_clear(answer: Answer) -> bool:
    """Whether a refusal is a line that names the file or the run, and nothing but it is printed."""
    return answer.code == 2 and not answer.out and len(answer.err.splitlines()) == 1


def is_free(file: str, what: str) -> bool:
    if file == "run.json":
        return not any(name in what for name in _CHECKED_OF_RUN)
    return file in ("provenance.json", "errors.jsonl") or any(name in what for name in FREE)


@pytest.mark.parametrize("file", list(READS))
def test_damage_is_a_line_and_no_wrong_figure(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command, file: str
) -> None:
    monkeypatch.chdir(whole.parents[1])
    run = tmp_path / "runs" / "gold"
    expected = {}
    for name in READS[file]:
        shutil.copytree(whole, run)
        expected[name] = command(*arguments(name, run, whole))
        assert expected[name].code == 0, (name, expected[name].err)
        shutil.rmtree(run)
    for what, content in [("a folder", None), *cases(whole, file)]:
        shutil.copytree(whole, run)
        (run / file).unlink()
        (run / file).mkdir() if content is None else (run / file).write_bytes(content)
        for name in READS[file]:
            answer = command(*arguments(name, run, whole))
            if answer.code == 2:
                assert is_clear(answer), (what, name, answer)
            elif not is_free(file, what):
                assert answer[:2] == expected[name][:2], (what, name, answer)
        shutil.rmtree(run)


@pytest.mark.parametrize("file", list(READS))
def test_a_file_that_is_not_there(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command, file: str
) -> None:
    monkeypatch.chdir(whole.parents[1])
    for name in READS[file]:
        run = tmp_path / name.replace(" ", "-") / "gold"
        shutil.copytree(whole, run)
        (run / file).unlink()
        answer = command(*arguments(name, run, whole))
        assert answer.code == 0 or is_clear(answer), (name, answer)
