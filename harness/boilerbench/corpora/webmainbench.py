"""WebMainBench (Dripper): JSON Lines of annotated pages with their main content in Markdown."""

from __future__ import annotations

import re
from typing import Self

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.jsonl_index import JsonLines, rows_file
from boilerbench.corpora.reading import problem, text_of, utf8_page
from boilerbench.errors import InputError
from boilerbench.records import Gold, Metadata, Page
from boilerbench.tokenizers import storable

TEXTS = ("convert_main_content", "groundtruth_content")
"""The keys of gold, that first which the published ROUGE-5 is taken against."""

# Possessive, so that no page takes long, however broken. A quote opens a value only after =.
_TOKEN = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(?P<closing>/?)(?P<name>[a-zA-Z][^\s/<>]*+)"""
    r"""(?P<rest>(?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|))*+)>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""(?P<space>[\s/]*+)(?P<name>[^\s/>=]++)(?:\s*+=\s*+(?P<value>"[^"]*+"|'[^']*+'|[^\s>]*+))?"""
)
_SPACE = re.compile(r"[\s/]*+")
_RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
_STYLE_SHEET = "cc-extraStyle"
_ELEMENTS = ("marked-text", "marked-tail", "marked-inline")
_NUMBER = "data-anno-uid"
_ATTRIBUTES = ("cc-select", _NUMBER)
_CLASS = "mark-selected"
_STYLES = ("", "user-select: none;")


class WebMainBench(Corpus):
    """7,809 pages in 46 languages, annotated tag by tag; 545 of them with calibrated Markdown."""

    summary = "WebMainBench: pages annotated tag by tag, with their main content in Markdown (Dripper)"
    licence = "Apache-2.0"
    citation = "Liu et al. (2025), Dripper: Token-Efficient Main HTML Extraction, arXiv:2511.23119"
    layout = 'a file of {"track_id": "…", "html": "…", "convert_main_content" or "groundtruth_content": "…"}'
    native_measures = ("rouge-5",)
    tokenizer = "icu"
    includes = (
        "Whatever annotators marked as main content: mostly with the title, with comments on forums, with "
        "captions here and there. Markdown signs stand in the text."
    )
    troubles = (
        "Published figures are of outputs in Markdown; plain text lacks its signs and scores lower.",
        "Pages hold what an annotation plugin left in them, which tells where gold is; it is removed here.",
    )

    def __init__(self, path: str, rows: JsonLines) -> None:
        self.name = "webmainbench"
        self.spec = f"webmainbench:{path}"
        self._rows = rows

    @classmethod
    def open(cls, path: str) -> Self:
        corpus = cls(path, JsonLines(rows_file("webmainbench", path, cls.layout), "track_id"))
        if not corpus.ids():
            raise InputError(f"corpus webmainbench:{path}: no documents; give {cls.layout}")
        return corpus

    def ids(self) -> list[str]:
        return self._rows.ids()

    def page(self, document: str) -> Page:
        row, where = self._rows.row(document), self._rows.where(document)
        if not isinstance(row.get("html"), str):
            raise problem(document, where, "no html (gold without a page)", "fetch the file again")
        url = text_of(document, where, "url", row.get("url"))
        return Page(utf8_page(without_annotation(row["html"])), url or None)

    def gold(self, document: str) -> Gold:
        row, where = self._rows.row(document), self._rows.where(document)
        texts = [row[key] for key in TEXTS if isinstance(row.get(key), str)]
        if not texts:
            raise problem(document, where, f"neither {' nor '.join(TEXTS)} (page without gold)", "add one")
        return Gold(storable(texts[0]))

    def metadata(self, document: str) -> Metadata:
        meta, where = self._rows.row(document).get("meta"), self._rows.where(document)
        facts = meta if isinstance(meta, dict) else {}
        language, style = (text_of(document, where, key, facts.get(key)) for key in ("language", "style"))
        return Metadata(language=language or None, page_type=style or None, licence=self.licence)


def without_annotation(html: str) -> str:
    """Restore a page as it was before it was annotated; all else stays, character by character.

    Removed are the plugin's style sheet, its wrappers around pieces of text, its attributes ``cc-select`` and
    ``data-anno-uid``, its class ``mark-selected``, and in tags that it numbered the empty ``style`` that its
    highlighting left and the ``user-select: none`` of its frame. All this is cut out of the text and no tree
    is written again, since a parser would repair the page's own faults, which extractors are to meet. A tag
    inside a comment or a script is left alone.
    """
    pieces: list[str] = []
    done = position = 0
    while (token := _TOKEN.search(html, position)) is not None:
        position = token.end()
        if token["name"] is None:
            continue
        name = token["name"].lower()
        end = token.end()
        replacement = token[0]
        if name in _ELEMENTS:
            replacement = ""
        elif not token["closing"]:
            replacement = f"<{token['name']}{_without_attributes(token['rest'])}>"
            if name in _RAW:
                position = _end_of_raw(html, name, position)
            if name == "style" and _STYLE_SHEET in token["rest"]:
                replacement = ""
                end = position = html.find(">", position) + 1 or len(html)
        if replacement != token[0]:
            pieces += (html[done : token.start()], replacement)
            done = end
    return "".join([*pieces, html[done:]])


def _end_of_raw(html: str, name: str, start: int) -> int:
    """Return where the end tag begins of an element whose content is no markup."""
    end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, start)
    return end.start() if end else len(html)


def _without_attributes(rest: str) -> str:
    """Return the rest of a tag behind its name without what the plugin put there."""
    numbered = _NUMBER in rest
    if not numbered and _CLASS not in rest and _ATTRIBUTES[0] not in rest:
        return rest

    def kept(attribute: re.Match[str]) -> str:
        name, value = attribute["name"].lower(), (attribute["value"] or "").strip("\"'")
        if name in _ATTRIBUTES or (name == "style" and numbered and value in _STYLES):
            return attribute["space"].rstrip()
        if name != "class" or _CLASS not in value.split():
            return attribute[0]
        names = " ".join(name for name in value.split() if name != _CLASS)
        return attribute[0].replace(value, names) if names else attribute["space"].rstrip()

    pieces, position = [], 0
    while position < len(rest):
        if attribute := _ATTRIBUTE.match(rest, position):
            pieces.append(kept(attribute))
            end = attribute.end()
        else:
            # White space to the end, or a sign that begins no name.
            space = _SPACE.match(rest, position)
            end = (space.end() if space else position) + 1
            pieces.append(rest[position:end])
        position = end
    return "".join(pieces)
