"""Python callables as extractors: functions, classes, factories, by name or handed over."""

from __future__ import annotations

import functools
import subprocess
import sys
from pathlib import Path

import pytest

import boilerbench
from boilerbench.errors import InputError
from boilerbench.extractors import open_extractor, open_extractors
from boilerbench.extractors.python_callable import module_file
from boilerbench.records import Page
from boilerbench.runner import Prepared, WorkerLimits, prepare
from boilerbench.runner.single import extract_page
from tests.conftest import GoldFolder

MINE = """
__version__ = "7"
def function(html, url, depth: int = 1):
    return f"{html.decode()} {url} {depth}"
def page_alone(html):
    return "page alone"
class Tool:
    def __init__(self, depth: int = 1):
        self.depth = depth
    def extract(self, html, url):
        return f"tool {self.depth}"
class Called:
    def __call__(self, html, url):
        return "called"
def factory(depth=2):
    return lambda html, url: f"factory {depth}"
def needy_factory(*, depth):
    return Tool(depth)
class Nothing:
    pass
number = 5
nested = Called()
"""


@pytest.fixture
def _mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.py").write_text(MINE)
    monkeypatch.chdir(tmp_path)


def text(spec: str) -> str:
    found = prepare(open_extractor(spec), Path("/nowhere"))  # type: ignore[arg-type]
    assert isinstance(found, Prepared)
    extraction = extract_page(found, Page(b"page", "url"), "d", WorkerLimits(20))
    assert not extraction.error
    assert extraction.version == "7"
    return extraction.text


@pytest.mark.usefixtures("_mine")
@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("function", "page url 1"),
        ("function?depth=3", "page url 3"),
        ("page_alone", "page alone"),
        ("Tool", "tool 1"),
        ("Tool?depth=3", "tool 3"),
        ("Called", "called"),
        ("nested", "called"),
        ("factory", "factory 2"),
        ("factory?depth=3", "factory 3"),
        ("needy_factory?depth=3", "tool 3"),
    ],
)
def test_what_a_spec_may_name(spec: str, expected: str) -> None:
    assert text(f"py:mine:{spec}") == expected


@pytest.mark.usefixtures("_mine")
@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("function?dept=3", "there is no option dept; did you mean depth?"),
        ("function?depth=deep", "option depth takes an integer, not deep"),
        ("number", "mine:number is no callable but int"),
        ("Nothing", "mine:Nothing makes no callable but Nothing"),
        ("missing", "module 'mine' has no attribute 'missing'"),
        ("needy_factory", "missing 1 required keyword-only argument: 'depth'"),
    ],
)
def test_what_is_refused_before_anything_runs(spec: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        text(f"py:mine:{spec}")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_module_is_found_without_importing_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "pkg"
    (package / "sub").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('imported')")
    (package / "sub" / "deep.py").write_text("")
    monkeypatch.chdir(tmp_path)
    assert module_file("pkg") == package / "__init__.py"
    assert module_file("pkg.sub.deep") == package / "sub" / "deep.py"
    assert module_file("pkg.nowhere") is None
    assert module_file("nowhere.at.all") is None
    # Among what is installed, of whatever layout.
    found = module_file("boilerbench.extractors.spec")
    assert found is not None
    assert found.samefile(Path(boilerbench.__file__).parent / "extractors" / "spec.py")


def test_callables_that_no_worker_can_import() -> None:
    def nested(html: bytes, url: str) -> str:
        raise NotImplementedError

    for function in (lambda html, url: "", nested, functools.partial(nested, url=""), Path("x").read_text):
        with pytest.raises(InputError, match="a worker cannot import it by its name"):
            open_extractors([function])
    with pytest.raises(InputError, match="neither a spec nor a callable"):
        open_extractors([5])  # type: ignore[list-item]


SCRIPT = """
import boilerbench, sys
import mine
def here(html, url):
    return "from the script"
if __name__ == "__main__":
    run = boilerbench.run("gold:" + sys.argv[1], [here, mine.page_alone], out="out", cache="cache")
    print(sorted((text.extractor, text.text) for text in run.texts()))
    print(boilerbench.run("gold:" + sys.argv[1], here, out="out", cache="cache").info.extractors[0].name)
"""


@pytest.mark.usefixtures("_mine")
def test_callables_are_handed_over(tmp_path: Path, gold_folder: GoldFolder) -> None:
    """Functions of an imported module and of the script itself, whose guarded part is not run again."""
    gold_folder.add("one")
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, script, gold_folder.root], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.splitlines() == [
        "[('py:mine:page_alone', 'page alone'), ('py:script:here', 'from the script')]",
        "py:script:here",
    ]


def test_a_function_of_an_interactive_session() -> None:
    program = "import boilerbench\ndef f(html, url): return ''\nboilerbench.run('gold', [f])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "it was defined in an interactive session, where no worker can import it" in done.stderr
