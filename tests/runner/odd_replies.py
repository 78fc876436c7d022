"""A worker whose first line or whose reply for the page "trouble" is odd in one of many ways."""

from __future__ import annotations

import json
import sys
import time

DEEP = "[" * 100_000 + "]" * 100_000
SHALLOWER = "[" * 900 + "]" * 900

# What stands for the reply of the page "trouble"; ID is its id.
REPLIES = {
    "a lone surrogate in an error": '{"id": ID, "error": "lone \\ud800 surrogate", "traceback": "\\udfff"}',
    "a lone surrogate in a text": '{"id": ID, "text": "lone \\ud800 surrogate"}',
    "deep JSON beside a text": '{"id": ID, "text": "x", "more": ' + DEEP + "}",
    "deep JSON as error": '{"id": ID, "error": ' + SHALLOWER + "}",
    "deep JSON as id": '{"id": ' + SHALLOWER + ', "text": "x"}',
    "seconds of 400 digits": '{"id": ID, "text": "x", "seconds": ' + "9" * 400 + "}",
    "seconds of 5,000 digits": '{"id": ID, "text": "x", "seconds": ' + "9" * 5000 + "}",
    "seconds that are not a number": '{"id": ID, "text": "x", "seconds": NaN}',
    "seconds without end": '{"id": ID, "text": "x", "seconds": Infinity}',
    "memory less than nothing": '{"id": ID, "text": "x", "peak_mb": -1e308}',
    "memory without end": '{"id": ID, "text": "x", "peak_mb": 1e999}',
    "seconds that are true": '{"id": ID, "text": "x", "seconds": true}',
    "an error of 3 MB": '{"id": ID, "error": "' + "x" * 3_000_000 + '"}',
    "an error that is an object": '{"id": ID, "error": {"message": "no"}}',
    "a text that is a number": '{"id": ID, "text": 5}',
    "an id of another page": '{"id": "calm-2", "text": "x"}',
    "a million empty lists": '{"id": ID, "text": "x", "more": [' + "[]," * 1_000_000 + "[]]}",
    "no JSON": "<html>\x1b[2J\u202e</html>",
    "no UTF-8": None,
    "control characters in an error": '{"id": ID, "error": "\\u001b[2J\\u0007 \\u202e red\\r\\n,\\"\\u2028"}',
    "inputs that are not paths": '{"id": ID, "text": "x", "inputs": {"files": [5, "\\ud800", "/\\ud800", '
    '"/a\\u0000b", "/proc/kmsg", "/dev/zero"], "folders": {"a": 1}, "unknown": ' + SHALLOWER + "}}",
    "a reply in two lines": '{"id": ID,\n"text": "x"}',
    "a key twice": '{"id": "other", "id": ID, "text": "x", "text": "y"}',
    "a bare list": "[]",
    "markup nested deep": '{"id": ID, "format": "html", "markup": "' + "<div>" * 100_000 + '"}',
    "markup of 20 MB": '{"id": ID, "format": "html", "markup": "' + "x" * 20_000_000 + '"}',
    "markup of an unknown format": '{"id": ID, "format": "pdf", "markup": "x"}',
    "markup with a lone surrogate": '{"id": ID, "format": "markdown", "markup": "lone \\ud800 surrogate"}',
    "Markdown of brackets": '{"id": ID, "format": "markdown", "markup": "'
    + ("[" * 49_000 + "\\n\\n") * 20
    + '"}',
}
# What stands for the first line; the run goes on, or one line says why not.
FIRST_LINES = {
    "a lone surrogate in a version": '{"ready": true, "version": "1\\ud800"}',
    "a version of 3 MB": '{"ready": true, "version": "' + "1" * 3_000_000 + '"}',
    "a version in lines": '{"ready": true, "version": "1\\n2\\u001b[2J"}',
    "a version that is a list": '{"ready": true, "version": ["1"]}',
    "a fingerprint of 3 MB": '{"ready": true, "version": "1", "fingerprint": "' + "f" * 3_000_000 + '"}',
    "a fingerprint with a lone surrogate": '{"ready": true, "version": "1", "fingerprint": "\\ud800"}',
    "deep JSON first": DEEP,
    "deep JSON as a version": '{"ready": true, "version": ' + SHALLOWER + "}",
    "not ready, with a lone surrogate": '{"ready": false, "error": "lone \\ud800", "traceback": "\\ud800"}',
    "not ready, without a word": '{"ready": false}',
    "nothing at all": "",
    "inputs that are not paths, first": '{"ready": true, "version": "1", "inputs": {"files": ["/\\ud800"]}}',
}


def main() -> None:
    kind = sys.argv[1]
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    say(FIRST_LINES.get(kind, '{"ready": true, "version": "1"}'))
    for line in sys.stdin:
        document = json.loads(line)["id"]
        odd = document == "trouble" and kind in REPLIES
        if odd and REPLIES[kind] is None:
            sys.stdout.buffer.write(b'{"id": "trouble", "text": "\xff\xfe"}\n')
            sys.stdout.flush()
        elif odd:
            say(str(REPLIES[kind]).replace("ID", json.dumps(document)))
        else:
            say(json.dumps({"id": document, "text": f"text of {document}"}))
    time.sleep(0)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
