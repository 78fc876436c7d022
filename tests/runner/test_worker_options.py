"""Options by a tool's own signature: names and types, and nothing that silently means something else."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Literal, Optional, Union

import pytest

from boilerbench.runner.worker_options import OptionError, checked, described


def typed(
    page: str,
    url: Optional[str] = None,  # noqa: UP045 - as older tools write it
    *,
    exact: bool = False,
    depth: int = 3,
    share: float = 0.5,
    name: Optional[str] = None,  # noqa: UP045
    mode: Literal["fast", "slow"] = "fast",
    either: Union[bool, str] = False,  # noqa: UP007
    names: set[str] | None = None,
    anything: Any = None,
) -> str:
    raise NotImplementedError


def untyped(page, url=None, exact=False, depth=3, share=0.5, name="x", unknown=None, how=...):  # type: ignore[no-untyped-def]
    raise NotImplementedError


def adapter(function: Callable[..., Any]) -> SimpleNamespace:
    def load(*, own: int = 1, **options: Any) -> None: ...

    return SimpleNamespace(load=load, options=lambda: function)


@pytest.mark.parametrize(
    ("function", "given", "taken"),
    [
        (typed, {"exact": True, "depth": 5, "share": 1, "name": "a", "mode": "slow"}, {"share": 1.0}),
        (typed, {"name": None, "names": None, "anything": 7}, {}),
        # Text of digits was only read as a number.
        (typed, {"name": 2024, "either": 5}, {"name": "2024", "either": "5"}),
        (untyped, {"exact": False, "depth": 0.5, "share": 1, "name": "y", "unknown": "z", "how": True}, {}),
        (untyped, {"name": 7, "own": 2}, {"name": "7"}),
    ],
)
def test_what_fits_is_taken(
    function: Callable[..., Any], given: dict[str, Any], taken: dict[str, Any]
) -> None:
    result = checked(adapter(function), given)
    assert result == {**given, **taken}
    assert [type(result[name]) for name in taken] == [type(value) for value in taken.values()]


@pytest.mark.parametrize(
    ("function", "given", "message"),
    [
        (typed, {"exat": True}, "there is no option exat; did you mean exact?"),
        (typed, {"url": "x"}, "there is no option url; there are anything, depth, either, exact, mode"),
        (typed, {"page": "x"}, "there is no option page"),
        (typed, {"exact": "yes"}, "option exact takes true or false, not yes"),
        (typed, {"exact": 1}, "option exact takes true or false, not 1"),
        (typed, {"exact": None}, "option exact takes true or false, not None"),
        (typed, {"depth": True}, "option depth takes an integer, not true"),
        (typed, {"depth": 0.5}, "option depth takes an integer, not 0.5"),
        (typed, {"share": "much"}, "option share takes a number, not much"),
        # 1.10 would have become 1.1.
        (typed, {"name": 1.1}, "option name takes text, None, not 1.1"),
        (typed, {"mode": "best"}, "option mode takes fast, slow, not best"),
        (typed, {"names": "a"}, "option names takes no value that can be written in a spec, not a"),
        (untyped, {"exact": "False"}, "option exact takes true or false, not False"),
        (untyped, {"depth": "deep"}, "option depth takes a number, not deep"),
        (untyped, {"own": "x"}, "option own takes an integer, not x"),
    ],
)
def test_what_does_not_fit_is_refused(
    function: Callable[..., Any], given: dict[str, Any], message: str
) -> None:
    with pytest.raises(OptionError) as caught:
        checked(adapter(function), given)
    assert str(caught.value).startswith(message)


def test_an_adapter_without_options() -> None:
    def load() -> None: ...

    with pytest.raises(OptionError, match="there is no option x; there are none"):
        checked(SimpleNamespace(load=load), {"x": 1})
    assert described(SimpleNamespace(load=load)) == []


def test_what_is_described() -> None:
    rows = {row["name"]: (row["takes"], row["default"]) for row in described(adapter(typed))}
    assert rows == {
        "exact": ("true or false", "false"),
        "depth": ("an integer", "3"),
        "share": ("a number", "0.5"),
        "name": ("text, None", "None"),
        "mode": ("fast, slow", "fast"),
        "either": ("true or false, text", "false"),
        "anything": ("any value", "None"),
        "own": ("an integer", "1"),
    }


def test_a_function_that_does_not_tell() -> None:
    """Of one in C without a signature any option may be right; it will say itself."""
    given = {"whatever": 1}
    assert checked(adapter(min), given) == given


def test_an_option_that_is_a_keyword_of_python_has_an_underscore_in_the_adapter() -> None:
    def load(*, as_: Literal["text", "html"] = "text", with_: int = 1, name_: int = 1) -> None: ...

    adapter = SimpleNamespace(load=load)
    assert [row["name"] for row in described(adapter)] == ["as", "with", "name_"]
    assert checked(adapter, {"as": "html"}) == {"as_": "html"}
    with pytest.raises(OptionError, match="option as takes text, html, not pdf"):
        checked(adapter, {"as": "pdf"})
