"""Phrases with alternatives: `(a|b|) c` stands for "a c", "b c" and "c"."""

import itertools
import re

LIMIT = 500
"""The most phrases that one written phrase may stand for."""

_SPACE = re.compile(r"\s+")
_GROUP = re.compile(r"\(([^()]*)\)")


class PhraseInvalid(ValueError):
    """A phrase's brackets don't fit, or it stands for too many phrases."""


def expand(phrase: str) -> tuple[str, ...]:
    """All phrases that `phrase` stands for, each once, in the order written.

    Raises PhraseInvalid for brackets that don't fit, nothing, or over LIMIT.
    """
    pieces = _GROUP.split(_SPACE.sub(" ", phrase))
    if any(sign in piece for piece in pieces[::2] for sign in "()|"):
        raise PhraseInvalid("brackets don't fit, or | stands outside of them")
    choices = [p.split("|") if i % 2 else [p] for i, p in enumerate(pieces)]
    total = 1
    for choice in choices:
        total *= len(choice)
    if total > LIMIT:
        raise PhraseInvalid(f"stands for {total} phrases; the limit is {LIMIT}")
    joined = map("".join, itertools.product(*choices))
    found = tuple(dict.fromkeys(map(_tidy, joined)))
    if "" in found:
        raise PhraseInvalid("may be empty")
    return found


def _tidy(text: str) -> str:
    """Without the spaces that an empty alternative leaves behind."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip()
