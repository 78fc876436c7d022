"""jusText's adapter: which stop list a page is judged by."""

from __future__ import annotations

import pytest

from boilerbench.extractors import Adapter, open_extractor
from boilerbench.extractors.adapters.justext import _STOP_LISTS, _stop_list_of
from boilerbench.records import Extraction, Page
from boilerbench.runner import WorkerLimits
from tests.runner.support import extract

GERMAN = (
    "Die Fähre fährt um neun, und wer mit will, der soll sich einen Mantel mitnehmen, denn es wird auf dem "
    "Wasser schon im Herbst so kalt, dass man es ohne einen solchen nicht lange an Deck aushält, und nach "
    "drinnen lässt sie keinen, der nicht auch etwas zu trinken bei ihr kauft."
)


def extracted(content: bytes, spec: str = "justext") -> Extraction:
    extractor = open_extractor(spec)
    assert isinstance(extractor, Adapter)
    (found,) = extract(["page"], lambda _: Page(content), [extractor], limits=WorkerLimits(30))
    return found


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (b'<!DOCTYPE html><html lang="de-AT" class="x">', "German"),
        (b"<HTML XML:LANG=tr><body>", "Turkish"),
        (b"<html class='a' lang='nb'>", "Norwegian_Bokmal"),
        ("<html lang='pl'>".encode("utf-16"), "Polish"),
        # Languages without a list of their own: the language-independent mode.
        (b'<html lang="zh-Hant">', "none"),
        (b'<html lang="ja">', "none"),
        (b'<html lang=""><body>', "English"),
        (b'<html data-lang="de"><p lang="fr">', "English"),
        (b"", "English"),
    ],
)
def test_the_stop_list_is_that_of_the_declared_language(page: bytes, name: str) -> None:
    assert _stop_list_of(page) == name


def test_every_list_that_is_named_is_the_tools() -> None:
    justext = pytest.importorskip("justext")
    assert set(_STOP_LISTS.values()) < set(justext.get_stoplists())


def test_a_page_is_judged_in_its_language() -> None:
    page = f'<html lang="de"><body><p>{GERMAN}</p></body></html>'.encode()
    assert extracted(page).text == GERMAN
    assert extracted(page, "justext?language=German").text == GERMAN
    assert extracted(page, "justext?language=English").text == ""
    assert extracted(page, "justext?language=none").text == GERMAN


def test_a_language_that_the_tool_does_not_have() -> None:
    with pytest.raises(Exception, match="Stoplist for language 'Klingon' is missing"):
        extracted(b"<p>", "justext?language=Klingon")
