"""A package index of our own on loopback, with two tools."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runner.index import Index, wheel

SOURCE = "import somedep\ndef extract(page): return f'tool {version} with dep {{somedep.VERSION}}'\n"


@pytest.fixture
def index(uv_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    index = Index()
    for version, day in (("1.0", "2024-01-10"), ("2.0", "2025-03-05")):
        content = wheel("sometool", version, SOURCE.format(version=version), ("somedep",))
        index.add("sometool", version, content, f"{day}T08:00:00Z")
    for version, day in (("1.0", "2023-12-01"), ("2.0", "2024-06-01"), ("3.0", "2026-01-01")):
        index.add(
            "somedep", version, wheel("somedep", version, f"VERSION = {version!r}\n"), f"{day}T08:00:00Z"
        )
    monkeypatch.setenv("UV_DEFAULT_INDEX", index.address)
    monkeypatch.setenv("UV_CACHE_DIR", str(uv_cache))
    # It would wait for seconds before it believes what is wrong for good.
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    yield index
    index.stop()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "environments"
