"""Article as Markdown by domdown's selectors and cleaning rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "domdown"
LICENCE = "none stated"
HOME = "https://github.com/juanmcristobal/domdown"
TAKES = "text"
CAUTION = "writes a block of metadata above the text, whose words count"
CAUTION_UNLESS = ("emit_frontmatter", "as")


def load(
    *,
    emit_frontmatter: bool = True,
    prefer_article_body: bool = True,
    preserve_images: bool = True,
    preserve_tables: bool = True,
    strip_hidden: bool = True,
    mode: Literal["markdown", "html"] = "markdown",
) -> Callable[[str, str | None], str]:
    """Return ``html_to_markdown(page, DomdownOptions(…))``, or the pipeline's ``cleaned_html``."""
    from domdown import DomdownOptions, HtmlToMarkdownPipeline, html_to_markdown

    def extract(page: str, url: str | None) -> str:
        given = DomdownOptions(
            base_url=url,
            emit_frontmatter=emit_frontmatter,
            prefer_article_body=prefer_article_body,
            preserve_images=preserve_images,
            preserve_tables=preserve_tables,
            strip_hidden=strip_hidden,
        )
        if mode == "html":
            return str(HtmlToMarkdownPipeline(given).run(page).cleaned_html)
        text: str = html_to_markdown(page, given)
        return text

    return extract
