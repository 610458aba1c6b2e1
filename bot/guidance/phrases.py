"""Phrases with alternatives: `(a|b|) c` stands for "a c", "b c" and "c"."""

import itertools
import re

_SPACE = re.compile(r"\s+")
_GROUP = re.compile(r"\(([^()]*)\)")


class PhraseInvalid(ValueError):
    """A phrase's brackets don't fit, or it may be empty."""


def pieces(phrase: str) -> tuple[tuple[str, ...], ...]:
    """The alternatives at each place of `phrase`; a plain text is one alternative.

    Joined in order they are the phrases that it stands for. Raises PhraseInvalid
    for brackets that don't fit and for a phrase that may be empty.
    """
    parts = _GROUP.split(_SPACE.sub(" ", phrase))
    if any(sign in part for part in parts[::2] for sign in "()|"):
        raise PhraseInvalid("brackets don't fit, or | stands outside of them")
    found = tuple(
        tuple(dict.fromkeys(part.split("|"))) if place % 2 else (part,)
        for place, part in enumerate(parts)
        if part or place % 2
    )
    if all(any(not said.strip() for said in piece) for piece in found):
        raise PhraseInvalid("may be empty")
    return found


def expand(phrase: str) -> tuple[str, ...]:
    """All phrases that `phrase` stands for, each once, in the order written.

    For a handful of phrases; the floor matches its many without expanding them.
    Raises PhraseInvalid like `pieces`.
    """
    joined = map("".join, itertools.product(*pieces(phrase)))
    return tuple(dict.fromkeys(map(_tidy, joined)))


def _tidy(text: str) -> str:
    """Without the spaces that an empty alternative leaves behind."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip()
