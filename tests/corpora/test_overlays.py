"""Labels of published pages: their files, and the corpora that they make."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import boilerbench
from boilerbench.corpora import open_corpus
from boilerbench.corpora.gold_files import OVERLAYS
from boilerbench.corpora.overlay_files import (
    HASH_DIGITS,
    Overlay,
    fitted_labels,
    make_overlay,
    overlay_text,
    read_overlay,
)
from boilerbench.corpora.overlays import OverlaidCorpus, OwnGold, overlays_of, with_labels
from boilerbench.corpora.snapshot import take_snapshot
from boilerbench.errors import InputError
from boilerbench.extraction import private_files
from boilerbench.page_blocks import SEGMENTATION
from boilerbench.policy import default_policy, parse_policy
from boilerbench.progress import Silent
from boilerbench.scoring import corpus_measures
from tests.conftest import THOROUGH, Command, GoldFolder
from tests.corpora.writing import write_rows

STORY = "The ferry leaves the harbour at nine and comes back at noon."
NOTE = "Bikes travel free on all weekdays."
PAGE = f"<h1>Ferry times</h1><ul><li>Home</li><li>News</li></ul><p>{STORY}</p><p>{NOTE}</p>"
BLOCKS = ["Ferry times", "Home", "News", STORY, NOTE]
LABELS = ["title", "navigation", "navigation", "paragraph", "advert"]
CONTENT = PAGE.encode()


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A published corpus of two pages, of which one is labelled."""
    rows = [
        {"id": "ferry", "html": PAGE, "body": f"{STORY}\n\n{NOTE}", "language": "fr"},
        {"id": "other", "html": f"<p>{NOTE}</p>", "body": NOTE},
    ]
    spec = f"jsonl:{write_rows(tmp_path / 'published.jsonl', rows)}"
    root = tmp_path / "gold"
    monkeypatch.setattr("boilerbench.corpora.overlays.own_gold", lambda: root)
    write_overlay(root, make_overlay(CONTENT, BLOCKS, LABELS, [("language", "en"), ("page_type", "service")]))
    return spec


def write_overlay(root: Path, overlay: Overlay, document: str = "ferry") -> Path:
    file = root / OVERLAYS / "jsonl" / f"{document}.tsv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(overlay_text(overlay), encoding="utf-8")
    return file


def test_an_overlay_is_a_row_for_each_run_of_labels() -> None:
    rows = overlay_text(make_overlay(CONTENT, BLOCKS, LABELS, [("language", "en")])).splitlines()
    assert rows[1:3] == [f"segmentation\t{SEGMENTATION}", "language\ten"]
    assert [row.split("\t")[:2] for row in rows[3:]] == [
        ["title", "1"],
        ["navigation", "2"],
        ["paragraph", "1"],
        ["advert", "1"],
    ]
    # Nothing of the page's text.
    assert not any(word in "\n".join(rows) for word in ("Ferry", "harbour", "Home"))


@given(st.lists(st.tuples(st.text(max_size=20), st.sampled_from(list(default_policy().roles))), max_size=30))
def test_an_overlay_reads_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    overlay = make_overlay(b"page", [text for text, _ in rows], [label for _, label in rows])
    file = tmp_path_factory.mktemp("overlay") / "a.tsv"
    file.write_text(overlay_text(overlay), encoding="utf-8")
    assert read_overlay("a", file) == overlay


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("advert\t1", "advret\t1"), "row 7: unknown label 'advret'"),
        (("navigation\t2", "navigation\t3"), "row 5: 2 hashes for 3 blocks"),
        (("\tsha256:", "\tsha1:"), "page is not sha256"),
        ((f"segmentation\t{SEGMENTATION}", "segmentation\tx"), "segmentation is not a number"),
        (("title\t1\t", "title 1 "), "row 4: not a row of labels"),
    ],
)
def test_a_damaged_overlay_is_one_line(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    file = tmp_path / "a.tsv"
    text = overlay_text(make_overlay(CONTENT, BLOCKS, LABELS, [("language", "en")]))
    file.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read_overlay("a", file)
    assert "\n" not in str(caught.value)


def test_labels_follow_their_blocks_when_pages_are_cut_otherwise() -> None:
    overlay = make_overlay(CONTENT, BLOCKS, LABELS)
    assert fitted_labels("a", overlay, CONTENT, BLOCKS) == tuple(LABELS)
    # A block that is gone, one that is new between two of one label.
    cut = ["Ferry times", "Home", "Weather", "News", STORY]
    expected = ("title", "navigation", "navigation", "navigation", "paragraph")
    assert fitted_labels("a", overlay, CONTENT, cut) == expected
    with pytest.raises(InputError, match="1 of 6 blocks have no label"):
        fitted_labels("a", overlay, CONTENT, [*BLOCKS, "Imprint"])
    with pytest.raises(InputError, match="not the one that was labelled"):
        fitted_labels("a", overlay, CONTENT + b" ", BLOCKS)


def test_labels_stand_beside_published_gold(published: str) -> None:
    plain, overlaid = open_corpus(published), open_corpus(f"overlay:{published}")
    assert isinstance(overlaid, OverlaidCorpus)
    assert overlaid.ids() == plain.ids()
    gold = overlaid.gold("ferry")
    assert (gold.body, [block.label for block in gold.blocks]) == (plain.gold("ferry").body, LABELS)
    assert overlaid.gold("other") == plain.gold("other")
    # Digests are those of the published corpus, and so are all measures but that of labels.
    snapshots = [take_snapshot(corpus, corpus.ids(), Silent()) for corpus in (plain, overlaid)]
    assert snapshots[0] == snapshots[1]
    output = f"Ferry times\n{STORY}\n{NOTE}"
    made = [corpus_measures(corpus, ["words"], "default", print)[0] for corpus in (plain, overlaid)]
    assert made[0].signature == made[1].signature
    counts = [
        words.measure(corpus.gold("ferry"), output).counts
        for words, corpus in zip(made, (plain, overlaid), strict=True)
    ]
    assert counts[0] == counts[1]
    assert counts[0].fp == 2
    (blocks,) = corpus_measures(overlaid, ["blocks"], "default,~advert", print)
    assert f"|policy:default,~advert|overlay:{overlaid.overlay}|" in blocks.signature
    assert not blocks.applies(overlaid.gold("other"))
    # The paragraph is body, the note optional under this policy.
    assert (blocks.measure(gold, output).counts.tp, blocks.measure(gold, output).counts.fp) == (1, 0)


def test_own_gold_is_what_labels_make_of_a_page(published: str) -> None:
    own = open_corpus(f"own:{published}")
    assert isinstance(own, OwnGold)
    assert list(own.ids()) == ["ferry"]
    assert own.gold("ferry").body == STORY
    metadata = own.metadata("ferry")
    assert (metadata.language, metadata.page_type) == ("en", "service")
    assert own.reference_outputs(default_policy()) == {"published": {"ferry": f"{STORY}\n\n{NOTE}"}}
    (words,) = corpus_measures(own, ["words"], "default", print)
    # The title is optional; the note is an advertisement to us, whatever was published.
    assert words.measure(own.gold("ferry"), f"Ferry times\n{STORY}\n{NOTE}").counts.fp == 6
    (wider,) = corpus_measures(own, ["words"], "default,+advert", print)
    assert wider.measure(own.gold("ferry"), f"Ferry times\n{STORY}\n{NOTE}").counts.f1 == 1
    assert parse_policy("default,+advert").name in wider.signature


def test_a_page_that_has_changed_loses_its_labels(published: str, tmp_path: Path) -> None:
    write_overlay(tmp_path / "gold", make_overlay(b"another page", BLOCKS, LABELS))
    overlaid = open_corpus(f"overlay:{published}")
    assert isinstance(overlaid, OverlaidCorpus)
    assert list(overlaid.problems) == ["ferry"]
    assert not overlaid.gold("ferry").blocks
    (finding,) = open_corpus(f"own:{published}").findings("ferry")
    assert "not the one that was labelled" in str(finding)


def test_a_corpus_without_labels_stays_as_it_is(published: str, gold_folder: GoldFolder) -> None:
    assert isinstance(with_labels(open_corpus(published)), OverlaidCorpus)
    gold_folder.add("one")
    own = open_corpus(f"gold:{gold_folder.root}")
    assert with_labels(own) is own
    (gold_folder.root / OVERLAYS).mkdir()
    assert list(open_corpus(f"gold:{gold_folder.root}").ids()) == ["one"]
    with pytest.raises(InputError, match="none of its pages is labelled"):
        OwnGold(own)


def test_hashes_give_no_text_back() -> None:
    # 65,536 values: any word of a language has many others of its hash.
    assert HASH_DIGITS == 4


def test_a_run_takes_labels_where_there_are_any(published: str, tmp_path: Path, command: Command) -> None:
    outputs = tmp_path / "it.json"
    outputs.write_text(json.dumps({"ferry": f"{STORY} Home", "other": NOTE}), encoding="utf-8")
    given = ("-c", published, "-e", f"file:{outputs}", "-o")
    answer = command("run", *given, tmp_path / "with")
    assert answer.code == 0, answer.err
    assert "blocks|" in answer.out
    shown = command("show", tmp_path / "with" / "published", "ferry", "it").out
    assert "{+Home+ navigation}" in shown
    assert command("leaks", tmp_path / "with" / "published").code == 0
    assert command("report", tmp_path / "with" / "published").code == 0
    assert "blocks|" not in command("run", "--no-overlay", *given, tmp_path / "without").out
    own = command("run", "--gold", "own", *given, tmp_path / "own")
    assert own.code == 0, own.err
    assert command("score", tmp_path / "own" / "published-own", "--policy", "default,+advert").code == 0


@pytest.mark.parametrize("labelled", ["", "overlay:", "own:"])
def test_the_files_of_a_labelled_corpus_stay_hidden_and_it_is_cited(
    published: str, labelled: str, tmp_path: Path, command: Command
) -> None:
    corpus = open_corpus(labelled + published)
    assert tmp_path / "published.jsonl" in private_files([corpus])
    outputs = tmp_path / "it.json"
    outputs.write_text(json.dumps({"ferry": STORY, "other": NOTE}), encoding="utf-8")
    run = boilerbench.run(labelled + published, f"file:{outputs}", "words", out=tmp_path / "out")
    plain = boilerbench.run(published, f"file:{outputs}", "words", out=tmp_path / "plain")
    cited, expected = (
        [line for line in command("cite", each.folder).out.splitlines() if "howpublished" in line]
        for each in (run, plain)
    )
    assert cited == expected != []
    # What has our labels has them once, however it is asked for.
    answer = command(
        "run", "-c", labelled + published, "--gold", "own", "-e", f"file:{outputs}", "-o", tmp_path / "own"
    )
    assert answer.code == 0, answer.err


def test_published_gold_is_audited(published: str, command: Command) -> None:
    answer = command("corpora", "audit", published)
    assert answer.code == 0
    rows = [line.split() for line in answer.out.splitlines()]
    assert ["advert", "published", "alone", "1", "6"] in rows
    assert "1 labelled page, 0 with bodies alike" in answer.out


def test_labels_that_do_not_fit_cost_their_page_alone(
    published: str, tmp_path: Path, command: Command
) -> None:
    write_overlay(tmp_path / "gold", make_overlay(b"another page", BLOCKS, LABELS))
    blocks, labels = [NOTE], ["paragraph"]
    write_overlay(tmp_path / "gold", make_overlay(f"<p>{NOTE}</p>".encode(), blocks, labels), "other")
    answer = command("corpora", "audit", published)
    assert answer.code == 1
    assert "left out: ferry: its page is not the one that was labelled" in answer.err
    assert "1 labelled page, 1 with bodies alike (F1 of 96 or more); 1 left out" in answer.out
    answer = command("corpora", "check", published)
    assert answer.code == 1
    assert "Labels of ours that do not fit their page: 1" in answer.out
    assert "ferry its page is not the one that was labelled" in " ".join(answer.out.split())


@pytest.mark.parametrize(
    ("corpus", "pages"), [("wcxb:{}/wcxb/dev", 70), ("aeb:{}/aeb", 25), ("trafilatura:{}/trafilatura", 25)]
)
def test_the_overlays_that_come_with_boilerbench_fit_their_pages(data: Path, corpus: str, pages: int) -> None:
    published = open_corpus(corpus.format(data))
    own, files = OwnGold(published), overlays_of(published)
    assert len(own.ids()) == len(files) == pages
    for document in own.ids() if THOROUGH else list(own.ids())[::6]:
        assert not own.findings(document)
        assert own.gold(document).body or "filled-by-scripts" in own.metadata(document).traps
        for annotator in (1, 2):
            file = files[document]
            alone = read_overlay(document, file.with_name(f"{file.stem}.annotator-{annotator}.tsv"))
            assert alone.hashes == read_overlay(document, file).hashes
