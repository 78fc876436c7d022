"""Runs on clusters: the run that one machine makes, whatever dies on the way."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import boilerbench
from boilerbench.errors import InputError
from tests.conftest import write_aeb

pytest.importorskip("distributed")

from boilerbench.cluster import Cluster, client

ROOT = Path(__file__).parents[2]
PAGE = "<html><body><p>One two three {}.</p><p>Home page</p></body></html>"
TIMES = {
    "extractions.csv": ("seconds", "peak_mb", "timed"),
    "leaderboard.csv": ("ms_median", "ms_p95", "timed"),
}
TOOL = """
import os, time
def extract(html, url):
    time.sleep({seconds} * (5 if os.environ.get("BOILERBENCH_TEST_SLOW") else 1))
    return html.decode().partition("<p>")[2].partition("</p>")[0]
"""


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    documents = {f"d{number:03}": (PAGE.format(number), f"One two three {number}.") for number in range(48)}
    return f"aeb:{write_aeb(tmp_path / 'aeb', documents)}"


def untimed(folder: Path) -> dict[str, object]:
    """The files of a run without what is measured by a clock, or says when and where it was made."""
    files: dict[str, object] = {}
    for path in folder.iterdir():
        if path.name in TIMES:
            with path.open(newline="") as lines:
                rows = list(csv.DictReader(lines))
            files[path.name] = [
                {name: value for name, value in row.items() if name not in TIMES[path.name]} for row in rows
            ]
        elif path.name != "provenance.json":
            files[path.name] = path.read_bytes()
    return files


class Processes:
    """A scheduler and workers as Dask's own command line starts them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            **variables,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "harness"), str(ROOT)]),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
            env=environment,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.started.append(process)
        return process

    def scheduler(self) -> subprocess.Popen[bytes]:
        options = ("--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard", "--no-jupyter")
        return self.start("scheduler", *options)

    def worker(self, **variables: str) -> subprocess.Popen[bytes]:
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory")
        return self.start("worker", self.address, *options, str(self.folder), **variables)

    def end(self) -> None:
        for process in self.started:
            process.kill()
        for process in self.started:
            process.wait()


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    folder = tmp_path / "dask"
    folder.mkdir()
    started = Processes(folder)
    yield started
    started.end()


def run(corpus: str, out: Path, specs: list[str], cluster: Cluster | None = None) -> boilerbench.Run:
    return boilerbench.run(corpus, specs, ["words"], out=out, cache=out / "cache", cluster=cluster, jobs=2)


def tool(folder: Path, seconds: float) -> str:
    (folder / "slow_tool.py").write_text(TOOL.format(seconds=seconds))
    return "py:slow_tool:extract"


@pytest.mark.slow
def test_a_local_cluster_makes_the_run_of_one_process(corpus: str, tmp_path: Path) -> None:
    outputs = tmp_path / "theirs.jsonl"
    outputs.write_text(json.dumps({"id": "d001", "text": "One two"}) + "\n")
    specs = ["html-text", "baseline:all", f"file:{outputs}"]
    plain = run(corpus, tmp_path / "plain", specs)
    clustered = run(corpus, tmp_path / "cluster", specs, Cluster(workers=2))
    assert untimed(clustered.folder) == untimed(plain.folder)
    assert clustered.provenance
    assert list(clustered.provenance.hosts) == [os.uname().nodename]
    assert sorted(entry.name for entry in (tmp_path / "cluster").iterdir()) == ["aeb", "cache"]


@pytest.mark.slow
def test_workers_and_schedulers_that_die(
    corpus: str, tmp_path: Path, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three workers one is killed in the middle and one is slow; then all is killed and started again."""
    monkeypatch.chdir(processes.folder)
    spec = tool(processes.folder, 0.1)
    plain = run(corpus, tmp_path / "plain", [spec])
    processes.scheduler()
    workers = [processes.worker() for _ in range(2)] + [processes.worker(BOILERBENCH_TEST_SLOW="1")]
    seen: list[int] = []

    def strike() -> None:
        shards = tmp_path / "cluster" / ".aeb.shards"
        wait_for(lambda: len(list(shards.glob("*/*.zip"))) >= 2)
        workers[0].kill()
        wait_for(lambda: len(list(shards.glob("*/*.zip"))) >= 5)
        seen.append(len(list(shards.glob("*/*.zip"))))
        for process in processes.started:
            process.send_signal(signal.SIGKILL)
            process.wait()
        processes.scheduler()
        for _ in range(2):
            processes.worker()

    striking = threading.Thread(target=strike)
    striking.start()
    clustered = run(corpus, tmp_path / "cluster", [spec], Cluster(processes.address, patience=60))
    striking.join()
    assert seen
    assert untimed(clustered.folder) == untimed(plain.folder)


@pytest.mark.slow
def test_what_a_worker_cannot_do_is_said_in_one_line(
    corpus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The outputs vanish after the client has read them."""
    outputs = tmp_path / "theirs.jsonl"
    outputs.write_text(json.dumps({"id": "d001", "text": "One two"}) + "\n")
    real = client._made

    def without(*arguments: Any) -> Any:
        outputs.unlink()
        return real(*arguments)

    monkeypatch.setattr(client, "_made", without)
    with pytest.raises(InputError, match=r"theirs\.jsonl: there is no such file"):
        run(corpus, tmp_path / "out", [f"file:{outputs}"], Cluster(workers=1))


@pytest.mark.slow
def test_the_examples_of_the_documentation_work(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```bash\n(.*?)^```$", page, flags=re.DOTALL | re.MULTILINE)
    assert len(examples) == 2
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "harness"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    for example in examples:
        script = f"trap 'kill $(jobs -p) 2> /dev/null || true; wait' EXIT\n{example}"
        done = subprocess.run(
            ["bash", "-euc", script],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "baseline:all" in done.stdout


@pytest.mark.slow
def test_a_scheduler_that_is_not_there(corpus: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"does not answer .* start it with dask scheduler"):
        run(corpus, tmp_path / "out", ["html-text"], Cluster("tcp://127.0.0.1:9", patience=0))


def wait_for(condition: object) -> None:
    end = time.monotonic() + 60
    while not condition() and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.02)
