"""Tokens by tokenizers that are made here: a vocabulary of the alphabet and one or two longer tokens."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from boilerbench.errors import InputError
from boilerbench.token_counts import token_counter


@pytest.fixture
def of_tokenizers(tmp_path: Path) -> Path:
    """A vocabulary of words, cut at white space; one that is not in it is one unknown token."""
    tokenizers = pytest.importorskip("tokenizers")
    model = tokenizers.models.WordLevel({"[UNK]": 0, "the": 1, "ferry": 2}, unk_token="[UNK]")
    made = tokenizers.Tokenizer(model)
    made.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    made.enable_truncation(2)
    made.enable_padding(length=9)
    made.save(str(tmp_path / "mine.json"))
    return tmp_path / "mine.json"


@pytest.fixture
def of_tiktoken(tmp_path: Path) -> Path:
    """All bytes, and ``th`` and ``the`` as tokens of their own, under the name of an encoding."""
    pytest.importorskip("tiktoken")
    tokens = [*(bytes([code]) for code in range(256)), b"th", b"the"]
    lines = [f"{base64.b64encode(token).decode()} {rank}\n" for rank, token in enumerate(tokens)]
    file = tmp_path / "cl100k_base.tiktoken"
    file.write_text("".join(lines))
    return file


def test_tokens_of_tokenizers_without_the_limits_of_a_model(of_tokenizers: Path) -> None:
    counter = token_counter(f"tokenizers:{of_tokenizers}")
    assert counter.count("the ferry leaves at nine") == 5
    assert counter.count("") == 0
    assert counter.count("lone \ud800 surrogate") == 3
    digest = hashlib.sha256(of_tokenizers.read_bytes()).hexdigest()[:12]
    assert counter.signature.startswith("tokenizers-")
    assert counter.signature.endswith(f"|mine.json|sha256:{digest}")


def test_tokens_of_tiktoken_by_the_pattern_of_its_encoding(of_tiktoken: Path) -> None:
    counter = token_counter(f"tiktoken:{of_tiktoken}")
    # "the", then a space and five letters; "then" is "the" and "n".
    assert counter.count("the ferry") == 1 + 6
    assert counter.count("then") == 2
    # What is special to a model is text like any other.
    assert counter.count("<|endoftext|>") > 1
    assert counter.count("lone \ud800 surrogate") > 0


def test_white_space_without_an_end(of_tiktoken: Path) -> None:
    """Each of these is a token of its own, as no longer one is in the vocabulary."""
    counter = token_counter(f"tiktoken:{of_tiktoken}")
    assert counter.count("the" + " " * 1_234_567 + "the") == 1 + 1_234_567 + 1
    o200k = of_tiktoken.rename(of_tiktoken.with_name("o200k_base.tiktoken"))
    assert token_counter(f"tiktoken:{o200k}").count(" " * 1_234_567) == 1_234_567


def test_another_vocabulary_of_the_same_name_is_another(of_tiktoken: Path, tmp_path: Path) -> None:
    first = token_counter(f"tiktoken:{of_tiktoken}")
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / of_tiktoken.name
    other.write_text("".join(of_tiktoken.read_text().splitlines(keepends=True)[:-1]))
    second = token_counter(f"tiktoken:{other}")
    assert (first.count("the"), second.count("the")) == (1, 2)
    assert first.signature != second.signature


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("x.json", "there are tokenizers, tiktoken; give LIBRARY:FILE"),
        ("tokenizer:x.json", "did you mean tokenizers?"),
        ("tokenizers:none.json", "no such file"),
        ("tokenizers:", "cannot be read (a folder)"),
        ("tokenizers:/dev/zero", "cannot be read (no regular file)"),
        ("tiktoken:~nobody-here/x", "cannot be read"),
        ("tokenizers:{folder}/odd.json", "odd.json is no vocabulary of tokenizers"),
        ("tiktoken:{folder}/cl100k_base.tiktoken", "is no vocabulary of tiktoken"),
        ("tiktoken:{folder}/odd.json", "odd is none;"),
    ],
)
def test_what_is_no_tokenizer_is_one_line(spec: str, said: str, tmp_path: Path) -> None:
    pytest.importorskip("tokenizers")
    pytest.importorskip("tiktoken")
    for name in ("odd.json", "cl100k_base.tiktoken"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(InputError) as raised:
        token_counter(spec.format(folder=tmp_path))
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
