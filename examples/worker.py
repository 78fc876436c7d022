"""An extractor as a program that speaks boilerbench's worker protocol, in Python."""

import json
import re
import sys
import time

print(json.dumps({"ready": True, "version": "0.1"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    with open(request["page_text"], encoding="utf-8") as file:
        page = file.read()
    started = time.perf_counter()
    paragraphs = re.findall(r"(?is)<p\b[^>]*>(.*?)</p>", page)
    text = "\n".join(re.sub(r"<[^>]*>", "", paragraph) for paragraph in paragraphs)
    reply = {"id": request["id"], "text": text, "seconds": time.perf_counter() - started}
    print(json.dumps(reply), flush=True)
