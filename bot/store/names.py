"""What may be counted: the names that the tables accept; a new one is a migration."""

DAILY: tuple[str, ...] = (
    "turns",
    "language",
    "audience",
    "channel",
    "topic",
    "intent",
    "by",
)
"""Counted by day, for levels 0 and 1 only, each alone."""

WEEKLY: tuple[str, ...] = ("family-language", "level-country")
"""Counted by ISO week, for levels 2 and 3 only."""

LONGEST = 40
"""Characters of the longest name or label."""
