"""HTTP as captures and downloads use it: streamed, and every failure in one line."""

from __future__ import annotations

import contextlib
import email.message
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import requests

USER_AGENT = "boilerbench"
CHUNK_BYTES = 1 << 16
_TRANSIENT = (408, 425, 429)


class TransferError(Exception):
    """A transfer that failed, in one line without the address.

    Attributes:
        lasting: whether another attempt would fail alike.
    """

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        super().__init__(reason)
        self.lasting = lasting


@contextlib.contextmanager
def get(
    address: str,
    *,
    seconds: float,
    redirects: int = 30,
    accept: str = "*/*",
    any_status: bool = False,
) -> Iterator[requests.Response]:
    """Open an http(s) address; what fails in the body of the ``with`` statement is translated, too.

    Args:
        address: where to send a GET request. No compression is asked for.
        seconds: how long to wait for the connection, and for each piece of the answer.
        redirects: how many are followed.
        accept: the value of the header ``Accept``.
        any_status: whether an answer with an error status is an answer like another.

    Raises:
        TransferError: there is no answer, it is an error, or the transfer broke off.
    """
    import requests

    # A server may else pack what is packed already, and its size would say nothing.
    headers = {"User-Agent": USER_AGENT, "Accept": accept, "Accept-Encoding": "identity"}
    try:
        with requests.Session() as session:
            session.max_redirects = redirects
            with session.get(address, headers=headers, timeout=seconds, stream=True) as response:
                if not any_status:
                    response.raise_for_status()
                yield response
    except requests.RequestException as error:
        reason, lasting = _explanation(error, seconds, redirects)
        raise TransferError(reason, lasting=lasting) from None


def _explanation(error: requests.RequestException, seconds: float, redirects: int) -> tuple[str, bool]:
    """Say in words why a request failed, and whether another attempt would fail alike."""
    import requests

    if isinstance(error, requests.HTTPError) and error.response is not None:
        code = error.response.status_code
        answer = " ".join(f"the server answers {code} {error.response.reason or ''}".split())
        return answer, 400 <= code < 500 and code not in _TRANSIENT
    known: list[tuple[type[Exception], str, bool]] = [
        (requests.TooManyRedirects, f"more than {redirects} redirects", True),
        (requests.Timeout, f"no answer within {seconds:g} seconds", False),
        (requests.exceptions.SSLError, "its certificate is not trusted", True),
        (requests.exceptions.ContentDecodingError, "damaged on its way", False),
        # InvalidURL, InvalidSchema and their kin.
        (ValueError, "it, or what it redirects to, is no http(s) address", True),
    ]
    for kind, reason, lasting in known:
        if isinstance(error, kind):
            return reason, lasting
    unreachable = _unreachable(error)
    return unreachable or "the transfer broke off", bool(unreachable)


def _unreachable(error: Exception) -> str:
    """Say why there is no connection at all; empty where that is not the trouble."""
    from urllib3.exceptions import NameResolutionError, NewConnectionError

    cause = getattr(error.args[0] if error.args else None, "reason", None)
    if isinstance(cause, NameResolutionError):
        return "its host is not known; is there a network?"
    if isinstance(cause, NewConnectionError):
        return "no connection; is there a network?"
    return ""


def charset_of(content_type: str) -> str | None:
    """Return the charset that a header ``Content-Type`` names, as it is spelled; None without one."""
    header = email.message.Message()
    header["Content-Type"] = content_type.encode("ascii", "replace").decode()
    charset = header.get_param("charset")
    return charset.strip() or None if isinstance(charset, str) else None
