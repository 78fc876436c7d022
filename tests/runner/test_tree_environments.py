"""A tool from a folder, a built file or a commit, with dependencies from a package index on loopback."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

import boilerbench
from boilerbench.extractors import Adapter, Requirement
from boilerbench.records import Page, Status
from boilerbench.runner import Prepared, Unavailable, WorkerLimits, prepare
from boilerbench.runner.environments import MARKER
from boilerbench.runner.single import extract_page
from tests.conftest import GoldFolder
from tests.runner.index import Index, wheel

ADAPTER = '''"""The tool."""
PACKAGE = "sometool"
TAKES = "text"
def load(*, loud: bool = False):
    import sometool
    return lambda page, url: sometool.extract(page) + ("!" if loud else "")
'''
# A build backend in the tree itself, so that nothing has to be fetched to build it.
BACKEND = """
import subprocess, sys, sysconfig, zipfile
from pathlib import Path
NAME, VERSION, REQUIRES, COMPILE = {name!r}, {version!r}, {requires!r}, {compile!r}
def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    info = f"{{NAME}}-{{VERSION}}.dist-info"
    file = f"{{NAME}}-{{VERSION}}-py3-none-any.whl"
    metadata = f"Metadata-Version: 2.1\\nName: {{NAME}}\\nVersion: {{VERSION}}\\n"
    metadata += "".join(f"Requires-Dist: {{each}}\\n" for each in REQUIRES)
    Path("build").mkdir(exist_ok=True)
    Path("build", "litter").write_text("of a build")
    if COMPILE:
        built = NAME + "/native" + sysconfig.get_config_var("EXT_SUFFIX")
        include = "-I" + sysconfig.get_path("include")
        subprocess.run(["cc", "-shared", "-fPIC", include, "native.c", "-o", built], check=True)
    with zipfile.ZipFile(Path(wheel_directory, file), "w") as archive:
        for each in sorted(Path(NAME).rglob("*")):
            if each.is_file():
                archive.write(each)
        archive.writestr(info + "/METADATA", metadata)
        wheel = "Wheel-Version: 1.0\\nGenerator: tests\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
        archive.writestr(info + "/WHEEL", wheel)
        archive.writestr(info + "/RECORD", "")
    return file
"""
PYPROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
DEPENDENT = "import somedep\nWORD = 'old'\ndef extract(page):\n    return WORD + somedep.VERSION\n"
READS = """
from pathlib import Path
def extract(page):
    return Path(__file__).with_name("a.cfg").read_text()
"""


def write_tree(
    folder: Path,
    source: str,
    *,
    name: str = "sometool",
    requires: tuple[str, ...] = (),
    compile_native: bool = False,
) -> Path:
    package = folder / name
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(source)
    (folder / "pyproject.toml").write_text(PYPROJECT)
    backend = BACKEND.format(name=name, version="1.5", requires=requires, compile=compile_native)
    (folder / "backend.py").write_text(backend)
    return folder


class Trees:
    """Prepares and runs one tool from trees."""

    def __init__(self, root: Path) -> None:
        self.root = root / "environments"
        self.file = root / "tool.py"
        self.file.write_text(ADAPTER)

    def prepared(self, source: object, **options: bool) -> Prepared:
        found = self.prepare(source, **options)
        assert isinstance(found, Prepared), found
        return found

    def prepare(self, source: object, **options: bool) -> Prepared | Unavailable:
        requirement = Requirement("python", "sometool", source=str(source))
        return prepare(Adapter("t", "", self.file, dict(options), requirement=requirement), self.root)

    def text(self, source: object, **options: bool) -> str:
        extraction = extract_page(self.prepared(source, **options), Page(b"<p>"), "d", WorkerLimits(20))
        assert extraction.status == Status.OK, extraction.error
        return extraction.text


@pytest.fixture
def trees(tmp_path: Path, index: Index) -> Trees:
    return Trees(tmp_path)


def test_an_edit_installs_the_tree_alone(trees: Trees, index: Index, tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "tree", DEPENDENT, requires=("somedep<3", 'other; extra == "all"'))
    assert trees.text(tree) == "old2.0"
    assert trees.text(tree, loud=True) == "old2.0!"
    first = trees.prepared(tree)
    asked = len(index.requests)
    module = tree / "sometool" / "__init__.py"
    module.write_text(module.read_text().replace("old", "new"))
    assert trees.text(tree) == "new2.0"
    second = trees.prepared(tree)
    # Neither resolved nor installed again: the same interpreter, nothing asked of the index.
    assert first.command[0] == second.command[0]
    assert len(index.requests) == asked
    assert first.identity["environment"] != second.identity["environment"]
    module.write_text(module.read_text().replace("new", "old"))
    assert trees.prepared(tree) == first
    # The build's own files are not in the tree.
    assert not (tree / "build").exists()


def test_other_dependencies_are_another_environment(trees: Trees, tmp_path: Path) -> None:
    two = write_tree(tmp_path / "two", DEPENDENT, requires=("somedep==2.0",))
    one = write_tree(tmp_path / "one", DEPENDENT, requires=("somedep==1.0",))
    assert (trees.text(two), trees.text(one)) == ("old2.0", "old1.0")


def test_a_data_file_is_part_of_the_tree(trees: Trees, tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "tree", READS)
    for word in ("old", "new"):
        (tree / "sometool" / "a.cfg").write_text(word)
        assert trees.text(tree) == word


def test_a_built_file(trees: Trees, tmp_path: Path) -> None:
    file = tmp_path / "sometool-3.1-py3-none-any.whl"
    for word in ("old", "new"):
        file.write_bytes(wheel("sometool", "3.1", f"def extract(page):\n    return {word!r}\n"))
        assert trees.text(file) == word
        found = trees.prepared(file)
        assert found.source is not None
        assert found.version == f"3.1 (#{found.source.digest[:7]})"


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@b.example", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_commits(trees: Trees, tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "tree", "def extract(page):\n    return 'old'\n")
    git(tree, "init", "-q")
    git(tree, "add", "-A")
    git(tree, "commit", "-qm", "old")
    git(tree, "tag", "v1")
    first = git(tree, "rev-parse", "HEAD")
    clean = trees.prepared(tree)
    assert clean.source is not None
    assert (clean.source.commit, clean.source.dirty) == (first, False)
    assert clean.version == f"1.5 ({first[:7]})"
    (tree / "sometool" / "__init__.py").write_text("def extract(page):\n    return 'new'\n")
    dirty = trees.prepared(tree)
    assert dirty.version == f"1.5 ({first[:7]}*)"
    git(tree, "commit", "-qam", "new")
    second = git(tree, "rev-parse", "HEAD")
    url = f"git+file://{tree}"
    assert trees.text(f"{url}@v1") == "old"
    assert trees.text(url) == "new"
    assert trees.text(f"{url}@{first[:10]}") == "old"
    assert trees.prepared(url).version == f"1.5 ({second[:7]})"
    # The same content is the same extractor, whatever it is called.
    assert trees.prepared(url).identity == trees.prepared(f"{url}@{second}").identity
    gone = trees.prepare(f"{url}@nosuchref")
    assert isinstance(gone, Unavailable)
    assert "\n" not in gone.reason


def test_what_is_no_such_tree(trees: Trees, tmp_path: Path) -> None:
    another = write_tree(tmp_path / "another", "", name="another")
    empty = tmp_path / "empty"
    empty.mkdir()
    failing = write_tree(tmp_path / "failing", "")
    (failing / "backend.py").write_text("raise RuntimeError('no backend today')\n")
    for source, reason in (
        (another, "holds another, not sometool"),
        (empty, "holds neither pyproject.toml nor setup.py"),
        (tmp_path / "nowhere", "there is no "),
        (failing, ""),
        (f"git+file://{tmp_path}/nowhere", ""),
    ):
        found = trees.prepare(source)
        assert isinstance(found, Unavailable)
        assert reason in found.reason
        assert "\n" not in found.reason
    assert not list(trees.root.glob(f"sometool*/{MARKER}"))


NATIVE = """
#define PY_SSIZE_T_CLEAN
#include <Python.h>
static PyObject *word(PyObject *self, PyObject *none) { return PyUnicode_FromString("old"); }
static PyMethodDef methods[] = {{"word", word, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "native", "", -1, methods};
PyMODINIT_FUNC PyInit_native(void) { return PyModule_Create(&module); }
"""


def test_a_run_of_a_tree_with_a_compiled_extension(
    gold_folder: GoldFolder, tmp_path: Path, uv_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is built into an environment of its own, so that its texts are taken over while it is the same."""
    if shutil.which("cc") is None or not Path(sysconfig.get_path("include"), "Python.h").exists():
        pytest.skip("cc and Python's headers are not installed (Debian: apt-get install gcc python3-dev)")
    monkeypatch.setenv("UV_CACHE_DIR", str(uv_cache))
    gold_folder.add("one")
    source = "from trafilatura.native import word\ndef extract(page):\n    return word()\n"
    tree = write_tree(tmp_path / "tree", source, name="trafilatura", compile_native=True)
    (tree / "native.c").write_text(NATIVE)
    monkeypatch.chdir(tmp_path)

    def outcome() -> tuple[str, str]:
        run = boilerbench.run(
            f"gold:{gold_folder.root}", "trafilatura@./tree", out=tmp_path / "out", cache=tmp_path / "cache"
        )
        (info,) = run.info.extractors
        assert info.source is not None
        assert (info.name, info.source.path) == ("trafilatura@./tree", "./tree")
        assert info.label == f"trafilatura@./tree 1.5 (#{info.source.digest[:7]})"
        (text,) = run.texts()
        return text.text, run.extractions["timed"][0]

    assert outcome() == ("old", "now")
    assert outcome() == ("old", "earlier")
    (tree / "native.c").write_text(NATIVE.replace('"old"', '"new"'))
    assert outcome() == ("new", "now")


NODE_ADAPTER = """// The tool
export const PACKAGE = "sometool";
export const TAKES = "text";
export async function load(options, tool) {
  const { extract } = await tool(PACKAGE);
  return () => extract();
}
"""


@pytest.mark.parametrize("packed", [False, True])
def test_a_node_tool(tmp_path: Path, packed: bool) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    tree = tmp_path / "tree"
    tree.mkdir()
    about = {"name": "sometool", "version": "1.5.0", "type": "module", "exports": "./index.js"}
    (tree / "package.json").write_text(json.dumps(about))
    file = tmp_path / "tool.mjs"
    file.write_text(NODE_ADAPTER)
    for word in ("old", "new"):
        (tree / "index.js").write_text(f"export const extract = () => {word!r};\n")
        source = tree
        if packed:
            subprocess.run(["npm", "pack", "--silent"], cwd=tree, check=True, capture_output=True)
            source = tree / "sometool-1.5.0.tgz"
        requirement = Requirement("node", "sometool", source=str(source))
        found = prepare(Adapter("t", "", file, requirement=requirement), tmp_path / "environments")
        assert isinstance(found, Prepared)
        assert found.version.startswith("1.5.0 (#")
        assert extract_page(found, Page(b"<p>"), "d", WorkerLimits(20)).text == word
