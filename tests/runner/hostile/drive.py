"""Runs with a hostile extractor each: what came out, and what it did besides.

    python -m tests.runner.hostile.drive FOLDER KIND…

For each kind a line of JSON is appended to ``FOLDER/outcomes.jsonl``; one that kills this process has none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shlex
import shutil
import socket
import sys
import tempfile
import textwrap
import time
import traceback
import uuid
from pathlib import Path
from typing import Any

import boilerbench
from boilerbench.folders import remove_folder
from boilerbench.results import Run
from tests.runner.hostile.kinds import KINDS, MARK, NODE_FILE, PYTHON_FILE, SECRET, SHELL_FILE, Kind

DOCUMENTS = ("calm-1", "trouble", "calm-2")
HONEST = "def f(html, url):\n    return 'honest ' + str(len(html))\n"
SECONDS, MEMORY_MB = 5, 400


class Stage:
    """A folder with all that a hostile extractor may be after."""

    def __init__(self, root: Path, kind: Kind, port: int, abstract: str) -> None:
        self.root = root
        self.kind = kind
        self.mark = f"{uuid.uuid4().int % 10**12:012}"
        self.gold, self.cache, self.out = root / "gold", root / "cache", root / "runs"
        self.source, self.temporary = root / "source", root / "tmp"
        self.secret_file = root / "home" / ".secret"
        for folder in (self.gold, self.source, self.temporary, self.secret_file.parent):
            folder.mkdir(parents=True)
        self.secret_file.write_text(SECRET + "file")
        for document in DOCUMENTS:
            folder = self.gold / document
            folder.mkdir()
            (folder / "page.html").write_text(f"<html><body><p>{document}</p></body></html>")
            (folder / "body.txt").write_text(f"{document}\n")
            facts = f'title = "GOLD of {document}"\nlanguage = "en"\npage_type = "news"\n'
            (folder / "document.toml").write_text(facts)
        (self.source / "honest.py").write_text(HONEST)
        self.spec = self._write(port, abstract)

    def _write(self, port: int, abstract: str) -> str:
        aims = {
            "gold": str(self.gold),
            "cache": str(self.cache),
            "run": str(self.root / "earlier" / "gold"),
            "secret": str(self.secret_file),
            "honest": str(self.source / "honest.py"),
            "own": str(self.source / "hostile.py"),
            "temporary": str(self.temporary),
            "port": port,
            "abstract": abstract,
        }
        (self.source / "aims.json").write_text(json.dumps(aims))
        attack = self.kind.code.replace(MARK, self.mark)
        if self.kind.language == "python":
            code = textwrap.indent(attack, "    ")
            (self.source / "hostile.py").write_text(PYTHON_FILE.format(code=code))
            return "py:hostile:f"
        if self.kind.language == "node":
            (self.source / "hostile.mjs").write_text(NODE_FILE.format(code=attack))
            return f"cmd:{shutil.which('node')} hostile.mjs"
        file = self.source / "hostile.sh"
        words = {name: shlex.quote(str(aims[name])) for name in ("gold", "cache", "secret")}
        file.write_text(SHELL_FILE.format(code=attack, **words))
        file.chmod(0o755)
        return "cmd-simple:./hostile.sh"

    def run(self, specs: list[str], out: Path) -> Run:
        return boilerbench.run(
            f"gold:{self.gold}", specs, out=out, cache=self.cache, jobs=1, timeout=SECONDS, memory=MEMORY_MB
        )

    def state(self) -> dict[str, str]:
        """Digests of what no tool may change."""
        watched = {
            "gold changed": [self.gold],
            "run changed": [self.root / "earlier"],
            "source changed": [self.source / name for name in ("honest.py", "hostile.py")],
            "secret changed": [self.secret_file],
        }
        return {word: _digest(paths) for word, paths in watched.items()}


def attempt(kind: Kind, root: Path) -> dict[str, Any]:
    """Run a hostile extractor before an honest one, and look at everything around."""
    with socket.create_server(("127.0.0.1", 0)) as server, _abstract() as abstract:
        stage = Stage(root, kind, server.getsockname()[1], abstract)
        os.chdir(stage.source)
        tempfile.tempdir = str(stage.temporary)
        stage.run(["py:honest:f"], root / "earlier")
        before, free = stage.state(), shutil.disk_usage(root).free
        shared = shutil.disk_usage("/dev/shm").used
        started = time.monotonic()
        done = stage.run([stage.spec, "py:honest:f"], stage.out)
        seconds = time.monotonic() - started
        texts = {(text.extractor, text.document): text.text for text in done.texts()}
        damage = {word for word, digest in stage.state().items() if digest != before[word]}
        damage |= _read_back(stage, texts)
        if (free - shutil.disk_usage(root).free) >> 20 > 1000 or shutil.disk_usage(
            "/dev/shm"
        ).used - shared > 1 << 29:
            damage.add("filled the disk")
        Path("/dev/shm/boilerbench-big").unlink(missing_ok=True)
        again = stage.run(["py:honest:f"], root / "again")
        if any(not text.text.startswith("honest ") for text in again.texts() if stage.source.exists()):
            damage.add("cache changed")
    left = list(stage.temporary.iterdir())
    if left:
        damage.add("left files behind")
    if living(stage.mark):
        damage.add("left processes behind")
    rows = done.extractions[done.extractions["extractor"] == stage.spec]
    status, error = (dict(zip(rows["document"], rows[column], strict=True)) for column in ("status", "error"))
    return {
        "status": str(status["trouble"]),
        "error": str(error["trouble"])[:100],
        "others": [str(status[document]) for document in ("calm-1", "calm-2")],
        "damage": sorted(damage),
        "seconds": round(seconds, 1),
    }


def living(mark: str) -> list[int]:
    """The processes of a hostile extractor that live on, killed as they are found."""
    found: list[int] = []
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if mark.encode() in (process / "cmdline").read_bytes():
                    found.append(int(process.name))
        if not found:
            return []
        time.sleep(0.1)
    for pid in found:
        with contextlib.suppress(OSError):
            os.kill(pid, 9)
    return found


def _read_back(stage: Stage, texts: dict[tuple[str, str], str]) -> set[str]:
    """What a hostile extractor has returned that it should not know, and what it did to the honest one."""
    damage = set()
    said = texts[stage.spec, "trouble"]
    for sign, word in (
        ("GOLD", "gold"),
        (SECRET, "secret"),
        ("honest ", "run read"),
        ("CONNECTED", "network"),
        ("PLANTED", "environment changed"),
        ("HARNESS MEMORY", "harness read"),
    ):
        if sign in said:
            damage.add(word)
    if any(texts[stage.spec, document].strip() != "calm" for document in ("calm-1", "calm-2")):
        damage.add("own page")
    for document in DOCUMENTS:
        length = (
            (stage.gold / document / "page.html").stat().st_size if (stage.gold / document).exists() else 0
        )
        if texts["py:honest:f", document] != f"honest {length}":
            damage.add("page changed")
    return damage


@contextlib.contextmanager
def _abstract() -> Any:
    name = f"boilerbench-{uuid.uuid4().hex}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0{name}")
        server.listen()
        yield name


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted([path] if path.is_file() else path.rglob("*")):
            if file.is_file():
                digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()


def main() -> None:
    folder = Path(sys.argv[1])
    for name in sys.argv[2:]:
        root = Path(tempfile.mkdtemp(dir=folder))
        outcome: dict[str, Any] = {"kind": name}
        try:
            outcome |= attempt(KINDS[name], root)
        except Exception as error:
            traceback.print_exc()
            outcome |= {
                "status": "RUN FAILED",
                "error": repr(error)[:300],
                "others": [],
                "damage": ["run failed"],
            }
        with (folder / "outcomes.jsonl").open("a") as told:
            told.write(json.dumps(outcome) + "\n")
        os.chdir("/")
        tempfile.tempdir = None
        remove_folder(root)


if __name__ == "__main__":
    main()
