"""Commands that are killed at any moment: nothing is half there, and the next one sweeps what was left."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.errors import InputError
from boilerbench.labelling.importing import import_document
from boilerbench.results import load_run, replacing
from tests.conftest import NIGHT, GoldFolder
from tests.runner.index import Index, wheel

ROOT = Path(__file__).parents[1]
MOMENTS = 8 if NIGHT else 3
PAGE = "<html><head><title>The ferry</title></head><body><p>The ferry leaves at nine.</p></body></html>"


class Stage:
    """A folder in which commands work, and are killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder / "work"
        self.work.mkdir()

    def call(self, *arguments: object, before: int = 0) -> tuple[int, str]:
        """Run a command, killed before one of its operations; return its exit code and what it said."""
        (self.folder / "temporary").mkdir(exist_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "tests.killed", str(self.work), str(before), *map(str, arguments)],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(ROOT / "harness"), str(ROOT)]),
                "XDG_CACHE_HOME": str(self.work / "cache"),
                "TMPDIR": str(self.folder / "temporary"),
            },
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stderr + done.stdout

    def hidden(self) -> list[str]:
        """What lies hidden anywhere, but for the locks of caches, and in the folder of temporary files."""
        found = [
            str(path.relative_to(self.folder))
            for path in self.work.rglob(".*")
            if not path.name.endswith(".lock") and not path.is_relative_to(self.work / "cache" / "uv")
        ]
        inside = re.compile(r"/(lib|bin)/")
        left = [path.name for path in (self.folder / "temporary").iterdir()]
        return [path for path in found if not inside.search(path) and not path.endswith(".gitignore")] + left


def killed_at(
    stage: Stage, prepare: Callable[[], None], arguments: tuple[object, ...], check: Callable[[], None]
) -> None:
    """Kill a command at moments spread over its operations; after each ``check``, then the command itself."""
    prepare()
    code, said = stage.call(*arguments)
    assert code in (0, 1), said
    operations = int(said.split("operations: ")[1].split()[0])
    moments = sorted({1 + operations * number // MOMENTS for number in range(MOMENTS)} | {operations})
    for moment in moments[-MOMENTS:]:
        prepare()
        code, said = stage.call(*arguments, before=moment)
        assert code == -9, (moment, code, said)
        check()
        code, said = stage.call(*arguments)
        assert code in (0, 1, 2), said
        assert "Traceback" not in said
        if code == 2:
            # It was all done when it was killed, but for the sweeping.
            assert "is there already" in said, said
        assert not stage.hidden(), (moment, operations)


@pytest.fixture
def stage(tmp_path: Path, gold_folder: GoldFolder) -> Stage:
    for document in ("a", "b"):
        gold_folder.add(document)
    shutil.copytree(gold_folder.root, tmp_path / "corpus")
    return Stage(tmp_path)


def whole_run(folder: Path) -> None:
    run = load_run(folder)
    assert len(run.scores) > 0
    assert len(run.extractions) == 2
    assert len(run.documents) == 2
    assert len(list(run.texts())) == 2


@pytest.mark.slow
def test_run(stage: Stage) -> None:
    corpus, out = f"gold:{stage.folder / 'corpus'}", stage.work / "runs"
    arguments = ("run", "-c", corpus, "-e", "baseline:all", "-o", out, "-j", "1")

    def nothing() -> None:
        shutil.rmtree(stage.work, ignore_errors=True)
        stage.work.mkdir()

    def none_or_whole() -> None:
        if (out / "corpus").exists():
            whole_run(out / "corpus")

    killed_at(stage, nothing, arguments, none_or_whole)
    killed_at(stage, lambda: None, (*arguments, "--fresh"), lambda: whole_run(out / "corpus"))


@pytest.mark.slow
@pytest.mark.parametrize("command", ["score", "report"])
def test_what_reads_a_run(stage: Stage, command: str) -> None:
    folder = stage.work / "runs" / "corpus"
    corpus = f"gold:{stage.folder / 'corpus'}"
    stage.call("run", "-c", corpus, "-e", "baseline:all", "-o", folder.parent, "-j", "1")
    killed_at(stage, lambda: None, (command, folder), lambda: whole_run(folder))


@pytest.mark.slow
def test_gold(stage: Stage) -> None:
    page, gold = stage.folder / "page.html", stage.work / "gold"
    page.write_text(PAGE)

    def nothing() -> None:
        shutil.rmtree(stage.work, ignore_errors=True)
        gold.mkdir(parents=True)

    def none_or_whole() -> None:
        for folder in gold.iterdir():
            if not folder.name.startswith("."):
                names = {file.name for file in folder.iterdir()}
                assert names >= {"page.html", "body.txt", "document.toml"}

    killed_at(stage, nothing, ("gold", "new", page, "--id", "ferry", "-g", gold), none_or_whole)
    importing = ("gold", "import", f"gold:{stage.folder / 'corpus'}", "--ids", "a", "--into", gold)
    killed_at(stage, nothing, importing, none_or_whole)
    nothing()
    stage.call("gold", "new", page, "--id", "ferry", "-g", gold)
    labels = gold / "ferry" / "labels.tsv"
    labels.write_text(labels.read_text().replace("?\t", "paragraph\t"))
    killed_at(stage, lambda: None, ("gold", "build", "ferry", "-g", gold), none_or_whole)


@pytest.mark.slow
def test_corpora_fetch(stage: Stage, data: Path) -> None:
    corpora = stage.work / "cache" / "boilerbench" / "corpora"

    def none_or_whole() -> None:
        if any(path.name == "ground-truth.json" for path in corpora.glob("aeb/*/*")):
            code, said = stage.call("corpora", "fetch", "aeb")
            assert code == 0, said

    def nothing() -> None:
        shutil.rmtree(stage.work, ignore_errors=True)
        stage.work.mkdir()

    killed_at(stage, nothing, ("corpora", "fetch", "aeb", "--from", data / "aeb"), none_or_whole)


@pytest.mark.slow
def test_environments(stage: Stage, index: Index) -> None:
    source = "def extract(page): return 'text'\n"
    index.add("sometool", "1.0", wheel("sometool", "1.0", source), "2024-01-10T08:00:00Z")
    root = stage.work / "environments"

    def nothing() -> None:
        shutil.rmtree(stage.work, ignore_errors=True)
        stage.work.mkdir()

    def none_or_whole() -> None:
        for folder in root.glob("sometool*"):
            assert json.loads((folder / "environment.json").read_text())["version"] == "1.0"
            assert any(folder.glob("lib/python*/site-packages/sometool.py"))

    killed_at(stage, nothing, ("make-environment", root), none_or_whole)


def test_whoever_polls_sees_a_run_at_every_moment(tmp_path: Path) -> None:
    target = tmp_path / "run"

    def write(number: int) -> None:
        with replacing(target) as folder:
            (folder / "run.json").write_text(str(number))

    write(0)
    missing: list[BaseException] = []
    looks = 0
    stop = threading.Event()

    def poll() -> None:
        nonlocal looks
        while not stop.is_set():
            looks += 1
            try:
                (target / "run.json").stat()
            except OSError as error:
                missing.append(error)

    reader = threading.Thread(target=poll)
    reader.start()
    for number in range(1, 301):
        write(number)
    stop.set()
    reader.join()
    assert looks > 300
    assert not missing
    assert (target / "run.json").read_text() == "300"
    assert [entry.name for entry in tmp_path.iterdir()] == ["run"]


def test_a_second_run_into_the_same_folder_is_told(stage: Stage) -> None:
    source = stage.folder / "slow.py"
    source.write_text("import time\ndef f(html, url):\n    time.sleep(3)\n    return 'text'\n")
    corpus, out = f"gold:{stage.folder / 'corpus'}", stage.work / "runs"
    arguments = ["run", "-c", corpus, "-e", "py:slow:f", "-o", str(out), "-j", "1"]
    first = threading.Thread(target=stage.call, args=arguments)
    first.start()
    deadline = time.monotonic() + 30
    while not (out / ".corpus.unfinished").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.2)
    code, said = stage.call(*arguments)
    first.join()
    assert code == 2
    assert f"another boilerbench is writing {out / 'corpus'}" in said
    whole_run(out / "corpus")
    assert not stage.hidden()


def test_an_imported_document_is_open_to_whoever_the_folder_is(
    tmp_path: Path, gold_folder: GoldFolder
) -> None:
    gold_folder.add("a")
    corpus = open_corpus(f"gold:{gold_folder.root}")
    folder = tmp_path / "into" / "a"
    import_document(folder, corpus, "a")
    assert folder.stat().st_mode & 0o777 == folder.parent.stat().st_mode & 0o777
    with pytest.raises(InputError, match="is there already"):
        import_document(folder, corpus, "a")
