"""Whatever a reader sees (innerText) in headless Chromium, with scripts or without; no extraction."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import tempfile
from collections.abc import Callable
from typing import Any

PACKAGE = "chromium"
PROGRAM = "chromium"
LICENCE = "BSD-3-Clause"
HOME = "https://www.chromium.org"
TAKES = "bytes"

_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
    "--disable-breakpad",
    "--no-first-run",
    "--mute-audio",
    "--remote-debugging-pipe",
    "--lang=en",
]
_NOWHERE = "https://page.invalid/"
# As much as a page may need to fill itself; it passes at once where nothing waits for it.
_VIRTUAL_MILLISECONDS = 5000


def load(*, scripts: bool = True) -> Callable[[bytes, str | None], str]:
    """Return ``document.documentElement.innerText`` of the page, at its address and with no other file."""
    browser = _Browser()
    browser.call("Browser.getVersion")

    def extract(page: bytes, url: str | None) -> str:
        context = browser.call("Target.createBrowserContext")["browserContextId"]
        target = browser.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        try:
            tab = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            return _Tab(browser, tab).text_of(page, url or _NOWHERE, scripts)
        finally:
            browser.call("Target.disposeBrowserContext", browserContextId=context)

    return extract


class _Browser:
    """A browser that is spoken to in the DevTools protocol, over the pipes that it has as 3 and 4."""

    def __init__(self) -> None:
        from_us, self._commands = os.pipe()
        self._events, to_us = os.pipe()
        # A shell gives the ends the numbers that the browser looks at.
        script = 'commands=$1 events=$2; shift 2; eval "exec 3<&$commands 4>&$events"; exec "$@"'
        command = ["chromium", *_FLAGS, f"--user-data-dir={tempfile.mkdtemp()}"]
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", script, "bash", str(from_us), str(to_us), *command],
            pass_fds=(from_us, to_us),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(from_us)
        os.close(to_us)
        self._last = 0
        self._rest = b""

    def send(self, method: str, session: str | None = None, **parameters: Any) -> int:
        """Send a command and return its number."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters}
        content = json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0"
        while content:
            content = content[os.write(self._commands, content) :]
        return self._last

    def receive(self) -> dict[str, Any]:
        """Return the next message."""
        parts = [self._rest]
        while b"\0" not in parts[-1]:
            part = os.read(self._events, 1 << 16)
            if not part:
                raise RuntimeError(f"Chromium ended with status {self._process.wait()}")
            parts.append(part)
        first, _, self._rest = b"".join(parts).partition(b"\0")
        message: dict[str, Any] = json.loads(first)
        return message

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result; events until then are dropped."""
        number = self.send(method, session, **parameters)
        while (message := self.receive()).get("id") != number:
            pass
        return result_of(message)


class _Tab:
    """A tab of the browser."""

    def __init__(self, browser: _Browser, session: str) -> None:
        self._browser = browser
        self._session = session

    def text_of(self, page: bytes, url: str, scripts: bool) -> str:
        """Return the inner text of a page once it has loaded and its scripts have had their time."""
        for method, parameters in (
            ("Page.enable", {}),
            ("Fetch.enable", {"patterns": [{"urlPattern": "*"}]}),
            ("Emulation.setScriptExecutionDisabled", {"value": not scripts}),
        ):
            self._browser.call(method, self._session, **parameters)
        self._send("Page.navigate", url=url)
        self._until(self._answering(page), "Page.loadEventFired")
        if scripts:
            policy = {"policy": "advance", "budget": _VIRTUAL_MILLISECONDS}
            self._send("Emulation.setVirtualTimePolicy", **policy)
            self._until(self._answering(None), "Emulation.virtualTimeBudgetExpired")
        expression = "document.documentElement ? document.documentElement.innerText : ''"
        number = self._send("Runtime.evaluate", expression=expression, returnByValue=True)
        answer = self._until(self._answering(None), number)
        text: str = result_of(answer)["result"]["value"]
        return text

    def _send(self, method: str, **parameters: Any) -> int:
        return self._browser.send(method, self._session, **parameters)

    def _until(self, respond: Callable[[dict[str, Any]], None], wanted: str | int) -> dict[str, Any]:
        """Respond to what the tab asks for until a kind of event, or the answer to a command, has come."""
        while True:
            message = self._browser.receive()
            if wanted in (message.get("method"), message.get("id")):
                return message
            if message.get("sessionId") == self._session:
                respond(message)

    def _answering(self, page: bytes | None) -> Callable[[dict[str, Any]], None]:
        """Return what serves the page to the first who asks for a document, and nothing to all others."""
        waiting = [] if page is None else [page]

        def respond(message: dict[str, Any]) -> None:
            about = message.get("params", {})
            if message.get("method") == "Page.javascriptDialogOpening":
                self._send("Page.handleJavaScriptDialog", accept=False)
            if message.get("method") != "Fetch.requestPaused":
                return
            if waiting and about["resourceType"] == "Document":
                self._send(
                    "Fetch.fulfillRequest",
                    requestId=about["requestId"],
                    responseCode=200,
                    responseHeaders=[{"name": "Content-Type", "value": "text/html"}],
                    body=base64.b64encode(waiting.pop()).decode("ascii"),
                )
            else:
                # A navigation that is aborted leaves the page as it is.
                self._send("Fetch.failRequest", requestId=about["requestId"], errorReason="Aborted")

        return respond


def result_of(message: dict[str, Any]) -> dict[str, Any]:
    """Return the result of a command.

    Raises:
        RuntimeError: it failed.
    """
    if "error" in message:
        raise RuntimeError(str(message["error"].get("message")))
    result: dict[str, Any] = message["result"]
    return result
