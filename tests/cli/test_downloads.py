"""The line that a run says before it installs anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boilerbench.cli.downloads import downloads_line
from boilerbench.extractors import ADAPTERS, install_costs
from boilerbench.extractors.install_costs import InstallCost


@pytest.fixture(autouse=True)
def costs(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"crawl4ai": InstallCost("0.9", 1_700, 30), "docling": InstallCost("2", 300, 12)}
    monkeypatch.setattr("boilerbench.cli.downloads.install_costs", lambda: table)


def test_what_a_group_installs(tmp_path: Path) -> None:
    line = "installing 2 environments, about 2,000 MB and 42 s once: crawl4ai 1,700 MB, docling 300 MB"
    assert downloads_line(["heavy"], tmp_path) == line
    assert downloads_line(["trafilatura", "docling?as=text"], tmp_path) == (
        "installing 1 environment, about 300 MB and 12 s once: docling?as=text 300 MB"
    )


def test_an_environment_that_specs_share_is_installed_once(tmp_path: Path) -> None:
    specs = ["docling?as=text", "docling?as=html", "docling?as=html&python=3.12"]
    assert downloads_line(specs, tmp_path) == (
        "installing 2 environments, about 600 MB and 24 s once: docling?as=text 300 MB, "
        "docling?as=html&python=3.12 300 MB"
    )


def test_what_is_there_is_not_installed(tmp_path: Path) -> None:
    folder = tmp_path / "crawl4ai-0.9"
    folder.mkdir()
    facts = {"runtime": "python", "package": "crawl4ai", "version": "0.9", "key": "k"}
    (folder / "environment.json").write_text(json.dumps(facts))
    assert downloads_line(["crawl4ai", "default", "cli"], tmp_path) == ""


def test_every_cost_that_was_measured_is_of_an_extractor() -> None:
    for name, cost in install_costs.install_costs().items():
        assert name in ADAPTERS
        assert cost.version, name
        assert cost.megabytes >= 0
