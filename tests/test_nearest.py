"""The nearest name: typos, parts of names, nothing alike, and paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.errors import InputError
from boilerbench.measures import make_measure
from boilerbench.nearest import hint, named, nearest, nearest_path
from boilerbench.policy import parse_policy
from boilerbench.results import load_run
from tests.conftest import write_aeb, write_wcxb


@pytest.mark.parametrize(
    ("asked", "names", "expected"),
    [
        # Distances by hand: one swap of three letters; one letter too many of four; two of eleven.
        ("abe", ["wcxb", "aeb"], "aeb"),
        ("aebx", ["aeb", "wceb"], "aeb"),
        ("trafilatuar", ["justext", "trafilatura"], "trafilatura"),
        ("READABILITY", ["readability-js", "boilerpy"], "readability-js"),
        # No name is like it, but one has it in it.
        ("news", ["harbour-news", "ferry"], "harbour-news"),
        ("ws", ["harbour-news", "ferry"], None),
        ("nobody", ["good", "peer"], None),
        ("x", [], None),
        ("", ["a"], None),
        # Equally near: by the alphabet.
        ("b0", ["b2", "b1"], None),
        ("bee0", ["bee2", "bee1"], "bee1"),
    ],
)
def test_the_nearest_name(asked: str, names: list[str], expected: str | None) -> None:
    assert nearest(asked, names) == expected


def test_names_without_one_alike_are_listed() -> None:
    names = [f"name-{number}" for number in range(20)]
    assert hint("zzz", names).startswith("there are name-0, name-1, ")
    assert hint("zzz", names).endswith(" and 12 more")
    assert hint("zzz", []) == "there are none"


def test_a_beginning_is_enough_where_no_other_name_has_it() -> None:
    assert named("document", "fer", ["ferry", "harbour"]) == "ferry"
    assert named("document", "a", ["a", "ab"]) == "a"
    with pytest.raises(LookupError, match=r"document 'fer' may be any of ferry, ferment; give more"):
        named("document", "fer", ["ferry", "ferment"])
    with pytest.raises(LookupError, match=r"no document 'fery' here; did you mean ferry\?"):
        named("document", "fery", ["ferry", "harbour"], " here")


def test_the_nearest_path(tmp_path: Path) -> None:
    (tmp_path / "data" / "corpora" / "aeb").mkdir(parents=True)
    assert nearest_path(tmp_path / "dta" / "corpora" / "abe") == tmp_path / "data" / "corpora" / "aeb"
    assert nearest_path(tmp_path / "data") is None
    assert nearest_path(tmp_path / "elsewhere") is None
    for odd in ("n" * 300, "a\0b", "~nobody-there/x", ""):
        assert nearest_path(odd) is None


def test_a_path_alone_is_opened_in_the_format_of_its_files(tmp_path: Path) -> None:
    page = "<html><body><p>Text of the page.</p></body></html>"
    write_aeb(tmp_path / "data" / "mine", {"a": (page, "Text of the page.")})
    write_wcxb(tmp_path / "other" / "dev", {"b": (page, "Text.", "article")})
    assert open_corpus(str(tmp_path / "data" / "mine")).spec == f"aeb:{tmp_path}/data/mine"
    for spec, meant in (
        (f"{tmp_path}/data/mime", f"aeb:{tmp_path}/data/mine"),
        (f"{tmp_path}/data", f"aeb:{tmp_path}/data/mine"),
        (f"{tmp_path}/data/mine/html", f"aeb:{tmp_path}/data/mine"),
        (f"wcxb:{tmp_path}/data/mine", f"aeb:{tmp_path}/data/mine"),
        (f"aeb:{tmp_path}/data/mime", f"aeb:{tmp_path}/data/mine"),
        (f"{tmp_path}/other", f"wcxb:{tmp_path}/other/dev"),
        (f"wcxb:{tmp_path}/other/def", f"wcxb:{tmp_path}/other/dev"),
        (f"abe:{tmp_path}/data/mine", "aeb"),
        ("wcbx/dev", "wcxb/dev"),
    ):
        with pytest.raises(InputError, match=r"did you mean ") as caught:
            open_corpus(spec)
        assert str(caught.value).endswith(f"did you mean {meant}?"), spec


def test_what_never_ends_is_no_corpus() -> None:
    for spec in ("jsonl:/dev/zero", "/dev/zero", "jsonl:/dev/full", "webmainbench:/dev/zero"):
        with pytest.raises(InputError, match=r"no regular file|is neither gold nor"):
            open_corpus(spec)


def test_names_of_parts_and_runs(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"unknown measure 'wrods'; did you mean words\?"):
        make_measure("wrods", "icu")
    with pytest.raises(InputError, match=r"no such file; did you mean default\?"):
        parse_policy("defualt")
    with pytest.raises(InputError, match=r"no label 'coment'; did you mean comment\?"):
        parse_policy("default,+coment")
    (tmp_path / "runs" / "gold").mkdir(parents=True)
    (tmp_path / "runs" / "gold" / "run.json").write_text("{}")
    for name in ("runs", "runs/glod", "rusn/gold"):
        with pytest.raises(InputError, match=r"did you mean .*/runs/gold\?$"):
            load_run(tmp_path / name)
