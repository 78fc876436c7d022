"""Two annotators, blind to one another, and what they differ in settled: from nothing to gold."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from boilerbench.corpora.gold import GoldCorpus
from tests.conftest import Command
from tests.corpora.warcs import page as web_page
from tests.corpora.warcs import write_warc
from tests.labelling.app.conftest import Enter, Serve, labels, saved

AGREED = ["]", "n", "m", "p", "p", "y", "r", "r"]


def test_two_annotators_and_settling(root: Path, serve: Serve, enter: Enter, command: Command) -> None:
    for name, last in (("ab", "j"), ("cd", "n")):
        server = serve(root, "--as", name)
        page = enter(server)
        expect(page.locator("#accept-all")).to_be_hidden()
        expect(page.locator("#progress")).to_contain_text("10 of 10 left")
        for key in [*AGREED, last]:
            page.keyboard.press(key)
        saved(page)
        server.kill()
    folder = root / "library"
    assert 'annotators = ["ab", "cd"]' in (folder / "document.toml").read_text()
    assert (folder / "annotator-1.txt").read_text().split()[-1] == "legal"
    assert (folder / "annotator-2.txt").read_text().split()[-1] == "navigation"
    assert set(labels(root)) == {"?"}

    page = enter(serve(root))
    page.locator("#show-settle").click()
    expect(page.locator("#settle p")).to_contain_text("1 of 1 differences are not settled")
    page.locator("#decision").fill("25")
    page.locator("#settle").focus()
    page.keyboard.press("1")
    expect(page.locator("#settle p")).to_contain_text("0 of 1")
    assert labels(root)[-1] == "legal"
    assert (folder / "settled.tsv").read_text() == "10\tlegal\tnavigation\tlegal\t25\n"
    page.keyboard.press("Escape")
    # What is missing besides labels comes up by itself.
    page.locator("#fact-page_type").fill("news")
    page.locator("#fact-page_type").press("Tab")
    expect(page.locator("[data-tab=findings]")).to_have_text("Check: fine")
    assert GoldCorpus.open(str(root)).findings("library") == []
    table = command("gold", "agreement", "-g", root).out
    assert "ab and cd" in table
    assert "9 of 10 blocks in 1 document have the same label" in table


def test_a_second_annotator_is_never_shown_a_suggestion(root: Path, serve: Serve, enter: Enter) -> None:
    toml = root / "library" / "document.toml"
    toml.write_text(toml.read_text().replace("annotators = []", 'annotators = ["ab", "cd"]'))
    page = enter(serve(root, "--as", "cd"))
    page.wait_for_selector("#desk[data-fresh='1']")
    assert page.locator("#blocks li[data-suggested]").count() == 0


def test_a_new_page_from_within(root: Path, serve: Serve, enter: Enter) -> None:
    page = enter(serve(root, "--no-suggestions", "--all"))
    page.locator("#show-queue").click()
    page.locator("#queue summary").click()
    page.locator("#queue textarea").fill("A note\n\nof two lines")
    page.locator("#queue input[name=id]").fill("note")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#document")).to_have_text("note")
    expect(page.locator("#notice")).to_contain_text("it shows only 5 words")
    assert (root / "note" / "labels.tsv").read_text() == "?\tA note\n?\tof two lines\n"


def test_unsure_pages_come_last(root: Path, serve: Serve, enter: Enter) -> None:
    page = enter(serve(root, "--no-suggestions", "--all"))
    page.locator("#unsure").click()
    page.locator("#remark textarea").fill("Is the note body?")
    page.get_by_role("button", name="Sure again").click()
    page.locator("#show-queue").click()
    expect(page.locator("#queue tbody tr")).to_contain_text("Is the note body?")


def test_a_page_of_a_web_archive_from_within(root: Path, serve: Serve, enter: Enter, tmp_path: Path) -> None:
    """Chosen as a file, of which the address names the page, or named by its path."""
    addresses = ["https://site.example/a", "https://site.example/b"]
    archive = write_warc(tmp_path, [web_page(address[-1], address) for address in addresses])
    page = enter(serve(root, "--no-suggestions", "--all"))
    page.locator("#show-queue").click()
    page.locator("#queue summary").click()
    page.locator("#queue input[type=file]").set_input_files(archive)
    page.locator("#queue input[name=id]").fill("first")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#notice")).to_contain_text("crawl.warc.gz: several pages; name one")
    page.locator("#queue input[name=source]").fill(addresses[0])
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#document")).to_have_text("first")
    page.locator("#show-queue").click()
    page.locator("#queue summary").click()
    page.locator("#queue input[name=source]").fill(f"{archive}@{addresses[1]}")
    page.locator("#queue input[name=id]").fill("second")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#document")).to_have_text("second")
    assert [(root / name / "labels.tsv").read_text() for name in ("first", "second")] == ["?\ta\n", "?\tb\n"]
