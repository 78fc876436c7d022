"""Measures how soon the labelling app answers a key, on made-up pages of 400 and of 3,000 blocks.

    python perf/labelling_speed.py [--no-suggestions] [BLOCKS…]

A script in headless Chromium presses keys as a person would: labels, ranges, groups, undo, suggestions
accepted. For each key, milliseconds from the event until the screen shows what it did, until it is on disk,
and until the suggestions that follow from it are shown; and what all keys cost in processor time: of the
server, of the page's main thread, of Chromium as a whole. Processor time hardly depends on what else runs.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from labelling_app import chromium, opened
from playwright.sync_api import CDPSession, Page

from boilerbench.labelling.gold_folder import begin_document
from boilerbench.records import Page as WebPage

SIZES = (400, 3000)
LISTEN = """() => {
  window.steps = [];
  const painted = (call) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => call(performance.now());
    channel.port2.postMessage(0);
  });
  addEventListener('keydown', (event) => {
    const step = { at: event.timeStamp, key: event.key };
    window.steps.push(step);
    painted((now) => { step.shown = now - step.at; });
  }, true);
  const last = () => window.steps.at(-1) ?? {};
  new MutationObserver(() => {
    const step = last();
    if (document.getElementById('saved').dataset.waiting === '0') step.saved ??= performance.now() - step.at;
  }).observe(document.getElementById('saved'), { attributes: true });
  new MutationObserver(() => {
    const step = last();
    if (document.getElementById('desk').dataset.fresh === '1')
      painted((now) => { step.fresh ??= now - step.at; });
  }).observe(document.getElementById('desk'), { attributeFilter: ['data-fresh'] });
}"""
SETTLED = """(suggesting) => {
  const step = window.steps.at(-1);
  return step.shown !== undefined && document.getElementById('saved').dataset.waiting === '0'
    && (!suggesting || document.getElementById('desk').dataset.fresh === '1');
}"""
KEYS = (
    *("n", "n", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "n", "u", "Control+y", "Space", "Enter"),
    *("ArrowRight", "]", "p", "PageDown", "=", "o", "u", "Control+y", "PageDown", "b"),
    *("d", "d", "x", "Delete", "ArrowRight", "y", "=", "g", "u", "Enter"),
)


def made_up_page(blocks: int) -> bytes:
    """Return a page of so many blocks: menu, article, comments of four blocks each, footer."""
    menu = "".join(f"<li class=m><a href=/s{number}>Section {number}</a></li>" for number in range(20))
    sentence = "The harbour library has opened its doors and has room for forty readers. "
    article = "".join(f"<p>{number}. {sentence * (1 + number % 5)}</p>" for number in range(30))
    comments = "".join(
        f'<li class="comment"><b class="who">Reader {number}</b><i class="when">{1 + number % 28} May</i>'
        f'<div class="said"><p>I was there at {number}. {sentence * (1 + number % 3)}</p></div>'
        f'<div class="tools"><a href="#reply">Reply to {number}</a></div></li>'
        for number in range((blocks - 56) // 3)
    )
    footer = "".join(f"<div><a href=/f{number}>Foot {number}</a></div>" for number in range(5))
    style = "body{font:15px serif}.comment{border:1px solid #ccc;padding:4px}nav li{display:inline-block}"
    return (
        f'<!doctype html><html lang="en"><title>Library opens</title><style>{style}</style>'
        f"<nav><ul>{menu}</ul></nav><main><h1>Library opens</h1>{article}"
        f"<section><ol>{comments}</ol></section></main><footer>{footer}</footer></html>"
    ).encode()


def milliseconds_of(processes: Sequence[int]) -> float:
    """Return the processor time of all threads of processes that still run, as Linux counts it."""
    spent = 0
    for process in processes:
        for thread in Path(f"/proc/{process}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                spent += int(thread.read_text().split()[0])
    return spent / 1e6


def descendants(process: int) -> list[int]:
    parents = {int(each.name): int(_stat(int(each.name))[1]) for each in Path("/proc").glob("[0-9]*")}
    found = [process]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found[1:]


def _stat(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["0"] * 40


def main_thread(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(1000 * float(each["value"]) for each in metrics if each["name"] == "TaskDuration")


def measured(page: Page, server: int, *, suggesting: bool) -> Iterator[str]:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    if suggesting:
        page.wait_for_selector("#desk[data-fresh='1']", timeout=300_000)
    page.wait_for_timeout(1500)
    page.evaluate(LISTEN)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    chromium = [each for each in descendants(os.getpid()) if each != server]
    costs: dict[str, list[float]] = {"server": [], "page's main thread": [], "Chromium": []}
    for key in KEYS:
        before = milliseconds_of([server]), main_thread(session), milliseconds_of(chromium)
        page.keyboard.press(key)
        page.wait_for_function(SETTLED, arg=suggesting)
        page.wait_for_timeout(400)
        after = milliseconds_of([server]), main_thread(session), milliseconds_of(chromium)
        for numbers, first, last in zip(costs.values(), before, after, strict=True):
            numbers.append(last - first)
    steps = [step for step in page.evaluate("window.steps") if step["key"] not in ("Shift", "Control")]
    for kind in ("shown", "saved", "fresh"):
        if numbers := [step[kind] for step in steps if kind in step]:
            yield f"{kind}: {_spread(numbers)} ({len(numbers)} keys)"
    for name, numbers in costs.items():
        yield f"processor time, {name}: mean {statistics.mean(numbers):.1f}, {_spread(numbers)}"
    yield f"{len(requests) / len(steps):.2f} requests a key"


def _spread(numbers: Sequence[float]) -> str:
    high = sorted(numbers)[min(len(numbers) - 1, int(0.95 * len(numbers)))]
    return f"median {statistics.median(numbers):.1f}, p95 {high:.1f} ms"


def main() -> None:
    suggesting = "--no-suggestions" not in sys.argv
    sizes = [int(each) for each in sys.argv[1:] if each.isdecimal()] or SIZES
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for size in sizes:
            root = Path(folder) / str(size)
            begin_document(root, "library", WebPage(made_up_page(size)))
            with opened(browser, root, "label", "library", suggesting=suggesting) as (page, server):
                print(page.locator("#blocks li").count(), "blocks")
                for line in measured(page, server, suggesting=suggesting):
                    print(" ", line, flush=True)


main()
