"""The kinds of hostile extractor: what each does on the page that says "trouble", in its own language.

An attack knows where everything lies that it is after: ``AIMS`` has the gold, the cache, an earlier run, a
secret, the source of the honest extractor beside it, and a port that somebody listens on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MARK = "MARK"
"""Stands in the command line of every process that is meant to outlive its worker; each stage has its own."""

SECRET = "HUNTER2-"
"""Begins what no extractor may return: a file of the user's, and a variable of the harness's environment."""


@dataclass(frozen=True)
class Kind:
    """A hostile extractor."""

    name: str
    language: str
    """``python``, ``node`` or ``shell``."""
    code: str
    """The statements of the attack; in Python and Node they may return the text."""
    harm: tuple[str, ...] = ()
    """What it may do where there is no bubblewrap, in the words of ``damage``."""


def _read(language: str) -> Iterator[Kind]:
    """Read the attacks of a language: a line ``=== name [harm]``, then its statements."""
    text = Path(__file__).with_name(f"{language}.attacks").read_text(encoding="utf-8")
    for section in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, _, code = section.partition("\n")
        name, *harm = re.split(r" \[|\]", head)
        yield Kind(name, language, code.strip("\n"), tuple(word for word in harm if word))


KINDS = {
    f"{kind.language}: {kind.name}": kind
    for language in ("python", "node", "shell")
    for kind in _read(language)
}

PYTHON_FILE = """
import ctypes, gzip, json, os, shutil, signal, socket, struct, subprocess, sys, threading, time
AIMS = json.load(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "aims.json")))
def attack():
{code}
def f(html, url):
    text = attack() if b"trouble" in html else None
    return text if text is not None else "calm"
"""
NODE_FILE = """
import {{ spawn }} from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import readline from "node:readline";
const AIMS = JSON.parse(fs.readFileSync(new URL("aims.json", import.meta.url)));
async function attack(request) {{
  {code}
}}
const say = (reply) => process.stdout.write(`${{JSON.stringify(reply)}}\\n`);
say({{ ready: true, version: "1" }});
for await (const line of readline.createInterface({{ input: process.stdin }})) {{
  const request = JSON.parse(line);
  const trouble = fs.readFileSync(request.page_text, "utf8").includes("trouble");
  try {{
    say({{ id: request.id, text: (trouble ? await attack(request) : null) ?? "calm" }});
  }} catch (error) {{
    say({{ id: request.id, error: String(error?.stack ?? error) }});
  }}
}}
"""
SHELL_FILE = """#!/bin/sh
GOLD={gold}
CACHE={cache}
SECRET={secret}
if grep -q trouble; then
  {code}
else
  echo calm
fi
"""
