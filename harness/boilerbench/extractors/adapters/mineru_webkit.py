"""The page as Markdown by MinerU-Webkit, which takes main content found before; no extraction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "mineru-webkit"
# From 1.0 on, that raises where the tool imports it.
NEEDS = ("selectolax<1.0",)
LICENCE = "Apache-2.0"
HOME = "https://github.com/ccprocessor/MinerU-Webkit"
TAKES = "text"


def load(
    *,
    mode: Literal["markdown", "text"] = "markdown",
    output_format: Literal["mm_md", "md", "plain_md"] = "mm_md",
    use_raw_image_url: bool = True,
) -> Callable[[str, str | None], str]:
    """Return ``convert_html_to_structured_data(main_html=page, url=url)``; the defaults are the tool's.

    ``output_format`` is the kind of its Markdown.
    """
    from webpage_converter.convert import convert_html_to_structured_data

    def extract(page: str, url: str | None) -> str:
        text: str = convert_html_to_structured_data(
            main_html=page,
            url=url or "https://page.invalid/",
            output_format="txt" if mode == "text" else output_format,
            use_raw_image_url=use_raw_image_url,
        )
        return text

    return extract
