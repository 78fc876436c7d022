"""The libraries that reports take from other packages: found, and refused in one line where they are not."""

from __future__ import annotations

import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.version import Version
from uv import find_uv_bin

from boilerbench.errors import InputError
from boilerbench.reports.html.libraries import DATATABLES_SCRIPT, DATATABLES_STYLE, PLOTLY_SCRIPT, ShippedFile

FILES = [PLOTLY_SCRIPT, DATATABLES_SCRIPT, DATATABLES_STYLE]
PYPROJECT = Path(__file__).parents[3] / "pyproject.toml"
VERSIONS = sorted({(file.package, version) for file in FILES for version in file.tried})


def fake(site: Path, shipped: ShippedFile, content: str | None) -> None:
    """A package at version 9.9 with that content in the file, or without it."""
    folder = site / shipped.package
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("raise AssertionError('imported')\n")
    info = site / f"{shipped.package}-9.9.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {shipped.package}\nVersion: 9.9\n")
    if content is not None:
        (folder / shipped.path).parent.mkdir(parents=True)
        (folder / shipped.path).write_text(content)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    for file in FILES:
        monkeypatch.delitem(sys.modules, file.package, raising=False)
    importlib.invalidate_caches()
    return tmp_path


@pytest.mark.parametrize("shipped", FILES)
def test_a_library_is_found(shipped: ShippedFile) -> None:
    assert len(shipped.read()) > 50_000


@pytest.mark.parametrize("shipped", FILES)
def test_a_version_without_the_file_is_named(shipped: ShippedFile, site: Path) -> None:
    fake(site, shipped, None)
    with pytest.raises(InputError) as caught:
        shipped.read()
    oldest, newest = shipped.tried
    assert str(caught.value) == (
        f"{shipped.package} 9.9 has no readable {shipped.path}; "
        f"reports were tried with {oldest} to {newest}, install one of these"
    )


@pytest.mark.parametrize("shipped", FILES)
def test_a_version_with_another_file_is_named(shipped: ShippedFile, site: Path) -> None:
    fake(site, shipped, "something else\n")
    with pytest.raises(InputError, match=rf"^{shipped.package} 9\.9: {shipped.path} has changed \(no "):
        shipped.read()


def test_the_oldest_version_tried_is_the_oldest_allowed() -> None:
    requirements = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    for file in FILES:
        (bound,) = (each.partition(">=")[2] for each in requirements if each.startswith(f"{file.package}>="))
        assert Version(file.tried[0]) == Version(bound)


@pytest.mark.slow
@pytest.mark.parametrize(("package", "version"), VERSIONS)
def test_the_oldest_and_the_newest_version_have_all_files(package: str, version: str, tmp_path: Path) -> None:
    target = tmp_path / "site-packages"
    subprocess.run(
        [
            find_uv_bin(),
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--target",
            str(target),
            f"{package}=={version}",
        ],
        check=True,
    )
    program = (
        "import sys, importlib.metadata\n"
        f"sys.path.insert(0, {str(target)!r})\n"
        "from boilerbench.reports.html import libraries\n"
        "files = [libraries.PLOTLY_SCRIPT, libraries.DATATABLES_SCRIPT, libraries.DATATABLES_STYLE]\n"
        f"assert importlib.metadata.version({package!r}) == {version!r}\n"
        f"print(sum(bool(file.read()) for file in files if file.package == {package!r}))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) == sum(file.package == package for file in FILES)
