"""Pages to label next: disputed ones, of each kind its share, no two of one site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boilerbench.survey.proposals import PageRow, drawn_by_chance, most_worth_labelling


def row(number: int, disagreement: float, site: str = "", language: str = "en", words: int = 100) -> PageRow:
    return PageRow(
        f"d{number:05}",
        "",
        site or f"s{number}.example",
        "example",
        language,
        "small",
        "prose",
        9,
        disagreement,
        words,
        1,
    )


def test_the_most_disputed_come_first() -> None:
    rows = [row(number, number / 100) for number in range(100)]
    assert [each.document for each in most_worth_labelling(rows, 3)] == ["d00099", "d00098", "d00097"]


def test_no_two_of_one_site_but_where_no_site_is_known() -> None:
    rows = [row(number, 0.9, "one.example") for number in range(9)] + [row(10, 0.1)]
    assert [each.site for each in most_worth_labelling(rows, 5)] == ["one.example", "s10.example"]
    assert len(most_worth_labelling([row(number, 0.9, "unknown") for number in range(9)], 5)) == 5


def test_a_kind_has_its_share_of_disagreement() -> None:
    # 30 * 0.2, 10 * 0.3 and 10 * 0.1: six, three and one of ten.
    rows = [row(number, 0.2) for number in range(30)]
    rows += [row(number, 0.3, language="de") for number in range(30, 40)]
    rows += [row(number, 0.1, language="th") for number in range(40, 50)]
    chosen = most_worth_labelling(rows, 10)
    assert Counter(each.language for each in chosen) == {"en": 6, "de": 3, "th": 1}
    assert most_worth_labelling(reversed(rows), 10) == chosen


def test_pages_with_hardly_a_word_are_left_out() -> None:
    assert most_worth_labelling([row(1, 1.0, words=49)], 3) == []


def test_few_are_held() -> None:
    alive = Counter[str]()

    class Watched(PageRow):
        def __del__(self) -> None:
            alive["now"] -= 1

    def rows() -> Iterator[PageRow]:
        for number in range(20_000):
            alive["now"] += 1
            alive["most"] = max(alive.values())
            yield Watched(
                f"d{number}", "", f"s{number}", "", "en", "", "", 1, (number * 7919 % 1000) / 1000, 99, 1
            )

    assert len(most_worth_labelling(rows(), 10)) == 10
    assert alive["most"] < 100


def test_a_sample_by_chance_has_any_page() -> None:
    rows = [row(number, 0.5 * (number % 2), words=number % 3) for number in range(200)]
    drawn = drawn_by_chance(rows, 50, seed=1)
    assert len(drawn) == 50
    assert {each.disagreement for each in drawn} == {0, 0.5}
    assert drawn_by_chance(reversed(rows), 50, seed=1) == drawn
    assert drawn_by_chance(rows, 50, seed=2) != drawn
