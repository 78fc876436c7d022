"""What tests share: small corpora on disk, and the published data where it is."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, sync_playwright

import boilerbench
from boilerbench import cli
from boilerbench.results import Run
from boilerbench.runner import sandbox_here
from tests.runner.index import Index

DATA_VARIABLE = "BOILERBENCH_DATA"

FORBID_SKIPS_VARIABLE = "BOILERBENCH_FORBID_SKIPS"

THOROUGH = bool(os.environ.get("BOILERBENCH_THOROUGH"))
"""Whether what is done again and again by chance is done as often as it takes to be sure, as in CI."""

NIGHT = bool(os.environ.get("BOILERBENCH_NIGHT"))
"""Whether there is a night's time: every kind of harm in every mode, every tool in its environment."""


def let_clocks_meet() -> None:
    """Wait until what was written last is older than a worker that starts now.

    The clock of a file system may be 10 ms behind the system's; what is written within that time counts as
    changed while it was read, and is not taken over.
    """
    time.sleep(0.03)


DOCUMENT_TOML = 'title = "A title"\nlanguage = "en"\npage_type = "news"\n'


# A shell has what it starts in the background ignore Ctrl-C, and so would what tests start and interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing that tests extract or install goes to the user's cache, and nothing comes from there."""
    with pytest.MonkeyPatch.context() as patch:
        # Packages that uv has fetched before need not be fetched again.
        patch.setenv("UV_CACHE_DIR", os.environ.get("UV_CACHE_DIR", str(Path.home() / ".cache" / "uv")))
        # One for all processes of pytest-xdist, each of which has a folder of its own in that of the session.
        base = tmp_path_factory.getbasetemp()
        shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
        patch.setenv("XDG_CACHE_HOME", str(shared / "cache"))
        yield


@pytest.fixture(scope="session")
def uv_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package cache for all tests of a process: uv looks at every interpreter only once."""
    return tmp_path_factory.mktemp("uv")


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, uv_cache: Path) -> Iterator[Index]:
    """A package index on loopback, which uv asks and nothing else."""
    served = Index()
    monkeypatch.setenv("UV_DEFAULT_INDEX", served.address)
    monkeypatch.setenv("UV_CACHE_DIR", str(uv_cache))
    yield served
    served.stop()


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of published corpora; tests that need it skip where the environment does not name it."""
    named = os.environ.get(DATA_VARIABLE)
    if not named:
        pytest.skip(f"{DATA_VARIABLE} does not name the folder of published corpora")
    return Path(named)


def pytest_xdist_auto_num_workers() -> int:
    """Three test processes on two cores: browsers, kills and time limits keep a third of them waiting."""
    return max(1, (os.cpu_count() or 1) * 3 // 2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put slow tests first, so that in the end no process waits for another; or skip them."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    for item in items:
        if item.get_closest_marker("slow") and not THOROUGH:
            item.add_marker(pytest.mark.skip(reason="takes long; BOILERBENCH_THOROUGH is not set"))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is there that a test may need, a skip is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get(FORBID_SKIPS_VARIABLE) and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium; tests that need it skip where it is not installed."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield browser
        browser.close()


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Answer]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Call ``boilerbench`` with arguments, in a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["boilerbench", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        captured = capsys.readouterr()
        assert isinstance(caught.value.code, int)
        return Answer(caught.value.code, captured.out, captured.err)

    return call


class GoldFolder:
    """A corpus in boilerbench's own format, being written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def add(self, document: str, **files: str | bytes | None) -> Path:
        """A document whose page has its body; ``page_html=…`` or ``body_txt=None`` replace or omit files."""
        folder = self.root / document
        folder.mkdir()
        body = files.get("body_txt") or f"The body of {document}.\n"
        blocks = body.split("\n\n") if isinstance(body, str) else []
        paragraphs = "".join(f"<p>{block.strip()}</p>" for block in blocks)
        contents: dict[str, str | bytes | None] = {
            "page_html": f"<html><body><nav>Home</nav>{paragraphs}</body></html>",
            "body_txt": body,
            "document_toml": DOCUMENT_TOML,
            **files,
        }
        for name, content in contents.items():
            file = folder / name.replace("_", ".")
            if isinstance(content, str):
                file.write_text(content, encoding="utf-8")
            elif content is not None:
                file.write_bytes(content)
        return folder


@pytest.fixture
def gold_folder(tmp_path: Path) -> GoldFolder:
    return GoldFolder(tmp_path / "small")


@pytest.fixture
def two_runs(tmp_path: Path) -> list[Run]:
    """Two corpora of one document each; ``one`` is in both runs, the others in one."""
    made = []
    for corpus, outputs in (
        ("first", {"one": "The body of a.", "two": ""}),
        ("second", {"one": "The", "three": "body"}),
    ):
        GoldFolder(tmp_path / corpus).add("a")
        for name, text in outputs.items():
            (tmp_path / f"{name}.json").write_text(json.dumps({"a": text}))
        specs = [f"file:{tmp_path}/{name}.json" for name in outputs]
        made.append(
            boilerbench.run(
                f"gold:{tmp_path / corpus}", specs, out=tmp_path / "out", cache=tmp_path / "cache"
            )
        )
    return made


def write_aeb(root: Path, documents: dict[str, tuple[str, str]]) -> Path:
    """article-extraction-benchmark's layout with {id: (html, body)}."""
    (root / "html").mkdir(parents=True)
    truth = {}
    for document, (html, body) in documents.items():
        (root / "html" / f"{document}.html.gz").write_bytes(gzip.compress(html.encode()))
        truth[document] = {"articleBody": body, "url": f"https://news.example/{document}"}
    (root / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return root


def write_wcxb(root: Path, documents: dict[str, tuple[str, str, str]]) -> Path:
    """One split in WCXB's layout with {id: (html, main content, page type)}."""
    (root / "html").mkdir(parents=True)
    (root / "ground-truth").mkdir()
    for document, (html, body, page_type) in documents.items():
        (root / "html" / f"{document}.html.gz").write_bytes(gzip.compress(html.encode()))
        truth = {
            "url": f"https://site.example/{document}",
            "file_id": document,
            "_internal": {"page_type": {"primary": page_type}},
            "ground_truth": {
                "title": "A title",
                "main_content": body,
                "with": [body[:20]],
                "without": ["Home"],
            },
        }
        (root / "ground-truth" / f"{document}.json").write_text(json.dumps(truth), encoding="utf-8")
    return root


@pytest.fixture
def without_bubblewrap(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A search path for programs on which everything is but bubblewrap, for this process and its children."""
    folder = tmp_path_factory.mktemp("programs")
    for entry in os.environ["PATH"].split(os.pathsep):
        for program in Path(entry).iterdir() if Path(entry).is_dir() else ():
            link = folder / program.name
            if program.name != "bwrap" and not link.is_symlink():
                link.symlink_to(program)
    monkeypatch.setenv("PATH", str(folder))
    sandbox_here.cache_clear()
    yield
    sandbox_here.cache_clear()
