"""A text of a Parquet file that is not UTF-8, as fuzzing found it, costs its own row."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from boilerbench.corpora import open_corpus
from boilerbench.corpora.base import UNREADABLE


def test_a_row_that_is_not_utf_8_is_passed_over(tmp_path: Path) -> None:
    html = pa.array([b"<p>One.</p>", b"<p>\x80</p>", b"<p>Three.</p>"], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"html": html}), tmp_path / "pages.parquet")
    skipped: list[str] = []
    pages = list(open_corpus(f"parquet:{tmp_path / 'pages.parquet'}").pages(skipped.append))
    assert [page.content for _, page in pages] == [b"<p>One.</p>", b"<p>Three.</p>"]
    assert skipped == [UNREADABLE]
