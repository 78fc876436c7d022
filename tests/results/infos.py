"""What small runs say of themselves."""

from __future__ import annotations

from boilerbench.results import CorpusInfo, ExtractorInfo, LimitsInfo, MeasureInfo, RunInfo

INFO = RunInfo(
    boilerbench="0.1.0",
    corpus=CorpusInfo("small", "gold:small", 2, "sha256:0a", "sha256:0b"),
    extractors=(ExtractorInfo("first", "1.0"), ExtractorInfo("second", "")),
    references=("annotator-2",),
    measures=(MeasureInfo("words", "words|v1", ("mean",)),),
    policy=None,
    seed=0,
    resamples=10_000,
    limits=LimitsInfo(30, 2048, 64, 60),
    counts={"first": {"ok": 1, "empty": 1}},
    unavailable={"third": "no such version"},
    left_out={},
)
