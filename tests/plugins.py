"""Installed packages that add parts through entry points, written into a folder on the module path."""

from __future__ import annotations

from pathlib import Path


def install(root: Path, distribution: str, entry_points: str, **modules: str) -> None:
    """A distribution at version 1.0, as pip leaves it, with modules by their names."""
    root.mkdir(parents=True, exist_ok=True)
    info = root / f"{distribution.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(entry_points)
    for name, source in modules.items():
        (root / f"{name}.py").write_text(source)
