"""Markup that a tool returned, Markdown or HTML, as HTML and as text, by one rule for all.

Markdown is CommonMark with tables and strikethrough, as markdown-it-py renders it to HTML, except that cells
beyond a table's header are kept. The text of HTML are its blocks, as ``page_blocks`` finds them on a page. So
neither the signs of Markdown nor the addresses of links and images are words of an output, and a block is one
in either format.
"""

from __future__ import annotations

import functools
import importlib.metadata
from collections.abc import Callable
from typing import Any

from boilerbench.markdown_tables import widened
from boilerbench.markdown_writing import written_as_markdown
from boilerbench.page_blocks import page_blocks
from boilerbench.page_structure import structure_of
from boilerbench.records import MarkupFormat

_LONGEST_INLINE = 50_000
"""Characters of a paragraph or cell; in longer ones no signs are looked for, which takes quadratic time."""
_MOST_BRACKETS = 2_000
"""Opening brackets of a paragraph or cell; with more, no signs are looked for either, for the same reason."""
_RULE = 2
"""Counts the changes of what is the text of markup."""


def text_of(markup: str, format_: MarkupFormat) -> str:
    """Return the text of markup: its blocks, with a blank line between each two.

    Raises:
        InputError: elements are nested too deep.
    """
    return "\n\n".join(block.text for block in page_blocks(html_of(markup, format_)))


def markdown_of(markup: str, format_: MarkupFormat) -> str:
    """Return markup as Markdown; HTML is written anew, block by block, see ``markdown_writing``.

    Raises:
        InputError: elements are nested too deep.
    """
    if format_ == MarkupFormat.MARKDOWN:
        return markup
    return written_as_markdown(structure_of(markup).blocks)


def html_of(markup: str, format_: MarkupFormat) -> str:
    """Return markup as HTML, that of others: whoever shows it has to sanitise it."""
    if format_ == MarkupFormat.HTML:
        return markup
    rendered: str = _markdown().render(widened(markup))
    return rendered


@functools.cache
def text_rule() -> str:
    """Return what decides the text of markup besides the markup: versions of the rule and of what it uses."""
    versions = [f"{name}-{importlib.metadata.version(name)}" for name in ("markdown-it-py", "justhtml")]
    return "|".join([str(_RULE), *versions])


@functools.cache
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    markdown.core.ruler.at("inline", _within_bounds(markdown))
    return markdown


def _within_bounds(markdown: Any) -> Callable[[Any], None]:
    """Make the step that looks for signs in paragraphs and cells, except in very long ones."""
    from markdown_it.token import Token

    def inline(state: Any) -> None:
        for token in state.tokens:
            if token.type != "inline":
                continue
            token.children = token.children or []
            brackets = token.content.count("[")
            if len(token.content) <= _LONGEST_INLINE and brackets <= _MOST_BRACKETS:
                markdown.inline.parse(token.content, markdown, state.env, token.children)
            else:
                token.children.append(Token("text", "", 0, content=token.content))

    return inline
