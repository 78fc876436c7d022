"""A package index on loopback, with upload dates, for wheels made on the spot."""

from __future__ import annotations

import base64
import hashlib
import http.server
import io
import json
import threading
import zipfile


def wheel(name: str, version: str, source: str, requires: tuple[str, ...] = ()) -> bytes:
    """A pure wheel with one module named like the distribution."""
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {requirement}\n" for requirement in requires)
    files = {
        f"{name}.py": source,
        f"{info}/METADATA": metadata,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = []
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        rows.append(f"{path},sha256={digest},{len(text.encode())}")
    files[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,", ""])
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return content.getvalue()


class Index:
    """Packages by name and version, served as PEP 691 and PEP 700 have it."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self._files: dict[str, tuple[str, bytes, str]] = {}
        index = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                index.requests.append(self.path)
                kind, content = index.answer(self.path)
                self.send_response(200 if content else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def do_HEAD(self) -> None:
                self.send_error(405)

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/simple"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def add(self, name: str, version: str, content: bytes, uploaded: str) -> None:
        self._files[f"{name}-{version}-py3-none-any.whl"] = (name, content, uploaded)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str) -> tuple[str, bytes]:
        if path.startswith("/files/"):
            return "application/octet-stream", self._files[path.removeprefix("/files/")][1]
        name = path.strip("/").rpartition("/")[2]
        files = [
            {
                "filename": file,
                "url": f"../../files/{file}",
                "hashes": {"sha256": hashlib.sha256(content).hexdigest()},
                "upload-time": uploaded,
            }
            for file, (package, content, uploaded) in self._files.items()
            if package == name
        ]
        if not files:
            return "text/plain", b""
        listing = {"meta": {"api-version": "1.1"}, "name": name, "versions": [], "files": files}
        return "application/vnd.pypi.simple.v1+json", json.dumps(listing).encode()
