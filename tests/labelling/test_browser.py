"""What headless Chromium shows of every gold page, without its scripts and style sheets, is its blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Route

from boilerbench.corpora import open_corpus
from boilerbench.decoding import decode
from boilerbench.page_blocks import page_blocks

GOLD = open_corpus("gold")
ADDRESS = "http://page.example/"
# No script and no style sheet is obeyed; inline styles are.
POLICY = "default-src 'none'; script-src 'none'; style-src-elem 'none'; style-src-attr 'unsafe-inline'"
# Details count as open; MathML's boxes stand for the text in them, which is inline.
READ = """() => {
  for (const each of document.querySelectorAll('details')) each.open = true;
  for (const math of document.querySelectorAll('math')) {
    for (const note of math.querySelectorAll('annotation, annotation-xml')) note.remove();
    math.replaceWith(document.createTextNode(math.textContent));
  }
  return document.body.innerText;
}"""


@pytest.fixture(scope="module")
def shown(chromium: Browser) -> Iterator[Callable[[bytes], str]]:
    """What Chromium shows of a page's bytes, from which it finds the encoding by itself."""
    served = b""

    def answer(route: Route) -> None:
        if route.request.url == ADDRESS:
            headers = {"content-type": "text/html", "content-security-policy": POLICY}
            route.fulfill(status=200, body=served, headers=headers)
        else:
            route.abort()

    page = chromium.new_page()
    page.route("**/*", answer)

    def show(content: bytes) -> str:
        nonlocal served
        served = content
        page.goto(ADDRESS, wait_until="domcontentloaded")
        text: str = page.evaluate(READ)
        return text

    yield show
    page.close()


def folded(text: str) -> str:
    """White space folded; and case, since inline styles may transform it."""
    return " ".join(text.split()).casefold()


@pytest.mark.parametrize("document", GOLD.ids())
def test_chromium_shows_the_blocks(shown: Callable[[bytes], str], document: str) -> None:
    content = GOLD.page(document).content
    blocks = " ".join(block.text for block in page_blocks(decode(content)))
    assert folded(shown(content)) == folded(blocks)
