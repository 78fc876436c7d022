"""Text blocks by html-reader-mode's rules of length and link density."""

from __future__ import annotations

from collections.abc import Callable

PACKAGE = "html-reader-mode"
LICENCE = "MIT"
HOME = "https://github.com/lamasters/html-reader-mode"
TAKES = "text"


def load(
    *,
    minimum_cutoff_threshold: int = 100,
    minimum_block_words: int = 16,
    maximum_preceding_block_link_density: float = 0.5,
    maximum_block_link_density: float = 0.33,
) -> Callable[[str, str | None], str]:
    """Return the contents of the blocks of ``HTMLReaderMode().sanitize(page)``."""
    from html_reader_mode import HTMLReaderMode

    reader = HTMLReaderMode(
        minimum_cutoff_threshold,
        minimum_block_words,
        maximum_preceding_block_link_density,
        maximum_block_link_density,
    )
    return lambda page, url: "\n\n".join(block["content"] for block in reader.sanitize(page))
