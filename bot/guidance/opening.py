"""Opening hours as rules: "daily 09:00-23:00", "Mon-Fri 14:00-20:00".

Minutes count from Monday 00:00 of the line's own clock; 24:00 ends a day, and a
closing time before the opening time means the next morning.
"""

import functools
import re
from datetime import datetime

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY = 24 * 60
WEEK = 7 * DAY
_RULE = re.compile(
    r"(?P<days>daily|[A-Z][a-z]{2}(?:[-,][A-Z][a-z]{2})*) "
    r"(?P<from>\d\d:\d\d)-(?P<to>\d\d:\d\d)"
)


class InvalidHours(ValueError):
    """A rule can't be read."""


@functools.lru_cache(maxsize=1024)
def parse_rules(rules: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """The spans of the week, as minutes [start, end); an end may pass the week's.

    Raises InvalidHours.
    """
    return tuple(span for rule in rules for span in _spans(rule))


def is_open(rules: tuple[str, ...], minute: int) -> bool | None:
    """Whether a minute of the week lies in the rules; None without rules."""
    if not rules:
        return None
    moments = (minute, minute + WEEK)
    return any(a <= m < b for a, b in parse_rules(rules) for m in moments)


def minute_of_week(there: datetime) -> int:
    """The minutes since Monday 00:00 on the clock that `there` shows."""
    return there.weekday() * DAY + there.hour * 60 + there.minute


def _spans(rule: str) -> list[tuple[int, int]]:
    found = _RULE.fullmatch(rule)
    if found is None:
        raise InvalidHours(repr(rule))
    start, end = _minute(found["from"], rule), _minute(found["to"], rule)
    if start in (end, DAY):
        raise InvalidHours(repr(rule))
    if end < start:
        end += DAY
    return [(day * DAY + start, day * DAY + end) for day in _days(found["days"], rule)]


def _days(written: str, rule: str) -> list[int]:
    if written == "daily":
        return list(range(7))
    found: list[int] = []
    for part in written.split(","):
        names = part.split("-")
        if len(names) > 2 or any(name not in DAYS for name in names):
            raise InvalidHours(repr(rule))
        first, last = DAYS.index(names[0]), DAYS.index(names[-1])
        found.extend((first + i) % 7 for i in range((last - first) % 7 + 1))
    return found


def _minute(written: str, rule: str) -> int:
    hour, minute = int(written[:2]), int(written[3:])
    if minute > 59 or hour * 60 + minute > DAY:
        raise InvalidHours(repr(rule))
    return hour * 60 + minute
