"""How often detectors find the encoding of a page that declares none, by language and length of its text.

    pip install charset-normalizer chardet faust-cchardet
    python perf/detection.py [--by language|encoding|both]

The pages are made of the sentences in detection.toml: each sentence alone (short), each with the two after it
(middle), and each with all the others (long), in the same plain page with menus in ASCII, in every legacy
encoding of its language. Right is what decodes to the very text; pages without a byte beyond ASCII do not
count. A detector that is not installed is left out.
"""

from __future__ import annotations

import argparse
import contextlib
import html
import importlib
import importlib.metadata
import time
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boilerbench.declared_encoding import encoding_named
from boilerbench.decoding import decode_as

LENGTHS = {"short": 1, "middle": 3, "long": 8}
_PAGE = """<html><head><title>{title}</title><style>td {{ font-family: Arial }}</style></head>
<body bgcolor="#ffffff"><table><tr><td><a href="/index.html">Home</a> <a href="/news.html">News</a>
<a href="/contact.html">Info</a></td></tr></table><p>{text}</p><hr>Webmaster, 12/03/2004</body></html>
"""
_WEB_CODECS = [
    *(f"cp{number}" for number in (1252, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258, 866, 874, 932, 949)),
    *(f"iso8859_{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    *("koi8_r", "koi8_u", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "mac_cyrillic", "mac_roman"),
]
_TONES = "\u0300\u0301\u0303\u0309\u0323"

Detector = Callable[[bytes, str], str | None]
"""Takes a page and its top-level domain; returns a label, None where the detector has no answer."""


@dataclass(frozen=True)
class Sample:
    """A page in a legacy encoding that it does not declare."""

    language: str
    tld: str
    encoding: str
    length: str
    content: bytes
    text: str


def samples(file: Path) -> Iterator[Sample]:
    """All pages of the study, in the order of the file."""
    for language, facts in tomllib.loads(file.read_text(encoding="utf-8")).items():
        sentences = facts["sentences"]
        for encoding in facts["encodings"]:
            for length, count in LENGTHS.items():
                for first in range(len(sentences)):
                    chosen = [sentences[(first + step) % len(sentences)] for step in range(count)]
                    text = _PAGE.format(title=chosen[0].split()[0], text=" ".join(chosen))
                    content = encoded(text, encoding)
                    if not content.isascii() or b"\x1b" in content:
                        yield Sample(language, facts["tld"], encoding, length, content, text)


def encoded(text: str, encoding: str) -> bytes:
    """The text in an encoding of the web; what it lacks as character references, as old pages have it."""
    if encoding == "windows-1258":
        text = "".join(map(_with_tone_apart, text))
    codec = {"iso-8859-8-i": "iso8859-8", "windows-874": "cp874", "shift_jis": "cp932"}.get(
        encoding, encoding
    )
    return text.encode(codec, "xmlcharrefreplace")


def _with_tone_apart(letter: str) -> str:
    """A Vietnamese letter with its tone mark as a character of its own, as windows-1258 has it."""
    marks = unicodedata.normalize("NFD", letter)
    tones = [mark for mark in marks if mark in _TONES]
    rest = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    return rest + "".join(tones) if tones else letter


def detectors() -> dict[str, Detector]:
    """The detectors that are installed, by name."""
    makers: dict[str, tuple[str, Callable[..., Detector]]] = {
        "windows-1252": ("builtins", lambda _: lambda content, tld: "windows-1252"),
        "charset-normalizer": ("charset_normalizer", _charset_normalizer),
        "chardet": ("chardet", lambda module: lambda content, tld: module.detect(content)["encoding"]),
        "cchardet": ("cchardet", lambda module: lambda content, tld: module.detect(content)["encoding"]),
        "resiliparse": (
            "resiliparse.parse.encoding",
            lambda module: lambda content, tld: module.detect_encoding(content),
        ),
        "chardetng": ("chardetng_py", lambda module: lambda content, tld: module.detect(content)),
        "chardetng + domain": (
            "chardetng_py",
            lambda module: lambda content, tld: module.detect(content, tld=tld.encode()),
        ),
    }
    installed = {}
    for name, (module, maker) in makers.items():
        try:
            installed[name] = maker(importlib.import_module(module))
        except ImportError:
            print(f"{name}: not installed")
    return installed


def _charset_normalizer(module: Any) -> Detector:
    """charset-normalizer, asked only for encodings that browsers know."""

    def detect(content: bytes, _: str) -> str | None:
        best = module.from_bytes(content, cp_isolation=_WEB_CODECS).best()
        return None if best is None else str(best.encoding)

    return detect


def text_in(content: bytes, label: str) -> str:
    """A page decoded by what a detector answered: a label of the web, or else a codec of Python's."""
    if name := encoding_named(label):
        return decode_as(content, name)
    try:
        return content.decode(label, "replace")
    except LookupError:
        return ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--by", choices=("language", "encoding", "both"), default="language")
    arguments = parser.parse_args()
    installed = detectors()
    pages: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str, str]] = Counter()
    seconds = dict.fromkeys(installed, 0.0)
    for sample in samples(Path(__file__).with_name("detection.toml")):
        row = {"language": sample.language, "encoding": sample.encoding}.get(
            arguments.by, f"{sample.language} {sample.encoding}"
        )
        for group in (row, "all"):
            pages[group, sample.length] += 1
        for name, detect in installed.items():
            started = time.perf_counter()
            label = detect(sample.content, sample.tld)
            seconds[name] += time.perf_counter() - started
            text = unicodedata.normalize("NFC", text_in(sample.content, label or "windows-1252"))
            if html.unescape(text) == sample.text:
                right.update([(row, sample.length, name), ("all", sample.length, name)])
    print("percent right of short, middle and long pages")
    print(table(pages, right, installed))
    total = sum(pages["all", length] for length in LENGTHS)
    for package in ("charset-normalizer", "chardet", "faust-cchardet", "resiliparse", "chardetng-py"):
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            print(package, importlib.metadata.version(package))
    print("milliseconds a page: " + ", ".join(f"{n} {1000 * s / total:.2f}" for n, s in seconds.items()))


def table(pages: Counter[tuple[str, str]], right: Counter[tuple[str, str, str]], names: Iterable[str]) -> str:
    """Percent right per row and detector, for the three lengths."""
    rows = dict.fromkeys(group for group, _ in pages if group != "all")
    lines = [["", "pages", *names]]
    for row in (*rows, "all"):
        cells = [
            " ".join(f"{100 * right[row, length, name] / pages[row, length]:3.0f}" for length in LENGTHS)
            for name in names
        ]
        lines.append([row, "/".join(str(pages[row, length]) for length in LENGTHS), *cells])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


if __name__ == "__main__":
    main()
