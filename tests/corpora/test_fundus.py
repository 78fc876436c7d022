"""The Fundus evaluation's layout, small and broken, and the data set itself."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.corpora.complexity import complexity
from boilerbench.errors import InputError
from boilerbench.extractors import StoredOutputs, open_extractor
from boilerbench.records import Paragraph
from tests.corpora.writing import read_whole, write_fundus


@pytest.fixture
def root(tmp_path: Path) -> Path:
    page = "<p>One.</p><p>Two.</p>"
    return write_fundus(tmp_path / "fundus", {"Daily_0": (page, ["One.", "[Two.]", "[3] Three."])})


def test_paragraphs_in_square_brackets_are_optional(root: Path) -> None:
    document = open_corpus(f"fundus:{root}").document("Daily_0")
    assert document.gold.paragraphs == (
        Paragraph("One."),
        Paragraph("Two.", optional=True),
        Paragraph("[3] Three."),
    )
    assert document.gold.body == "One.\n\n[3] Three."
    assert document.page.url == "https://news.example/Daily_0"
    assert document.metadata.source == "Daily"
    assert document.metadata.captured == datetime.date(2024, 2, 28)


def test_a_repository_holds_the_data_set_in_a_folder(root: Path) -> None:
    root.rename(root.with_name("dataset"))
    assert open_corpus(f"fundus:{root.parent}").ids() == ["Daily_0"]


def test_gold_without_a_page(root: Path) -> None:
    (root / "html" / "Daily_0.html.gz").unlink()
    with pytest.raises(InputError, match=r"^Daily_0: html/Daily_0\.html\.gz: missing, although "):
        read_whole(f"fundus:{root}")


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"body": "One."}, "Daily_0: ground_truth.json: body is a text, not a list of texts"),
        ({"body": ["One."], "crawl_date": "today"}, "Daily_0: ground_truth.json: crawl_date 'today' is no"),
    ],
)
def test_facts_of_another_kind(root: Path, facts: dict[str, object], message: str) -> None:
    (root / "ground_truth.json").write_text(json.dumps({"Daily_0.html.gz": facts}))
    with pytest.raises(InputError, match=message):
        read_whole(f"fundus:{root}")


def test_its_own_outputs_are_read(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "scraper.json"
    file.write_text(json.dumps({"Daily_0.html.gz": {"url": "…", "body": ["One.", "Two."]}}))
    outputs = open_extractor(f"file:{file}")
    assert isinstance(outputs, StoredOutputs)
    assert outputs.texts == {"Daily_0": "One.\n\nTwo."}


def test_the_data_set_is_read_whole(data: Path) -> None:
    corpus = open_corpus(f"fundus:{data / 'fundus-evaluation'}")
    ids = corpus.ids()
    assert (len(ids), ids[0], ids[40], ids[-1]) == (80, "APNews_0", "TheGuardian_0", "iNews_4")
    golds = [corpus.gold(document) for document in ids]
    # Counted by a script over the JSON file: paragraphs that begin with [ and end with ].
    assert sum(paragraph.optional for gold in golds for paragraph in gold.paragraphs) == 106
    assert len({corpus.metadata(document).source for document in ids}) == 16


def test_complexity_agrees_with_the_published_figures(data: Path) -> None:
    """complexity.tsv comes with the data set, computed by its authors with WCEB's definition."""
    corpus = open_corpus(f"fundus:{data / 'fundus-evaluation'}")
    with (data / "fundus-evaluation" / "dataset" / "complexity.tsv").open() as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) == 80
    for row in rows:
        document = corpus.document(row["article"].removesuffix(".html.gz"))
        published = float(row["complexity_without_optional_paragraphs"])
        assert complexity(document) == pytest.approx(published, abs=1e-12), document.id
