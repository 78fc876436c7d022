"""Pages that attack whoever labels them: in the frame nothing runs, loads or leads away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.decoding import page_text
from boilerbench.labelling.app.frame import frame_page, harmless_css
from boilerbench.labelling.gold_folder import begin_document
from boilerbench.page_blocks import page_blocks
from boilerbench.records import Page
from tests.labelling.app.conftest import Enter, Serve, ready
from tests.reports.html.test_hostile import ATTACKS

MORE_ATTACKS = {
    "css escapes": (
        r"<style>@\69mport '//evil.example/a'; p{background:\75rl(//evil.example/b)}</style><p>Text</p>"
    ),
    "css comment": (
        "<style>@import/**/'//evil.example/a'; p{background:url/**/(//evil.example/b)}</style><p>T</p>"
    ),
    "css end": "<style>p::after{content:'</style><script>parent.hacked=1</script>'}</style><p>Text</p>",
    "css media": "<style media='}</style><script>parent.hacked=1</script>'>p{}</style><p>Text</p>",
    "css functions": (
        "<style>@font-face{font-family:x;src:url(//evil.example/f)}"
        "p{background:image-set('//evil.example/i' 1x);cursor:url(//evil.example/c),auto;font-family:x}"
        "p::before{content:url(//evil.example/d)}</style><p>Text</p>"
    ),
    "cover": '<div style="position:fixed;inset:0;z-index:2147483647"><p>Text</p></div><p>More</p>',
    "parent": (
        '<a href="/api/start" target="_parent">A</a><a href="/?token=x">B</a><base target="_top"><p>T</p>'
    ),
    "root attributes": (
        '<html onclick="parent.hacked=1" style="background:url(//evil.example/x)" class=\'"><script>'
        "parent.hacked=1</script>'><body onfocus='parent.hacked=1' "
        "id='\"><img src=x onerror=parent.hacked=1>'>"
        "<p>Text</p>"
    ),
    "own marks": '<p data-label="0" data-shown-label="legal" data-picked data-revealed>Text.</p><p>More</p>',
    "custom elements": "<my-card onclick='parent.hacked=1'>Card</my-card><x-y><p>Text</p></x-y>",
}
ALL = {**ATTACKS, **MORE_ATTACKS}


def test_nothing_runs_loads_or_leads_away(
    tmp_path: Path, serve: Serve, enter: Enter, blocked: list[str]
) -> None:
    """The fixture fails on any request elsewhere, dialog, popup or error."""
    root = tmp_path / "gold"
    names = [re.sub(r"[^a-z]+", "-", name) for name in ALL]
    for name, attack in zip(names, ALL.values(), strict=True):
        begin_document(root, name, Page(attack.encode()))
    server = serve(root, "--no-suggestions")
    page = enter(server)
    for name in names:
        page.goto(f"{server.origin}/#{name}")
        page.reload()
        ready(page)
        assert page.locator("#document").inner_text() == name
        frame = page.frames[1]
        links = frame.locator("a, area, button, p, img, summary")
        for index in range(links.count()):
            links.nth(index).dispatch_event("click")
        for row in page.locator("#blocks li").all():
            row.click()
        assert page.evaluate("window.hacked") is None
        assert len(page.frames) == 2
        assert frame.url.startswith(f"{server.origin}/frame?")
        assert page.url == f"{server.origin}/#{name}"
        assert frame.locator("script, iframe, object, embed, form, link, base, meta[http-equiv]").count() == 0
        assert frame.locator("[href], [src], [srcset], [action], [onclick], [onload]").count() == 0
    assert blocked == []


def test_the_frame_runs_no_script_whatever_is_in_it(
    root: Path, serve: Serve, enter: Enter, blocked: list[str]
) -> None:
    """Sandbox and policy hold, even if what cleans pages let something through."""
    page = enter(serve(root, "--no-suggestions"))
    page.evaluate(
        """() => {
          const inside = document.getElementById('page').contentDocument;
          const script = inside.createElement('script');
          script.textContent = 'parent.hacked = 1';
          inside.body.append(script);
          inside.body.insertAdjacentHTML('beforeend',
            '<img src="https://evil.example/i" onerror="parent.hacked = 1">' +
            '<p onclick="parent.hacked = 1">x</p>');
          inside.body.lastChild.click();
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert blocked == ["https://evil.example/i"]


@pytest.mark.parametrize("document", open_corpus("gold").ids()[::6])
def test_each_block_has_its_place_in_the_frame(document: str) -> None:
    html = page_text(open_corpus("gold").page(document))
    marks = re.findall(r' data-label="(\d+)"', frame_page(html, ""))
    assert sorted(map(int, marks)) == list(range(len(page_blocks(html))))


@pytest.mark.parametrize(
    "css",
    [
        "@import 'x';",
        r"@\69mport 'x';",
        "a{b:url(x)}",
        r"a{b:u\72 l(x)}",
        "a{b:URL (x)}",
        "a{b:image-set('x' 1x)}",
        "</style><script>",
        "@im@import 'x';port 'y';",
        "a{b:ururl(l(x)}",
        "a{behavior:url(x)}",
        "a{-moz-binding:x}",
    ],
)
def test_css_that_would_load_something(css: str) -> None:
    clean = harmless_css(css).casefold()
    assert not re.search(r"@import|(?<!\w)url\s*\(|image-set\s*\(|behavior|-moz-binding|<", clean)


def test_other_css_stays() -> None:
    css = "@media (max-width:40em){.a\\:b > p::before{content:'\\201C';color:#123}}"
    assert harmless_css(css) == css
