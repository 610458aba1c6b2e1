"""One labelled line of training data, and what each head learns from it."""

from typing import NamedTuple

HARM_INTENTS = ("disclose", "danger")
TOPIC_INTENTS = ("ask", *HARM_INTENTS)


class Line(NamedTuple):
    """A text with its intent; `topic` is "none" where a disclosure has no topic."""

    text: str
    intent: str
    topic: str | None = None
    role: str | None = None
    card: str | None = None
    about: str | None = None


def targets(line: Line) -> dict[str, str]:
    """Return head -> class for the heads that learn from this line.

    `harm` tells disclosures from everything else, `level` danger now from what was;
    `intent` is about the rest, so that a rare command and a common disclosure
    never compete for one probability.
    """
    harmed = line.intent in HARM_INTENTS
    found = {"harm": "yes" if harmed else "no"}
    if harmed:
        found["level"] = line.intent
        found["role"] = line.role or "hurt"
        if line.card:
            found["card"] = line.card
    else:
        found["intent"] = f"{line.intent}/{line.about}" if line.about else line.intent
    if line.intent in TOPIC_INTENTS:
        found["topic"] = line.topic or "none"
    return found
