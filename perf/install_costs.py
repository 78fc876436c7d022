"""Measure what the environment of each extractor takes when it is made from nothing, and write it down.

``python perf/install_costs.py [NAME…]`` writes ``extractors/install_costs.toml`` anew, or the rows of some
extractors. Every environment is made with an empty cache of packages, so that its download counts; what
boilerbench brings itself costs nothing, and of a Debian package dpkg says the size.
"""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

from boilerbench.extractors import DEBIAN, Adapter, open_extractors
from boilerbench.extractors.install_costs import COSTS_FILE
from boilerbench.runner.environments import make_environment
from boilerbench.runner.installers import UnavailableError

HEAD = """\
# What an extractor takes to install where nothing of it is there: an environment, or a Debian package.
# Written by perf/install_costs.py, {date}, {cores} cores, {python}.
#
#   version    that was measured
#   megabytes  on disk; of a Debian package as dpkg says, without what it depends on
#   seconds    from nothing, download included; not measured for Debian packages
"""


def main(names: list[str]) -> None:
    """Measure the extractors of these names, or all, and write the file."""
    rows = tomllib.loads(COSTS_FILE.read_text(encoding="utf-8")) if names and COSTS_FILE.exists() else {}
    for extractor in open_extractors(["all", "heavy", "cli"]):
        assert isinstance(extractor, Adapter)
        if names and extractor.name not in names:
            continue
        row = debian_row(extractor) if extractor.language == DEBIAN else environment_row(extractor)
        print(extractor.name, row, flush=True)
        if row:
            rows[extractor.name] = row
    COSTS_FILE.write_text(as_toml(rows), encoding="utf-8")


def environment_row(extractor: Adapter) -> dict[str, object]:
    """Return the cost of an environment; nothing where boilerbench's own has the tool."""
    if extractor.requirement is None:
        return {}
    with tempfile.TemporaryDirectory() as scratch:
        for variable in ("UV_CACHE_DIR", "npm_config_cache"):
            os.environ[variable] = str(Path(scratch, variable))
        started = time.perf_counter()
        try:
            environment = make_environment(extractor.requirement, Path(scratch, "environments"))
        except UnavailableError as error:
            print(f"{extractor.name}: {error}", file=sys.stderr)
            return {}
        seconds = time.perf_counter() - started
        size = sum(file.lstat().st_size for file in environment.folder.rglob("*") if file.is_file())
    return {"version": environment.version, "megabytes": round(size / 1e6), "seconds": round(seconds)}


def debian_row(extractor: Adapter) -> dict[str, object]:
    """Return the size of an installed Debian package."""
    form = "${Version} ${Installed-Size}"
    command = ["dpkg-query", "--show", f"--showformat={form}", str(extractor.facts["PACKAGE"])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {}
    version, kilobytes = done.stdout.split(" ")
    return {"version": version, "megabytes": round(int(kilobytes) * 1024 / 1e6)}


def as_toml(rows: dict[str, dict[str, object]]) -> str:
    """Return the rows by name below the head."""
    head = HEAD.format(
        date=datetime.datetime.now(datetime.UTC).date(),
        cores=os.cpu_count(),
        python=f"Python {platform.python_version()}",
    )
    tables = []
    for name, row in sorted(rows.items()):
        lines = [f"{key} = {value!r}".replace("'", '"') for key, value in row.items()]
        tables.append("\n".join([f"[{name}]", *lines]))
    return "\n".join([head, "\n\n".join(tables), ""])


if __name__ == "__main__":
    main(sys.argv[1:])
