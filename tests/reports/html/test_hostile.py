"""Pages, outputs, ids and names that attack whoever reads the report: nothing runs, nothing is loaded."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any, Self

import pytest
from justhtml import JustHTML
from playwright.sync_api import expect

import boilerbench
from boilerbench.corpora import Corpus
from boilerbench.records import Block, Document, Gold, MarkupFormat, Metadata, Page
from boilerbench.reports.html.preview import preview, rendered
from tests.reports.html.conftest import Look, Reported, go, settled

ATTACKS = {
    "script": "<script>hacked = 1; parent.hacked = 1</script><p>Text.</p>",
    "script in text": "<p>&lt;script&gt;parent.hacked = 1&lt;/script&gt;</p>",
    "handlers": (
        '<p onclick="parent.hacked=1" onmouseover="parent.hacked=1">Text</p>'
        '<img src=x onerror="parent.hacked=1"><body onload="parent.hacked=1">'
        '<details ontoggle="parent.hacked=1" open><summary>S</summary></details>'
    ),
    "addresses": (
        '<a href="javascript:parent.hacked=1">Go</a><a href="https://evil.example/" target="_top">Out</a>'
        '<area href="https://evil.example/"><base href="https://evil.example/">'
        '<link rel="stylesheet" href="https://evil.example/a.css">'
        '<link rel="dns-prefetch" href="//evil.example">'
    ),
    "refresh": '<meta http-equiv="refresh" content="0; url=https://evil.example/"><p>Text.</p>',
    "ends": "</script></style></title></textarea></iframe><script>parent.hacked=1</script>",
    "svg": (
        '<svg onload="parent.hacked=1"><script>parent.hacked=1</script><use href="https://evil.example/#a"/>'
        '<foreignObject><iframe src="https://evil.example/"></iframe></foreignObject>'
        '<a xlink:href="javascript:parent.hacked=1"><text>T</text></a>'
        '<animate onbegin="parent.hacked=1" attributeName="x"/></svg><p>Text.</p>'
    ),
    "mathml": (
        "<math><mtext><table><mglyph><style><!--</style>"
        '<img title="--&gt;&lt;img src=1 onerror=parent.hacked=1&gt;"></style></mglyph></table></mtext>'
        '<maction actiontype="statusline" xlink:href="javascript:parent.hacked=1">X</maction></math>'
    ),
    "noscript": '<noscript><p title="</noscript><img src=x onerror=parent.hacked=1>"></noscript><p>Text.</p>',
    "form": (
        '<form action="https://evil.example/"><input name="a" autofocus onfocus="parent.hacked=1">'
        '<button formaction="javascript:parent.hacked=1">Send</button></form>'
        '<isindex action="javascript:parent.hacked=1">'
    ),
    "frames": (
        '<iframe src="https://evil.example/"></iframe>'
        '<iframe srcdoc="&lt;script&gt;top.hacked=1&lt;/script&gt;"></iframe>'
        '<object data="https://evil.example/"></object><embed src="https://evil.example/">'
        '<frameset><frame src="https://evil.example/"></frameset>'
        '<portal src="https://evil.example/"></portal>'
    ),
    "style": (
        "<style>@import 'https://evil.example/a.css'; body{background:url(https://evil.example/b)}</style>"
        '<p style="background:url(https://evil.example/c);position:fixed;inset:0;display:block">Text</p>'
        "<p style=\"width:expression(hacked=1);behavior:url(x);-moz-binding:url('//evil.example/d')\">T</p>"
    ),
    "media": (
        '<video src="https://evil.example/v" autoplay poster="https://evil.example/p"></video>'
        '<audio src="https://evil.example/a" autoplay></audio>'
        '<picture><source srcset="https://evil.example/s">'
        '<img srcset="https://evil.example/i 2x" src="https://evil.example/j"></picture>'
        '<img src="data:image/svg+xml,<svg/>">'
    ),
    "template": (
        '<template><script>parent.hacked=1</script></template><div><template shadowrootmode="open">'
        '<img src=x onerror=parent.hacked=1></template></div><slot onslotchange="parent.hacked=1"></slot>'
    ),
    "labels": '<p data-label="navigation" data-words="9">Text.</p>',
    "clobbering": (
        '<form id="boilerbench"><input name="data"></form><a id="page">x</a><img name="body"><p>Text.</p>'
    ),
}
NAMES = [
    "../outside",
    "../../../../tmp/outside",
    "</script><script>hacked=1</script>",
    '"><img src=x onerror=hacked=1>',
    "javascript:hacked=1",
    "a/b\\c",
    "%2e%2e%2f",
    "${hacked=1}`",
    "{{ 7 * 7 }}{% raw %}",
    "__proto__",
    "constructor",
    "=cmd|' /C calc'!A0",
    "\u2028line\u202eright-to-left",
    "#/documents?extractor=x",
    "a&b<c>%d",
    "  two  spaces",
]


ALLOWED_ELEMENTS = {
    *(
        "#document",
        "html",
        "head",
        "body",
        "#text",
        "p",
        "img",
        "a",
        "details",
        "summary",
        "div",
        "table",
        "tbody",
    ),
}
ALLOWED_ATTRIBUTES = {"dir", "hidden", "lang", "style", "alt", "start", "colspan", "rowspan"}


class Hostile(Corpus):
    """Every attack as a page and as gold, under ids that are attacks themselves."""

    summary = licence = citation = layout = "hostile"
    native_measures = ("words",)
    tokenizer = "plain"

    def __init__(self) -> None:
        self.name = "hostile"
        self.spec = "hostile:<script>hacked=1</script>"
        self._attacks = dict(sorted(zip(NAMES, ATTACKS.values(), strict=True)))

    @classmethod
    def open(cls, path: str) -> Self:
        raise NotImplementedError

    def ids(self) -> list[str]:
        return list(self._attacks)

    def page(self, document: str) -> Page:
        return Page(self._attacks[document].encode(), "javascript:hacked=1")

    def gold(self, document: str) -> Gold:
        return Gold(f"Text. {self._attacks[document]}")

    def metadata(self, document: str) -> Metadata:
        attack = "</title><script>hacked=1</script><img src=x onerror=hacked=1>"
        return Metadata(title=attack, language=attack, page_type=attack, traps=(attack, "b;c"), source=attack)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    root = tmp_path_factory.mktemp("hostile")
    corpus = Hostile()
    attack = "<img src=x onerror=hacked=1>"
    outputs: dict[str, Any] = {
        "it": {name: corpus.page(name).content.decode() for name in corpus.ids()},
        attack: {},
    }
    outputs["markup"] = {
        name: {"markup": corpus.page(name).content.decode(), "format": format_}
        for name, format_ in zip(corpus.ids(), itertools.cycle(["html", "markdown"]))
    }
    outputs[attack] = dict.fromkeys(corpus.ids()[::2], f"Text </script><script>hacked=1</script> {attack}")
    for name, texts in outputs.items():
        (root / f"{name}.json").write_text(json.dumps(texts), encoding="utf-8")
    specs = [f"file:{root / name}.json" for name in outputs]
    (root / "results").mkdir()
    run = boilerbench.run(corpus, specs, out=root / "results", cache=root / "cache")
    return Reported(run.folder, boilerbench.report(run.folder, corpus=corpus))


def test_nothing_runs_and_nothing_is_loaded(look: Look, hostile: Reported) -> None:
    """The fixture fails on any request outside the folder, dialog, popup or error."""
    page = look(hostile.report)
    names = Hostile().ids()
    for view in ("overview", "kinds", "pair", "documents"):
        go(page, view)
        assert page.evaluate("window.hacked") is None
    for place in range(len(names)):
        go(page, "documents?text=")
        links = page.locator("#documents-table tbody td:first-child a")
        links.nth(place).click()
        settled(page)
        expect(page.locator("#document")).to_be_visible()
        page.locator("#page").scroll_into_view_if_needed()
        for frame in page.frames:
            assert frame.evaluate("window.hacked") is None
        assert len(page.frames) == 2
        assert page.frames[1].url == "about:srcdoc"
        assert page.url.startswith(hostile.report.as_uri())
    assert page.frames[1].evaluate("origin") == "null"


def test_markup_runs_nothing_and_loads_nothing(look: Look, hostile: Reported) -> None:
    page = look(hostile.report)
    for name in Hostile().ids():
        page.evaluate("name => { location.hash = address('document', [name, 'markup']) }", name)
        settled(page)
        expect(page.locator("#markup-rendered iframe")).to_be_visible()
        page.locator("#markup-rendered iframe").scroll_into_view_if_needed()
        for frame in page.frames:
            assert frame.evaluate("window.hacked") is None
        assert [frame.evaluate("origin") for frame in page.frames[1:]] == ["null", "null"]


@pytest.mark.parametrize("format_", MarkupFormat)
@pytest.mark.parametrize("attack", ATTACKS)
def test_rendered_markup_has_no_address_script_or_style(attack: str, format_: MarkupFormat) -> None:
    shown = rendered(ATTACKS[attack], format_)
    assert not re.search(r"<(?:script|iframe|style|svg|object|embed|form|link|base|meta)\b", shown)
    assert not re.search(r"<[^>]*\s(?:on\w+|href|src|srcset|action|id|name)\s*=", shown)


def test_every_id_has_its_document(look: Look, hostile: Reported) -> None:
    page = look(hostile.report)
    for name in Hostile().ids():
        page.evaluate("name => { location.hash = address('document', [name]) }", name)
        expect(page.locator("#document-title")).to_have_text(name.replace("\u2028", " "))
        expect(page.locator("#loading")).to_be_hidden()


def test_nothing_is_written_outside_the_report(hostile: Reported) -> None:
    there = {
        file.relative_to(hostile.report).as_posix() for file in hostile.report.rglob("*") if file.is_file()
    }
    numbers = {f"documents/{place}.js" for place in range(len(ATTACKS))}
    assert {name for name in there if name.startswith("documents/")} == numbers
    assert {file.name for file in hostile.report.parent.parent.iterdir()} == {"hostile"}
    assert not (hostile.report.parent / "outside").exists()


def test_no_markup_of_the_corpus_is_in_the_page(hostile: Reported) -> None:
    html = (hostile.report / "index.html").read_text(encoding="utf-8")
    assert "<img" not in html
    assert html.count("<script") == html.count('<script src="')


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_preview_has_no_address_script_or_style(attack: str) -> None:
    shown = preview(Document("one", Page(ATTACKS[attack].encode()), Gold(""), Metadata()))
    waiting = [JustHTML(f"<body>{shown}", sanitize=False).root]
    while waiting:
        node = waiting.pop()
        waiting += node.children or ()
        assert node.name in ALLOWED_ELEMENTS
        for name, value in (getattr(node, "attrs", None) or {}).items():
            assert name in ALLOWED_ATTRIBUTES
            assert name != "style" or "url" not in value


def test_an_attack_in_the_labels_is_removed() -> None:
    blocks = (Block("Text.", "paragraph"),)
    page = Page(ATTACKS["labels"].encode())
    shown = preview(Document("one", page, Gold("", blocks=blocks), Metadata()))
    assert shown == '<p data-label="paragraph">Text.</p>'
