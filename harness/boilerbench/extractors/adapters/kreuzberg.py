"""HTML as read by Kreuzberg's document extraction, in Rust; drops navigation and little else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "kreuzberg"
LICENCE = "MIT"
HOME = "https://kreuzberg.dev"
TAKES = "bytes"


def load(*, mode: Literal["text", "html", "markdown"] = "text") -> Callable[[bytes, str | None], str]:
    """Return the ``content`` of ``extract_bytes_sync(page, "text/html")``, without the tool's cache."""
    from kreuzberg import ExtractionConfig, extract_bytes_sync

    output_format = "plain" if mode == "text" else mode
    config = ExtractionConfig(use_cache=False, output_format=output_format)

    def extract(page: bytes, url: str | None) -> str:
        text: str = extract_bytes_sync(page, "text/html", config).content
        return text

    return extract
