"""What a reply returns: text, or markup with its format, and what is neither."""

from __future__ import annotations

from typing import Any

import pytest

from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.outputs import returned
from boilerbench.runner.replies import ProtocolError


@pytest.mark.parametrize(
    ("reply", "output"),
    [
        ({"text": "# a"}, ("# a", "", None)),
        ({"text": None}, (None, "", None)),
        ({}, (None, "", None)),
        ({"markup": "# a", "format": "markdown"}, ("a", "# a", "markdown")),
        ({"markup": "<p>a", "format": "html", "text": "ignored"}, ("a", "<p>a", "html")),
        ({"markup": None, "format": "html"}, (None, "", "html")),
        ({"markup": "![a](b)", "format": "markdown"}, ("", "![a](b)", "markdown")),
    ],
)
def test_an_output_is_read(reply: dict[str, Any], output: tuple[Any, ...]) -> None:
    assert returned(reply, WorkerLimits(30)) == output


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        ({"text": 5}, "text is neither text nor null"),
        ({"markup": 5, "format": "html"}, "markup is neither text nor null"),
        ({"markup": "a"}, "format of markup is none of markdown, html"),
        ({"markup": "a", "format": ["html"]}, "format of markup is none of markdown, html"),
        (
            {"markup": "<b>" * 100_001 + "a", "format": "html"},
            "markup: elements nested more than 100,000 deep",
        ),
    ],
)
def test_what_is_no_output(reply: dict[str, Any], problem: str) -> None:
    with pytest.raises(ProtocolError, match=problem):
        returned(reply, WorkerLimits(30))
