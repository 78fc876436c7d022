"""What can be seen of a block that has no label: where it stands, what it links to, what it says."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from boilerbench.labelling.consistency import kind_by_words
from boilerbench.labelling.labelled_pages import links_of, target_words
from boilerbench.page_blocks import BlockCollector
from boilerbench.tokenizers import icu_words, normalize

_DEEPEST = 30
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_A-Za-z]+")
_LENGTHS = (0, 1, 2, 3, 5, 8, 12, 20, 40, 80)
_NEAR = 3
"""Elements next to the block whose classes count apart from those further out."""
_MARKS = ("rel", "itemprop", "role", "aria-label")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[./:]\d{1,2}")


@dataclass(frozen=True, slots=True)
class PageFeatures:
    """The features of a page's blocks, in page order; a feature is a short text."""

    blocks: tuple[tuple[str, ...], ...]
    paths: tuple[str, ...]
    """The elements around each block by name and classes: those of one path are labelled alike."""
    texts: tuple[str, ...]
    """Normalised, in one case."""


def page_features(collector: BlockCollector, title: str = "") -> PageFeatures:
    """Return the features of all blocks of a page.

    Args:
        collector: the page as it is cut into blocks.
        title: what the page calls itself.
    """
    texts = tuple(normalize(block.text).casefold() for block in collector.blocks)
    chains = [_around(nodes[0]) for nodes in collector.nodes]
    paths = tuple(
        ".".join(
            [
                " ".join([element.name, *((element.attrs or {}).get("class") or "").split()])
                for element in reversed(chain)
            ]
        )
        for chain in chains
    )
    alike: dict[str, int] = {}
    for path in paths:
        alike[path] = alike.get(path, 0) + 1
    headline = next((index for index, chain in enumerate(chains) if any(e.name == "h1" for e in chain)), None)
    words = [len(icu_words(text)) for text in texts]
    own = []
    for index, (chain, nodes, text) in enumerate(zip(chains, collector.nodes, texts, strict=True)):
        features = list(_of_elements(chain))
        features += _of_text(text, words[index], title)
        features += _of_links(nodes, text)
        if kind := kind_by_words(collector.blocks[index].text, links_of(nodes)):
            features += (f"kind:{kind.label}", f"kind:{kind.name}")
        features.append(f"alike:{min(alike[paths[index]], 4)}")
        place = index / max(1, len(texts) - 1)
        features.append(f"tenth:{int(place * 10)}")
        if headline is not None:
            side = "before" if index < headline else "after" if index > headline else "at"
            features.append(f"headline:{side}")
            features.append(f"headline:{side}:{chain[0].name if chain else ''}")
            if 0 < index - headline <= 4:
                features.append(f"headline:+{index - headline}")
        own.append(features)
    around = [_beside(index, chains, words) for index in range(len(texts))]
    return PageFeatures(
        tuple(tuple(dict.fromkeys(a + b)) for a, b in zip(own, around, strict=True)),
        paths,
        texts,
    )


def _around(node: Any) -> list[Any]:
    """Return the elements around a node, innermost first."""

    def climb() -> Iterator[Any]:
        element = node.parent
        while element is not None and element.name not in ("html", "body", "#document"):
            yield element
            element = element.parent

    return list(islice(climb(), _DEEPEST))


def _of_elements(chain: Sequence[Any]) -> Iterator[str]:
    names = [element.name for element in chain]
    yield f"name:{names[0] if names else 'body'}"
    yield f"names:{'<'.join(names[:2])}"
    yield f"names:{'<'.join(names[:3])}"
    for name in dict.fromkeys(names):
        yield f"in:{name}"
    yield f"deep:{min(len(chain), 12) // 2}"
    for depth, element in enumerate(chain):
        attributes = element.attrs or {}
        words = _words(f"{attributes.get('class') or ''} {attributes.get('id') or ''}")
        for word in words:
            yield f"word:{word}"
            if depth < _NEAR:
                yield f"near:{word}"
                yield f"near:{word}:{names[0]}"
        if depth == 0 and words:
            yield f"self:{' '.join(words)}"
        for mark in _MARKS:
            if value := attributes.get(mark):
                for word in _words(str(value)):
                    yield f"{mark}:{word}"
                    if depth < _NEAR:
                        yield f"{mark}:near:{word}"


# The elements around one block are mostly those around the next.
@functools.lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    """Return the words of class names and ids, however they are joined: ``relatedPosts``, ``site-nav``."""
    found = [word.casefold() for word in _WORDS.findall(text.replace("_", " "))]
    return tuple(dict.fromkeys(word for word in found if len(word) > 1))


def _of_text(text: str, words: int, title: str) -> Iterator[str]:
    yield f"length:{sum(words > length for length in _LENGTHS)}"
    yield f"ends:{unicodedata.category(text[-1]) if text else ''}{text[-1:] if text[-1:] in '.:?!…' else ''}"
    first = text[:1]
    yield f"begins:{unicodedata.category(first) if first else ''}"
    if any(map(str.isdigit, text)):
        yield f"digits:{min(words, 4)}"
    if _DATE.search(text):
        yield f"date:{min(words, 6)}"
    if words <= 6:
        yield f"text:{text}"
        for word in icu_words(text):
            yield f"says:{word}"
    else:
        for word in icu_words(text)[:3]:
            yield f"opens:{word}"
    for sign in "©@|›»•€$£%:#":
        if sign in text:
            yield f"sign:{sign}"
    if title and len(text) > 8 and (text in title or title in text):
        yield "title"
    if not any(map(str.isalpha, text)):
        yield "no letter"


def _of_links(nodes: Sequence[Any], text: str) -> Iterator[str]:
    """Say what the links of a block lead to, and how much of it is link or button."""
    linked = pressed = 0
    for node in nodes:
        chain = _around(node)
        anchor = next((element for element in chain if element.name == "a"), None)
        size = len(node.data.strip())
        if anchor is not None:
            linked += size
            href = (anchor.attrs or {}).get("href") or ""
            target = target_words(href)
            for word in target.split()[:6]:
                yield f"target:{word}"
            scheme = href.partition(":")[0].casefold()
            if scheme in ("mailto", "tel", "javascript"):
                yield f"scheme:{scheme}"
            if href.startswith("#"):
                yield "target:#"
        elif any(element.name in ("button", "select", "option", "label") for element in chain):
            pressed += size
    size = max(1, len(text))
    yield f"linked:{min(3, round(3 * linked / size))}"
    yield f"linked:{min(3, round(3 * linked / size))}:{min(4, len(icu_words(text)) // 3)}"
    if pressed * 2 > size:
        yield "button"


def _beside(index: int, chains: Sequence[list[Any]], words: Sequence[int]) -> list[str]:
    """Say what stands before and after a block."""
    features = []
    for offset in (-2, -1, 1, 2):
        other = index + offset
        if 0 <= other < len(chains):
            name = chains[other][0].name if chains[other] else "body"
            features.append(f"at{offset}:{name}")
            features.append(f"at{offset}:length:{sum(words[other] > length for length in _LENGTHS)}")
            if offset == -1:
                same = chains[other][:1] == chains[index][:1]
                features.append(f"parent:{'same' if same else 'other'}")
        else:
            features.append(f"at{offset}:none")
    return features
