"""Two corpora of all odd documents that we know, in our own format and as JSON Lines, with a sound one.

For each: what is written, and the message that leaves it out, or None where it is taken as it is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import GoldFolder

TEXT = "The board meets in the town hall on the first Monday of the month."
PAGE = f"<html><head><title>Board</title></head><body><nav>Home</nav><p>{TEXT}</p></body></html>"
TOML = 'title = {title}\nlanguage = "en"\npage_type = "news"\nurl = {url}\ncaptured = 2026-11-21\n'
HOSTILE = "\x1b[31mred\x1b[0m \u202eright [b]bold[/b] :book: `rm` | pipe\x07"

Files = dict[str, str | bytes | None]


def facts(title: str = "Board", url: str = "https://a.example/") -> str:
    """A document.toml with such a title and address."""
    return TOML.format(title=json.dumps(title), url=json.dumps(url))


def page(inside: str) -> str:
    """A page with the text, and something else before it."""
    return f"<html><body><nav>Home</nav>{inside}<p>{TEXT}</p></body></html>"


def nested(depth: int) -> str:
    """A page whose text lies in so many elements."""
    return page("<div>" * depth)


GOLD: list[tuple[str, Files, str | None]] = [
    ("sound", {}, None),
    ("windows-line-ends", {"body_txt": f"{TEXT}\r\n", "document_toml": facts().replace("\n", "\r\n")}, None),
    ("byte-order-marks", {"body_txt": f"\ufeff{TEXT}\n", "document_toml": f"\ufeff{facts()}"}, None),
    (
        "labels-in-utf-16",
        {"labels_tsv": f"navigation\tHome\nparagraph\t{TEXT}\n".encode("utf-16")},
        "labels.tsv: not UTF-8",
    ),
    ("body-in-latin-1", {"body_txt": "Grüße".encode("latin-1")}, "body.txt: not UTF-8 in line 1"),
    (
        "facts-in-latin-1",
        {"document_toml": TOML.format(title='"Grüße"', url='"https://a.example/"').encode("latin-1")},
        "document.toml: not UTF-8",
    ),
    ("markup[b]in-names", {"document_toml": facts(HOSTILE)}, "not an id"),
    ("news[draft]one", {}, "not an id"),
    ("hostile-title", {"document_toml": facts(HOSTILE)}, None),
    ("doc:book:7", {}, "not an id"),
    ("a b|c", {}, "not an id"),
    ("-e", {}, "not an id"),
    ("n" * 200, {}, None),
    ("deep-as-browsers", {"page_html": nested(500)}, None),
    ("deep-a-thousand", {"page_html": nested(1_000)}, None),
    ("deep-beyond-all", {"page_html": nested(120_000)}, "nested"),
    ("deep-facts", {"document_toml": facts() + f"a = {'[' * 5_000}{']' * 5_000}\n"}, "document.toml: "),
    ("long-integer", {"document_toml": facts() + f"a = {'9' * 5_000}\n"}, "document.toml: "),
    ("title-is-a-list", {"document_toml": facts().replace('"Board"', '["Board"]')}, "title is a list"),
    ("surrogate-in-title", {"document_toml": facts().replace("Board", "\\ud800")}, "document.toml: not TOML"),
    ("no-facts", {"document_toml": None}, "document.toml: missing"),
    ("no-body", {"body_txt": None}, "body.txt: missing"),
    ("no-page", {"page_html": None}, "page.html: missing"),
    ("nothing-on-the-page", {"page_html": ""}, "no visible text"),
    ("zeros-for-a-page", {"page_html": bytes(5_000)}, "no visible text"),
    ("undefined-encoding", {"page_html": page('<meta charset="undefined">')}, None),
    ("encoding-of-bytes", {"page_html": page('<meta charset="base64">')}, None),
    ("late-declaration", {"page_html": page(f"<!--{'x' * 2_000}--><meta charset=utf-8>Grüße")}, None),
    ("combining-marks", {"page_html": page("e" + "\u0301\u0327" * 50_000)}, None),
    ("address-without-end", {"document_toml": facts(url="http://[")}, "no http"),
    ("address-of-escapes", {"document_toml": facts(url="https://a.example/\x1b]8;;x\x07")}, None),
    (
        "unknown-label",
        {"labels_tsv": f"navigation\tHome\nheadign\t{TEXT}\n"},
        "labels.tsv, row 2: unknown label",
    ),
    ("no-tab", {"labels_tsv": f"navigation Home\nparagraph\t{TEXT}\n"}, "labels.tsv, row 1: no tab"),
    ("labels-of-another-page", {"labels_tsv": "navigation\tHome\n"}, "labels.tsv, row 2: .* is missing"),
]

ROWS: list[tuple[str, dict[str, Any] | str, str | None]] = [
    ("sound", {}, None),
    ("7", {"id": 7}, None),
    ("markup[/b] :book:", {"title": HOSTILE}, None),
    ("separators", {"body": f"{TEXT} \u2028 \u0085 \x0c"}, None),
    ("a/b\\c", {}, None),
    ("..", {}, None),
    ("i" * 3_000, {}, None),
    ("line", json.dumps({"id": "escapes\x1b[2J", "html": PAGE, "body": TEXT}), "is no id"),
    ("surrogate-in-body", {"body": f"{TEXT} \ud800"}, None),
    ("surrogate-in-page", {"html": f"{PAGE} \udfff"}, None),
    ("surrogate-in-url", {"url": "https://a.example/\ud800"}, None),
    ("own-keys", {"mine": [{"deep": [1, 2]}]}, None),
    ("segments", {"body": None, "segments": {"must": ["town hall"], "must_not": ["Home"]}}, None),
    ("segments-of-numbers", {"body": None, "segments": {"must": [1]}}, "segments"),
    ("body-is-a-number", {"body": 5}, "body is a number"),
    ("page-is-a-number", {"html": 5}, "not one page"),
    ("page-missing", {"html": None, "html_path": "none.html"}, "'none.html' is missing"),
    ("page-a-loop", {"html": None, "html_path": "loop.html"}, "loop.html"),
    ("page-a-folder", {"html": None, "html_path": "folder"}, "folder"),
    ("page-a-pipe", {"html": None, "html_path": "pipe"}, "pipe"),
    ("page-without-end", {"html": None, "html_path": "/dev/zero"}, "/dev/zero"),
    ("page-of-nobody", {"html": None, "html_path": "~nobody/x"}, "~nobody/x"),
    ("page-with-a-long-name", {"html": None, "html_path": "n" * 300}, "too long"),
    ("page-outside", {"html": None, "html_path": "a\x00b"}, "html_path"),
    ("language-is-a-list", {"language": ["en"]}, "language is a list"),
    ("twice", {}, None),
    ("twice", {}, "duplicate id"),
    ("deep-page", {"html": nested(120_000)}, None),
    ("line", '{"id": "half', "not JSON"),
    ("line", "[" * 100_000, "not JSON|nested"),
    ("line", f'{{"id": "a", "n": {"9" * 5_000}}}', "digits|not JSON|not one page"),
    ("line", "[]", "not an object"),
    ("line", '{"html": "<p>x", "body": "x"}', "id"),
]


def write_gold(root: Path) -> None:
    """Write the documents in our own format; a loop of links and a pipe stand among them."""
    folder = GoldFolder(root)
    for name, files, _ in GOLD:
        folder.add(name, **{"page_html": PAGE, "body_txt": f"{TEXT}\n", "document_toml": facts(), **files})
    looped = folder.add("page-a-loop", page_html=None)
    (looped / "page.html").symlink_to("page.html")
    piped = folder.add("page-a-pipe", page_html=None)
    os.mkfifo(piped / "page.html")


def write_rows(file: Path) -> None:
    """Write the rows, and beside them what they name."""
    (file.parent / "loop.html").symlink_to("loop.html")
    (file.parent / "folder").mkdir()
    os.mkfifo(file.parent / "pipe")
    lines = []
    for name, row, _ in ROWS:
        whole = {"id": name, "html": PAGE, "body": TEXT, **row} if isinstance(row, dict) else row
        if isinstance(whole, dict):
            whole = json.dumps({key: value for key, value in whole.items() if value is not None})
        lines.append(whole)
    file.write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")


Build = Callable[[Path], None]
