"""Two runs, or two extractors of one, brought together on the documents that may be compared."""

from __future__ import annotations

from boilerbench.errors import InputError


def _scores(run: Run, measure: MeasureInfo) -> pd.DataFrame:
    scores: pd.DataFrame = run.scores[run.scores["measure"] == measure.name]
    if scores.empty:
        raise InputError(
            f"run {run.folder}: no document has what {measure.name} needs; choose another with --measure"
        )
    return scores


def common_documents(first: Run, second: Run) -> tuple[set[str], str]:
    """The documents of both runs, and a remark where their corpora are not the same.

    Raises:
        InputError: there are none, or they differ in page or gold.
    """
    contents = [
        dict(zip(run.documents["document"], run.documents["content"], strict=True)) for run in (first, second)
    ]
    common = contents[0].keys() & contents[1].keys()
    if not common:
        raise InputError(f"{first.folder} and {second.folder} have no document in common")
    changed = sorted(name for name in common if contents[0][name] != contents[1][name])
    if changed:
        raise InputError(
            f"{first.folder} and {second.folder} differ in page or gold of {len(changed)} documents, "
            f"as in {changed[0]}; run both on the same corpus"
        )
    digests = [run.info.corpus.digest for run in (first, second)]
    if digests[0] == digests[1]:
        return common, ""
    return common, (
        f"The corpora differ; compared on the {len(common)} documents in common "
        f"(of {len(contents[0])} and {len(contents[1])}), whose pages and gold are the same."
    )
