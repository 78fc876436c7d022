"""Pages captured from files and from a server that misbehaves."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from boilerbench.errors import InputError
from boilerbench.http_client import charset_of
from boilerbench.labelling import capture as capturing
from boilerbench.labelling.capture import capture
from boilerbench.records import Page

PAGE = "<meta charset=koi8-r><p>Мельница".encode("koi8-r")


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        ways = {
            "/page": (200, {"Content-Type": "text/html"}, PAGE),
            "/packed": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE)),
            "/damaged": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"no gzip"),
            "/brotli": (200, {"Content-Type": "text/html", "Content-Encoding": "br"}, b"x"),
            "/charset": (200, {"Content-Type": "text/html; charset=Windows-1251"}, PAGE),
            "/gone": (404, {"Content-Type": "text/html"}, PAGE),
            "/slow": (200, {"Content-Type": "text/html"}, PAGE * 3000),
            "/moved": (302, {"Location": "/page"}, b""),
            "/away": (302, {"Location": "ftp://elsewhere.example/x"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
            "/image": (200, {"Content-Type": "image/png"}, b"x"),
            "/large": (200, {"Content-Type": "text/html"}, b"x" * 3000),
            "/cut": (200, {"Content-Type": "text/html", "Content-Length": "9999"}, PAGE),
        }
        status, headers, body = ways.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_file_is_taken_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    assert capture(str(tmp_path / "page.html")) == Page(PAGE)


@pytest.mark.parametrize("path", ["/page", "/packed"])
def test_a_page_is_taken_as_served(address: str, path: str) -> None:
    assert capture(address + path) == Page(PAGE, address + path)


def test_a_redirect_gives_the_last_address(address: str) -> None:
    assert capture(f"{address}/moved") == Page(PAGE, f"{address}/page")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/nowhere", "the server answers 404 Not Found"),
        ("/away", "it redirects to, is no http"),
        ("/round", "more than 20 redirects"),
        ("/image", "image/png, not a page"),
        ("/brotli", "encoded as br"),
        ("/damaged", "damaged on its way"),
        ("/large", "more than"),
        ("/cut", "the transfer broke off"),
    ],
)
def test_what_goes_wrong_is_one_line(
    address: str, path: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capturing, "LARGEST_BYTES", 2000)
    with pytest.raises(InputError, match=message) as caught:
        capture(address + path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("source", ["ftp://a.example/x", "file:///etc/hostname", "/no/such/file.html"])
def test_other_sources_are_refused(source: str) -> None:
    with pytest.raises(InputError):
        capture(source)


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(InputError, match="no connection; is there a network"):
        capture("http://127.0.0.1:9/")


def test_the_charset_in_the_header_is_kept(address: str) -> None:
    assert capture(f"{address}/charset") == Page(PAGE, f"{address}/charset", "Windows-1251")


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html; charset=koi8-r", "koi8-r"),
        ('text/html;Charset="KOI8-R" ; x=y', "KOI8-R"),
        ("text/html; xcharset=koi8-r", None),
        ("text/html; charset=", None),
        ("text/html", None),
        ("", None),
        ("\x00;;;=", None),
    ],
)
def test_a_charset_is_read_from_a_header(header: str, charset: str | None) -> None:
    assert charset_of(header) == charset


def test_the_page_of_an_error_is_taken_if_asked_for(address: str) -> None:
    assert capture(f"{address}/gone", any_status=True).content == PAGE
    with pytest.raises(InputError, match="404"):
        capture(f"{address}/gone")


def test_a_page_that_trickles_in_has_an_end(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capturing, "TOTAL_SECONDS", 0)
    with pytest.raises(InputError, match="not all there after 0 seconds"):
        capture(f"{address}/slow")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("/dev/zero", "no regular file"),
        ("/", "a folder"),
        ("x" * 300, "name too long"),
        ("~nobody-of-that-name/x", "home directory"),
        ("a\0b", "null"),
        ("http://[", "no address"),
        ("http://", "no http"),
    ],
)
def test_what_is_no_page_is_one_line(source: str, message: str) -> None:
    with pytest.raises(InputError, match=f"(?i){message}") as caught:
        capture(source)
    assert len(str(caught.value).splitlines()) == 1
