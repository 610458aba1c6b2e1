"""Which counts a turn adds one to: the rule that keeps a child unfindable."""

from datetime import date
from typing import NamedTuple

from bot.metrics.vocabulary import (
    ALL,
    GUARDED_LEVELS,
    NONE,
    OPEN_LEVELS,
    LabelUnknown,
    Vocabulary,
    pair,
)


class Turn(NamedTuple):
    """What is known of a turn that was answered."""

    channel: str
    language: str
    audience: str | None
    country: str | None
    level: int
    topic: str | None
    family: str | None
    intent: str
    by: str


class Cell(NamedTuple):
    """One count: `period` is a day, or the text of an ISO week."""

    period: date | str
    name: str
    label: str


def cells(turn: Turn, vocabulary: Vocabulary, today: date) -> tuple[Cell, ...]:
    """The cells of a turn; raises LabelUnknown, and then for the whole turn."""
    if turn.level in OPEN_LEVELS:
        period: date | str = today
        labels = _open(turn)
    elif turn.level in GUARDED_LEVELS:
        period = iso_week(today)
        labels = _guarded(turn)
    else:
        raise LabelUnknown("a count has an unknown level")
    return tuple(
        Cell(period, name, vocabulary.check(name, label))
        for name, label in labels.items()
    )


def iso_week(day: date) -> str:
    """The ISO week of a day, such as 2026-W48; its year is the week's own."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def _open(turn: Turn) -> dict[str, str]:
    return {
        "turns": ALL,
        "language": turn.language,
        "audience": turn.audience or NONE,
        "channel": turn.channel,
        "topic": turn.topic or NONE,
        "intent": turn.intent,
        "by": turn.by,
    }


def _guarded(turn: Turn) -> dict[str, str]:
    return {
        "family-language": pair(turn.family or NONE, turn.language),
        "level-country": pair(str(int(turn.level)), turn.country or NONE),
    }
