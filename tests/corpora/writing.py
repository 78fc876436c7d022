"""Small corpora in published layouts; aeb and wcxb, which other tests want too, are in tests/conftest.py."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from boilerbench.corpora import open_corpus


def write_rows(file: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """JSON Lines, gzipped if the name ends so."""
    file.parent.mkdir(parents=True, exist_ok=True)
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode(
        "utf-8", "surrogatepass"
    )
    file.write_bytes(gzip.compress(content) if file.suffix == ".gz" else content)
    return file


def write_readability(root: Path, documents: dict[str, tuple[str, str]]) -> Path:
    """Readability's layout with {name: (page, expected HTML)}."""
    for document, (page, expected) in documents.items():
        folder = root / "test-pages" / document
        folder.mkdir(parents=True)
        (folder / "source.html").write_text(page, encoding="utf-8")
        (folder / "expected.html").write_text(expected, encoding="utf-8")
        facts = {"title": f"Title of {document}", "lang": "en", "byline": None}
        (folder / "expected-metadata.json").write_text(json.dumps(facts))
    return root


def write_trafilatura(root: Path, documents: dict[str, tuple[bytes, list[str], list[str]]]) -> Path:
    """trafilatura's layout with {file name: (page, with, without)}; pages lie in eval/."""
    (root / "eval").mkdir(parents=True)
    (root / "cache").mkdir()
    truth = {}
    for name, (page, wanted, unwanted) in documents.items():
        (root / "eval" / name).write_bytes(page)
        truth[f"https://site.example/{name}"] = {"file": name, "with": wanted, "without": unwanted}
    (root / "evaldata.json").write_text(json.dumps(truth), encoding="utf-8")
    return root


def write_wceb(root: Path, datasets: dict[str, dict[str, tuple[str, str]]]) -> Path:
    """WCEB's combined layout with {data set: {page_id: (page, plain text)}}."""
    for dataset, documents in datasets.items():
        (root / "html" / dataset).mkdir(parents=True)
        for document, (page, _) in documents.items():
            (root / "html" / dataset / f"{document}.html").write_text(page, encoding="utf-8")
        write_rows(
            root / "ground-truth" / f"{dataset}.jsonl",
            [
                {"page_id": document, "plaintext": body, "source": [dataset, document]}
                for document, (_, body) in documents.items()
            ],
        )
    return root


def write_cleaneval(root: Path, documents: dict[str, tuple[bytes, str]]) -> Path:
    """CleanEval's layout, as in its final run, with {number: (page, cleaned text)}."""
    for name in ("input", "GoldStandard"):
        (root / name).mkdir(parents=True)
    for document, (page, text) in documents.items():
        (root / "input" / f"{document}.html").write_bytes(page)
        (root / "GoldStandard" / f"{document}.txt").write_text(text, encoding="utf-8")
    return root


def write_fundus(root: Path, documents: dict[str, tuple[str, list[str]]]) -> Path:
    """The Fundus evaluation's layout with {id: (page, paragraphs)}."""
    (root / "html").mkdir(parents=True)
    truth = {}
    for document, (page, paragraphs) in documents.items():
        (root / "html" / f"{document}.html.gz").write_bytes(gzip.compress(page.encode()))
        truth[f"{document}.html.gz"] = {
            "body": paragraphs,
            "url": f"https://news.example/{document}",
            "crawl_date": "2024-02-28 13:06:44.083593",
        }
    (root / "ground_truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return root


def read_whole(spec: str) -> None:
    """Open a corpus and read all of its documents, up to the first with a fault."""
    for _ in open_corpus(spec).documents():
        pass


def write_parquet(file: Path, columns: Mapping[str, list[Any]], rows_in_group: int | None = None) -> Path:
    """A Parquet file with these columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(dict(columns)), file, row_group_size=rows_in_group)
    return file
