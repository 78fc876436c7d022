"""Code, formulas and tables in Markdown, as WebMainBench's splitters find them with regular expressions.

Its patterns backtrack, some of them without end on hostile text; here each is a scan that takes linear time
and finds the same, which a test holds against the patterns themselves.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement
from bs4.exceptions import ParserRejectedMarkup

from boilerbench.measures.bounds import UnscorableError

FENCED = re.compile(r"```.*?```", re.DOTALL)
"""Code between fences, with them."""
INLINE_CODE = re.compile(r"`[^`]*`")
_INDENTED = re.compile(r" {4}|\t")
_NO_CODE = re.compile(r"^[-•*]\s|^\d+\.\s|\$[\d,]|\b(?:million|billion|thousand)\b", re.IGNORECASE)
_SHORTEST_CODE = 2
"""Lines of indented code that are not blank."""
FORMULA_SIGNS = (
    (re.compile(r"(?<!\\)\$\$"), re.compile(r"(?<!\\)\$\$")),
    (re.compile(r"(?<!\\)\\\["), re.compile(r"(?<!\\)\\\]")),
    (re.compile(r"(?<!\\)\$"), re.compile(r"(?<!\\)\$")),
    (re.compile(r"(?<!\\)\\\("), re.compile(r"(?<!\\)\\\)")),
)
"""Where formulas begin and end, in the order in which they are looked for."""
TABLE_TAG = re.compile("<table", re.IGNORECASE)
_CLOSED = re.compile("<[^<>]*>")
_MOST_STEPS = 200_000_000
_WITHIN_TABLES = ("td", "tr", "tbody")
_RULE_CELL = re.compile(r":?-{3,}:?")
_RULE_LINE = re.compile(r"[\s|\-:]+")


def code_parts(text: str) -> list[str]:
    """Return the code blocks of a text: first those in fences, then indented ones, each in their order.

    A fenced block loses its first and its last line, and what is empty then is none. Indented code is two
    lines or more, each behind four spaces or a tab, after a blank line; a list, a price or a large number
    written out makes it none. Its blank lines are left out, and one level of indentation.
    """
    fenced = (match[0].split("\n")[1:-1] for match in FENCED.finditer(text))
    blocks = ["\n".join(lines) for lines in fenced]
    return [block for block in blocks if block] + list(_indented_blocks(text))


def _indented_blocks(text: str) -> Iterator[str]:
    lines = text.split("\n")
    for start, end in indented_code(lines):
        filled = (line for line in lines[start:end] if line.strip())
        yield "\n".join(line[4:] if line.startswith("    ") else line[1:] for line in filled)


def indented_code(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the index of the first line of each indented code block, and the index after its last."""
    for start, end in _indented_runs(lines):
        filled = [line.strip() for line in lines[start:end] if line.strip()]
        if len(filled) >= _SHORTEST_CODE and not any(map(_NO_CODE.search, filled)):
            yield start, end


def _indented_runs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the runs of indented lines that follow a blank line.

    White space that holds two line breaks or more may be followed by a run: the one behind its last line
    break, else behind the last but one, and so on, where lines of spaces alone count as indented. The search
    goes on behind a run; the line break before the blank line that ends it is used up then.
    """
    lengths = [0] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        lengths[index] = lengths[index + 1] + 1 if _INDENTED.match(lines[index]) else 0
    first = 0
    last_break = len(lines) - 2
    while first < last_break:
        last = first
        while last < last_break and not lines[last + 1].strip():
            last += 1
        start = next((line for line in range(last + 1, first + 1, -1) if lengths[line] > 1), None)
        if start is None:
            first = last + 1
            continue
        end = start + lengths[start]
        yield start, end
        first = end if end < len(lines) and not lines[end] else end - 1


def formula_parts(text: str) -> list[str]:
    r"""Return the formulas of a text outside code, without white space around them.

    First all between ``$$``, then all between ``\[`` and ``\]``, between ``$``, and between ``\(`` and
    ``\)``. A sign behind a backslash is none. Two prices in dollars hold a formula between them.
    """
    bare = without_code(text)
    return [
        formula
        for begin, end in FORMULA_SIGNS
        for opened, closed in signed_spans(bare, begin, end)
        if (formula := bare[opened.end() : closed.start()].strip())
    ]


def signed_spans(
    text: str, begin: re.Pattern[str], end: re.Pattern[str]
) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield each beginning in a text with the next end, then the next beginning behind that, and so on."""
    position = 0
    while (opened := begin.search(text, position)) and (closed := end.search(text, opened.end())):
        yield opened, closed
        position = closed.end()


def without_code(text: str) -> str:
    """Return a text without what stands between fences and between back-ticks."""
    return INLINE_CODE.sub("", FENCED.sub("", text))


def table_parts(text: str) -> list[str]:
    """Return the tables of a text: first HTML tables outside code and one another, then pipe tables.

    A pipe table is two lines or more with a ``|`` each, of which the second is a rule. Code is not left out.
    """
    tables = [str(table) for table in html_tables(without_code(text))]
    lines = text.split("\n")
    return tables + ["\n".join(lines[start:end]) for start, end in pipe_tables(lines)]


def html_tables(text: str) -> Iterator[Tag]:
    """Yield the outermost tables in a text as Beautiful Soup parses them with Python's own parser."""
    if not TABLE_TAG.search(text):
        return
    waiting: list[PageElement] = [parse_html(text)]
    while waiting:
        element = waiting.pop()
        if isinstance(element, Tag):
            if element.name == "table":
                yield element
            elif element.name not in _WITHIN_TABLES:
                waiting.extend(reversed(element.contents))


def parse_html(text: str) -> BeautifulSoup:
    """Parse HTML by Beautiful Soup with Python's own parser.

    Raises:
        UnscorableError: the parser rejects it, or would take more than ``_MOST_STEPS``, since it looks
            through all the rest for the end of each tag, comment or declaration that has none.
    """
    unsure = text.count("<") - len(_CLOSED.findall(text)) + text.count("<!") + text.count("<?")
    if unsure * len(text) > _MOST_STEPS:
        raise UnscorableError(f"HTML with {unsure:,} tags that may have no end")
    try:
        with warnings.catch_warnings():
            # Whatever an output looks like, it is read as HTML, and nobody is to be told.
            warnings.simplefilter("ignore", UserWarning)
            return BeautifulSoup(text, "html.parser")
    except ParserRejectedMarkup as error:
        raise UnscorableError(f"HTML that the parser rejects: {' '.join(str(error).split())}") from None


def pipe_tables(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the index of the first line of each pipe table, and the index after its last."""
    start = 0
    for end in range(len(lines) + 1):
        if end < len(lines) and "|" in lines[end]:
            continue
        if end - start > 1 and is_rule(lines[start + 1]):
            yield start, end
        start = end + 1


def is_rule(line: str) -> bool:
    """Tell whether a line is the rule of a pipe table: cells of three dashes or more, or nothing."""
    cells = (cell.strip() for cell in line.split("|"))
    return all(not cell or _RULE_CELL.fullmatch(cell) for cell in cells)


def tables_as_html(tables: Sequence[str]) -> str:
    """Bring the tables of a text to HTML, all in one string; empty without any.

    Where one of them is HTML, all stay as they are. Else all rows become one table, of which the first row
    are headers; empty cells and rules are left out, and so is a row without cells.
    """
    joined = "\n".join(tables)
    if not joined.strip():
        return ""
    if "<table" in joined.lower():
        return joined
    lines = [line.strip() for line in joined.split("\n") if "|" in line]
    rows = [line for line in lines if not _RULE_LINE.fullmatch(line)]
    html = []
    for number, row in enumerate(rows):
        tag = "td" if number else "th"
        if cells := [cell.strip() for cell in row.split("|") if cell.strip()]:
            html.append(f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>")
    return f"<table>{''.join(html)}</table>"
