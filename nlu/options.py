"""Typed answers of the report: "instagram", "a friend", "yesterday" are choices too."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.text import fold

LONGEST_ANSWER = 8
"""Words of an answer in which a choice is looked for; a longer text tells a story."""

SHORTEST_INSIDE = 4
"""Letters of a choice that may stand inside other words ("me", "no", "X" may not)."""


class Option(NamedTuple):
    """One choice of one question, with its label in one language."""

    slot: str
    value: str
    label: str


class Answer(NamedTuple):
    """A choice found in a text; `whole` when the text says nothing else."""

    slot: str
    value: str
    whole: bool


class Options:
    """All choices of the report, by their folded labels."""

    def __init__(self, options: Iterable[Option]) -> None:
        """Fold the labels; of two choices of a question with one label the first."""
        self.options = tuple(options)
        self._by_label: dict[str, dict[str, str]] = {}
        for slot, value, label in self.options:
            folded = fold(label)
            if folded:
                self._by_label.setdefault(folded, {}).setdefault(slot, value)

    def find(self, text: str) -> tuple[Answer, ...]:
        """Return at most one choice a question: the whole text, else the longest."""
        folded = fold(text)
        whole = self._by_label.get(folded)
        if whole:
            return _answers(whole, True)
        words = folded.split()
        if not words or _length(words) > LONGEST_ANSWER:
            return ()
        inside: dict[str, str] = {}
        for label in sorted(self._inside(words), key=len):
            inside.update(self._by_label[label])
        return _answers(inside, False)

    def _inside(self, words: list[str]) -> Iterable[str]:
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                label = " ".join(words[start:end])
                if label in self._by_label and _may_stand_inside(label):
                    yield label


def _answers(found: Mapping[str, str], whole: bool) -> tuple[Answer, ...]:
    return tuple(Answer(slot, value, whole) for slot, value in found.items())


def _length(words: list[str]) -> float:
    """Count words; two ideographs, which `fold` sets apart, are about one."""
    return sum(0.5 if len(w) == 1 and not w.isascii() else 1.0 for w in words)


def _may_stand_inside(label: str) -> bool:
    return len(label) >= SHORTEST_INSIDE or (not label.isascii() and len(label) > 1)
