"""Typing mistakes, made on purpose while training.

Children write fast. A misspelt copy of a line teaches the model which n-grams
survive; accents and repeated letters are levelled by `fold` already.
"""

import random
from collections.abc import Callable

SHORTEST = 4
"""Shorter words are left alone: one letter less makes another word of them."""


def misspell(text: str, chance: random.Random) -> str:
    """Return the text with one or two of its longer words misspelt."""
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) >= SHORTEST]
    for place in chance.sample(long, min(len(long), chance.choice((1, 1, 2)))):
        words[place] = chance.choice(_MISTAKES)(words[place], chance)
    return " ".join(words)


def _drop(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word))
    return word[:place] + word[place + 1 :]


def _swap(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _double(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word))
    return word[:place] + word[place - 1] + word[place:]


_MISTAKES: tuple[Callable[[str, random.Random], str], ...] = (_drop, _swap, _double)
