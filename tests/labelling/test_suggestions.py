"""Labels suggested for a page: by its site, by all labelled pages, by what it has already."""

from __future__ import annotations

from boilerbench.labelling.label_model import train
from boilerbench.labelling.suggestions import LearnedPage, Suggestions, features_of
from boilerbench.records import Page

LABELS = ("navigation", "title", "paragraph", "paragraph", "legal")


def page(name: str, menu: str = "menu") -> Page:
    html = (
        f"<nav class={menu}><a href=/>Home {name}</a></nav><h1>Headline {name}</h1>"
        f"<p>{name} has a long running text here.</p><p>And {name} goes on at some length.</p>"
        f"<footer><a href=/privacy>Privacy</a></footer>"
    )
    return Page(html.encode(), f"https://{name}.example/")


LEARNED = [
    LearnedPage(name, f"{name}.example", features_of(page(name)), LABELS) for name in ("one", "two", "three")
]


def test_a_page_like_those_that_are_labelled() -> None:
    suggestions = Suggestions(LEARNED)
    features = features_of(page("four"))
    assert suggestions.suggested(suggestions.base(features), features, ["?"] * 5) == list(LABELS)


def test_what_has_a_label_is_not_suggested_and_changes_what_is() -> None:
    suggestions = Suggestions(LEARNED)
    features = features_of(page("four"))
    base = suggestions.base(features)
    given = ["?", "?", "quote", "?", "?"]
    before = suggestions.suggested(base, features, ["?"] * 5)
    after = suggestions.suggested(base * 0.01, features, given)
    assert before[3] == "paragraph"
    assert (after[2], after[3]) == ("?", "quote")


def test_what_the_site_has_elsewhere_comes_first() -> None:
    other = (*LABELS[:4], "consent")
    site = [*LEARNED, LearnedPage("four", "four.example", features_of(page("four")), other)]
    suggestions = Suggestions(site)
    features = features_of(page("four"))
    asked = ["?"] * 5
    of_site = suggestions.suggested(suggestions.base(features, "five", "four.example"), features, asked)
    assert of_site[4] == "consent"
    # A page teaches nothing about itself in this way.
    itself = suggestions.base(features, "four", "four.example")
    assert (itself == suggestions.base(features)).all()


def test_the_same_pages_make_the_same_model() -> None:
    pages = [(learned.features.blocks, learned.labels) for learned in LEARNED]
    first, second = train(pages), train(pages)
    assert (first.weights == second.weights).all()
    assert (first.steps == second.steps).all()


def test_given_labels_stay_whatever_the_scores_say() -> None:
    model = train([(learned.features.blocks, learned.labels) for learned in LEARNED])
    scores = model.scores(features_of(page("four")).blocks)
    assert model.decoded(scores, {0: "formula", 4: "tags"})[::4] == ["formula", "tags"]
    assert model.decoded(scores[:0]) == []
