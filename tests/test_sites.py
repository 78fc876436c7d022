"""The site of a page: a few of the public suffix list's own rules, and what is no domain."""

from __future__ import annotations

import pytest

from boilerbench.sites import is_web_address, site_of, suffix_list_version


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.example.com/a?b=c", "example.com"),
        ("https://News.BBC.co.uk/1", "bbc.co.uk"),
        ("http://example.com.:8080/", "example.com"),
        # The private section: two authors of one platform are two sites.
        ("https://anna.github.io/x", "anna.github.io"),
        ("https://ben.github.io/x", "ben.github.io"),
        # publicsuffix.org/list: *.ck is a suffix, !www.ck is not.
        ("https://a.b.ck/", "a.b.ck"),
        ("https://www.ck/", "www.ck"),
        ("https://bücher.example/", "bücher.example"),
        # Hosts that are no registered domain are sites of their own.
        ("https://co.uk/", "co.uk"),
        ("http://localhost:8000/", "localhost"),
        ("http://192.0.2.7/", "192.0.2.7"),
        ("http://[2001:db8::7]/", "2001:db8::7"),
        ("file:///tmp/page.html", ""),
        ("http://[broken", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_site_of_a_page(url: str | None, site: str) -> None:
    assert site_of(url) == site


def test_the_list_has_a_version() -> None:
    assert suffix_list_version().count(".") >= 2


def test_what_a_web_address_is() -> None:
    assert is_web_address("https://a.example/")
    assert is_web_address("http://[::1]:8000/x")
    assert not any(
        map(is_web_address, ("", "http://[", "https:///x", "ftp://a.example", "a.example", "data:,x"))
    )
