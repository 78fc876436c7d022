"""The sandbox from inside: what a worker sees of the files, and that what it needs goes on working."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import boilerbench
from boilerbench.cli.hints import error_line
from boilerbench.errors import InputError
from boilerbench.results import Run
from boilerbench.runner import sandbox, sandbox_here
from tests.conftest import GoldFolder

PAGE = "<html><body><p>The ferry leaves at nine.</p></body></html>"
LISTS = """
import os
def f(html, url):
    seen = []
    for folder in {folders!r}:
        for path, folders, names in os.walk(folder):
            seen += [os.path.join(path, name) for name in names]
    return "\\n".join(["seen", *seen])
"""


@pytest.fixture(autouse=True)
def _bubblewrap() -> None:
    if not sandbox_here().bubblewrap:
        pytest.skip(f"{sandbox_here().reason} (Debian: apt-get install bubblewrap)")


@pytest.fixture
def source(tmp_path: Path, gold_folder: GoldFolder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an extractor, which is the current one, beside gold of one document."""
    gold_folder.add("one", page_html=PAGE, body_txt="The ferry leaves at nine.\n")
    folder = tmp_path / "source"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def run(source: Path, spec: str, **options: Any) -> Run:
    gold = options.pop("gold", source.parent / "small")
    options = {"out": source.parent / "out", "cache": source.parent / "cache", "jobs": 1, **options}
    return boilerbench.run(f"gold:{gold}", [spec], **options)


def text(done: Run) -> str:
    assert not done.extractions["error"].any(), list(done.extractions["error"])
    (stored,) = done.texts()
    return stored.text


def seen(source: Path, folders: list[Path], **options: Any) -> set[str]:
    """The files that an extractor finds in folders, by their names in the folder of the test."""
    (source / "lists.py").write_text(LISTS.format(folders=[str(folder) for folder in folders]))
    _, *paths = text(run(source, "py:lists:f", fresh=True, **options)).splitlines()
    return {str(Path(path).relative_to(source.parent)) for path in paths}


def test_of_the_users_files_a_tool_sees_what_its_spec_names(source: Path) -> None:
    (source.parent / "notes.txt").write_text("private")
    (source / "model.bin").write_text("mine")
    whole = seen(source, [source.parent])
    assert {"source/lists.py", "source/model.bin"} <= whole
    assert not any(path.startswith(("small", "out", "cache", "notes")) for path in whole)
    allowed = seen(source, [source.parent], allow_read=[source.parent / "notes.txt"])
    assert "notes.txt" in allowed


def test_gold_runs_and_cache_stay_covered_within_the_folder(source: Path) -> None:
    shutil.copytree(source.parent / "small", source / "small")
    shutil.copytree(source.parent / "small", source / "other" / "gold")
    inside = {"gold": source / "small", "out": source / "runs", "cache": source / "store"}
    run(source, "baseline:all", **inside)
    run(source, "baseline:all", **{**inside, "out": source / "older"})
    assert seen(source, [source], **inside) == {"source/lists.py"}
    # Nor can they be allowed, in whole or in part, or be linked to.
    allowed = [source / "small", source / "runs", source / "small" / "one"]
    assert seen(source, [source], allow_read=allowed, **inside) == {"source/lists.py"}
    for name, target in (("whole", source / "small"), ("part", source / "small" / "one")):
        (source / name).symlink_to(target)
    folders = [source, source / "whole", source / "part"]
    assert seen(source, folders, **inside) == {"source/lists.py"}


def test_runs_beside_their_extractor(source: Path) -> None:
    (source / "model.bin").write_text("mine")
    run(source, "baseline:all", out=".")
    # The file that says that a run is under way holds nothing of it.
    whole = seen(source, [source], out=".") - {"source/.small.unfinished"}
    assert whole == {"source/lists.py", "source/model.bin"}


def test_a_corpus_beside_its_extractor(source: Path, gold_folder: GoldFolder) -> None:
    (gold_folder.root / "helper.py").write_text("WORD = 'helped'\n")
    (gold_folder.root / "mine.py").write_text(
        "import os\nfrom helper import WORD\ndef f(html, url):\n"
        "    return WORD + str(os.path.exists(os.path.join(os.path.dirname(__file__), 'one')))\n"
    )
    os.chdir(gold_folder.root)
    assert text(run(source, "py:mine:f", gold=gold_folder.root)) == "helpedFalse"


def test_what_is_hidden_in_the_home(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(source))
    (source / ".ssh").mkdir()
    (source / ".ssh" / "id").write_text("secret")
    (source / ".netrc").write_text("secret")
    (source / "data.txt").write_text("mine")
    (source / "lists.py").write_text(LISTS.format(folders=[str(source)]))
    said = text(run(source, "py:lists:f"))
    assert "data.txt" in said
    assert "id" not in [Path(path).name for path in said.splitlines()]
    (source / "reads.py").write_text(
        f"def f(html, url):\n    return open({str(source / '.netrc')!r}).read()\n"
    )
    (error,) = run(source, "py:reads:f").extractions["error"]
    assert error.startswith("PermissionError")


def test_a_tool_that_lacks_a_file_says_what_to_do(source: Path) -> None:
    (source.parent / "words.txt").write_text("word")
    (source / "mine.py").write_text(
        f"WORDS = open({str(source.parent / 'words.txt')!r}).read()\ndef f(html, url):\n    return WORDS\n"
    )
    with pytest.raises(InputError) as caught:
        run(source, "py:mine:f")
    assert error_line(caught.value).endswith("name them with --allow-read")
    assert text(run(source, "py:mine:f", allow_read=[source.parent / "words.txt"])) == "word"


def test_a_program_in_another_virtual_environment(source: Path, tmp_path: Path) -> None:
    """With a package that is installed there as a checkout, and a script that its installer wrote."""
    environment, package = tmp_path / "far" / "venv", tmp_path / "checkout"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    package.mkdir()
    (package / "ferry.py").write_text("def text(page):\n    return 'from afar'\n")
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "ferry.pth").write_text(f"{package}\n")
    script = environment / "bin" / "ferry"
    script.write_text(f"#!{environment}/bin/python\nimport sys, ferry\nprint(ferry.text(sys.stdin.read()))\n")
    script.chmod(0o755)
    assert text(run(source, f"cmd-simple:{script}")) == "from afar\n"
    (source / "tool.py").write_text("import sys, ferry\nprint(ferry.text(sys.stdin.read()))\n")
    assert text(run(source, f"cmd-simple:{environment}/bin/python tool.py")) == "from afar\n"


def test_packages_of_node_in_a_folder_above(source: Path) -> None:
    package = source.parent / "node_modules" / "ferry"
    package.mkdir(parents=True)
    (package / "index.js").write_text("module.exports = 'from above';\n")
    (source / "tool.js").write_text("process.stdin.resume(); console.log(require('ferry'));\n")
    assert text(run(source, "cmd-simple:node tool.js")) == "from above\n"


def test_links_out_of_the_folder_are_followed(source: Path, tmp_path: Path) -> None:
    model = tmp_path / "elsewhere" / "model.txt"
    model.parent.mkdir()
    model.write_text("model")
    (source / "model.txt").symlink_to(model)
    (source / "mine.py").write_text(
        "from pathlib import Path\ndef f(html, url):\n"
        "    return Path(__file__).with_name('model.txt').read_text()\n"
    )
    assert text(run(source, "py:mine:f")) == "model"


def test_chromium(source: Path) -> None:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    (source / "render.sh").write_text(
        '#!/bin/sh\ncat > "$TMPDIR/page.html"\n'
        f'exec {program} --headless --no-sandbox --disable-gpu --dump-dom "file://$TMPDIR/page.html"\n'
    )
    (source / "render.sh").chmod(0o755)
    assert "The ferry leaves at nine." in text(run(source, "cmd-simple:./render.sh"))


@pytest.mark.parametrize("program", ["java", "perl", "ruby"])
def test_other_runtimes(source: Path, program: str) -> None:
    """Those that are here; a JVM reserves more address space than any limit of memory."""
    if shutil.which(program) is None:
        return
    sources = {
        "java": "public class Tool { public static void main(String[] a) throws Exception {"
        " System.out.print(new String(System.in.readAllBytes()).length()); } }\n",
        "perl": "local $/; print length(<STDIN>);\n",
        "ruby": "print STDIN.read.length\n",
    }
    file = source / ("Tool.java" if program == "java" else f"tool.{program}")
    file.write_text(sources[program])
    assert text(run(source, f"cmd-simple:{program} {file.name}")) == str(len(PAGE))


def test_a_run_says_what_confined_its_tools(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remarks: list[str] = []
    (source / "mine.py").write_text("def f(html, url):\n    return 'text'\n")
    done = run(source, "py:mine:f", remark=remarks.append)
    assert done.provenance is not None
    assert "no network" in done.provenance.protections
    assert (done.provenance.unprotected, remarks) == ((), [])
    less = sandbox.Sandbox("", sandbox_here().network, processes=True, reason="bubblewrap is not installed")
    monkeypatch.setattr("boilerbench.extraction.sandbox_here", lambda: less)
    done = run(source, "py:mine:f", remark=remarks.append)
    assert done.provenance is not None
    assert "tools may read and write what the user may" in done.provenance.unprotected
    (line,) = [remark for remark in remarks if "confined" in remark]
    assert line.startswith("tools are less confined here, since bubblewrap is not installed: tools may read")


@pytest.mark.parametrize("confined", [True, False])
def test_nobody_outlives_a_worker(source: Path, confined: bool, request: pytest.FixtureRequest) -> None:
    if not confined:
        request.getfixturevalue("without_bubblewrap")
    mark = f"0.{time.time_ns()}"
    (source / "mine.py").write_text(
        "import subprocess\ndef f(html, url):\n"
        f"    subprocess.Popen(['sleep', '600', '{mark}'], start_new_session=True)\n    return 'text'\n"
    )
    assert text(run(source, "py:mine:f")) == "text"
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert mark not in listed
