"""HTML as read by Docling's HTML backend, as Markdown or text; what stands above headings is furniture."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Literal

PACKAGE = "docling-slim"
# What its HTML backend takes, which is a third of a gigabyte, without torch.
NEEDS = ("docling-slim[convert-core,format-html]",)
LICENCE = "MIT"
HOME = "https://docling-project.github.io/docling"
TAKES = "bytes"
GROUP = "heavy"


def load(*, mode: Literal["markdown", "text", "html"] = "markdown") -> Callable[[bytes, str | None], str]:
    """Return ``HTMLDocumentBackend(…).convert().export_to_markdown()``, or its text or HTML.

    ``DocumentConverter``, with which its documentation begins, imports torch; this is what it calls.
    """
    from docling.backend.html_backend import HTMLDocumentBackend
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.document import InputDocument

    def extract(page: bytes, url: str | None) -> str:
        given = InputDocument(
            path_or_stream=io.BytesIO(page),
            format=InputFormat.HTML,
            backend=HTMLDocumentBackend,
            filename="page.html",
        )
        document = HTMLDocumentBackend(in_doc=given, path_or_stream=io.BytesIO(page)).convert()
        text: str = getattr(document, f"export_to_{mode}")()
        return text

    return extract
