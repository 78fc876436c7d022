"""The whole page as Markdown by MarkItDown; no content extraction."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Literal

PACKAGE = "markitdown"
LICENCE = "MIT"
HOME = "https://github.com/microsoft/markitdown"
TAKES = "bytes"


def load(
    *, mode: Literal["markdown"] = "markdown", keep_data_uris: bool = False
) -> Callable[[bytes, str | None], str]:
    """Return ``MarkItDown().convert_stream`` of the page as served, with its type and address."""
    from markitdown import MarkItDown, StreamInfo

    converter = MarkItDown(enable_plugins=False)

    def extract(page: bytes, url: str | None) -> str:
        told = StreamInfo(mimetype="text/html", extension=".html", url=url)
        text: str = converter.convert_stream(
            io.BytesIO(page), stream_info=told, keep_data_uris=keep_data_uris
        ).markdown
        return text

    return extract
