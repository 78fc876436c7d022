"""What scoring costs: article-extraction-benchmark's stored outputs, by the harness and by plain counting.

    python perf/scoring.py PATH_OF_ARTICLE_EXTRACTION_BENCHMARK

The harness's clock runs from reading the corpus to the last file of the run. The plain loop, in the style of
the two evaluate.py, tokenizes gold and output for each pair anew; its figures must be the same.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from pathlib import Path

from boilerbench import evaluate


def plain(gold: dict[str, str], outputs: dict[str, dict[str, str]]) -> dict[tuple[str, str], float]:
    """Mean F1 by measure and extractor, counted as plainly as can be."""

    def f1(expected: list[object], returned: list[object]) -> float:
        tp = sum((Counter(expected) & Counter(returned)).values())
        if not expected and not returned:
            return 1.0
        return 2 * tp / (len(expected) + len(returned))

    def words(text: str) -> list[object]:
        return list(re.findall(r"\w+", text.lower()))

    def shingles(text: str) -> list[object]:
        found = re.findall(r"\w+", text)
        return [tuple(found[at : at + 4]) for at in range(max(1, len(found) - 3)) if found]

    return {
        (measure, name): sum(f1(cut(gold[key]), cut(texts[key])) for key in gold) / len(gold)
        for measure, cut in (("words", words), ("shingles", shingles))
        for name, texts in outputs.items()
    }


def read(folder: Path) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    truth = json.loads((folder / "ground-truth.json").read_text())
    outputs = {}
    for file in sorted((folder / "output").glob("*.json")):
        content = json.loads(file.read_text())
        content = content.get("output", content)
        outputs[file.stem] = {key: value["articleBody"] or "" for key, value in content.items()}
    return {key: value["articleBody"] for key, value in truth.items()}, outputs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    specs = [f"file:{file}" for file in sorted((folder / "output").glob("*.json"))]
    with tempfile.TemporaryDirectory() as out:
        started = time.perf_counter()
        run = evaluate.run(f"aeb:{folder}", specs, ["words", "shingles"], out=out)
        harness_seconds = time.perf_counter() - started
        board = run.leaderboard
    started = time.perf_counter()
    gold, outputs = read(folder)
    expected = plain(gold, outputs)
    plain_seconds = time.perf_counter() - started
    rows = board[board["average"] == "mean"].set_index(["measure", "extractor"])["f1"]
    worst = max(abs(rows[key] - figure) for key, figure in expected.items())
    print(
        f"harness, with its files   {harness_seconds:6.2f} s   {len(gold)} pages × {len(outputs)} outputs × 2"
    )
    print(f"plain counting            {plain_seconds:6.2f} s   {harness_seconds / plain_seconds:.2f} × that")
    print(f"largest difference of F1  {worst:.1e}")


if __name__ == "__main__":
    main()
