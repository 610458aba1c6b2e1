"""Sentences, their length and their words, in the six languages."""

import functools
import re
import unicodedata
from collections.abc import Iterator

_END = re.compile(
    r"(?<=[.!?…؟۔])[\"'”»’)\]*]*\s+"  # a stop, closing marks, then a space
    r"|(?<=[。！？])[”’」』）*]*"
    r"|\n(?=\s*\n)"
)
_MARKUP = re.compile(r"\*\*|__")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_APOSTROPHES = re.compile(r"['’ʼ`]")


def sentences(text: str) -> Iterator[tuple[str, int]]:
    """The sentences of a text, each with the number of line breaks before it."""
    start = 0
    for end in _END.finditer(text):
        if end.end() > start:
            yield from _placed(text, start, end.end())
            start = end.end()
    yield from _placed(text, start, len(text))


def length(sentence: str, language: str) -> int:
    """Words; in Chinese characters, where a Latin word or number counts as one."""
    plain = _MARKUP.sub("", sentence)
    if language == "zh":
        latin = [w for w in _HAN.sub(" ", plain).split() if _has_word(w)]
        return len(_HAN.findall(plain)) + len(latin)
    return sum(_has_word(word) for word in plain.split())


@functools.lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text for comparing: small letters, no accents, marks or extra spaces."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    kept = (c if c.isalnum() else " " for c in plain if unicodedata.category(c) != "Mn")
    return " ".join("".join(kept).split())


def says(folded: str, phrase: str, language: str) -> bool:
    """Whether a folded text holds a folded phrase, as whole words except in Chinese."""
    if language == "zh":
        return phrase.replace(" ", "") in folded.replace(" ", "")
    return f" {phrase} " in f" {folded} "


def _placed(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    piece = text[start:end]
    if piece.strip():
        lead = len(piece) - len(piece.lstrip())
        yield piece.strip(), text.count("\n", 0, start + lead)


def _has_word(word: str) -> bool:
    return any(c.isalnum() for c in word)
