"""Boilerpipe 1.2 in Java: its ArticleExtractor, or another by name."""

from __future__ import annotations

import struct
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

PACKAGE = "libboilerpipe-java"
PROGRAM = "javac"
NEEDS = ("default-jdk-headless",)
LICENCE = "Apache-2.0"
HOME = "https://github.com/kohlschutter/boilerpipe"
TAKES = "text"
STATUS = "abandoned"
CAUTION = "counts words between spaces, of which Chinese, Japanese and Thai texts have hardly any"
CAUTION_LANGUAGES = ("zh", "ja", "th")

_JARS = ":".join(
    f"/usr/share/java/{name}.jar" for name in ("boilerpipe", "nekohtml", "xercesImpl", "xml-apis")
)
# One virtual machine for all pages, since it takes longer to start than to extract.
_SOURCE = """
import de.l3s.boilerpipe.BoilerpipeExtractor;
import de.l3s.boilerpipe.extractors.*;
import java.io.*;
import static java.nio.charset.StandardCharsets.UTF_8;

public class Filter {
    public static void main(String[] names) throws Exception {
        Class<?> named = Class.forName("de.l3s.boilerpipe.extractors." + names[0]);
        BoilerpipeExtractor extractor = (BoilerpipeExtractor) named.getField("INSTANCE").get(null);
        DataInputStream pages = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream texts = new DataOutputStream(new BufferedOutputStream(System.out));
        while (true) {
            int first = pages.read();
            if (first < 0) return;
            byte[] page = new byte[first << 24 | pages.readUnsignedByte() << 16 | pages.readUnsignedShort()];
            pages.readFully(page);
            byte[] said;
            boolean failed = false;
            try {
                said = extractor.getText(new StringReader(new String(page, UTF_8))).getBytes(UTF_8);
            } catch (Throwable error) {
                failed = true;
                said = error.toString().getBytes(UTF_8);
            }
            texts.writeBoolean(failed);
            texts.writeInt(said.length);
            texts.write(said);
            texts.flush();
        }
    }
}
"""


def load(
    *,
    extractor: Literal[
        "ArticleExtractor",
        "ArticleSentencesExtractor",
        "CanolaExtractor",
        "DefaultExtractor",
        "KeepEverythingExtractor",
        "LargestContentExtractor",
        "NumWordsRulesExtractor",
    ] = "ArticleExtractor",
) -> Callable[[str, str | None], str]:
    """Return ``ArticleExtractor.INSTANCE.getText``, or that of another class, in a virtual machine beside."""
    folder = Path(tempfile.mkdtemp())
    (folder / "Filter.java").write_text(_SOURCE, encoding="utf-8")
    machine = ["java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-cp", _JARS]
    process = subprocess.Popen(
        [*machine, str(folder / "Filter.java"), extractor], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    pages, texts = process.stdin, process.stdout
    assert pages is not None
    assert texts is not None

    def read(size: int) -> bytes:
        content = texts.read(size)
        if len(content) < size:
            raise RuntimeError(f"Java ended with status {process.wait()}")
        return content

    def extract(page: str, url: str | None) -> str:
        content = page.encode("utf-8", "replace")
        pages.write(struct.pack(">i", len(content)) + content)
        pages.flush()
        failed, size = struct.unpack(">?i", read(5))
        said = read(size).decode("utf-8")
        if failed:
            raise RuntimeError(said)
        return said

    # The virtual machine is up before the first page.
    extract("<p>", None)
    return extract
