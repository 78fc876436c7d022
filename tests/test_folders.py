"""Folders that appear whole and vanish with their owner; removal of whatever a tool has left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from boilerbench import folders
from boilerbench.folders import OwnedFolder, put_in_place, remove_folder, sweep_folders


def test_removal_of_what_is_deep_locked_and_linked(tmp_path: Path) -> None:
    folder, kept = tmp_path / "home", tmp_path / "kept"
    kept.mkdir()
    (kept / "file").touch()
    folder.mkdir()
    # Deeper than Python recurses, and than a path may be long.
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d" * 50, dir_fd=here)
        below = os.open("d" * 50, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    (folder / "link").symlink_to(kept)
    locked = folder / "locked" / "inside"
    locked.mkdir(parents=True)
    (locked / "file").touch()
    locked.chmod(0)
    locked.parent.chmod(0)
    os.mkfifo(folder / "pipe")
    remove_folder(folder)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "kept"]


def test_removal_of_what_is_not_there_or_a_link(tmp_path: Path) -> None:
    remove_folder(tmp_path / "nothing")
    target = tmp_path / "target"
    target.mkdir()
    (tmp_path / "link").symlink_to(target)
    remove_folder(tmp_path / "link")
    assert target.is_dir()


def test_what_a_killed_owner_left_is_swept_and_what_a_living_one_has_stays(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom boilerbench.folders import OwnedFolder\n"
        "made = OwnedFolder(Path(sys.argv[1]), '.new-')\n(made.path / 'file').touch()\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", program, tmp_path], check=False)
    (left,) = tmp_path.iterdir()
    with OwnedFolder(tmp_path, ".new-") as own:
        assert not left.exists()
        sweep_folders(tmp_path, ".new-")
        assert own.path.is_dir()
        # Another kind's, and one's own file.
        (tmp_path / ".other-1-x").mkdir()
        (tmp_path / ".new-notes").touch()
        sweep_folders(tmp_path, ".new-")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".new-notes", ".other-1-x"]


@pytest.mark.parametrize("exchanged", [True, False])
def test_a_folder_takes_the_place_of_another(
    exchanged: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchanged:
        monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    fresh, target = tmp_path / "fresh", tmp_path / "target"
    for folder in (fresh, target):
        folder.mkdir()
        (folder / folder.name).touch()
    put_in_place(fresh, target)
    assert [path.name for path in target.iterdir()] == ["fresh"]
    assert [path.name for path in fresh.iterdir()] == ["target"]


def test_what_cannot_be_exchanged_raises(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    with pytest.raises(OSError, match="No such file"):
        put_in_place(tmp_path / "nothing", target)
    assert target.is_dir()
