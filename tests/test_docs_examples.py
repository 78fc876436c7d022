"""Every example in README and docs/ is run as it stands there, page by page, in a prepared folder."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import write_aeb, write_wcxb
from tests.corpora.warcs import page as warc_page
from tests.corpora.warcs import write_warc
from tests.runner.test_tree_environments import write_tree

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SHOWN = ("listing-en-wool-yarn", "video-ferry-charging")
"""Gold documents that examples name."""
ARTICLE = (
    "<p>The harbour library opened its doors on Monday after two years.</p><p>Share</p>",
    "The harbour library",
)
PAGE = (
    "<!DOCTYPE html><html lang=en><title>Harbour library opens</title><nav>Home</nav>"
    "<p>The harbour library opened its doors on Monday after two years.</p>"
)


class Block(NamedTuple):
    """A block of code in a page, by the language that it names."""

    language: str
    text: str


def blocks_of(page: Path) -> list[Block]:
    """The blocks of code in a page."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    return [Block(language, block) for language, block in found]


def examples_of(page: Path) -> list[Block]:
    """The blocks that a reader would run, without the lines that set boilerbench up."""
    return [
        block
        for block in blocks_of(page)
        if block.language in ("sh", "python") and not block.text.startswith("python3 -m venv")
    ]


WITH_EXAMPLES = [page for page in PAGES if examples_of(page)]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder outside the repository that has what the examples speak of.

    Its ``checkout`` has the package beside a dozen gold documents: with all eighty each example takes long.
    """
    folder = tmp_path / "elsewhere"
    # What Python has compiled goes with it: to compile all of it for every page takes minutes.
    shutil.copytree(ROOT / "harness", folder / "checkout" / "harness")
    for document in [*ROOT.glob("gold/news-*"), *(ROOT / "gold" / name for name in SHOWN)]:
        shutil.copytree(document, folder / "checkout" / "gold" / document.name)
    shutil.copy(ROOT / "gold" / "versions.toml", folder / "checkout" / "gold")
    write_aeb(folder / "article-extraction-benchmark", {"a1": ARTICLE, "b2": ARTICLE})
    write_wcxb(folder / "web-content-extraction-benchmark" / "dev", {"0001": (*ARTICLE, "article")})
    (folder / "outputs.json").write_text(json.dumps({"a1": "The harbour library", "b2": "Share"}))
    rows = next(block.text for block in blocks_of(ROOT / "docs" / "corpora.md") if block.language == "json")
    (folder / "mine.jsonl").write_text(rows)
    (folder / "pages").mkdir()
    (folder / "pages" / "ferry.html").write_text("<p>The ferry leaves at nine.</p>")
    write_warc(folder, [warc_page(" ".join([ARTICLE[0]] * 9), f"https://s{n}.example/") for n in range(6)])
    extractor = next(
        block.text
        for block in blocks_of(ROOT / "docs" / "extractors.md")
        if block.text.startswith("def extract(")
    )
    (folder / "my_extractor.py").write_text(extractor)
    (folder / "my-filter").write_text("#!/bin/sh\ncat\n")
    (folder / "my-filter").chmod(0o755)
    (folder / "page.html").write_text(PAGE)
    policy = next(block for block in blocks_of(ROOT / "docs" / "policies.md") if block.language == "toml")
    (folder / "my.toml").write_text(policy.text)
    (folder / "editor").write_text('#!/bin/sh\nsed -i "s/page_type = .*/page_type = \\"news\\"/" "$1"\n')
    (folder / "editor").chmod(0o755)
    return folder


def run(block: Block, folder: Path, *, package: Path | None = None) -> str:
    """Run an example in a folder, and return what it prints; ``package`` has the checkout, if it has not."""
    command = ["bash", "-euc", block.text] if block.language == "sh" else [sys.executable, "-c", block.text]
    environment = {
        **os.environ,
        "COLUMNS": "80",
        "EDITOR": str(folder / "editor"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str((package or folder) / "checkout" / "harness"),
    }
    with _typist() as keyboard:
        done = subprocess.run(
            command, cwd=folder, env=environment, stdin=keyboard, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, f"{block.text}\n{done.stdout}\n{done.stderr}"
    return done.stdout


class _typist:  # noqa: N801
    """A terminal at which somebody presses p, again and again: each block is a paragraph."""

    def __enter__(self) -> int:
        self._master, self._slave = pty.openpty()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._type)
        self._thread.start()
        return self._slave

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()
        os.close(self._master)
        os.close(self._slave)

    def _type(self) -> None:
        # Whatever is typed before a program asks for it is thrown away.
        while not self._done.wait(0.1):
            os.write(self._master, b"p")


# In one test a page and in order, since later examples read what earlier ones wrote.
@pytest.mark.slow
@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.name)
def test_every_example_works(page: Path, elsewhere: Path) -> None:
    for block in examples_of(page):
        printed = run(block, elsewhere)
        assert printed or block.text.startswith("def ")
        if "boilerbench show " in block.text:
            assert re.search(r"[\[{][-+]\w", printed), f"nothing lost and nothing leaked: {block.text}"


@pytest.mark.slow
def test_the_workflow_for_github_actions_works(elsewhere: Path) -> None:
    """All commands but the installation, in a checkout of a tool, after the one that makes the baseline."""
    page = blocks_of(ROOT / "docs" / "comparing.md")
    baseline = next(block.text for block in page if "--out benchmark/baseline" in block.text)
    (workflow,) = (block.text for block in page if block.language == "yaml")
    install, *steps = re.findall(r"^ +run: (?:\|\n)?(.*(?:\n {10}.*)*)", workflow, flags=re.MULTILINE)
    assert install.startswith("python -m pip install")
    extract, gate = (Block("sh", textwrap.dedent(step)) for step in steps)
    # A tool of our own stands in for trafilatura, whose adapter calls trafilatura.extract.
    source = "import re\n\ndef extract(page, *, deep=False):\n    return re.sub('<[^>]+>', ' ', page)\n"
    checkout = write_tree(elsewhere / "tool", source, name="trafilatura")
    run(Block("sh", baseline), checkout, package=elsewhere)
    run(extract, checkout, package=elsewhere)
    assert "::error" not in run(gate, checkout, package=elsewhere)
    (checkout / "trafilatura" / "__init__.py").write_text(source.replace("page)", "page)[:40]"))
    run(extract, checkout, package=elsewhere)
    with pytest.raises(AssertionError, match="::error"):
        run(gate, checkout, package=elsewhere)
