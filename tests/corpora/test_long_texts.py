"""Text on which a careless regular expression would take hours; that these end at all is the test."""

from __future__ import annotations

from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.corpora.webmainbench import without_annotation

LENGTH = 1_000_000


@pytest.mark.parametrize(
    "unit",
    [
        "<title",
        "<a ='",
        '<a ="',
        "<a x=\"' ",
        "<!--",
        "<title>",
        "<a =",
        "<script ",
        "<a class=mark-selected ",
    ],
)
def test_a_broken_page_is_freed_of_annotation_as_it_is(unit: str) -> None:
    page = unit * (LENGTH // len(unit))
    assert without_annotation(page) == page


@pytest.mark.parametrize("space", [" ", "\n", "\u00a0", "/"])
def test_a_tag_of_white_space_stays(space: str) -> None:
    page = f'<p data-anno-uid="1"{space * LENGTH}>'
    assert without_annotation(page) == f"<p{space * LENGTH}>"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (" " * LENGTH + "x", " " * LENGTH + "x"),
        ("x" + " " * LENGTH + "x", "x" + " " * LENGTH + "x"),
        (' <text id="1"> x </text> ', "x"),
        ("<TEXT a>\n<p>x\n</TEXT>\n", "<p>x"),
        ("<p>x </text>y", "<p>x </text>y"),
    ],
    ids=["before", "within", "wrapped", "upper case", "not at the end"],
)
def test_a_page_is_freed_of_its_wrapper(tmp_path: Path, page: str, expected: str) -> None:
    for folder, name, text in (("en_original", "1.html", page), ("en_cleaned", "1.txt", "x")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    assert open_corpus(f"cleaneval:{tmp_path}").page("1").content.decode() == expected
