"""The registry: names, entry points of installed packages, and those that are not as they should be."""

from __future__ import annotations

import collections
import importlib
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from boilerbench.errors import InputError
from boilerbench.registry import Registry
from tests.plugins import install

GROUP = "boilerbench.tests.shapes"


@pytest.fixture
def registry() -> Registry[Any]:
    registry: Registry[Any] = Registry("shape", GROUP)
    registry.add("counter", "collections:Counter")
    registry.add("module", "collections")
    return registry


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the module path, for distributions."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
    importlib.invalidate_caches()
    return folder


def test_loads_what_was_registered(registry: Registry[Any]) -> None:
    assert registry.load("counter") is collections.Counter
    assert registry.load("module") is collections
    assert list(registry) == ["counter", "module"]


def test_a_name_given_twice_raises(registry: Registry[Any]) -> None:
    with pytest.raises(ValueError, match=r"two shapes are called 'counter'.*rename one"):
        registry.add("counter", "elsewhere:Counter")


def test_an_unknown_name_offers_the_nearest(registry: Registry[Any]) -> None:
    with pytest.raises(InputError, match="unknown shape 'countr'; did you mean counter"):
        registry.load("countr")


def test_a_name_like_no_other_lists_all(registry: Registry[Any]) -> None:
    with pytest.raises(InputError, match="there are: counter, module"):
        registry.load("zzzzzz")


def test_a_loader_reads_its_own_notation() -> None:
    registry: Registry[Path] = Registry("file", GROUP, loader=Path)
    registry.add("here", "a/b.mjs")
    assert registry.load("here") == Path("a/b.mjs")


def test_installed_packages_add_entry_points(registry: Registry[Any], site: Path) -> None:
    install(site, "their-package", f"[{GROUP}]\ntheirs = their_shape:part\n", their_shape="part = 'theirs'\n")
    assert registry.names() == ["counter", "module", "theirs"]
    assert registry.load("theirs") == "theirs"
    assert registry.origin("theirs") == "entry point theirs = their_shape:part of their-package 1.0"
    assert registry.origin("counter") == ""
    assert registry.problems() == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import no_such_library\n", "ModuleNotFoundError: No module named 'no_such_library'"),
        ("def part(:\n", r"SyntaxError: invalid syntax.*"),
        ("raise RuntimeError('first line\\nsecond line')\n", "RuntimeError: first line"),
        ("raise SystemExit(0)\n", "SystemExit: 0"),
        ("other = 1\n", "AttributeError: module 'broken_shape' has no attribute 'part'"),
    ],
)
def test_a_plug_in_that_cannot_be_imported_is_one_line(
    registry: Registry[Any], site: Path, monkeypatch: pytest.MonkeyPatch, source: str, reason: str
) -> None:
    monkeypatch.delitem(sys.modules, "broken_shape", raising=False)
    install(site, "a-broken", f"[{GROUP}]\nbroken = broken_shape:part\n", broken_shape=source)
    install(site, "z-sound", f"[{GROUP}]\nsound = sound_shape:part\n", sound_shape="part = 'sound'\n")
    with pytest.raises(InputError) as caught:
        registry.load("broken")
    line = (
        r"shape broken: entry point broken = broken_shape:part of a-broken 1\.0 cannot be loaded "
        rf"\({reason}\); fix or uninstall it"
    )
    assert re.fullmatch(line, str(caught.value))
    assert "\n" not in str(caught.value)
    lines: list[str] = []
    assert dict(registry.load_all(lines.append)) == {
        "counter": collections.Counter,
        "module": collections,
        "sound": "sound",
    }
    assert lines == [str(caught.value)]


def test_a_plug_in_whose_name_is_taken_is_one_line(registry: Registry[Any], site: Path) -> None:
    install(
        site,
        "a-first",
        f"[{GROUP}]\ncounter = first_shape:part\ntheirs = first_shape:part\n",
        first_shape="part = 1",
    )
    install(site, "b-second", f"[{GROUP}]\ntheirs = second_shape:part\n", second_shape="part = 2")
    assert registry.names() == ["counter", "module", "theirs"]
    assert (registry.load("counter"), registry.load("theirs")) == (collections.Counter, 1)
    assert registry.problems() == [
        (
            "shape counter: entry point counter = first_shape:part of a-first 1.0 is left out, "
            "since a built-in has that name; rename it"
        ),
        (
            "shape theirs: entry point theirs = second_shape:part of b-second 1.0 is left out, "
            "since entry point theirs = first_shape:part of a-first 1.0 has that name; rename it"
        ),
    ]
    lines: list[str] = []
    list(registry.load_all(lines.append))
    assert lines == registry.problems()


def test_a_plug_in_of_another_kind_is_one_line(site: Path) -> None:
    registry: Registry[Any] = Registry("shape", GROUP, accepts=callable)
    install(site, "their-package", f"[{GROUP}]\ntext = their_text:part\n", their_text="part = 'text'\n")
    with pytest.raises(InputError, match=r"text = their_text:part of their-package 1\.0 is no shape; fix"):
        registry.load("text")


def test_a_damaged_list_of_entry_points_costs_nothing_but_its_own(
    registry: Registry[Any], site: Path
) -> None:
    install(site, "a-damaged", f"[{GROUP}]\nno equals sign\n")
    install(site, "b-sound", f"[{GROUP}]\nsound = sound_shape:part\n", sound_shape="part = 'sound'\n")
    assert registry.names() == ["counter", "module", "sound"]
    assert registry.problems() == ["shapes of a-damaged: its entry_points.txt is damaged; uninstall it"]
