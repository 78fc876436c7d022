"""All kinds of hostile extractor, with bubblewrap and without, as root and as an ordinary user, as a table.

python -m tests.runner.hostile.table [--kind PART]… [--mode MODE]…
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.runner.hostile.kinds import KINDS, SECRET

ROOT = Path(__file__).parents[3]
NOBODY = 65534
KIND_SECONDS = 60


def interpreter() -> str | None:
    """A Python of this version that an ordinary user may run."""
    for program in (sys.executable, f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"):
        done = subprocess.run([*_as_nobody(), program, "-c", ""], capture_output=True, check=False)
        if done.returncode == 0:
            return program
    return None


def modes() -> list[str]:
    """The modes that can be had here: whose rights a run has, and whether bubblewrap is there."""
    if os.geteuid():
        return ["user bwrap", "user"]
    users = ["root", "user"] if shutil.which("setpriv") and interpreter() else ["root"]
    return [f"{user}{confined}" for user in users for confined in (" bwrap", "")]


def outcomes(kinds: Sequence[str], mode: str) -> list[dict[str, Any]]:
    """Run kinds in one mode and return what came out of each."""
    user, _, confined = mode.partition(" ")
    as_nobody = user == "user" and os.geteuid() == 0
    python = interpreter() if as_nobody else sys.executable
    folder = Path(tempfile.mkdtemp(prefix="hostile-", dir="/tmp"))
    folder.chmod(0o777)
    programs = folder / "programs"
    path = [*dict.fromkeys(os.environ["PATH"].split(os.pathsep) if not as_nobody else ["/usr/bin", "/bin"])]
    packages = [entry for entry in sys.path if entry.endswith("site-packages")]
    environment = {
        "PATH": os.pathsep.join(path) if confined else str(programs),
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / "user-cache"),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "harness"), str(ROOT), *packages]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "BOILERBENCH_TEST_TOKEN": f"{SECRET}environment",
    }
    if not confined:
        without_bubblewrap(path, programs)
    told = folder / "outcomes.jsonl"
    waiting = list(kinds)
    rows: list[dict[str, Any]] = []
    while waiting:
        command = [*(_as_nobody() if as_nobody else []), str(python), "-m", "tests.runner.hostile.drive"]
        process = subprocess.Popen(
            [*command, str(folder), *waiting],
            env=environment,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        said = _wait(process, told, len(rows))
        rows = [json.loads(line) for line in told.read_text().splitlines()] if told.exists() else []
        waiting = [kind for kind in kinds if kind not in {row["kind"] for row in rows}]
        if waiting:
            gone = {"kind": waiting.pop(0), "status": "RUN KILLED", "error": said, "others": []}
            rows.append({**gone, "damage": ["harness killed"]})
            told.write_text("".join(json.dumps(row) + "\n" for row in rows))
            told.chmod(0o666)
    shutil.rmtree(folder, ignore_errors=True)
    return rows


def without_bubblewrap(path: Sequence[str], programs: Path) -> None:
    """Make a folder of links to every program but bubblewrap."""
    programs.mkdir(exist_ok=True)
    for entry in path:
        for program in Path(entry).iterdir() if Path(entry).is_dir() else ():
            link = programs / program.name
            if program.name != "bwrap" and not link.is_symlink():
                link.symlink_to(program)


def _wait(process: subprocess.Popen[bytes], told: Path, before: int) -> str:
    """Wait for the end of a process that must tell of a kind a minute; return its last word."""
    deadline = time.monotonic() + KIND_SECONDS
    while time.monotonic() < deadline:
        try:
            process.wait(0.2)
            break
        except subprocess.TimeoutExpired:
            lines = len(told.read_text().splitlines()) if told.exists() else 0
            if lines > before:
                before, deadline = lines, time.monotonic() + KIND_SECONDS
    else:
        process.kill()
        process.wait()
        return "hung"
    assert process.stderr is not None
    os.set_blocking(process.stderr.fileno(), False)
    said = (process.stderr.read() or b"").decode("utf-8", "replace").strip()
    return f"exit status {process.returncode} {said[-200:]}"


def _as_nobody() -> list[str]:
    # What setpriv itself starts has still root's capabilities.
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "env"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kind", action="append", default=[])
    parser.add_argument("--mode", action="append", default=[])
    arguments = parser.parse_args()
    kinds = [name for name in KINDS if not arguments.kind or any(part in name for part in arguments.kind)]
    chosen = arguments.mode or modes()
    by_mode = {}
    for mode in chosen:
        by_mode[mode] = {row["kind"]: row for row in outcomes(kinds, mode)}
    print("| extractor | " + " | ".join(chosen) + " |")
    print("| --- |" + " --- |" * len(chosen))
    for kind in kinds:
        cells = []
        for mode in chosen:
            row = by_mode[mode][kind]
            harm = ", ".join(row["damage"]).upper()
            cells.append(f"{row['status']}: {row['error']} {harm}".replace("|", "/").strip(": "))
        print(f"| {kind} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
