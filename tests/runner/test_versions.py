"""Released versions, from an index on loopback, and the choice among them."""

from __future__ import annotations

import pytest

from boilerbench.extractors import Requirement
from boilerbench.runner.installers import UnavailableError
from boilerbench.runner.versions import between, released_versions
from tests.runner.index import Index, wheel


def test_releases_are_listed_oldest_first_by_version_and_not_by_date(index: Index) -> None:
    for version, day in (("1.10.0", "01"), ("1.9.0", "02"), ("2.0.0rc1", "03"), ("1.2.0", "04")):
        index.add("tool", version, wheel("tool", version, ""), f"2024-01-{day}T00:00:00Z")
    told: list[str] = []
    # 10 comes after 9, and a release candidate is no release.
    assert released_versions(Requirement("python", "tool"), told.append) == ["1.2.0", "1.9.0", "1.10.0"]
    assert told == ["1.10.0", "1.9.0", "1.2.0"]


def test_the_version_of_the_requirement_does_not_matter(index: Index) -> None:
    for version in ("1.0", "2.0"):
        index.add("tool", version, wheel("tool", version, ""), "2024-01-01T00:00:00Z")
    assert released_versions(Requirement("python", "tool", version="1.0")) == ["1.0", "2.0"]


def test_an_unknown_package_is_unavailable(index: Index) -> None:
    with pytest.raises(UnavailableError, match="nothing-of-the-kind"):
        released_versions(Requirement("python", "nothing-of-the-kind"))


@pytest.mark.parametrize(
    ("oldest", "newest", "chosen"),
    [
        (None, None, ["1.2.0", "1.9.0", "1.10.0"]),
        ("1.9.0", None, ["1.9.0", "1.10.0"]),
        (None, "1.9", ["1.2.0", "1.9.0"]),
        ("1.3", "1.9.9", ["1.9.0"]),
        ("2", None, []),
    ],
)
def test_versions_between_two(oldest: str | None, newest: str | None, chosen: list[str]) -> None:
    assert between(["1.2.0", "1.9.0", "1.10.0"], oldest, newest) == chosen


def test_an_end_that_is_no_version_raises() -> None:
    with pytest.raises(ValueError, match="newest"):
        between(["1.0"], "newest", None)
