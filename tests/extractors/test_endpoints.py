"""Services over HTTP, against a stand-in on loopback, and who is allowed the network."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import boilerbench
from boilerbench.errors import InputError
from boilerbench.extractors import Adapter, open_extractor
from boilerbench.results import Run
from tests.conftest import Command, GoldFolder


class Service:
    """A stand-in for a hosted extractor, which remembers what it was asked."""

    def __init__(self) -> None:
        self.reply: Any = "The body of a."
        self.status = 200
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.asked.append((self.path, dict(self.headers), body))
                reply = service.reply if isinstance(service.reply, str) else json.dumps(service.reply)
                self.send_response(service.status)
                if service.status == 302:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(reply.encode())

            def log_message(self, *_: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def service() -> Iterator[Service]:
    started = Service()
    yield started
    started.stop()


def described(tmp_path: Path, *lines: str) -> str:
    file = tmp_path / "service.toml"
    file.write_text("\n".join(['version = "2026-11"', *lines]), encoding="utf-8")
    return f"endpoint:{file}"


def run_of(gold_folder: GoldFolder, spec: str, **options: Any) -> Run:
    gold_folder.add("a")
    out = gold_folder.root.parent / "out"
    return boilerbench.run(f"gold:{gold_folder.root}", [spec], out=out, **options)


def test_a_service_that_takes_the_page_itself(
    service: Service, tmp_path: Path, gold_folder: GoldFolder
) -> None:
    spec = described(tmp_path, f'address = "{service.address}/extract"')
    run = run_of(gold_folder, spec, allow_network=[spec])
    assert run.extractions["status"].tolist() == ["ok"]
    assert [stored.text for stored in run.texts()] == ["The body of a."]
    assert run.info.extractors[0].version == "2026-11"
    ((path, headers, body),) = service.asked
    assert (path, headers["Content-Type"]) == ("/extract", "text/html; charset=utf-8")
    assert b"<p>The body of a.</p>" in body


def test_a_model_that_is_asked_in_json_and_answers_in_markdown(
    service: Service, tmp_path: Path, gold_folder: GoldFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_KEY", "a-secret")
    service.reply = {"choices": [{"message": {"content": "# A title\n\nThe *body* of a."}}]}
    spec = described(
        tmp_path,
        f'address = "{service.address}/v1/chat"',
        'headers = { Authorization = "Bearer ${STAND_IN_KEY}" }',
        'json = { model = "reader", messages = [{ role = "user", content = "Extract: ${PAGE}" }] }',
        'text = "choices.0.message.content"',
        'format = "markdown"',
    )
    run = run_of(gold_folder, spec, allow_network=[spec])
    assert run.extractions["status"].tolist() == ["ok"]
    ((_, headers, body),) = service.asked
    assert headers["Authorization"] == "Bearer a-secret"
    asked = json.loads(body)
    assert asked["model"] == "reader"
    assert asked["messages"][0]["content"].startswith("Extract: <html>")
    # The key is nowhere in what the run has written.
    for file in run.folder.rglob("*"):
        assert not file.is_file() or b"a-secret" not in file.read_bytes()


def test_what_a_service_said_is_not_taken_over(
    service: Service, tmp_path: Path, gold_folder: GoldFolder
) -> None:
    spec = described(tmp_path, f'address = "{service.address}"')
    cache = tmp_path / "cache"
    run_of(gold_folder, spec, allow_network=[spec], cache=cache)
    boilerbench.run(
        f"gold:{gold_folder.root}", [spec], out=tmp_path / "again", allow_network=[spec], cache=cache
    )
    assert len(service.asked) == 2


@pytest.mark.parametrize(
    ("status", "reply", "text", "error"),
    [
        (500, "", "", "RuntimeError: the service answers 500 Internal Server Error"),
        (302, "", "", "RuntimeError: the service answers 302 Found"),
        (200, {"other": 1}, "article.body", "RuntimeError: the reply has no article.body"),
        (200, {"article": {"body": 5}}, "article.body", "article.body of the reply is int, not text"),
        (200, "no JSON", "article.body", "JSONDecodeError"),
    ],
)
def test_a_service_that_fails(
    service: Service,
    tmp_path: Path,
    gold_folder: GoldFolder,
    status: int,
    reply: Any,
    text: str,
    error: str,
) -> None:
    service.status, service.reply = status, reply
    spec = described(tmp_path, f'address = "{service.address}"', f'text = "{text}"')
    run = run_of(gold_folder, spec, allow_network=[spec])
    (row,) = run.extractions.to_dict("records")
    assert row["status"] == "error"
    assert error in row["error"]
    assert len(service.asked) == 1


def test_nothing_is_asked_that_was_not_allowed(
    service: Service, tmp_path: Path, gold_folder: GoldFolder, command: Command
) -> None:
    spec = described(tmp_path, f'address = "{service.address}"')
    gold_folder.add("a")
    answer = command("run", "-c", f"gold:{gold_folder.root}", "-e", spec, "-o", tmp_path / "out")
    assert answer.code == 2
    assert f"sends pages over the network; allow it with --allow-network {spec}" in " ".join(
        answer.err.split()
    )
    with pytest.raises(InputError, match="justext is allowed the network and is no extractor of this run"):
        boilerbench.run(
            f"gold:{gold_folder.root}", ["inscriptis"], out=tmp_path / "out", allow_network=["justext"]
        )
    assert not service.asked


def test_a_python_callable_has_the_network_only_where_it_is_allowed(
    service: Service, tmp_path: Path, gold_folder: GoldFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import urllib.request\n"
        f"def ask(html):\n    asked = urllib.request.Request('{service.address}', data=html)\n"
        "    return urllib.request.urlopen(asked).read().decode()\n"
    )
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "asking.py").write_text(code)
    monkeypatch.chdir(folder)
    run = run_of(gold_folder, "py:asking:ask")
    assert run.extractions["status"].tolist() == ["error"]
    assert not service.asked
    again = boilerbench.run(
        f"gold:{gold_folder.root}", ["py:asking:ask"], out=tmp_path / "b", allow_network="py:asking:ask"
    )
    assert again.extractions["status"].tolist() == ["ok"]
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (['address = "ftp://x"'], "address begins with neither http:// nor https://"),
        ([], "address is missing"),
        (['address = "http://x"', "colour = 1"], "there is no key colour; there are version, address,"),
        (['address = "http://x"', "text = 1"], "text is int, not str"),
        (['address = "http://x"', 'format = "pdf"'], "format is none of text, markdown, html"),
        (['address = "http://x"', "headers = { A = 1 }"], "a header is no text"),
        (["address ="], "not TOML"),
    ],
)
def test_a_file_that_describes_no_service(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        open_extractor(described(tmp_path, *lines))


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(InputError, match="no such file; give a TOML file about a service"):
        open_extractor("endpoint:nothing.toml")


def test_a_service_is_known_by_its_file(tmp_path: Path) -> None:
    extractor = open_extractor(described(tmp_path, 'address = "http://x"', 'format = "html"'))
    assert isinstance(extractor, Adapter)
    assert (extractor.version, extractor.options["as"], extractor.network) == ("2026-11", "html", False)
