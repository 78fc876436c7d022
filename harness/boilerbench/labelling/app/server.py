"""The app's server: pages, labels, suggestions and findings as JSON, to one browser on this machine."""

from __future__ import annotations

import json
import socket
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boilerbench.errors import InputError
from boilerbench.labelling.app.answers import Answers
from boilerbench.labelling.app.guard import APP_POLICY, Guard
from boilerbench.labelling.app.learning import Learning
from boilerbench.labelling.app.workspace import Workspace
from boilerbench.parsing import ParseError, parse_json

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

_STATIC = Path(__file__).with_name("static")
_KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
_LARGEST_BODY = 64 << 20
"""Bytes of a request: a page that is brought in from a file, and room."""
_MISSING = "boilerbench's app needs starlette and uvicorn; install boilerbench[label]"


def make_app(workspace: Workspace, guard: Guard, learning: Learning | None) -> Starlette:
    """Make the application.

    Args:
        workspace: what is labelled.
        guard: who may ask.
        learning: what suggests labels; None where nothing does.
    """
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.base import BaseHTTPMiddleware
    from starlette.routing import Route

    answers = Answers(workspace, learning)

    async def guarded(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        refused = guard.refusal(request)
        answer = refused if refused is not None else await call_next(request)
        return guard.headed(answer, APP_POLICY)

    routes = [
        Route("/", partial(_static, name="index.html")),
        Route("/static/{name}", _static),
        Route("/labels.css", _sheet),
        Route("/frame", partial(_frame, answers)),
        *(Route(f"/api/{name}", partial(_read, call)) for name, call in answers.reading.items()),
        *(
            Route(f"/api/{name}", partial(_write, call), methods=["POST"])
            for name, call in answers.writing.items()
        ),
    ]
    return Starlette(routes=routes, middleware=[Middleware(BaseHTTPMiddleware, dispatch=guarded)])


def serve(
    workspace: Workspace, announce: Callable[[str], None], learning: Learning | None, *, port: int = 0
) -> None:
    """Serve the app on 127.0.0.1 until interrupted.

    Args:
        workspace: what is labelled.
        announce: called with the link to open, which is good for one visit, and again with the next one.
        learning: what suggests labels; None where nothing does.
        port: the port; a free one where it is 0.

    Raises:
        InputError: starlette and uvicorn are not installed, or the port is taken.
    """
    try:
        import uvicorn
    except ImportError:
        raise InputError(_MISSING) from None
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        # From here on a browser that follows the link waits until it is answered.
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise InputError(f"port {port}: {error.strerror}; give another") from None
    with listener:
        app = make_app(workspace, Guard(listener.getsockname()[1], announce), learning)
        config = uvicorn.Config(app, log_level="error", access_log=False, lifespan="off", server_header=False)
        uvicorn.Server(config).run([listener])


def _static(request: Request, name: str = "") -> Response:
    from starlette.responses import PlainTextResponse, Response

    file = _STATIC / (name or request.path_params["name"])
    # A name of one part, so that nothing above the folder is served.
    if file.parent != _STATIC or file.suffix not in _KINDS or not file.is_file():
        return PlainTextResponse("Not there.\n", status_code=404)
    return Response(file.read_bytes(), media_type=_KINDS[file.suffix])


def _sheet(request: Request) -> Response:
    from starlette.responses import Response

    from boilerbench.labelling.app.colours import label_sheet

    return Response(label_sheet(), media_type="text/css")


def _frame(answers: Answers, request: Request) -> Response:
    from starlette.responses import HTMLResponse, PlainTextResponse

    from boilerbench.labelling.app.frame import FRAME_POLICY

    try:
        html = answers.frame(request.query_params.get("document", ""))
    except InputError as error:
        return PlainTextResponse(f"{error}\n", status_code=400)
    return HTMLResponse(html, headers={"Content-Security-Policy": FRAME_POLICY})


async def _read(call: Callable[[dict[str, Any]], Any], request: Request) -> Response:
    """Answer a question, which may take a while, beside the labels that come in."""
    from starlette.concurrency import run_in_threadpool

    return _json(*await run_in_threadpool(_called, call, dict(request.query_params)))


async def _write(call: Callable[[dict[str, Any]], Any], request: Request) -> Response:
    """Make a change; one after the other, since this does not leave the loop of events."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > _LARGEST_BODY:
            return _json(413, {"error": "too large"})
    try:
        value = parse_json(bytes(content))
    except ParseError as error:
        return _json(400, {"error": str(error)})
    if not isinstance(value, dict):
        return _json(400, {"error": "no object"})
    return _json(*_called(call, value))


def _called(call: Callable[[dict[str, Any]], Any], values: dict[str, Any]) -> tuple[int, Any]:
    """Return status and answer; what a person can put right is one line."""
    try:
        return 200, call(values)
    except InputError as error:
        return 400, {"error": str(error)}
    except OSError as error:
        return 507, {"error": f"cannot be written ({error.strerror or error})"}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return 400, {"error": f"not a request of this app ({type(error).__name__}: {error})"}


def _json(status: int, value: Any) -> Response:
    from starlette.responses import Response

    content = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return Response(content, status_code=status, media_type="application/json")
