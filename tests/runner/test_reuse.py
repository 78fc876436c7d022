"""Never a stale figure: each way in which what makes an extraction can change under the same name.

The text that comes out says which state it was made from, so that a stale one cannot pass.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import boilerbench
from boilerbench.cache import Cache
from boilerbench.errors import InputError
from boilerbench.records import Page
from boilerbench.results import Run
from boilerbench.runner import Prepared, WorkerLimits, extract
from boilerbench.runner.prepare import NODE_WORKER
from boilerbench.unfinished import resumable
from tests.conftest import GoldFolder, let_clocks_meet

CACHE_WORDS = {"now": "made", "earlier": "taken"}


class Bench:
    """One document, a folder of source that is the current one, and runs that share a cache."""

    def __init__(self, root: Path, gold: GoldFolder) -> None:
        self.root = root
        self.source = root / "source"
        self.source.mkdir()
        self.gold = gold
        gold.add("one")
        self.remarks: list[str] = []
        self.allow_read: list[Path] = []

    def write(self, name: str, text: str) -> Path:
        file = self.source / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def run(self, spec: str, **options: Any) -> Run:
        let_clocks_meet()
        return boilerbench.run(
            f"gold:{self.gold.root}",
            [spec],
            out=self.root / "out",
            cache=self.root / "cache",
            remark=self.remarks.append,
            allow_read=self.allow_read,
            **options,
        )

    def text(self, spec: str) -> tuple[str, str]:
        """What comes out, and whether it was ``made`` or ``taken`` from an earlier run."""
        run = self.run(spec)
        (text,) = run.texts()
        assert not run.extractions["error"].any(), list(run.extractions["error"])
        said = text["text"] if isinstance(text, dict) else text.text
        return said, CACHE_WORDS[run.extractions["timed"][0]]


@pytest.fixture
def bench(tmp_path: Path, gold_folder: GoldFolder, monkeypatch: pytest.MonkeyPatch) -> Bench:
    made = Bench(tmp_path, gold_folder)
    monkeypatch.chdir(made.source)
    return made


def changes(bench: Bench, spec: str, change: Callable[[], object]) -> None:
    """Nothing changed is taken; what was changed is made anew."""
    assert bench.text(spec) == ("old", "made")
    assert bench.text(spec) == ("old", "taken")
    change()
    assert bench.text(spec) == ("new", "made")


def test_a_sibling_of_a_module(bench: Bench) -> None:
    bench.write("pkg/__init__.py", "")
    bench.write("pkg/words.py", "WORD = 'old'\n")
    bench.write("pkg/module.py", "from pkg.words import WORD\ndef f(html, url):\n    return WORD\n")
    changes(bench, "py:pkg.module:f", lambda: bench.write("pkg/words.py", "WORD = 'new'\n"))


def test_a_module_beside_a_package(bench: Bench) -> None:
    bench.write("words.py", "WORD = 'old'\n")
    bench.write("pkg/__init__.py", "from words import WORD\ndef f(html, url):\n    return WORD\n")
    changes(bench, "py:pkg:f", lambda: bench.write("words.py", "WORD = 'new'\n"))


def test_a_module_outside_the_source(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "words.py").write_text("WORD = 'old'\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(elsewhere), os.environ.get("PYTHONPATH", "")]))
    bench.write("mine.py", "from words import WORD\ndef f(html, url):\n    return WORD\n")
    changes(bench, "py:mine:f", lambda: (elsewhere / "words.py").write_text("WORD = 'new'\n"))


def test_a_module_that_newly_comes_first(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    (second / "words.py").write_text("WORD = 'old'\n")
    path = os.pathsep.join([str(first), str(second), os.environ.get("PYTHONPATH", "")])
    monkeypatch.setenv("PYTHONPATH", path)
    bench.write("mine.py", "from words import WORD\ndef f(html, url):\n    return WORD\n")
    changes(bench, "py:mine:f", lambda: (first / "words.py").write_text("WORD = 'new'\n"))


READS_IF_THERE = """
import os
def f(html, url):
    {condition}
        return open({file!r}).read()
    {otherwise}
        return "old"
"""


@pytest.mark.parametrize(
    ("condition", "otherwise"),
    [("try:", "except OSError:"), (f"if os.path.exists({'{file!r}'}):", "else:")],
)
@pytest.mark.parametrize("where", ["beside", "elsewhere"])
def test_a_file_that_newly_appears(
    bench: Bench, tmp_path: Path, condition: str, otherwise: str, where: str
) -> None:
    file = (bench.source if where == "beside" else tmp_path) / "settings.cfg"
    condition = condition.format(file=str(file))
    bench.allow_read = [file.parent]
    bench.write("mine.py", READS_IF_THERE.format(condition=condition, otherwise=otherwise, file=str(file)))
    changes(bench, "py:mine:f", lambda: file.write_text("new"))


# libxml2 opens the file by itself: no hook of Python's sees it.
READS_IN_C = """
from pathlib import Path
from lxml import etree
HERE = str(Path(__file__).with_name("settings.xml"))
def f(html, url):
    try:
        return etree.parse(HERE).getroot().text
    except OSError:
        return "old"
"""


def test_a_file_beside_the_code_that_is_read_in_c(bench: Bench) -> None:
    bench.write("settings.xml", "<a>old</a>")
    bench.write("mine.py", READS_IN_C)
    changes(bench, "py:mine:f", lambda: bench.write("settings.xml", "<a>new</a>"))


def test_a_file_beside_the_code_that_is_newly_read_in_c(bench: Bench) -> None:
    bench.write("mine.py", READS_IN_C)
    changes(bench, "py:mine:f", lambda: bench.write("settings.xml", "<a>new</a>"))


def test_a_file_is_compared_by_content_not_by_time(bench: Bench) -> None:
    file = bench.write("mine.py", "def f(html, url):\n    return 'old'\n")
    about = file.stat()

    def change() -> None:
        file.write_text("def f(html, url):\n    return 'new'\n")
        os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))

    changes(bench, "py:mine:f", change)


def test_the_locale_and_the_time_zone(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "old")
    bench.write("mine.py", "import os\ndef f(html, url):\n    return os.environ['TZ']\n")
    changes(bench, "py:mine:f", lambda: monkeypatch.setenv("TZ", "new"))


def never_taken(bench: Bench, spec: str, reason: str) -> None:
    for _ in range(2):
        bench.remarks.clear()
        assert bench.text(spec) == ("old", "made")
        (remark,) = bench.remarks
        assert remark.startswith(f"{spec}: no later run takes over what it returned (")
        assert reason in remark


C_SOURCE = """
#define PY_SSIZE_T_CLEAN
#include <Python.h>
static PyObject *word(PyObject *self, PyObject *none) { return PyUnicode_FromString("old"); }
static PyMethodDef methods[] = {{"word", word, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "native", "", -1, methods};
PyMODINIT_FUNC PyInit_native(void) { return PyModule_Create(&module); }
"""


@pytest.fixture(scope="session")
def compiler() -> str:
    found = shutil.which("cc")
    if found is None:
        pytest.skip("cc is not installed (Debian: apt-get install gcc)")
    return found


def test_native_code_outside_an_environment_is_never_taken(bench: Bench, compiler: str) -> None:
    source = bench.write("native.c", C_SOURCE)
    include = f"-I{sysconfig.get_path('include')}"
    built = bench.source / f"native{sysconfig.get_config_var('EXT_SUFFIX')}"
    subprocess.run([compiler, "-shared", "-fPIC", include, str(source), "-o", str(built)], check=True)
    bench.write("mine.py", "import native\ndef f(html, url):\n    return native.word()\n")
    never_taken(bench, "py:mine:f", f"native code outside an environment: {built}")
    bench.write("mine.py", "import native\nFINGERPRINT = '1'\ndef f(html, url):\n    return native.word()\n")
    assert bench.text("py:mine:f") == ("old", "made")
    assert bench.text("py:mine:f") == ("old", "taken")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            "import subprocess\n    return subprocess.check_output(['echo', '-n', 'old'], text=True)",
            "starts echo",
        ),
        ("import os\n    os.system('true')\n    return 'old'", "it starts true"),
        ("import ctypes\n    ctypes.CDLL(None).getpid()\n    return 'old'", "calls native code"),
        ("import os\n    os._exit(0) if os.fork() == 0 else os.wait()\n    return 'old'", "another process"),
    ],
)
def test_what_cannot_be_known_is_never_taken(bench: Bench, body: str, reason: str) -> None:
    bench.write("mine.py", f"def f(html, url):\n    {body}\n")
    never_taken(bench, "py:mine:f", reason)


def test_a_source_folder_beyond_the_bound_is_never_taken(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boilerbench.runner.inputs.TREE_FILES", 3)
    for name in ("mine.py", "a", "b"):
        bench.write(name, "def f(html, url):\n    return 'old'\n")
    assert bench.text("py:mine:f") == ("old", "made")
    assert bench.text("py:mine:f") == ("old", "taken")
    bench.write("c", "")
    never_taken(bench, "py:mine:f", "holds more than 3 files")


def test_runs_caches_and_environments_are_no_source(bench: Bench) -> None:
    bench.write("mine.py", "def f(html, url):\n    return 'old'\n")
    options: dict[str, Any] = {"out": bench.source / "runs", "cache": bench.source / "cache"}
    for timed in ("now", "earlier"):
        let_clocks_meet()
        made = boilerbench.run(f"gold:{bench.gold.root}", ["py:mine:f"], **options)
        assert list(made.extractions["timed"]) == [timed]
        bench.write(".venv/pyvenv.cfg", timed)
        bench.write(".venv/lib/other.py", timed)
        bench.write(".git/index", timed)
        bench.write(".some_cache/CACHEDIR.TAG", timed)


@pytest.mark.usefixtures("without_bubblewrap")
def test_what_changes_during_a_run_is_not_taken_later(bench: Bench) -> None:
    """The tool itself rewrites a file that it has read, which bubblewrap would not let it."""
    bench.write("words.txt", "old")
    bench.write(
        "mine.py",
        "from pathlib import Path\nWORDS = Path(__file__).with_name('words.txt')\n"
        "WORD = WORDS.read_text()\n"
        "def f(html, url):\n    WORDS.write_text('other')\n    return WORD\n",
    )
    bench.text("py:mine:f")
    assert any(line.startswith("py:mine:f") and "changed" in line for line in bench.remarks)


# --- programs

WORKER = """
import json, sys
from words import WORD
print(json.dumps({{"ready": True, "version": "1"{fingerprint}}}), flush=True)
for line in sys.stdin:
    print(json.dumps({{"id": json.loads(line)["id"], "text": WORD}}), flush=True)
"""


def test_what_a_program_imports(bench: Bench) -> None:
    bench.write("words.py", "WORD = 'old'\n")
    bench.write("worker.py", WORKER.format(fingerprint=""))
    spec = f"cmd:{sys.executable} worker.py"
    never_taken(bench, spec, "what a program reads is not known, and its first line gives no fingerprint")
    bench.write("words.py", "WORD = 'new'\n")
    assert bench.text(spec) == ("new", "made")


def test_a_program_with_a_fingerprint(bench: Bench, tmp_path: Path) -> None:
    """As long as it is the same, and the folder that the command names."""
    fingerprint = tmp_path / "fingerprint"
    fingerprint.write_text("1")
    bench.allow_read = [fingerprint]
    bench.write("words.py", "WORD = 'old'\n")
    said = f', "fingerprint": open({str(fingerprint)!r}).read()'
    bench.write("worker.py", WORKER.format(fingerprint=said))
    spec = f"cmd:{sys.executable} worker.py"
    assert bench.text(spec) == ("old", "made")
    assert bench.text(spec) == ("old", "taken")
    fingerprint.write_text("2")
    assert bench.text(spec) == ("old", "made")
    assert bench.text(spec) == ("old", "taken")
    bench.write("words.py", "WORD = 'new'\n")
    assert bench.text(spec) == ("new", "made")


def test_a_filter_is_never_taken(bench: Bench) -> None:
    bench.write("filter.sh", "#!/bin/sh\nprintf old\n").chmod(0o755)
    never_taken(bench, "cmd-simple:./filter.sh", "filter.sh")


# --- a run that was killed

SLOW = """
import json, sys, time
print(json.dumps({{"ready": True, "version": "1"}}), flush=True)
for line in sys.stdin:
    name = json.loads(line)["id"]
    with open({journal!r}, "a") as journal:
        journal.write(name + "\\n")
    time.sleep(0.1)
    print(json.dumps({{"id": name, "text": "text of " + name}}), flush=True)
"""
PROGRAM = """
import boilerbench, sys
boilerbench.run("gold:" + sys.argv[1], [sys.argv[2]], out=sys.argv[3], cache=sys.argv[4], jobs=1)
"""


@pytest.mark.usefixtures("without_bubblewrap")
def test_a_killed_run_of_what_cannot_be_known_resumes(bench: Bench, tmp_path: Path) -> None:
    """What was made is taken up by the same run, by no other, and by none once it is complete."""
    documents = {"one", *(f"d{number:02}" for number in range(20))}
    for document in sorted(documents - {"one"}):
        bench.gold.add(document)
    journal = tmp_path / "journal"
    bench.write("slow.py", SLOW.format(journal=str(journal)))
    spec = f"cmd:{sys.executable} slow.py"
    arguments = [str(bench.gold.root), spec, str(tmp_path / "out"), str(tmp_path / "cache")]
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, *arguments], start_new_session=True)
    while not journal.exists() or len(journal.read_text().split()) < 6:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    (unfinished,) = (tmp_path / "out").glob(".*.unfinished")
    before = journal.read_text().split()
    assert len(before) < len(documents)

    other = boilerbench.run(
        f"gold:{bench.gold.root}", [spec], out=tmp_path / "other", cache=tmp_path / "cache", limit=2
    )
    assert set(other.extractions["timed"]) == {"now"}
    journal.unlink()
    run = bench.run(spec)
    given = journal.read_text().split()
    # The page that was under way is given again, and at most the one that had just come back; no other.
    assert documents - set(before[:-1]) <= set(given) <= documents - set(before[:-2])
    assert len(given) == len(set(given))
    assert sorted(run.extractions["timed"].unique()) == ["earlier", "now"]
    assert {text["text"] if isinstance(text, dict) else text.text for text in run.texts()} == {
        f"text of {document}" for document in documents
    }
    assert not unfinished.exists()
    assert set(bench.run(spec).extractions["timed"]) == {"now"}


@pytest.mark.usefixtures("without_bubblewrap")
def test_a_killed_run_does_not_take_up_what_was_edited_since(bench: Bench, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    for number in range(20):
        bench.gold.add(f"d{number:02}")
    bench.write("slow.py", SLOW.format(journal=str(journal)))
    spec = f"cmd:{sys.executable} slow.py"
    arguments = [str(bench.gold.root), spec, str(tmp_path / "out"), str(tmp_path / "cache")]
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, *arguments], start_new_session=True)
    while not journal.exists() or len(journal.read_text().split()) < 4:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    bench.write(
        "slow.py", SLOW.format(journal=str(journal)).replace("text of", "word of").replace("0.1", "0")
    )
    assert set(bench.run(spec).extractions["timed"]) == {"now"}


def test_a_run_that_fails_before_its_first_page_leaves_nothing(bench: Bench) -> None:
    bench.write("mine.py", "f = 5\n")
    with pytest.raises(InputError, match="is no callable but int"):
        bench.run("py:mine:f")
    assert not list((bench.root / "out").iterdir())


# --- what is installed

RUN = """
import boilerbench, sys
run = boilerbench.run("gold:" + sys.argv[1], [sys.argv[2]], out=sys.argv[3], cache=sys.argv[4])
(text,) = run.texts()
print(text["text"] if isinstance(text, dict) else text.text, run.extractions["timed"][0])
"""


class Installation:
    """A virtual environment of its own in which boilerbench runs, with packages that tests change."""

    def __init__(self, root: Path, gold: Path) -> None:
        self.root, self.gold = root, gold
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "-q", "--python", sys.executable, root / "venv"], check=True)
        (self.packages,) = (root / "venv").glob("lib/python3.*/site-packages")
        # All else comes from the environment of the tests; what is installed here goes before.
        others = [sysconfig.get_path("purelib"), str(Path(boilerbench.__file__).parents[1])]
        (self.packages / "zz_others.pth").write_text("\n".join(others) + "\n")

    def install_editable(self, source: Path) -> None:
        command = ["uv", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--python"]
        python = self.root / "venv" / "bin" / "python"
        subprocess.run([sys.executable, "-m", *command, python, "-e", source], check=True)

    def text(self, spec: str) -> tuple[str, str]:
        python = self.root / "venv" / "bin" / "python"
        arguments = [self.gold, spec, self.root / "out", self.root / "cache"]
        (self.root / "empty").mkdir(exist_ok=True)
        done = subprocess.run(
            [python, "-c", RUN, *map(str, arguments)],
            cwd=self.root / "empty",
            capture_output=True,
            text=True,
            check=False,
        )
        assert not done.returncode, done.stderr
        text, timed = done.stdout.split()
        return text, CACHE_WORDS[timed]

    def changes(self, spec: str, change: Callable[[], object]) -> None:
        assert self.text(spec) == ("old", "made")
        assert self.text(spec) == ("old", "taken")
        change()
        assert self.text(spec) == ("new", "made")


@pytest.fixture
def installation(tmp_path: Path, gold_folder: GoldFolder) -> Installation:
    gold_folder.add("one")
    return Installation(tmp_path, gold_folder.root)


PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "trafilatura"
version = "99.0"
[tool.hatch.build]
dev-mode-dirs = ["."]
"""


def test_an_editable_installation(installation: Installation, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    (checkout / "trafilatura").mkdir(parents=True)
    (checkout / "pyproject.toml").write_text(PROJECT)
    (checkout / "trafilatura" / "words.py").write_text("WORD = 'old'\n")
    (checkout / "trafilatura" / "__init__.py").write_text(
        "from trafilatura.words import WORD\ndef extract(page):\n    return WORD\n"
    )
    installation.install_editable(checkout)
    words = checkout / "trafilatura" / "words.py"
    installation.changes("trafilatura", lambda: words.write_text("WORD = 'new'\n"))


def test_a_file_of_an_editable_installation_that_is_read_in_c(
    installation: Installation, tmp_path: Path
) -> None:
    checkout = tmp_path / "checkout"
    (checkout / "trafilatura").mkdir(parents=True)
    (checkout / "pyproject.toml").write_text(PROJECT)
    (checkout / "trafilatura" / "__init__.py").write_text(
        READS_IN_C.replace("def f(html, url):", "def extract(page):")
    )
    installation.install_editable(checkout)
    settings = checkout / "trafilatura" / "settings.xml"
    installation.changes("trafilatura", lambda: settings.write_text("<a>new</a>"))


@pytest.mark.parametrize(
    ("name", "reads"),
    [
        ("settings.cfg", "return Path(__file__).with_name('settings.cfg').read_text()"),
        ("settings.xml", "return etree.parse(str(Path(__file__).with_name('settings.xml'))).getroot().text"),
    ],
)
def test_a_file_of_an_installed_package(installation: Installation, name: str, reads: str) -> None:
    package = installation.packages / "tool"
    package.mkdir()
    written = "<a>old</a>" if name.endswith("xml") else "old"
    (package / name).write_text(written)
    (package / "__init__.py").write_text(
        f"from lxml import etree\nfrom pathlib import Path\ndef extract(html, url):\n    {reads}\n"
    )
    installation.changes(
        "py:tool:extract", lambda: (package / name).write_text(written.replace("old", "new"))
    )


def test_a_dependency_of_an_installed_package(installation: Installation) -> None:
    (installation.packages / "dependency.py").write_text("WORD = 'old'\n")
    (installation.packages / "tool.py").write_text(
        "from dependency import WORD\ndef extract(html, url):\n    return WORD\n"
    )
    changed = installation.packages / "dependency.py"
    installation.changes("py:tool:extract", lambda: changed.write_text("WORD = 'new'\n"))


def test_a_compiled_module_of_an_installed_package(installation: Installation, compiler: str) -> None:
    include = f"-I{sysconfig.get_path('include')}"
    built = installation.packages / f"native{sysconfig.get_config_var('EXT_SUFFIX')}"

    def build(word: str) -> None:
        source = installation.root / "native.c"
        source.write_text(C_SOURCE.replace('"old"', f'"{word}"'))
        fresh = installation.root / "native.so"
        subprocess.run([compiler, "-shared", "-fPIC", include, source, "-o", fresh], check=True)
        fresh.replace(built)

    build("old")
    (installation.packages / "tool.py").write_text(
        "import native\ndef extract(html, url):\n    return native.word()\n"
    )
    installation.changes("py:tool:extract", lambda: build("new"))


# --- Node

NODE_TOOL = """// A tool that reads a file beside nothing of its own
import fs from "node:fs";
import { execFileSync } from "node:child_process";
export const PACKAGE = "sometool";
export const LICENCE = "MIT";
export const HOME = "https://tool.example";
export const TAKES = "text";
export const OPTIONS = {"how": ["read", "look", "start"]};
export async function load({ how = "read" }) {
  const file = process.env.TZ;
  if (how === "look") return () => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "old");
  if (how === "start") return () => execFileSync("printf", ["old"]).toString();
  return async () => fs.promises.readFile(file, "utf8");
}
"""


@pytest.mark.parametrize("how", ["read", "look", "start"])
def test_what_a_node_tool_reads_and_starts(tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    environment = tmp_path / "environment" / "node_modules" / "sometool"
    environment.mkdir(parents=True)
    (environment / "package.json").write_text('{"name": "sometool", "version": "1.0"}')
    (tmp_path / "tool.mjs").write_text(NODE_TOOL)
    settings = tmp_path / "settings"
    # Of the variables that a worker gets, one that no other part of it minds.
    monkeypatch.setenv("TZ", str(settings))
    setup = {"options": {"how": how}, "folder": str(tmp_path / "environment"), "trusted": []}
    node = str(shutil.which("node"))
    command = (node, str(NODE_WORKER), str(tmp_path / "tool.mjs"), json.dumps(setup))
    prepared = Prepared("tool", "", command, "node", {"of": "a test"})
    if how == "read":
        settings.write_text("old")
    remarks: list[str] = []

    def outcome() -> tuple[str, str]:
        let_clocks_meet()
        with (
            Cache(tmp_path / "cache.sqlite", remarks.append) as cache,
            resumable(tmp_path / "target", cache) as session,
        ):
            (made,) = extract(
                {"d": "digest"},
                lambda _: Page(b"<p>"),
                [prepared],
                cache=cache,
                session=session,
                jobs=1,
                limits=WorkerLimits(20),
                remark=remarks.append,
            )
        assert not made.error
        return made.text, CACHE_WORDS[made.timed]

    assert outcome() == ("old", "made")
    assert outcome() == ("old", "made" if how == "start" else "taken")
    if how == "start":
        assert "it starts printf" in remarks[0]
        return
    settings.write_text("new")
    assert outcome() == ("new", "made")
