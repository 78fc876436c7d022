"""Who may speak with the app: the browser that was given its link, and no page of another site."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

APP_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
TOKEN = "token"
"""The parameter of the link that is good for one visit."""


class Guard:
    """A one-time token for the link, and a cookie for the browser that has followed it.

    Args:
        port: of the server, on 127.0.0.1.
        announce: called with a fresh link, first and whenever one has been used.
    """

    def __init__(self, port: int, announce: Callable[[str], None]) -> None:
        self._origins = tuple(f"http://{host}:{port}" for host in ("127.0.0.1", "localhost"))
        self._announce = announce
        self._session = secrets.token_urlsafe(32)
        self._token = ""
        # Cookies are the same for all ports of a host.
        self._cookie = f"boilerbench-{port}"
        self._renew()

    def _renew(self) -> None:
        self._token = secrets.token_urlsafe(32)
        self._announce(f"{self._origins[0]}/?{TOKEN}={self._token}")

    def refusal(self, request: Request) -> Response | None:
        """Return the answer to a request that must not be answered otherwise; None where it may be.

        Refused are other names for this machine (as by DNS rebinding), requests that a page of another site
        makes, changes without a stated origin, and whoever has not come by the link.
        """
        from starlette.responses import PlainTextResponse

        headers = request.headers
        origin = headers.get("origin")
        known = f"http://{headers.get('host', '')}" in self._origins
        foreign = origin is not None and origin not in self._origins
        if request.method not in ("GET", "HEAD"):
            foreign = origin not in self._origins
        elsewhere = headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
        if not known or foreign or elsewhere:
            return PlainTextResponse("Not from here.\n", status_code=403)
        cookie = request.cookies.get(self._cookie, "")
        if hmac.compare_digest(cookie.encode(), self._session.encode()):
            return None
        if request.url.path == "/" and (token := request.query_params.get(TOKEN)):
            return self._admitted(token)
        return PlainTextResponse("Open the link that the terminal shows.\n", status_code=403)

    def _admitted(self, token: str) -> Response:
        """Give the cookie to whoever has the token, which is used up by that."""
        from starlette.responses import PlainTextResponse, RedirectResponse

        if not hmac.compare_digest(token.encode(), self._token.encode()):
            return PlainTextResponse("The link is used up; the terminal shows a new one.\n", status_code=403)
        self._renew()
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(self._cookie, self._session, httponly=True, samesite="strict", path="/")
        return answer

    @staticmethod
    def headed(response: Response, policy: str = APP_POLICY) -> Response:
        """Add the headers that keep other sites out of an answer and it from loading anything else."""
        response.headers.update(_HEADERS)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response
