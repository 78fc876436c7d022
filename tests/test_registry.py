"""Names to parts."""

from __future__ import annotations

import collections
import sys
from pathlib import Path

import pytest

from boilerbench.errors import InputError
from boilerbench.registry import Registry


@pytest.fixture
def registry() -> Registry:
    registry = Registry("shape", "boilerbench.tests.nothing")
    registry.add("counter", "collections:Counter")
    registry.add("module", "collections")
    return registry


def test_loads_what_was_registered(registry: Registry) -> None:
    assert registry.load("counter") is collections.Counter
    assert registry.load("module") is collections
    assert list(registry) == ["counter", "module"]


def test_a_name_given_twice_raises(registry: Registry) -> None:
    with pytest.raises(ValueError, match=r"two shapes are called 'counter'.*rename one"):
        registry.add("counter", "elsewhere:Counter")


def test_an_unknown_name_offers_the_nearest(registry: Registry) -> None:
    with pytest.raises(InputError, match="unknown shape 'countr'; did you mean counter"):
        registry.load("countr")


def test_a_name_like_no_other_lists_all(registry: Registry) -> None:
    with pytest.raises(InputError, match="there are: counter, module"):
        registry.load("zzzzzz")


def test_installed_packages_add_entry_points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "their_package.py").write_text("part = 'theirs'\n")
    info = tmp_path / "their_package-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: their-package\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[boilerbench.tests.shapes]\ntheirs = their_package:part\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    registry = Registry("shape", "boilerbench.tests.shapes")
    registry.add("ours", "collections:Counter")
    assert registry.names() == ["ours", "theirs"]
    assert registry.load("theirs") == "theirs"
