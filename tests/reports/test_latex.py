"""LaTeX tables: what a paper needs to compile, since no engine is at hand here."""

from __future__ import annotations

import re

import pytest

from boilerbench.reports.latex import escape, latex_table
from boilerbench.reports.leaderboards import Board


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("95 % & more", r"95 \% \& more"),
        ("a_b#c${d}", r"a\_b\#c\$\{d\}"),
        (r"seg:\w+|v1", r"seg:\textbackslash{}w+\textbar{}\allowbreak{}v1"),
        ("~1^2", r"\textasciitilde{}1\textasciicircum{}2"),
        ("<b>", r"\textless{}b\textgreater{}"),
        ("cmd:./x --f", r"cmd:./x -{}-f"),
        ("−1.4 ≥ 2", r"$-$1.4 $\geq$ 2"),
        ("two\nlines", "two lines"),
    ],
)
def test_what_latex_would_read_is_spelled(text: str, latex: str) -> None:
    assert escape(text) == latex


def test_a_table_is_a_whole_environment() -> None:
    board = Board("not printed", ["Extractor", "F1"], [["a_b", "94.3="], ["[x]", "5.0 "]], 1)
    caption = ["= may be the best (95 % confidence).", "Digest sha256:a0e212fb46fc."]
    assert latex_table(board, caption, ["my corpus", "words"]).splitlines() == [
        r"% \usepackage{booktabs}",
        r"\begin{table}",
        r"\centering",
        r"\caption{= may be the best (95 \% confidence). Digest sha256:a0e212fb46fc.}",
        r"\label{tab:my-corpus-words}",
        r"\begin{tabular}{lr}",
        r"\toprule",
        r"Extractor & F1 \\",
        r"\midrule",
        r"a\_b & 94.3= \\",
        r"{}[x] & 5.0 \\",
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{table}",
    ]


def test_hostile_names_leave_the_environment_whole() -> None:
    hostile = r"}\end{table}\input{x}%&\\"
    text = latex_table(Board(hostile, ["Extractor", "F1"], [[hostile, "1.0"]], 1), [hostile], [hostile])
    body = re.sub(r"(?m)^% .*\n", "", text)
    assert re.findall(r"\\(?:begin|end)\{\w+\}", body) == [
        *(r"\begin{table}", r"\begin{tabular}", r"\end{tabular}", r"\end{table}"),
    ]
    assert r"\input" not in body
    bare = re.sub(r"\\[{}%&]", "", body)
    assert bare.count("{") == bare.count("}")
    assert "%" not in bare
    # The heading and the one row have one separator each, the columns being two.
    assert bare.count("&") == 2
