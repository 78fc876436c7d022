"""The labelling app with headless Chromium before it, for the scripts that label as a person would."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextlib.contextmanager
def opened(browser: Browser, root: Path, *arguments: str, suggesting: bool) -> Iterator[tuple[Page, int]]:
    """Yield the page once it can be labelled, and the server's process, which ends with this.

    Args:
        browser: which shows it.
        root: the gold folder.
        arguments: of ``boilerbench gold``, as ``label`` and a document's id.
        suggesting: whether labels are suggested.
    """
    command = [
        sys.executable,
        "-m",
        "boilerbench",
        "gold",
        *arguments,
        "-g",
        str(root),
        "--browser",
        "--no-open",
    ]
    command += [] if suggesting else ["--no-suggestions"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    link = re.search(r"http\S+", server.stdout.readline())
    assert link is not None
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    try:
        page.goto(link[0])
        page.wait_for_selector("body[data-ready]")
        page.wait_for_selector("#page[data-ready]")
        yield page, server.pid
    finally:
        page.close()
        server.kill()
        server.wait()
