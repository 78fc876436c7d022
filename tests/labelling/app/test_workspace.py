"""What is there to be labelled: gold documents with what is noted, and pages that others published."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.corpora.overlays import overlays_of
from boilerbench.errors import InputError
from boilerbench.labelling.app.learning import Learning
from boilerbench.labelling.app.pages import OpenPage
from boilerbench.labelling.app.workspace import GoldWorkspace, OverlayWorkspace, Remark
from tests.conftest import GoldFolder, write_wcxb

PAGE = "<nav>Home</nav><p>The ferry leaves.</p><footer>Imprint</footer>"
LABELS = {0: "navigation", 1: "paragraph", 2: "legal"}


def test_the_queue_says_what_is_left_and_what_was_noted(gold_folder: GoldFolder) -> None:
    gold_folder.add("begun", labels_tsv="navigation\tHome\n?\tThe body of begun.\n")
    gold_folder.add("done", labels_tsv="navigation\tHome\nparagraph\tThe body of done.\n")
    workspace = GoldWorkspace(gold_folder.root)
    workspace.note("begun", Remark(unsure=True, text="Is it?"))
    found = [(each.document, each.blocks, each.left, each.remark) for each in workspace.queue()]
    assert found == [("begun", 2, 1, "Is it?"), ("done", 2, 0, "")]
    # An annotator has labelled nothing yet, and sees no remark of anybody else.
    blind = GoldWorkspace(gold_folder.root, annotator="mk").queue()
    assert [(each.left, each.unsure) for each in blind] == [(2, False), (2, False)]
    with pytest.raises(InputError, match=r"no document '\.\./done' here"):
        workspace.page("../done")


def test_a_published_page_gets_its_overlay(tmp_path: Path) -> None:
    write_wcxb(tmp_path / "dev", {"0001": (PAGE, "The ferry leaves.", "article")})
    corpus = open_corpus(f"wcxb:{tmp_path / 'dev'}")
    root = tmp_path / "gold"
    page = OverlayWorkspace(corpus, root, ["0001"]).page("0001")
    assert page.facts() == {"language": "", "page_type": "article", "traps": "", "annotators": ""}
    page.state_facts({"language": "en"})
    page.journal.label({0: "navigation"})
    assert overlays_of(corpus, root / "overlays") == {}
    # Another session goes on from there.
    again = OverlayWorkspace(corpus, root, ["0001"]).page("0001")
    assert again.journal.labels == ["navigation", "?", "?"]
    assert again.facts()["language"] == "en"
    again.journal.label(LABELS)
    assert again.findings() == []
    file = overlays_of(corpus, root / "overlays")["0001"]
    rows = file.read_text().splitlines()
    assert rows[2:4] == ["language\ten", "page_type\tarticle"]
    assert [row.split("\t")[0] for row in rows[4:]] == list(LABELS.values())
    # Opened again by its overlay; an annotator's labels lie beside it.
    assert OverlayWorkspace(corpus, root).page("0001").journal.labels == list(LABELS.values())
    second = OverlayWorkspace(corpus, root, ["0001"], 2).page("0001")
    assert second.journal.labels == ["?"] * 3
    assert not second.suggested
    second.journal.label(LABELS)
    assert file.with_name("0001.annotator-2.tsv").exists()


@pytest.mark.slow
def test_labelled_pages_of_a_published_corpus_teach_its_others(tmp_path: Path) -> None:
    """Three pages of one site are labelled; the fourth is suggested what they have at the same place."""
    pages = {f"000{number}": (PAGE, "The ferry leaves.", "article") for number in range(1, 5)}
    write_wcxb(tmp_path / "dev", pages)
    corpus = open_corpus(f"wcxb:{tmp_path / 'dev'}")
    root = tmp_path / "gold"
    for document in list(pages)[:3]:
        OverlayWorkspace(corpus, root, [document]).page(document).journal.label({**LABELS, 2: "consent"})
    taught = OverlayWorkspace(corpus, root, ["0004"]).labelled()
    assert [(each.spec.partition(":")[0], each.ids()) for each in taught[1:]] == [("own", list(pages)[:3])]
    # Nothing that an annotator is about to label is among what is learned from.
    learning = Learning(OverlayWorkspace(corpus, root, list(pages), annotator=1))
    page = OverlayWorkspace(corpus, root, ["0001"], annotator=1).page("0001")
    assert learned(learning, page)[2] != "consent"
    alone = Learning(OverlayWorkspace(corpus, root, ["0004"], annotator=1))
    assert learned(alone, OverlayWorkspace(corpus, root, ["0004"], 1).page("0004"))[2] == "consent"


def learned(learning: Learning, page: OpenPage) -> list[str]:
    """Ask until it has learned, and return what it suggests."""
    end = time.monotonic() + 120
    while not (answer := learning.suggested(page))["ready"] and time.monotonic() < end:
        time.sleep(0.05)
    labels = answer["labels"]
    assert isinstance(labels, list)
    return labels
