"""A service that returns the main content of a page over HTTP, as in endpoint:FILE.toml."""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any, Literal

TAKES = "text"
NETWORK = True

_PLACEHOLDER = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_LONGEST = 64 << 20


def load(
    *, service: str, mode: Literal["text", "markdown", "html"] = "text"
) -> Callable[[str, str | None], str | None]:
    """Return what asks the service, a JSON object with the keys of its file, about a page.

    ``${NAME}`` stands for a variable of the environment in its address and headers, ``${PAGE}`` and
    ``${URL}`` for the page and its address in the JSON that it is sent; without ``json`` it is sent the page.
    """
    described: dict[str, Any] = json.loads(service)
    address = _filled(described["address"], os.environ)
    headers = {name: _filled(value, os.environ) for name, value in described.get("headers", {}).items()}
    path = [step for step in described.get("text", "").split(".") if step]
    opener = urllib.request.build_opener(_NoRedirect)

    def extract(page: str, url: str | None) -> str | None:
        body, kind = page, "text/html; charset=utf-8"
        if "json" in described:
            body = json.dumps(_filled(described["json"], {"PAGE": page, "URL": url or ""}))
            kind = "application/json"
        request = urllib.request.Request(
            address, data=body.encode("utf-8"), headers={"Content-Type": kind, **headers}, method="POST"
        )
        try:
            with opener.open(request) as reply:
                content = reply.read(_LONGEST + 1)
        except urllib.error.HTTPError as error:
            # The address may hold a key, and is not quoted.
            raise RuntimeError(f"the service answers {error.code} {error.reason}") from None
        if len(content) > _LONGEST:
            raise RuntimeError(f"the service answers with more than {_LONGEST >> 20} MB")
        return _at(json.loads(content), path) if path else content.decode("utf-8")

    return extract


def _filled(value: Any, values: Any) -> Any:
    """Return a value with every placeholder of its texts filled in, however deep."""
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda match: values[match[1]], value)
    if isinstance(value, list):
        return [_filled(item, values) for item in value]
    if isinstance(value, dict):
        return {name: _filled(item, values) for name, item in value.items()}
    return value


def _at(reply: Any, path: list[str]) -> str | None:
    for step in path:
        try:
            reply = reply[int(step)] if isinstance(reply, list) else reply[step]
        except (KeyError, IndexError, TypeError, ValueError):
            raise RuntimeError(f"the reply has no {'.'.join(path)}") from None
    if reply is not None and not isinstance(reply, str):
        raise RuntimeError(f"{'.'.join(path)} of the reply is {type(reply).__name__}, not text")
    return reply


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Redirects are errors: a key goes to the address that was named and to no other."""

    def redirect_request(self, *_: Any) -> None:
        return None
