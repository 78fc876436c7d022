"""Labelled pages with what tells their blocks apart: path, links, elements that name an author."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.page_blocks import segmented

_AUTHOR_MARK = re.compile(r"\b(author|byline|writer)\b", re.IGNORECASE)
_EXTENSION = re.compile(r"\.(x?html?|php\d?|aspx?|jsp|cgi)$", re.IGNORECASE)
_DEEPEST_JSON = 100
_PATH_LENGTH = 30
"""Elements of a path: pages may nest thousands."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a block."""

    text: str
    target: str
    """The last part of its path, or ``#`` and the fragment on the same page, as words in lower case."""


@dataclass(frozen=True, slots=True)
class LabelledBlock:
    """A block with its label and where it stands on the page."""

    text: str
    label: str
    path: str = ""
    """The innermost elements around its beginning, outermost first, by name and class."""
    links: tuple[Link, ...] = ()
    names_author: bool = False
    """Whether a part of it stands in an element that is marked as the author."""


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """The blocks of a page, in page order, and the authors that its head names."""

    document: str
    blocks: tuple[LabelledBlock, ...]
    authors: tuple[str, ...] = ()


def labelled_pages(corpus: GoldCorpus) -> Iterator[LabelledPage]:
    """Read the labelled pages of a corpus; what cannot be read or does not fit its page is left out."""
    for document in corpus.ids():
        try:
            labels = corpus.gold(document).blocks
            html = page_text(corpus.page(document))
        except InputError:
            continue
        root, collector = segmented(html)
        if [block.text for block in labels] != [block.text for block in collector.blocks]:
            continue
        blocks = (
            LabelledBlock(block.text, block.label, _path(nodes[0]), links_of(nodes), _names_author(nodes))
            for block, nodes in zip(labels, collector.nodes, strict=True)
        )
        yield LabelledPage(document, tuple(blocks), _authors(root))


def target_words(address: str) -> str:
    """Return what a link leads to, as words: the last part of its path, or ``#`` and the fragment.

    ``/legal/privacy-policy.html`` is ``privacy policy``, ``#comments`` is ``#comments``.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("", "http", "https"):
        return ""
    last = next((part for part in reversed(parts.path.split("/")) if part), "")
    if not last and not parts.netloc and parts.fragment:
        return "#" + _words(parts.fragment)
    return _words(_EXTENSION.sub("", last))


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", unquote(text).casefold()))


def _ancestors(node: Any) -> Iterator[Any]:
    """Yield the elements around a node, innermost first."""
    node = node.parent
    while node is not None and not node.name.startswith("#"):
        yield node
        node = node.parent


def _path(node: Any) -> str:
    """Name the innermost elements around a node by name and classes, outermost first."""
    elements = [
        ".".join([element.name, *((element.attrs or {}).get("class") or "").split()])
        for element in islice(_ancestors(node), _PATH_LENGTH)
    ]
    return " > ".join(reversed(elements))


def links_of(nodes: Sequence[Any]) -> tuple[Link, ...]:
    """Return the links that the text nodes of a block stand in, in order."""
    texts: dict[int, str] = {}
    anchors: dict[int, Any] = {}
    for node in nodes:
        anchor = next((element for element in _ancestors(node) if element.name == "a"), None)
        if anchor is not None and (anchor.attrs or {}).get("href"):
            anchors[id(anchor)] = anchor
            texts[id(anchor)] = texts.get(id(anchor), "") + node.data
    return tuple(
        Link(" ".join(text.split()), target_words(anchors[key].attrs["href"])) for key, text in texts.items()
    )


def _names_author(nodes: Sequence[Any]) -> bool:
    """Tell whether a part of a block, but not the block as a whole, is marked as the author."""
    paths = [list(_ancestors(node)) for node in nodes]
    around = set(map(id, paths[0])).intersection(*(map(id, path) for path in paths))
    return any(
        _AUTHOR_MARK.search(_marks(element))
        for path in paths
        for element in path
        if id(element) not in around
    )


def _marks(element: Any) -> str:
    attributes = element.attrs or {}
    return " ".join(str(attributes.get(name) or "") for name in ("rel", "itemprop", "class")).replace(
        "_", "-"
    )


def _authors(root: Any) -> tuple[str, ...]:
    """Return the authors that a page names in its head: in ``<meta name=author>`` and in JSON-LD."""
    named = root.query('meta[name="author"]')
    names: list[str] = [(element.attrs or {}).get("content") or "" for element in named]
    for element in root.query('script[type="application/ld+json"]'):
        try:
            names += _named_authors(json.loads("".join(child.data for child in element.children or ())), 0)
        except (ValueError, RecursionError):
            continue
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))


def _named_authors(value: Any, depth: int, *, author: bool = False) -> Iterator[str]:
    """Yield the names of the authors in a JSON-LD object."""
    if depth > _DEEPEST_JSON:
        return
    if isinstance(value, str) and author:
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _named_authors(item, depth + 1, author=author)
    elif isinstance(value, dict):
        if author and isinstance(value.get("name"), str):
            yield value["name"]
        elif not author:
            for key, item in value.items():
                yield from _named_authors(item, depth + 1, author=key in ("author", "creator"))
