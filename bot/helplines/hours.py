"""Opening hours of a line, as a truth about now and as a text."""

from datetime import datetime

from bot.guidance.values import Helpline

_ALWAYS = ("daily 00:00-24:00",)


def open_now(helpline: Helpline, now: datetime) -> bool | None:
    """Whether the line is open at `now` (aware); None when nobody told its hours."""
    return None if helpline.hours is None else helpline.hours.open_at(now)


def hours_text(helpline: Helpline) -> str | None:
    """The hours as the directory has them: "24/7", rules, a note, or None."""
    if helpline.hours is not None and helpline.hours.open:
        if helpline.hours.open == _ALWAYS:
            return "24/7"
        return "; ".join(helpline.hours.open)
    return helpline.hours_text
