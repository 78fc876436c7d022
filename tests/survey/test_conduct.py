"""Surveys from end to end: the same bytes again, faults counted, hostile pages, pages to label."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pandas as pd
import pytest

import boilerbench
from boilerbench.corpora import open_corpus
from boilerbench.corpora.gold import GoldCorpus
from boilerbench.errors import InputError
from boilerbench.labelling.gold_folder import read_page, read_rows
from boilerbench.survey import Survey, conduct, survey
from boilerbench.survey.files import read_pages
from boilerbench.unfinished import held
from tests.conftest import Command, GoldFolder
from tests.corpora.warcs import answer, page, record, write_warc
from tests.survey.observing import PROSE

EXTRACTORS = ["resiliparse", "html-text", "html-text?guess_layout=false"]
TIMES = ("costs.csv", "provenance.json")


def story(number: int) -> bytes:
    """A page of its own site whose navigation the tools see differently."""
    body = f"<nav>Home {number}</nav><main><p>{PROSE} Number {number}.</p></main><footer>Imprint</footer>"
    return record(answer(f"<html><body>{body}</body></html>".encode()), f"https://s{number}.example/")


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = [story(number) for number in range(12)]
    records += [page("gone", status="404 Not Found"), record(answer(b"\x89PNG", content_type="image/png"))]
    return write_warc(tmp_path_factory.mktemp("crawl"), records)


@pytest.fixture(scope="module")
def made(crawl: Path, tmp_path_factory: pytest.TempPathFactory) -> Survey:
    folder = tmp_path_factory.mktemp("surveys")
    return survey(f"warc:{crawl}", EXTRACTORS, out=folder, cache=folder / "cache", next_pages=4)


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def differing(one: Survey, other: Survey) -> set[str]:
    """The files of two surveys that are not the same in both, or not in both."""
    before, after = files(one.folder), files(other.folder)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_what_a_survey_writes(made: Survey) -> None:
    info = json.loads((made.folder / "survey.json").read_text())
    assert (info["pages"], info["skipped"]) == (12, {"not HTML (image)": 1, "status 404": 1})
    assert [each["tool"] for each in info["extractors"]] == ["resiliparse", "html-text", "html-text"]
    assert all(each["version"] for each in info["extractors"])
    table = pd.read_csv(made.folder / "extractors.csv")
    assert list(table["ok"]) == [12, 12, 12]
    # The only tools that differ drop the navigation or do not.
    assert table["words"][0] < table["words"][1]
    rows = list(read_pages(made.folder))
    assert [row.site for row in rows] == [f"s{number}.example" for number in range(12)]
    assert all(0 < row.disagreement < 0.5 for row in rows)
    with gzip.open(made.folder / "extractions.csv.gz", "rt") as lines:
        assert len(list(csv.DictReader(lines))) == 36


def test_the_same_again_makes_the_same_bytes(crawl: Path, made: Survey, tmp_path: Path) -> None:
    again = survey(
        f"warc:{crawl}", EXTRACTORS, out=tmp_path, cache=made.folder.parent / "cache", next_pages=4, jobs=3
    )
    assert differing(made, again) <= {*TIMES, "report/index.html"}


def test_a_sample_is_read_again_by_its_places(crawl: Path, made: Survey, tmp_path: Path) -> None:
    sample = survey(f"warc:{crawl}", EXTRACTORS, sample=5, out=tmp_path, cache=made.folder.parent / "cache")
    rows = list(read_pages(sample.folder))
    assert len(rows) == 5
    assert {row.document for row in rows} < {row.document for row in read_pages(made.folder)}
    assert sample.info.sample == 5


def test_pages_to_label_are_gold_documents_with_their_bytes(
    made: Survey, crawl: Path, command: Command
) -> None:
    folder = made.folder / "next"
    names = list(made.tables["next"]["folder"])
    assert len(names) == 4
    assert GoldCorpus.open(str(folder)).ids() == sorted(names)
    served = open_corpus(f"warc:{crawl}")
    for name, document in zip(names, made.tables["next"]["document"], strict=True):
        assert read_page(folder / name) == served.page(str(document))
        assert f'source = "crawl, {document}"' in (folder / name / "document.toml").read_text()
        assert {label for label, _ in read_rows(folder / name)} == {"?"}
    # They are taken up by the commands that label: what is missing is said, and nothing else.
    check = command("gold", "check", "-g", folder)
    assert check.code == 1
    assert "no label" in check.out


def test_on_the_command_line(crawl: Path, tmp_path: Path, command: Command) -> None:
    done = command(
        "survey", f"warc:{crawl}", "-e", "resiliparse", "-e", "html-text", "-o", tmp_path, "--next", 2
    )
    assert done.code == 0, done.err
    assert max(map(len, done.out.splitlines()[:-1])) <= 80
    for title in ("What it costs", "What comes back", "How far they agree", "What the usual filters keep"):
        assert f"\n{title}\n" in done.out
    assert "Passed over: not HTML (image) 1, status 404 1." in done.out
    assert "gold label 001-s" in done.out
    as_json = command("survey", f"warc:{crawl}", "-e", "resiliparse", "-o", tmp_path, "--json")
    assert json.loads(as_json.out)["tables"]["extractors"][0]["ok"] == 12


def test_two_versions_of_a_tool(made: Survey) -> None:
    versions = made.tables["versions"].to_dict("records")
    assert [(row["first"], row["second"]) for row in versions] == [(EXTRACTORS[1], EXTRACTORS[2])]


def test_failures_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fragile.py").write_text(
        "def extract(html, url):\n    if b'Number 3.' in html:\n        raise ValueError\n    return 'word'\n"
    )
    crawl = write_warc(tmp_path, [story(number) for number in range(6)])
    made = survey(f"warc:{crawl}", ["py:fragile:extract", "html-text"], out=tmp_path / "out", cache=tmp_path)
    first, second = made.tables["extractors"].to_dict("records")
    assert (first["error"], first["ok"], second["error"]) == (1, 5, 0)
    assert first["failed_per_million"] == pytest.approx(1e6 / 6)


def test_hostile_pages_and_names(tmp_path: Path, command: Command) -> None:
    attack = "https://evil.example/\x1b[2J<script>alert(1)</script>\u202e"
    pages = [record(answer(f"<p>\x1b[31m<b>{PROSE} {n}".encode()), attack) for n in range(6)]
    crawl = write_warc(tmp_path, pages, name="a&lt;b")
    done = command(
        "survey", f"warc:{crawl}", "-e", "html-text", "-e", "resiliparse", "-o", tmp_path / "out", "--next", 1
    )
    assert done.code == 0, done.err
    assert "\x1b" not in done.out
    report = (tmp_path / "out" / "a&lt;b" / "report" / "index.html").read_text()
    assert "<script>alert" not in report
    assert "a&amp;lt;b" in report


def test_nothing_is_written_where_there_is_no_page(tmp_path: Path) -> None:
    crawl = write_warc(tmp_path, [page("gone", status="404 Not Found")])
    with pytest.raises(InputError, match=r"no page in it; there is status 404 \(1\)"):
        survey(f"warc:{crawl}", ["html-text"], out=tmp_path / "out", cache=tmp_path)
    assert not list((tmp_path / "out").glob("*"))
    (tmp_path / "out" / "crawl").mkdir(parents=True)
    (tmp_path / "out" / "crawl" / "mine").write_text("mine")
    with pytest.raises(InputError, match="is not a survey"):
        survey(f"warc:{crawl}", ["html-text"], out=tmp_path / "out", cache=tmp_path)


def test_stored_outputs_have_no_costs(tmp_path: Path, crawl: Path) -> None:
    (tmp_path / "outputs.json").write_text('{"a": "x"}')
    with pytest.raises(InputError, match="stored outputs have no costs"):
        survey(f"warc:{crawl}", [f"file:{tmp_path / 'outputs.json'}"], out=tmp_path, cache=tmp_path)


def test_f1_is_estimated_from_few_labelled_pages(tmp_path: Path, made: Survey, crawl: Path) -> None:
    gold = GoldFolder(tmp_path / "gold")
    for number in range(5):
        body = f"{PROSE} Number {number}.\n"
        gold.add(
            f"g{number}",
            body_txt=body,
            page_html=f"<body><nav>{'Home ' * (number + 1) ** 2}</nav><p>{body}</p>",
        )
    cache = made.folder.parent / "cache"
    run = boilerbench.run(f"gold:{gold.root}", EXTRACTORS, out=tmp_path / "runs", cache=cache)
    again = survey(f"warc:{crawl}", EXTRACTORS, out=tmp_path, cache=cache, gold=run)
    rows = {row["extractor"]: row for row in again.tables["estimates"].to_dict("records")}
    assert [row["labelled"] for row in rows.values()] == [5, 5, 5]
    mine = rows["html-text"]
    plain = run.scores[run.scores["measure"] == "words"].groupby("extractor")["f1"].mean()
    assert mine["f1"] == pytest.approx(plain["html-text"])
    # Where the navigation is long, the tools differ and html-text is wrong.
    assert mine["correlation"] > 0.9
    assert mine["powered_high"] - mine["powered_low"] < mine["f1_high"] - mine["f1_low"]
    with pytest.raises(InputError, match="it has no inscriptis"):
        survey(f"warc:{crawl}", ["html-text", "inscriptis"], out=tmp_path, cache=cache, gold=run)


class _Stopping:
    """A listener that stops a survey once so many pages are done."""

    def __init__(self, pages: int) -> None:
        self._left = pages

    def begin(self, stage: str, total: int, *, parts: int = 1) -> None:
        self._surveying = stage == "surveying"

    def advance(self, *, failed: bool = False) -> None:
        self._left -= self._surveying
        if self._left < 0:
            raise KeyboardInterrupt


def stopped(crawl: Path, out: Path, cache: Path, pages: int = 10) -> Path:
    """Stop a survey after some pages, and return the file that it leaves."""
    with pytest.raises(KeyboardInterrupt):
        survey(f"warc:{crawl}", EXTRACTORS, out=out, cache=cache, next_pages=4, progress=_Stopping(pages))
    (left,) = out.iterdir()
    return left


def gone_on(crawl: Path, out: Path, cache: Path) -> tuple[Survey, list[str]]:
    """Ask for the same survey again; return it and what it said."""
    said: list[str] = []
    made = survey(f"warc:{crawl}", EXTRACTORS, out=out, cache=cache, next_pages=4, remark=said.append)
    return made, said


@pytest.mark.parametrize("torn", [False, True], ids=["whole", "torn"])
def test_a_stopped_survey_goes_on(crawl: Path, made: Survey, tmp_path: Path, torn: bool) -> None:
    cache = made.folder.parent / "cache"
    left = stopped(crawl, tmp_path, cache)
    seen = len(left.read_bytes().splitlines()) - 1
    assert 1 < seen < 12
    if torn:
        left.write_bytes(left.read_bytes()[:-9])
    again, said = gone_on(crawl, tmp_path, cache)
    assert said == [f"goes on after the first {seen - torn} pages, seen by a survey that was stopped"]
    assert differing(made, again) <= {*TIMES, "report/index.html"}
    assert list(tmp_path.iterdir()) == [again.folder]


def test_pages_that_changed_are_seen_again(crawl: Path, made: Survey, tmp_path: Path) -> None:
    cache, copy = made.folder.parent / "cache", tmp_path / crawl.name
    copy.write_bytes(crawl.read_bytes())
    stopped(copy, tmp_path / "out", cache)
    write_warc(tmp_path, [story(number) for number in (*range(3), 99, *range(4, 12))])
    again, said = gone_on(copy, tmp_path / "out", cache)
    assert said == ["goes on after the first 3 pages, seen by a survey that was stopped"]
    assert [row.site for row in read_pages(again.folder)][3] == "s99.example"


def test_a_survey_stopped_at_its_last_file(
    crawl: Path, made: Survey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = made.folder.parent / "cache"
    with monkeypatch.context() as full:
        full.setattr(conduct, "write_report", lambda *_: (_ for _ in ()).throw(OSError("No space left")))
        with pytest.raises(OSError, match="No space"):
            survey(f"warc:{crawl}", EXTRACTORS, out=tmp_path, cache=cache, next_pages=4)
    again, said = gone_on(crawl, tmp_path, cache)
    assert said == ["goes on after the first 12 pages, seen by a survey that was stopped"]
    assert (again.folder / "costs.csv").read_bytes()


def test_another_survey_sees_all_pages(crawl: Path, made: Survey, tmp_path: Path) -> None:
    cache = made.folder.parent / "cache"
    stopped(crawl, tmp_path, cache)
    said: list[str] = []
    fewer = survey(f"warc:{crawl}", EXTRACTORS[:2], out=tmp_path, cache=cache, remark=said.append)
    assert (said, fewer.info.pages, list(tmp_path.iterdir())) == ([], 12, [fewer.folder])


def test_two_surveys_into_one_folder(crawl: Path, made: Survey, tmp_path: Path) -> None:
    with (
        held(tmp_path / f".{made.folder.name}.unfinished", tmp_path / made.folder.name),
        pytest.raises(InputError, match="another boilerbench is writing"),
    ):
        survey(f"warc:{crawl}", EXTRACTORS, out=tmp_path, cache=made.folder.parent / "cache")
