"""What may come in over the socket: checked here, trusted behind."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from bot.core.material import Material
from bot.directives import REPORT_SLOTS
from bot.errors import RequestInvalid
from bot.guidance.values import NO_TOPIC, ROLES
from bot.text import MAX_CORE

CARDS = ("hurt-myself", "being-hurt", "may-hurt-others", "poisoned-or-injured")
FIELDS = ("language", "audience", "country")

_YES_NO = frozenset({"yes", "no", "dont_know"})
CHOICES: Mapping[str, frozenset[str]] = {
    "for_whom": frozenset({"me", "friend", "my_child", "my_pupil", "other"}),
    "what": frozenset(
        {"insults", "excluded", "rumours", "fake_profile", "pictures", "nudes"}
        | {"blackmail", "grooming", "threats", "hate", "hacked", "scam", "other"}
    ),
    "where": frozenset({"game", "messages", "school", "other"}),
    "since": frozenset({"today", "this_week", "this_month", "longer", "dont_know"}),
    "danger_now": _YES_NO,
    "adult_told": _YES_NO,
    "wish": frozenset({"stop", "remove", "talk", "advice", "dont_know"}),
}
"""The report's values; `where` also takes the platforms of the content."""

_PROFILE_VALUE = re.compile(r"[A-Za-z]{2,12}")


class Finding(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """What the edge's safety floor found in the text."""

    level: int
    topic: str | None = None
    role: str = "hurt"
    card: str | None = None


class Intent(msgspec.Struct, frozen=True):
    """A choice by button: an intent that needs no understanding."""

    name: str
    entities: dict[str, str] = {}


class TurnRequest(msgspec.Struct, frozen=True):
    """One turn: a text or an intent, and the state it starts from."""

    state: Any = None
    text: str | None = None
    intent: Intent | None = None
    finding: Finding | None = None
    profile: dict[str, Any] = {}


class RequestReader:
    """Reads bodies of `POST /turn` against one content and one model."""

    def __init__(self, material: Material, intents: frozenset[str]) -> None:
        """Note what is allowed."""
        self._topics = material.topics
        self._intents = intents
        choices = dict(CHOICES)
        choices["where"] = choices["where"] | material.platforms
        self._choices = choices

    def read(self, body: bytes) -> TurnRequest:
        """Return the checked request.

        Raises RequestInvalid on anything that the edge never sends.
        """
        try:
            request = msgspec.json.decode(body, type=TurnRequest)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise RequestInvalid("the body is no turn") from error
        if (request.text is None) == (request.intent is None):
            raise RequestInvalid("a turn has either a text or an intent")
        if request.text is not None and len(request.text) > MAX_CORE:
            raise RequestInvalid("the text is too long")
        if request.intent is not None:
            self._check_intent(request.intent)
        if request.finding is not None:
            self._check_finding(request.finding)
        return request

    def _check_intent(self, intent: Intent) -> None:
        if intent.name not in self._intents:
            raise RequestInvalid("the intent is unknown")
        if intent.name == "ask" and "topic" not in intent.entities:
            raise RequestInvalid("a question needs a topic")
        if intent.name == "set_profile" and "field" not in intent.entities:
            raise RequestInvalid("a profile choice needs a field")
        if intent.name == "smalltalk" and "about" not in intent.entities:
            raise RequestInvalid("small talk needs to be about something")
        if intent.name == "answer" and len(intent.entities) != 1:
            raise RequestInvalid("an answer is about one question")
        for name, value in intent.entities.items():
            if not self._allowed(name, value):
                raise RequestInvalid("an entity or its value is unknown")

    def _allowed(self, name: str, value: str) -> bool:
        if name == "topic":
            return value in self._topics
        if name == "role":
            return value in ROLES
        if name == "card":
            return value in CARDS
        if name == "field":
            return value in FIELDS
        if name == "value":
            return bool(_PROFILE_VALUE.fullmatch(value))
        if name == "about":
            return value.replace("_", "").isalpha() and value.isascii()
        return name in REPORT_SLOTS and value in self._choices[name]

    def _check_finding(self, finding: Finding) -> None:
        known = finding.topic in (None, NO_TOPIC) or finding.topic in self._topics
        fits = (
            finding.level in (2, 3)
            and known
            and finding.role in ROLES
            and finding.card in (None, *CARDS)
        )
        if not fits:
            raise RequestInvalid("the finding is unknown")
