"""How extractors are written down."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from boilerbench.errors import InputError
from boilerbench.extractors.spec import _FLOAT, Spec, parse


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("trafilatura", Spec("trafilatura")),
        ("readability-lxml@0.8.4.1", Spec("readability-lxml", "0.8.4.1")),
        ("trafilatura?favor_precision=true", Spec("trafilatura", None, (("favor_precision", True),))),
        (
            "justext@3.0.2?language=German&max_link_density=0.3&length_low=70&no_headings=false",
            Spec(
                "justext",
                "3.0.2",
                (
                    ("language", "German"),
                    ("length_low", 70),
                    ("max_link_density", 0.3),
                    ("no_headings", False),
                ),
            ),
        ),
        ("tool?path=%2Fa%26b&empty=", Spec("tool", None, (("empty", ""), ("path", "/a&b")))),
    ],
)
def test_a_spec_is_read(text: str, spec: Spec) -> None:
    parsed = parse(text)
    assert parsed == spec
    assert [type(value) for _, value in parsed.options] == [type(value) for _, value in spec.options]
    assert parse(str(parsed)) == parsed


def test_options_are_named_in_one_order() -> None:
    assert str(parse("t?b=1&a=2")) == "t?a=2&b=1"


@pytest.mark.parametrize("text", ["", "@1.0", "two words", "tool?option", "tool?a=1&a=2", "tool@"])
def test_what_is_no_spec(text: str) -> None:
    with pytest.raises(InputError, match="extractor "):
        parse(text)


options = st.dictionaries(
    st.from_regex(r"[a-z_]{1,8}", fullmatch=True),
    st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    max_size=4,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(options)
@example({"_": "00"})
@example({"_": "-0"})
@example({"_": "\u0663"})
def test_what_is_printed_can_be_read_again(chosen: dict[str, str | int | bool]) -> None:
    spec = Spec("tool", "1.0", tuple(sorted(chosen.items())))
    # Text that looks like an integer or a truth value is read as one; the spec is printed the same. One like
    # 0.50 is printed as the number that it is, and True as the truth value.
    texts = [value for value in chosen.values() if isinstance(value, str)]
    assume(not any(_FLOAT.fullmatch(text) for text in texts))
    assume(not any(text != text.lower() and text.lower() in ("true", "false") for text in texts))
    assert str(parse(str(spec))) == str(spec)


@pytest.mark.parametrize(
    "version", ["latest", "main", ">=2.0", "==2.0", "2.*", "2.x", "~=2.0", "2.0,<3", "[all]", "^1.2.0", "v"]
)
def test_what_pip_or_npm_would_take_is_refused_in_one_line(version: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(f"trafilatura@{version}?fast=true")
    assert str(caught.value).startswith(
        f"extractor 'trafilatura@{version}?fast=true': {version!r} is no version"
    )
    assert "trafilatura@./folder" in str(caught.value)


@pytest.mark.parametrize(
    "version", ["2.0.0", "0.8.4.1", "1.0rc1", "2.0.0-beta.1", "1!2.0", "2024.1.post2", "v3.1"]
)
def test_versions(version: str) -> None:
    spec = parse(f"tool@{version}")
    assert (spec.version, spec.is_source) == (version, False)


@pytest.mark.parametrize(
    "source",
    [
        "./checkout",
        "../dist/tool-2.0-py3-none-any.whl",
        "/absolute/folder",
        "~/tool",
        "tool-1.0.tar.gz",
        "tool-1.0.tgz",
        "folder/checkout",
        ".",
        "git+file:///repositories/tool@v1.0",
        "git+https://code.example/tool.git@feature/x",
    ],
)
def test_trees(source: str) -> None:
    spec = parse(f"tool@{source}?deep=true")
    assert (spec.version, spec.is_source, spec.options) == (source, True, (("deep", True),))
    assert str(spec) == f"tool@{source}?deep=true"


@pytest.mark.parametrize(
    ("text", "value"),
    [("True", True), ("False", False), ("true", True), ("None", None), ("TRUE", "TRUE"), ("none", "none")],
)
def test_values_as_python_spells_them(text: str, value: object) -> None:
    assert parse(f"tool?option={text}").options == (("option", value),)
