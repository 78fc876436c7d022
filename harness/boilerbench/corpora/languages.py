"""The language of a text, as far as letters and common words tell it."""

from __future__ import annotations

import unicodedata
from collections import Counter

from boilerbench.tokenizers import icu_words

_FEW_LETTERS = 20

# Unicode's names of letters begin with their script; languages not listed are written in Latin letters.
_SCRIPTS = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "kk", "ky", "mn"), ("CYRILLIC",)),
    **dict.fromkeys(("ar", "fa", "ur", "ps"), ("ARABIC",)),
    **dict.fromkeys(("he", "yi"), ("HEBREW",)),
    **dict.fromkeys(("hi", "mr", "ne"), ("DEVANAGARI",)),
    "zh": ("CJK",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA"),
    "ko": ("HANGUL", "CJK"),
    "th": ("THAI",),
    "el": ("GREEK",),
    "hy": ("ARMENIAN",),
    "ka": ("GEORGIAN",),
    "bn": ("BENGALI",),
    "ta": ("TAMIL",),
    "te": ("TELUGU",),
    "sr": ("CYRILLIC", "LATIN"),
}

# A few of the commonest short words of languages that share a script.
_COMMON_WORDS = {
    "en": "the of and to in is that for it was on with as at by",
    "de": "der die und das ist den nicht von mit auf ein eine zu im dem",
    "fr": "de la le les et des en du un une est que pour dans qui",
    "es": "de la que el en los del se las por un con para una su",
    "pt": "de que não os do da em um para com uma na no ao as",
    "it": "di che il la per un non del della una con sono le si è",
    "nl": "de het een van en dat die in te op met voor niet zijn er",
    "sv": "och att det som en på är av för med den till om ett inte",
    "fi": "ja on ei se että oli joka mutta hän kun myös tai jos ovat sen",
    "pl": "i w na z się nie do to jest że o jak za od po",
    "cs": "a v na se je že do s o z to pro jako za by",
    "tr": "bir ve bu için de da ile çok ne daha gibi olarak o ama var",
    "id": "yang di dan dari untuk dengan ini itu pada tidak adalah dalam ke juga akan",
    "vi": "và của là có không được cho một trong đã với các người này những",
    "ru": "и в не на что с он по это как но из у к за",
    "uk": "і в не на що з та до у як це за від про є",
}


def language_doubt(language: str, text: str) -> str:
    """Return why a text is hardly in a language (BCP 47); empty where it may be, or is too short to tell.

    Letters are held against the language's scripts. Within a script, another language is more likely where
    its common words are more than twice as frequent.
    """
    primary = language.partition("-")[0].lower()
    letters = Counter(unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha())
    if letters.total() < _FEW_LETTERS:
        return ""
    expected = _SCRIPTS.get(primary, ("LATIN",))
    if sum(letters[script] for script in expected) / letters.total() < 0.5:
        return f"is in {letters.most_common(1)[0][0].capitalize()} letters"
    if primary not in _COMMON_WORDS:
        return ""
    words = Counter(icu_words(text))
    hits = {name: sum(words[word] for word in common.split()) for name, common in _COMMON_WORDS.items()}
    best = max(hits, key=lambda name: hits[name])
    if words.total() < 4 * _FEW_LETTERS or hits[best] <= 2 * hits[primary]:
        return ""
    return f"reads like {best!r}"
