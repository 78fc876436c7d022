"""Only the browser that has followed the link, and only from the app's own page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from boilerbench.labelling.gold_folder import begin_document, read_rows, write_rows
from boilerbench.records import Page
from tests.labelling.app.conftest import HTML, Server, labels

STEP: Any = {"document": "library", "labels": {"0": "navigation"}}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("guard") / "gold"
    begin_document(root, "library", Page(HTML.encode()))
    return root


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[Server]:
    server = Server(root, "--no-suggestions")
    yield server
    server.kill()


@pytest.fixture(scope="module")
def session(server: Server) -> requests.Session:
    session = requests.Session()
    assert session.get(server.link).status_code == 200
    return session


@pytest.fixture(autouse=True)
def _unlabelled(root: Path) -> None:
    write_rows(root / "library", [("?", text) for _, text in read_rows(root / "library")])


def test_the_link_is_good_once(server: Server, session: requests.Session) -> None:
    assert requests.get(server.link).status_code == 403
    assert requests.get(server.next_link()).status_code == 200


@pytest.mark.parametrize("path", ["/", "/static/app.js", "/api/start", "/frame?document=library", "/?token="])
def test_nobody_else_sees_anything(server: Server, path: str) -> None:
    answer = requests.get(server.origin + path)
    assert answer.status_code == 403
    assert "library" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "OWN", "Host": "evil.example"},
        {"Origin": "OWN", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "OWN", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_page_of_another_site_changes_a_label(
    root: Path, server: Server, session: requests.Session, headers: dict[str, str]
) -> None:
    stated = {name: value.replace("OWN", server.origin) for name, value in headers.items()}
    assert session.post(f"{server.origin}/api/label", json=STEP, headers=stated).status_code == 403
    assert set(labels(root)) == {"?"}
    own = {"Origin": server.origin, "Sec-Fetch-Site": "same-origin"}
    assert session.post(f"{server.origin}/api/label", json=STEP, headers=own).status_code == 200
    assert labels(root)[0] == "navigation"


@pytest.mark.parametrize("name", ["..%2fserver.py", "%2e%2e/server.py", "nothing.js", "..%2f..%2fkeys.py"])
def test_nothing_beside_the_app_is_served(server: Server, session: requests.Session, name: str) -> None:
    assert session.get(f"{server.origin}/static/{name}").status_code in (403, 404)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("label", {"document": "../library", "labels": {}}),
        ("label", {"document": "library", "labels": {"0": "leagl"}}),
        ("label", {"document": "library", "labels": {"99": "legal"}}),
        ("label", {"document": "library", "labels": {"x": "legal"}}),
        ("label", {"document": "library", "labels": [1]}),
        ("label", {}),
        ("facts", {"document": "library", "facts": {"nonsense": "x"}}),
        ("facts", {"document": "library", "facts": {"captured": "yesterday"}}),
    ],
)
def test_what_is_no_request_is_said_in_a_line(
    root: Path, server: Server, session: requests.Session, name: str, values: Any
) -> None:
    before = (root / "library" / "document.toml").read_bytes()
    answer = session.post(f"{server.origin}/api/{name}", json=values, headers={"Origin": server.origin})
    assert answer.status_code == 400
    assert "\n" not in answer.json()["error"]
    assert set(labels(root)) == {"?"}
    assert (root / "library" / "document.toml").read_bytes() == before
