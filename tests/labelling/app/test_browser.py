"""The app as a person uses it, in headless Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Response, expect

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.labelling.gold_folder import begin_document
from boilerbench.records import Page as WebPage
from tests.labelling.app.conftest import Enter, Serve, labels, ready, saved

NAV, BODY, RELATED = ["navigation"] * 3, ["paragraph"] * 2, ["related"] * 2


def test_a_page_by_keyboard_alone(root: Path, serve: Serve, enter: Enter) -> None:
    page = enter(serve(root, "--no-suggestions"))
    for key in ("]", "n", "m", "p", "p", "y", "r", "r", "j"):
        page.keyboard.press(key)
    saved(page)
    assert labels(root) == [*NAV, "title", *BODY, "subscribe", *RELATED, "legal"]
    # body.txt follows the labels, and what is missing of document.toml is said and put right.
    assert (root / "library" / "body.txt").read_text() == (
        "The harbour library opened its doors on Monday.\n\nIt has room for forty readers.\n"
    )
    expect(page.locator("[data-tab=findings]")).to_have_text("Check (1)")
    page.locator("[data-tab=facts]").click()
    page.locator("#fact-page_type").fill("news")
    page.locator("#fact-page_type").press("Tab")
    expect(page.locator("[data-tab=findings]")).to_have_text("Check: fine")
    assert GoldCorpus.open(str(root)).findings("library") == []


def test_picking_by_mouse(root: Path, serve: Serve, enter: Enter) -> None:
    page = enter(serve(root, "--no-suggestions"))
    page.locator("#block-1").dblclick()
    page.keyboard.press("n")
    page.locator("#block-4").click()
    page.locator("#block-5").click(modifiers=["Shift"])
    page.keyboard.press("p")
    # In the frame as well, and by dragging.
    frame = page.frame_locator("#page")
    # Playwright's own mouse waits for a script in the frame when it drags, where none runs.
    mouse = page.context.new_cdp_session(page)
    for text, acts in (("Related", ["mousePressed"]), ("Ferry fares", ["mouseMoved", "mouseReleased"])):
        box = frame.locator(f"text={text}").bounding_box()
        assert box is not None
        where = {"x": box["x"] + 5, "y": box["y"] + 5, "button": "left", "buttons": 1, "clickCount": 1}
        for act in acts:
            mouse.send("Input.dispatchMouseEvent", {"type": act, **where})
    page.keyboard.press("r")
    saved(page)
    assert labels(root) == [*NAV, "?", *BODY, "?", *RELATED, "?"]
    assert frame.locator("[data-shown-label=related]").count() == 2


def test_a_slip_of_the_shift_key_changes_no_label(root: Path, serve: Serve, enter: Enter) -> None:
    page = enter(serve(root, "--no-suggestions"))
    for key in ("Shift+N", "Shift+T", "Shift+P"):
        page.keyboard.press(key)
    saved(page)
    assert labels(root)[:4] == ["navigation", "table", "paragraph", "?"]


def test_role_first_label_second(root: Path, serve: Serve, enter: Enter) -> None:
    page = enter(serve(root, "--no-suggestions"))
    page.keyboard.press("3")
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("b")
    # A label of another role is none after that key.
    page.keyboard.press("1")
    page.keyboard.press("n")
    saved(page)
    assert labels(root)[:3] == ["navigation", "byline", "?"]


def test_killed_and_opened_again(root: Path, serve: Serve, enter: Enter) -> None:
    """Whatever has been said to be saved is on disk, and can be taken back by the next session."""
    server = serve(root, "--no-suggestions")
    page = enter(server)
    for key in "nnn":
        page.keyboard.press(key)
    saved(page)
    server.kill()
    assert labels(root)[:4] == [*NAV, "?"]
    page = enter(serve(root, "--no-suggestions"))
    expect(page.locator("#progress")).to_contain_text("7 of 10 left")
    page.keyboard.press("u")
    page.keyboard.press("Control+z")
    saved(page)
    assert labels(root)[:3] == ["navigation", "?", "?"]
    page.keyboard.press("Control+y")
    saved(page)
    assert labels(root)[:3] == ["navigation", "navigation", "?"]


def test_server_and_browser_killed_in_the_middle(root: Path, serve: Serve, enter: Enter) -> None:
    """Of keys in a row all that were answered are on disk, and of those on their way one at most."""
    server = serve(root, "--no-suggestions")
    page = enter(server)
    answered: list[int] = []

    def count(response: Response) -> None:
        if response.url.endswith("/api/label"):
            answered.append(response.status)
            if len(answered) == 3:
                server.process.kill()

    page.on("response", count)
    for key in "nmpqcthd":
        page.keyboard.press(key)
    expect(page.locator("#notice")).to_contain_text("Not saved")
    page.context.close()
    named = ["navigation", "title", "paragraph", "quote", "code", "table", "heading", "date"]
    number = len(labels(root)) - labels(root).count("?")
    assert number - answered.count(200) in (0, 1)
    assert labels(root) == [*named[:number], *["?"] * (10 - number)]
    page = enter(serve(root, "--no-suggestions"))
    expect(page.locator("#progress")).to_contain_text(f"{10 - number} of 10 left")
    page.keyboard.press("u")
    saved(page)
    assert labels(root)[number - 1] == "?"


def test_a_file_that_is_changed_underneath(root: Path, serve: Serve, enter: Enter) -> None:
    page = enter(serve(root, "--no-suggestions"))
    page.keyboard.press("n")
    saved(page)
    file = root / "library" / "labels.tsv"
    file.write_text(file.read_text().replace("?\tImprint", "legal\tImprint"))
    page.keyboard.press("n")
    saved(page)
    assert (labels(root)[1], labels(root)[-1]) == ("navigation", "legal")
    expect(page.locator("#notice")).to_contain_text("1 labels taken over")
    expect(page.locator("#block-9 .label")).to_have_text("legal")
    # Rows of another page are no labels of this one.
    file.write_text("legal\tAnother page\n")
    page.keyboard.press("n")
    expect(page.locator("#notice")).to_contain_text("not the block that the page has here")
    assert file.read_text() == "legal\tAnother page\n"


def test_hidden_text_is_a_block_and_shown_on_request(root: Path, serve: Serve, enter: Enter) -> None:
    page = enter(serve(root, "--no-suggestions"))
    hidden = page.frame_locator("#page").locator("text=Please enter a valid address.")
    expect(hidden).to_be_hidden()
    expect(page.locator("#block-6")).to_have_attribute("data-unseen", "")
    page.locator("#reveal").click()
    expect(hidden).to_be_visible()
    # The page's own style sheet is obeyed.
    colour = "element => getComputedStyle(element).color"
    assert page.frame_locator("#page").locator("nav").evaluate(colour) == "rgb(0, 128, 0)"


def test_both_sides_scroll_together_and_stay_where_the_next_block_is_in_sight(
    tmp_path: Path, serve: Serve, enter: Enter
) -> None:
    html = "<title>Tides</title>" + "".join(f"<p>High water at {number}.</p>" for number in range(300))
    begin_document(tmp_path, "tides", WebPage(html.encode()))
    page = enter(serve(tmp_path, "--no-suggestions"))
    at = "document.getElementById('page').contentWindow.scrollY"
    seen = """() => ['blocks', 'page'].every((id) => {
      const side = document.getElementById(id);
      const block = (side.contentDocument ?? side).querySelector('[data-picked]').getBoundingClientRect();
      const top = side.contentDocument ? 0 : side.getBoundingClientRect().top;
      return block.top >= top && block.bottom <= top + side.clientHeight;
    })"""
    places = []
    for _ in range(40):
        page.keyboard.press("p")
        page.wait_for_function(seen)
        # Time enough for one side to lead the other to a second place.
        page.wait_for_timeout(60)
        places.append(page.evaluate(at))
    assert 2 <= len(set(places)) <= 6
    # What a key has moved leads nothing for 300 ms.
    page.wait_for_timeout(400)
    page.locator("#blocks").hover()
    page.mouse.wheel(0, 4000)
    page.wait_for_function(f"() => {at} > {places[-1] + 1000}")


@pytest.mark.slow
def test_suggestions_are_saved_only_when_they_are_accepted(root: Path, serve: Serve, enter: Enter) -> None:
    page = enter(serve(root))
    page.locator("#accept-all").wait_for(timeout=180_000)
    assert labels(root) == ["?"] * 10
    page.keyboard.press("Space")
    saved(page)
    assert labels(root).count("?") == 9
    page.keyboard.press("0")
    saved(page)
    assert "?" not in labels(root)
    ready(page)
    page.keyboard.press("u")
    saved(page)
    assert labels(root).count("?") == 9


@pytest.mark.slow
def test_a_step_is_one_request_that_brings_what_it_changes(root: Path, serve: Serve, enter: Enter) -> None:
    page = enter(serve(root))
    page.locator("#accept-all").wait_for(timeout=180_000)
    asked: list[str] = []
    answers: list[dict[str, object]] = []
    page.on("request", lambda request: asked.append(request.url.partition("/api/")[2]))
    page.on("response", lambda response: answers.append(response.json()) if "label" in response.url else None)
    # Two in a row: the second goes out when the first is answered, and says what it then knows.
    page.keyboard.press("q")
    page.keyboard.press("q")
    saved(page)
    page.keyboard.press("u")
    saved(page)
    assert [each for each in asked if each != "findings?document=library"] == ["label", "label", "undo"]
    # All labels at one path are suggested what the two were given; nothing else is said.
    assert all("labels" not in answer for answer in answers)
    first = answers[0]["suggestions"]
    assert isinstance(first, dict)
    assert first["changed"]["0"] == ""
    assert set(first["changed"]) < set(map(str, range(10)))
    shown = page.locator("#blocks li[data-suggested]").count()
    page.reload()
    ready(page)
    page.locator("#accept-all").wait_for(timeout=180_000)
    assert page.locator("#blocks li[data-suggested]").count() == shown == 9
