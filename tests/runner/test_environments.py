"""Environments on demand, from a package index of our own on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from boilerbench.extractors import Adapter, Requirement
from boilerbench.records import Page, Status
from boilerbench.runner import Prepared, WorkerLimits, prepare
from boilerbench.runner.environments import MARKER, environments_in, make_environment
from boilerbench.runner.installers import UnavailableError
from boilerbench.runner.page_files import PageTask
from boilerbench.runner.pool import work
from tests.runner.conftest import SOURCE
from tests.runner.index import Index, wheel

ADAPTER = '''"""The tool."""
PACKAGE = "sometool"
TAKES = "text"
def load(**options):
    import sometool
    return lambda page, url: sometool.extract(page)
'''


def packages(folder: Path) -> list[str]:
    found: list[str] = json.loads((folder / MARKER).read_text())["packages"]
    return found


@pytest.mark.parametrize(
    ("version", "as_of", "expected"),
    [
        # Its dependency as it was when the version was released, not as it is today.
        ("1.0", None, ["somedep==1.0", "sometool==1.0"]),
        ("2.0", None, ["somedep==2.0", "sometool==2.0"]),
        ("1.0", "2025-01-01", ["somedep==2.0", "sometool==1.0"]),
        (None, None, ["somedep==3.0", "sometool==2.0"]),
        (None, "2024-07-01", ["somedep==2.0", "sometool==1.0"]),
    ],
)
def test_dependencies_are_those_of_the_time(
    index: Index, root: Path, version: str | None, as_of: str | None, expected: list[str]
) -> None:
    environment = make_environment(Requirement("python", "sometool", version, as_of=as_of), root)
    assert packages(environment.folder) == expected
    assert f"sometool=={environment.version}" in expected


def test_an_adapter_runs_in_its_environment(index: Index, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "tool.py"
    file.write_text(ADAPTER)
    workers = []
    for version in ("1.0", None):
        requirement = Requirement("python", "sometool", version)
        ready = prepare(Adapter(f"sometool@{version}", "", file, requirement=requirement), root)
        assert isinstance(ready, Prepared)
        workers.append(ready)
    assert [worker.version for worker in workers] == ["1.0", "2.0"]
    assert workers[0].identity["environment"] != workers[1].identity["environment"]
    tasks = [PageTask("d", tuple(workers))]
    results = work(tasks, lambda _: Page(b"<p>"), jobs=1, limits=WorkerLimits(10))
    found = [extraction for extraction, _ in results]
    assert [each.text for each in found] == ["tool 1.0 with dep 1.0", "tool 2.0 with dep 3.0"]
    assert [(each.status, each.version) for each in found] == [(Status.OK, "1.0"), (Status.OK, "2.0")]


def test_a_pinned_environment_is_made_once_and_needs_no_index_again(index: Index, root: Path) -> None:
    requirement = Requirement("python", "sometool", "1.0")
    first = make_environment(requirement, root)
    asked = len(index.requests)
    index.stop()
    assert make_environment(requirement, root) == first
    assert len(index.requests) == asked


def test_without_an_index_the_newest_is_the_last_one_known(index: Index, root: Path) -> None:
    requirement = Requirement("python", "sometool")
    first = make_environment(requirement, root)
    index.stop()
    assert make_environment(requirement, root) == first


def test_a_new_release_is_a_new_environment(
    index: Index, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    requirement = Requirement("python", "sometool")
    first = make_environment(requirement, root)
    content = wheel("sometool", "3.0", SOURCE.format(version="3.0"), ("somedep",))
    index.add("sometool", "3.0", content, "2026-02-01T08:00:00Z")
    # uv keeps a listing for ten minutes; with an empty cache it asks at once.
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    second = make_environment(requirement, root)
    assert (first.version, second.version) == ("2.0", "3.0")
    assert {each.version for each in environments_in(root)} == {"2.0", "3.0"}


def test_two_at_once_make_one(index: Index, root: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from boilerbench.extractors import Requirement\n"
        "from boilerbench.runner.environments import make_environment\n"
        "print(make_environment(Requirement('python', 'sometool', '1.0'), Path(sys.argv[1])).folder)\n"
    )

    def start(_: int) -> str:
        command = [sys.executable, "-c", program, str(root)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    with ThreadPoolExecutor(3) as pool:
        folders = set(pool.map(start, range(3)))
    assert len(folders) == 1
    assert len(environments_in(root)) == 1
    assert not list(root.glob(".making-*"))


def test_what_cannot_be_installed_is_unavailable_and_leaves_nothing(
    index: Index, root: Path, tmp_path: Path
) -> None:
    index.add("broken", "1.0", wheel("broken", "1.0", "")[:-30], "2024-01-01T08:00:00Z")
    with pytest.raises(UnavailableError) as caught:
        make_environment(Requirement("python", "broken", "1.0"), root)
    assert "\n" not in str(caught.value)
    assert not environments_in(root)
    assert not list(root.glob("broken*"))
    unavailable = prepare(
        Adapter("broken@1.0", "", tmp_path / "tool.py", requirement=Requirement("python", "broken", "1.0")),
        root,
    )
    assert not isinstance(unavailable, Prepared)
    assert unavailable.log is not None
    assert unavailable.log.read_text().startswith("broken@1.0\n")


@pytest.mark.parametrize(
    ("requirement", "reason"),
    [
        (Requirement("python", "sometool", "9.9"), "no version of sometool==9.9"),
        (Requirement("python", "nosuchtool"), "nosuchtool was not found"),
        (Requirement("python", "sometool", "1.0", python="3.99"), "3.99"),
    ],
)
def test_the_reason_is_one_line(index: Index, root: Path, requirement: Requirement, reason: str) -> None:
    with pytest.raises(UnavailableError) as caught:
        make_environment(requirement, root)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.log


def test_a_half_made_environment_is_made_again(index: Index, root: Path) -> None:
    requirement = Requirement("python", "sometool", "1.0")
    environment = make_environment(requirement, root)
    (environment.folder / MARKER).unlink()
    assert not environments_in(root)
    assert make_environment(requirement, root) == environment
    assert (environment.folder / MARKER).exists()


def test_a_folder_that_cannot_be_written_to(index: Index, tmp_path: Path) -> None:
    adapter = Adapter("t", "", tmp_path / "tool.py", requirement=Requirement("python", "sometool", "1.0"))
    found = prepare(adapter, Path("/proc/environments"))
    assert not isinstance(found, Prepared)
    assert "/proc/environments" in found.reason
