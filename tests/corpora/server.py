"""A server on loopback that serves a corpus, and misbehaves in every way in which servers do."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path


class Server(http.server.ThreadingHTTPServer):
    """Serves the files of a folder; the first part of the path says how."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.asked: list[str] = []
        self.under_way = threading.Event()
        """Set once half of a slow answer has been sent."""
        self.enough = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has had enough and goes is what some tests are about."""

    def address(self, how: str, file: str = "corpus.tar.gz") -> str:
        return f"http://127.0.0.1:{self.server_port}/{how}/{file}"


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Server]:
    with Server(folder) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.enough.set()
            server.shutdown()
            thread.join()


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        _, how, name = self.path.split("/")
        self.server.asked.append(how)
        content = (self.server.folder / name).read_bytes()
        half = len(content) // 2
        if how.isdigit():
            self.send_error(int(how))
        elif how == "flaky" and self.server.asked.count(how) == 1:
            self.send_error(503)
        elif how == "moved":
            self.send_response(302)
            self.send_header("Location", self.server.address("good", name))
            self.end_headers()
        elif how == "silent":
            self.server.enough.wait(30)
        elif how == "broken":
            self._begin(len(content))
            self.wfile.write(content[:half])
        elif how == "unannounced":
            self._begin(None)
            self.wfile.write(content[:half])
        elif how == "slow":
            self._begin(len(content))
            self.wfile.write(content[:half])
            self.wfile.flush()
            self.server.under_way.set()
            self.server.enough.wait(30)
        else:
            self._begin(len(content))
            self.wfile.write(content)

    def _begin(self, length: int | None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Tests listen to ``Server.asked``."""
