"""Make ``results/report.png``, the picture in the README: the overview of the report on our gold.

    python results/screenshot.py [REPORT [PICTURE]]

Needs Chromium and the extra ``test``; the report is that of ``boilerbench report results/gold``.
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent


def main(report: Path, picture: Path) -> None:
    """Take the picture: light, 1,280 pixels wide, from the heading to the charts."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise SystemExit("chromium is not installed (Debian: apt-get install chromium)")
    if not (report / "index.html").is_file():
        raise SystemExit(f"{report} is no report; boilerbench report results/gold writes one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 1120}, color_scheme="light")
        page.goto(f"{report.resolve().as_uri()}/index.html#/overview")
        deadline = time.monotonic() + 30
        while not page.evaluate("document.body?.dataset.shown === location.hash"):
            if time.monotonic() > deadline:
                raise SystemExit(f"{report} is not shown")
            time.sleep(0.1)
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    main(*(given + [HERE / "gold" / "report", HERE / "report.png"][len(given) :]))
