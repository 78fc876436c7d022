"""What labels count as, and how that is changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from boilerbench.errors import InputError
from boilerbench.policy import default_policy, parse_policy
from boilerbench.records import Block, Gold, Role

BODY, OPTIONAL, BOILERPLATE = Role
BLOCKS = (
    Block("Title", "title"),
    Block("Body.", "paragraph"),
    Block("Nice!", "comment"),
    Block("More.", "paragraph"),
)
FILE = """body = [
    "heading", "paragraph", "list", "quote", "code", "table", "formula", "entry", "comment", "title",
]
optional = ["byline", "date", "caption"]
boilerplate = [
    "navigation", "related", "share", "subscribe", "advert", "consent", "tags", "legal", "interface",
]
"""


def test_the_default_is_the_designs() -> None:
    policy = default_policy()
    body = ["heading", "paragraph", "list", "quote", "code", "table", "formula", "entry"]
    assert policy.labels(Role.BODY) == body
    assert policy.labels(Role.OPTIONAL) == ["title", "byline", "date", "caption"]
    assert len(policy.roles) == 22


def test_a_policy_makes_body_and_optional_text_of_blocks() -> None:
    gold = default_policy().applied(Gold("as it was", blocks=BLOCKS))
    assert (gold.body, gold.roles) == ("Body.\n\nMore.", (OPTIONAL, BODY, BOILERPLATE, BODY))
    changed = parse_policy("default,+comment,-title,~paragraph").applied(gold)
    assert (changed.body, changed.roles) == ("Nice!", (BOILERPLATE, OPTIONAL, BODY, OPTIONAL))


def test_gold_without_blocks_is_what_it_is() -> None:
    gold = Gold("as it was")
    assert parse_policy("default,+comment").applied(gold) is gold


def test_a_file_is_named_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(FILE)
    policy = parse_policy(str(file))
    assert policy.roles["comment"] == Role.BODY
    assert policy.name.startswith("mine-")
    file.write_text(FILE.replace('"title",\n', "\n").replace('["byline"', '["title", "byline"'))
    assert parse_policy(str(file)).name != policy.name
    assert parse_policy(f"{file},-comment").name.endswith(",-comment")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (FILE.replace('"legal", ', ""), "legal has no role"),
        (FILE.replace('"legal"', '"legal", "leagl"'), "leagl is no label"),
        (FILE.replace('"date"', '"date", "legal"'), "legal is both optional and boilerplate"),
        (FILE.replace("optional", "maybe"), "'maybe' is not one of body, optional, boilerplate"),
        ("body = [", "not TOML"),
    ],
)
def test_a_file_that_is_wrong_is_one_line(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(content)
    with pytest.raises(InputError, match=message) as caught:
        parse_policy(str(file))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("spec", ["defualt", "default,comment", "default,+coment", "default,", "default,+"])
def test_a_spec_that_is_wrong_says_what_to_write(spec: str) -> None:
    with pytest.raises(InputError, match=r"policy .*; (?:write |did you mean |there are )"):
        parse_policy(spec)
