"""Documents of other corpora as gold, with the labels that their body suggests."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from boilerbench.corpora.in_memory import InMemoryCorpus
from boilerbench.labelling.gold_folder import read_rows
from boilerbench.labelling.importing import body_labels, import_document
from boilerbench.page_blocks import page_blocks
from boilerbench.records import Document, Gold, Metadata, Page


@pytest.mark.parametrize(
    ("html", "body", "labels"),
    [
        ("<nav>Home</nav><p>The ferry leaves at nine.</p>", "The ferry leaves at nine.", ["?", "paragraph"]),
        # Short blocks are body only as a paragraph of their own.
        ("<p>Home</p><p>Come home soon, all of you.</p>", "Come home soon, all of you.", ["?", "paragraph"]),
        ("<h2>Home</h2><ul><li><a>Ferry</a></li></ul>", "Home\nFerry", ["heading", "list"]),
        # Part of a longer paragraph, or several paragraphs in one.
        (
            "<p>The ferry leaves at nine in the morning,</p><p>and comes back at noon if it is calm.</p>",
            "The ferry leaves at nine in the morning, and comes back at noon if it is calm.",
            ["paragraph", "paragraph"],
        ),
        (
            "<td>The ferry leaves at nine o'clock.<br>It comes back in the afternoon.</td>",
            "The ferry leaves at nine o'clock.\nIt comes back in the afternoon.",
            ["paragraph"],
        ),
        ("<table><tr><td>Nine<td>Ten</table>", "Nine\nTen", ["table", "table"]),
        ("<pre>x = 1\ny = 2</pre>", "x = 1 y = 2", ["code"]),
        ("<blockquote><p>It leaves.</p></blockquote>", "It leaves.", ["quote"]),
        # Quotation marks, dashes and case written anew.
        ("<p>“The ferry” – she said – leaves.</p>", '"the ferry" - she said - leaves.', ["paragraph"]),
        ("<p>***</p><p>Text</p>", "", ["?", "?"]),
    ],
)  # fmt: skip
def test_blocks_in_the_body_get_the_label_of_their_element(html: str, body: str, labels: list[str]) -> None:
    assert body_labels(page_blocks(html), body.split("\n")) == labels


def test_what_the_corpus_does_not_say_is_taken_from_the_page(tmp_path: Path) -> None:
    html = "<html lang=de><title>Fähre | Zeitung</title><h1>Fähre</h1><p>Die Fähre fährt um neun Uhr.</p>"
    page = Page(html.encode(), "https://a.example/x")
    corpus = InMemoryCorpus(
        [
            Document("a/1", page, Gold("Die  Fähre\nfährt um neun Uhr."), Metadata()),
            Document("a/2", page, Gold(""), Metadata(title="Boat", language="nds", source="A crawl")),
        ],
        "crawl",
    )
    assert import_document(tmp_path / "one", corpus, "a/1") == 1
    assert read_rows(tmp_path / "one") == [("?", "Fähre"), ("paragraph", "Die Fähre fährt um neun Uhr.")]
    assert (tmp_path / "one" / "body.txt").read_text("utf-8") == "Die Fähre\n\nfährt um neun Uhr.\n"
    facts = tomllib.loads((tmp_path / "one" / "document.toml").read_text("utf-8"))
    assert (facts["title"], facts["language"], facts["source"]) == ("Fähre", "de", "crawl, a/1")
    assert import_document(tmp_path / "two", corpus, "a/2") == 2
    facts = tomllib.loads((tmp_path / "two" / "document.toml").read_text("utf-8"))
    assert (facts["title"], facts["language"], facts["source"]) == ("Boat", "nds", "A crawl")
