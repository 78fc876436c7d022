"""Every deliberate fault in a gold document is found and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from boilerbench.cli.hints import finding_line
from boilerbench.corpora.gold import GoldCorpus
from tests.conftest import DOCUMENT_TOML, GoldFolder

BODY = ["The harbour library opened on Monday.", "It has room for forty readers and a cat."]
PAGE = f"<nav><a>Home</a></nav><h1>A title</h1><p>{BODY[0]}</p><p>{BODY[1]}</p><footer>Imprint</footer>"
LABELS = [
    "navigation\tHome",
    "title\tA title",
    f"paragraph\t{BODY[0]}",
    f"paragraph\t{BODY[1]}",
    "legal\tImprint",
]


@pytest.fixture
def folder(gold_folder: GoldFolder) -> Path:
    return gold_folder.add(
        "one", page_html=PAGE, body_txt="\n\n".join(BODY) + "\n", labels_tsv="\n".join(LABELS) + "\n"
    )


def findings(folder: Path) -> list[str]:
    corpus = GoldCorpus.open(str(folder.parent))
    return [finding_line(finding) for finding in corpus.findings(folder.name)]


def relabel(folder: Path, rows: list[str]) -> None:
    (folder / "labels.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_a_sound_document_has_no_findings(folder: Path) -> None:
    assert findings(folder) == []


def test_a_row_deleted(folder: Path) -> None:
    relabel(folder, [*LABELS[:1], *LABELS[2:]])
    assert findings(folder) == [
        "one: labels.tsv, row 2: 'A title', block 2 of the page, is missing; add its row"
    ]


def test_a_label_misspelt(folder: Path) -> None:
    relabel(folder, [*LABELS[:4], "leagl\tImprint"])
    (found,) = findings(folder)
    assert found.startswith("one: labels.tsv, row 5: unknown label 'leagl'; use heading, paragraph, ")


def test_a_word_changed_in_the_body(folder: Path) -> None:
    (folder / "body.txt").write_text(f"{BODY[0]}\n\n{BODY[1].replace('forty', 'fifty')}\n")
    (found,) = findings(folder)
    assert found == (
        "one: body.txt, row 3: 'It has room for fifty readers and a cat.' where labels.tsv has "
        "'It has room for forty readers and a cat.'; boilerbench gold build one writes it right"
    )


def test_a_difference_far_behind_is_shown(folder: Path) -> None:
    (folder / "body.txt").write_text(f"{BODY[0]}\n\n{BODY[1].replace('cat', 'dog')}\n")
    (found,) = findings(folder)
    assert "'…forty readers and a dog.' where labels.tsv has '…forty readers and a cat.'" in found


def test_a_word_changed_in_the_labels(folder: Path) -> None:
    relabel(folder, [*LABELS[:4], "legal\tImpressum"])
    assert findings(folder) == [
        "one: labels.tsv, row 5: 'Impressum' where the page has 'Imprint'; copy it from there"
    ]


def test_a_block_labelled_twice(folder: Path) -> None:
    relabel(folder, [*LABELS[:3], LABELS[2], *LABELS[3:]])
    (found,) = findings(folder)
    assert "row 4: " in found or "row 3: " in found
    assert "is no block of the page here (labelled twice); remove the row" in found


def test_a_body_block_missing(folder: Path) -> None:
    (folder / "body.txt").write_text(f"{BODY[0]}\n")
    (found,) = findings(folder)
    assert found.startswith(
        "one: body.txt, row 3: 'It has room for forty readers and a cat.', labelled as body"
    )


def test_a_page_in_another_encoding_than_declared(folder: Path) -> None:
    page = f"<meta charset=utf-8>{PAGE}".replace("cat", "café")
    (folder / "page.html").write_bytes(page.encode("windows-1252"))
    found = findings(folder)
    assert found[0].startswith("one: page.html: 1 characters are not in the encoding that the page declares")
    # A document that is there because of it says so.
    (folder / "document.toml").write_text(DOCUMENT_TOML + 'traps = ["wrong-charset-declared"]\n')
    assert not any("encoding" in each for each in findings(folder))


def test_a_block_without_a_label(folder: Path) -> None:
    relabel(folder, [*LABELS[:3], f"?\t{BODY[1]}", "?\tImprint"])
    assert findings(folder) == [
        "one: labels.tsv, row 4: 2 of 5 blocks have no label yet; boilerbench gold label one"
    ]


def test_a_row_without_a_tab(folder: Path) -> None:
    relabel(folder, [*LABELS[:4], "legal Imprint"])
    assert findings(folder) == ["one: labels.tsv, row 5: no tab; write label, tab, text"]


@pytest.mark.parametrize(
    ("body", "row"),
    [("  Two  spaces.\n", 1), ("One.\n\n\nTwo.\n", 3), ("One.\nTwo.\n", 2)],
)
def test_the_form_of_the_body(gold_folder: GoldFolder, body: str, row: int) -> None:
    page = "<p>Two spaces.</p><p>One.</p><p>Two.</p>"
    folder = gold_folder.add("one", page_html=page, body_txt=body)
    assert any(f"one: body.txt, row {row}: " in each for each in findings(folder))


def test_a_body_that_is_not_on_the_page(gold_folder: GoldFolder) -> None:
    folder = gold_folder.add("one", page_html="<p>Second.</p><p>First.</p>", body_txt="First.\n\nSecond.\n")
    assert findings(folder) == [
        "one: body.txt, row 3: 'Second.' is not on the page after the block before; copy it from there"
    ]


@pytest.mark.parametrize(
    ("language", "body", "found"),
    [
        ("ru", "Библиотека в порту открылась после двух лет ремонта.", False),
        ("en", "Библиотека в порту открылась после двух лет ремонта.", True),
        ("ja", "港の図書館が二年ぶりに開いた。市民は喜んでいる。", False),
        ("zh-Hant", "港口圖書館在兩年後重新開放。市民十分高興地等候著。", False),
        ("ko", "港の図書館が二年ぶりに開いた。市民は喜んでいる。", True),
        (
            "de",
            "The library in the harbour opened after two years of work, and the people of the town " * 6,
            True,
        ),
        (
            "en",
            "The library in the harbour opened after two years of work, and the people of the town " * 6,
            False,
        ),
        ("en", "Ж", False),
    ],
)
def test_the_language_fits_the_text(gold_folder: GoldFolder, language: str, body: str, found: bool) -> None:
    toml = f'title = "A title"\nlanguage = "{language}"\npage_type = "news"\n'
    folder = gold_folder.add("one", body_txt=body.strip() + "\n", document_toml=toml)
    assert [f"document.toml: language '{language}', but the body" in each for each in findings(folder)] == (
        [True] if found else []
    )


def test_an_annotators_file_that_does_not_fit(folder: Path) -> None:
    (folder / "annotator-1.txt").write_text("navigation\ntitle\nparagraph\nparagraph\nlegal\n")
    assert findings(folder) == []
    (folder / "annotator-2.txt").write_text("navigation\ntitle\nparagraph\nparagraph\n")
    assert findings(folder) == ["one: annotator-2.txt: 4 labels for 5 blocks; label the page again"]
    (folder / "annotator-1.txt").write_text("navigation\ntitle\nparagraph\nparagraph\nleagl\n")
    assert findings(folder)[0] == "one: annotator-1.txt: unknown label 'leagl'; label the page again"


@pytest.mark.parametrize("trap", ["no-body-at-all", "filled-by-scripts"])
def test_an_empty_body_has_a_trap_that_says_so(gold_folder: GoldFolder, trap: str) -> None:
    folder = gold_folder.add("one", page_html="<nav>Home</nav>")
    (folder / "body.txt").write_text("")
    (found,) = findings(folder)
    assert found.startswith("one: body.txt: empty; name the trap no-body-at-all, or filled-by-scripts where ")
    (folder / "document.toml").write_text(DOCUMENT_TOML + f'traps = ["{trap}"]\n')
    assert findings(folder) == []
    (folder / "body.txt").write_text("Home\n")
    (found,) = findings(folder)
    assert f"there is a body, but the trap {trap} says that there is none" in found


def test_a_page_of_scripts_alone_may_be_gold(gold_folder: GoldFolder) -> None:
    toml = DOCUMENT_TOML + 'traps = ["filled-by-scripts"]\n'
    folder = gold_folder.add("one", page_html="<div id=app></div>", document_toml=toml, labels_tsv="")
    (folder / "body.txt").write_text("")
    assert findings(folder) == []
    assert not GoldCorpus.open(str(folder.parent)).gold("one").has_body


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<frameset><frame src=a.html></frameset>", "a frameset, whose text lies at other addresses"),
        ("<div id=app></div><script>render()</script>", "no visible text without scripts"),
    ],
)
def test_a_page_whose_text_is_elsewhere(gold_folder: GoldFolder, page: str, message: str) -> None:
    folder = gold_folder.add("one", page_html=page, body_txt="")
    assert any(message in each for each in findings(folder))


def test_an_address_that_is_none(gold_folder: GoldFolder) -> None:
    folder = gold_folder.add("one", document_toml=DOCUMENT_TOML + 'url = "ftp://a.example/x"\n')
    assert findings(folder) == [
        "one: document.toml: url 'ftp://a.example/x' is no http(s) address; correct it"
    ]


def test_the_lines_of_a_plain_text_page_are_its_blocks(gold_folder: GoldFolder) -> None:
    folder = gold_folder.add(
        "one",
        page_html=None,
        page_txt="Home | News\n\nThe library  opened.\n  Fish & <b>chips</b>\n",
        body_txt="The library opened.\n\nFish & <b>chips</b>\n",
        labels_tsv="navigation\tHome | News\nparagraph\tThe library opened.\nlist\tFish & <b>chips</b>\n",
    )
    assert findings(folder) == []
