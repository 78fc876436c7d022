"""The measures of the Fundus evaluation, worked by hand, against their libraries, and on its own data."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from rouge_score import rouge_scorer

from boilerbench.corpora import open_corpus
from boilerbench.extractors import StoredOutputs, open_extractor
from boilerbench.measures import make_measure
from boilerbench.measures.optional_paragraphs import allowed_bodies, gold_paragraphs
from boilerbench.records import Counts, Gold, Paragraph

words = st.lists(st.sampled_from(["the", "The", "ferry", "at", "9.", "—"]), max_size=12).map(" ".join)

BODY = (Paragraph("a b"), Paragraph("c", optional=True), Paragraph("d e"), Paragraph("f", optional=True))


def measure_counts(name: str, paragraphs: tuple[Paragraph, ...], text: str) -> Counts:
    return make_measure(name, "plain").measure(Gold("", paragraphs=paragraphs), text).counts


def test_every_choice_of_optional_paragraphs_is_allowed_all_of_them_first() -> None:
    # By hand, in the order of the published powerset: nothing removed, c, f, both.
    assert list(allowed_bodies(BODY)) == [
        ["a b", "c", "d e", "f"],
        ["a b", "d e", "f"],
        ["a b", "c", "d e"],
        ["a b", "d e"],
    ]


def test_of_many_optional_paragraphs_all_or_none_are_allowed() -> None:
    many = tuple(Paragraph(str(number), optional=True) for number in range(5))
    assert list(allowed_bodies((*many, Paragraph("x")))) == [["0", "1", "2", "3", "4", "x"], ["x"]]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("a b\nc\nd e\nf", Counts(4, 0, 0)),
        ("a b\n\n d  e\n", Counts(2, 0, 0)),
        # One optional paragraph, one that is repeated, one that differs by a word.
        ("a b\na b\nc\nd", Counts(2, 2, 1)),
        ("", Counts(0, 0, 4)),
        ("x", Counts(0, 1, 4)),
    ],
)
def test_whole_paragraphs_match(text: str, counts: Counts) -> None:
    assert measure_counts("paragraphs", BODY, text) == counts


@pytest.mark.parametrize(
    ("text", "errors", "of"),
    [
        ("a b\nd e", 0, 4),
        ("a b c d e f", 0, 6),
        # Optional c kept, e lost.
        ("a b c d", 1, 5),
        # Every word of any choice lost: the first choice counts.
        ("", 6, 6),
        # Against the whole body: six substitutions and two insertions, better than eight in four words.
        ("1 2 3 4 5 6 7 8", 8, 6),
    ],
)
def test_words_are_counted_by_their_errors(text: str, errors: int, of: int) -> None:
    counts = measure_counts("wer", BODY, text)
    assert (max(counts.fp, counts.fn), counts.tp + counts.fn) == (errors, of)


@given(gold=words, text=words)
def test_the_word_error_rate_is_the_edit_distance(gold: str, text: str) -> None:
    """Against the textbook's table (Wagner and Fischer 1974), written out."""
    ours = make_measure("wer", "plain").measure(Gold(gold), text).counts
    expected, returned = gold.split(), text.split()
    row = list(range(len(returned) + 1))
    for number, word in enumerate(expected, 1):
        above, row[0] = row[0], number
        for column, other in enumerate(returned, 1):
            above, row[column] = (
                row[column],
                min(above + (word != other), row[column] + 1, row[column - 1] + 1),
            )
    assert max(ours.fp, ours.fn) == row[-1]
    assert (ours.tp + ours.fn, ours.tp + ours.fp) == (len(expected), len(returned))
    assert min(ours.tp, ours.fp, ours.fn) >= 0


SCORER = rouge_scorer.RougeScorer(["rougeLsum"], use_stemmer=False)


@given(gold=st.lists(words, max_size=4), text=st.lists(words, max_size=4))
def test_rouge_lsum_is_rouge_scores_over_sentences(gold: list[str], text: list[str]) -> None:
    """Against the rouge-score package, given the sentences as lines.

    The words have no sentence end but ``9.``, after which a capital letter begins a sentence for Punkt.
    """
    import punkt

    def as_lines(paragraphs: list[str]) -> str:
        joined = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
        return "\n".join(" ".join(sentence.split()) for sentence in punkt.sent_tokenize(joined))

    counts = make_measure("rouge-lsum-fundus", "plain").measure(Gold("\n".join(gold)), "\n".join(text)).counts
    theirs = SCORER.score(as_lines(gold), as_lines(text))["rougeLsum"]
    if counts != Counts(0, 0, 0):
        ours = (counts.precision, counts.recall, counts.f1)
        assert ours == pytest.approx((theirs.precision, theirs.recall, theirs.fmeasure), abs=1e-12)


@pytest.mark.parametrize(
    ("scraper", "document", "paragraphs", "wer", "rouge"),
    [
        ("boilernet", "APNews_1", None, None, (0.743119, 0.255521, 0.380282)),
        ("justext", "APNews_2", None, None, (0.786822, 0.926941, 0.851153)),
        ("boilerpipe", "TheTelegraph_3", None, None, (0.94308, 0.455158, 0.613987)),
        ("boilernet", "APNews_0", (1, 5, 11), 0.6891891891891891, (0.861905, 0.391775, 0.53869)),
        ("boilerpipe", "FreeBeacon_2", (7, 4, 0), 0.08144796380090498, None),
        ("bte", "Reuters_4", (13, 29, 24), 0.2040302267002519, None),
        ("fundus", "TheIntercept_1", (14, 1, 1), 0.003472222222222222, None),
        ("justext", "TheTelegraph_3", (110, 4, 28), 0.148014440433213, None),
    ],
)
def test_figures_are_those_of_the_evaluations_own_code(
    data: Path,
    scraper: str,
    document: str,
    paragraphs: tuple[int, int, int] | None,
    wer: float | None,
    rouge: tuple[float, float, float] | None,
) -> None:
    """Expected values come from its scorers.py, run with jiwer 4.0.0, rouge-score 0.1.2 and NLTK 3.10.4.

    For paragraphs and WER all 560 stored outputs were compared so, and none differs.
    """
    folder = data / "fundus-evaluation"
    gold = open_corpus(f"fundus:{folder}").gold(document)
    outputs = open_extractor(f"file:{folder / 'dataset' / 'extractions' / scraper}.json")
    assert isinstance(outputs, StoredOutputs)
    text = outputs.texts[document]

    def counts(name: str) -> Counts:
        return make_measure(name, "plain").measure(gold, text).counts

    if paragraphs is not None:
        assert counts("paragraphs") == Counts(*paragraphs)
    if wer is not None:
        found = counts("wer")
        assert max(found.fp, found.fn) / (found.tp + found.fn) == pytest.approx(wer, abs=1e-12)
    if rouge is not None:
        found = counts("rouge-lsum-fundus")
        assert (found.precision, found.recall, found.f1) == pytest.approx(rouge, abs=1e-6)


few_words = st.lists(st.sampled_from("abc"), max_size=6).map(" ".join)


@given(st.lists(st.builds(Paragraph, few_words, st.booleans()), max_size=6), st.lists(few_words, max_size=8))
def test_the_word_error_rate_is_that_of_the_best_body(paragraphs: list[Paragraph], lines: list[str]) -> None:
    """Bodies that cannot win are not compared; here each one is, by rapidfuzz on words."""
    text = "\n".join(lines)
    gold = Gold("", paragraphs=tuple(paragraphs))
    counts = make_measure("wer", "plain").measure(gold, text).counts
    bodies = [" ".join(body).split() for body in allowed_bodies(gold_paragraphs(gold))]
    rates = [Levenshtein.distance(body, text.split()) / max(1, len(body)) for body in bodies]
    rate = max(counts.fp, counts.fn) / max(1, counts.tp + counts.fn)
    assert rate == pytest.approx(min(rates))
