"""The words that may be counted, all of them known before anybody writes."""

import re
from collections.abc import Iterable
from itertools import product

from bot.errors import CopbotError
from bot.guidance.values import NO_TOPIC
from bot.store.names import DAILY, LONGEST, WEEKLY

NONE = NO_TOPIC
"""Label of what is not known: no topic, no country, no audience, no family."""
ALL = "all"
"""The one label of `turns`."""
INTENTS = (
    "ask",
    "disclose",
    "smalltalk",
    "command",
    "form",
    "harmful",
    "unclear",
    "out_of_scope",
)
BY = ("floor", "core", "menu", "fallback")
OPEN_LEVELS = (0, 1)
"""Information and worry: counted by day."""
GUARDED_LEVELS = (2, 3)
"""Harm and danger: counted by week, never with a topic."""

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class LabelUnknown(CopbotError):
    """A count has a name or label outside the vocabulary; the text is not quoted."""

    code = "label_unknown"


class Vocabulary:
    """Every name and label that a count may have.

    Raises LabelUnknown for a label of more than 40 characters or with others than
    letters, digits, hyphen and underscore.
    """

    def __init__(
        self,
        languages: Iterable[str],
        topics: Iterable[str],
        families: Iterable[str],
        audiences: Iterable[str],
        channels: Iterable[str],
        countries: Iterable[str],
    ) -> None:
        spoken, kinds, places = tuple(languages), tuple(families), tuple(countries)
        self._labels = {
            "turns": frozenset((ALL,)),
            "language": frozenset(spoken),
            "audience": frozenset((*audiences, NONE)),
            "channel": frozenset(channels),
            "topic": frozenset((*topics, NONE)),
            "intent": frozenset(INTENTS),
            "by": frozenset(BY),
            "family-language": _pairs((*kinds, NONE), spoken),
            "level-country": _pairs(map(str, GUARDED_LEVELS), (*places, NONE)),
        }
        simple = (label for name in DAILY for label in self._labels[name])
        for word in (*simple, *kinds, *places):
            if not _WORD.fullmatch(word):
                raise LabelUnknown("a label is not a plain word")
        if any(len(x) > LONGEST for labels in self._labels.values() for x in labels):
            raise LabelUnknown(f"a label has more than {LONGEST} characters")

    @property
    def names(self) -> tuple[str, ...]:
        """All names, those of a day first."""
        return DAILY + WEEKLY

    def labels(self, name: str) -> frozenset[str]:
        """The labels of a name; raises LabelUnknown when the name is unknown."""
        try:
            return self._labels[name]
        except KeyError:
            raise LabelUnknown("a count has an unknown name") from None

    def check(self, name: str, label: str) -> str:
        """The label itself; raises LabelUnknown when it is not one of `name`."""
        if label not in self.labels(name):
            raise LabelUnknown(f"a count of {name} has an unknown label")
        return label


def pair(first: str, second: str) -> str:
    """The label of two words counted together, such as bullying:fr."""
    return f"{first}:{second}"


def _pairs(first: Iterable[str], second: Iterable[str]) -> frozenset[str]:
    return frozenset(pair(one, other) for one, other in product(first, second))
