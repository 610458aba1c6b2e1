"""Text -> weighted n-grams of characters and words.

Characters see through misspelling and inflection, words see phrases. Both read the
folded text, in which every ideograph is a word of its own: n-grams across those
words stand for Chinese words.
"""

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.text import MAX_CORE, fold

CHARACTERS = (1, 2, 3, 4, 5)
"""Lengths of the character n-grams, the word's bounds included."""

IDEOGRAPHS = (2, 3, 4)
"""Lengths of the n-grams over a run of ideographs."""

Row = tuple[NDArray[np.int32], NDArray[np.float32]]
"""Columns and values of one text; the values have length 1."""


def grams(text: str) -> Counter[str]:
    """Count the n-grams of a text.

    `w` words, `b` neighbours, `s` words with one between them, `c` characters, `^`
    and `$` how it begins and ends.
    """
    words = fold(text[:MAX_CORE]).split()
    found: Counter[str] = Counter(f"w{word}" for word in words)
    found.update(f"b{left} {right}" for left, right in itertools.pairwise(words))
    found.update(
        f"s{left} {right}" for left, right in zip(words, words[2:], strict=False)
    )
    if words:
        found.update((f"^{words[0]}", f"^{' '.join(words[:2])}", f"${words[-1]}"))
    run = ""
    for word in words:
        if _is_ideograph(word):
            run += word
            continue
        found.update(_characters(run, IDEOGRAPHS))
        run = ""
        found.update(_characters(f" {word} ", CHARACTERS))
    found.update(_characters(run, IDEOGRAPHS))
    return found


def _characters(run: str, lengths: Sequence[int]) -> Iterable[str]:
    return (
        f"c{run[start : start + length]}"
        for length in lengths
        for start in range(len(run) - length + 1)
    )


def _is_ideograph(word: str) -> bool:
    return len(word) == 1 and "\u3400" <= word <= "\U0002ffff" and not word.isascii()


class Vocabulary:
    """The n-grams that training kept, and how rare each of them is."""

    def __init__(self, known: Sequence[str], rarity: NDArray[np.float32]) -> None:
        """Take the n-grams in the order of their columns, and their idf."""
        self.known = tuple(known)
        self.rarity = rarity
        self._column = {gram: column for column, gram in enumerate(self.known)}

    @classmethod
    def learn(cls, texts: Iterable[Counter[str]], least: int = 2) -> "Vocabulary":
        """Keep the n-grams that stand in at least `least` of the texts."""
        seen: Counter[str] = Counter()
        total = 0
        for counted in texts:
            total += 1
            seen.update(counted.keys())
        known = sorted(gram for gram, number in seen.items() if number >= least)
        rarity = [1 + math.log((1 + total) / (1 + seen[gram])) for gram in known]
        return cls(known, np.asarray(rarity, dtype=np.float32))

    def row(self, counted: Counter[str]) -> Row:
        """Weigh the known n-grams of one text: (1 + log count) times rarity."""
        column = self._column
        pairs = [
            (column[gram], number) for gram, number in counted.items() if gram in column
        ]
        if not pairs:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        columns = np.fromiter((c for c, _ in pairs), np.int32, len(pairs))
        numbers = np.fromiter((n for _, n in pairs), np.float32, len(pairs))
        values = (1 + np.log(numbers)) * self.rarity[columns]
        return columns, (values / np.sqrt(values @ values)).astype(np.float32)
