"""The site of a page: its registered domain, by the public suffix list."""

from __future__ import annotations

import functools
import ipaddress
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


def is_web_address(url: str) -> bool:
    """Whether a text is an http(s) address with a host; ``http://[`` is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def site_of(url: str | None) -> str:
    """Return the registered domain of a URL: one label below its public suffix.

    The private section of the list counts, so that two authors of ``github.io`` are two sites. A host that
    is itself a public suffix, an IP address or a name without a dot is its own site.

    Args:
        url: the URL of a page, if it is known.

    Returns:
        The site in lower case, or an empty text where there is no URL or no host in it.
    """
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return ""
    if not host:
        return ""
    host = host.rstrip(".")
    if _is_address(host):
        return host
    return _suffixes().privatesuffix(host) or host


def suffix_list_version() -> str:
    """Return the version of the public suffix list, which is that of its package."""
    return version("publicsuffixlist")


def _is_address(host: str) -> bool:
    if ":" not in host and not host[-1:].isdigit():
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


@functools.cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    # Without the network: the list comes with the package.
    return PublicSuffixList()
