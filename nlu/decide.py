"""Scores -> what was understood. Disclosures are decided first, on their own."""

from typing import Any, NamedTuple

import msgspec

from bot.directives import danger_variant
from bot.guidance.values import NO_TOPIC
from nlu.heads import Scores

RANKED = 5
"""How many topics are handed on, to be offered."""


class Thresholds(msgspec.Struct, frozen=True):
    """Probabilities from which something counts; config.yml says what each does."""

    harm: float = 0.45
    danger: float = 0.25
    clarify: float = 0.25
    sure: float = 0.5
    unclear: float = 0.3
    topic: float = 0.2


class Understood(NamedTuple):
    """What a message means; `level` is 0, 1 (ask back), 2 or 3."""

    intent: str
    confidence: float
    level: int = 0
    topic: str | None = None
    role: str | None = None
    card: str | None = None
    about: str | None = None
    topic_confidence: float = 0.0
    role_confidence: float = 0.0
    ranking: tuple[tuple[str, float], ...] = ()

    def entities(self) -> dict[str, str]:
        """Return what the rules and actions read, under their entity names."""
        named: dict[str, Any] = {
            "topic": self.topic,
            "role": self.role,
            "level": str(self.level) if self.level else None,
            "card": self.card,
            "about": self.about,
        }
        return {name: value for name, value in named.items() if value is not None}


NOTHING = Understood("unclear", 0.0)


def decide(scores: Scores | None, limits: Thresholds) -> Understood:
    """Turn the scores of one message into one meaning."""
    if scores is None:
        return NOTHING
    harm = scores.get("harm", {}).get("yes", 0.0)
    found = (
        _harmed(scores, harm, limits)
        if harm >= limits.harm
        else _other(scores, harm, limits)
    )
    return found._replace(ranking=_ranking(scores))


def _ranking(scores: Scores) -> tuple[tuple[str, float], ...]:
    topics = [pair for pair in scores.get("topic", {}).items() if pair[0] != NO_TOPIC]
    return tuple(sorted(topics, key=lambda pair: -pair[1])[:RANKED])


def _best(scores: Scores, head: str, default: str) -> tuple[str, float]:
    of_head = scores.get(head) or {default: 0.0}
    return max(of_head.items(), key=lambda pair: pair[1])


def _harmed(scores: Scores, harm: float, limits: Thresholds) -> Understood:
    topic, topic_sure = _best(scores, "topic", NO_TOPIC)
    role, role_sure = _best(scores, "role", "hurt")
    found = Understood(
        intent="disclose",
        confidence=harm,
        level=2,
        topic=None if topic == NO_TOPIC else topic,
        role=role,
        topic_confidence=topic_sure,
        role_confidence=role_sure,
    )
    if scores.get("level", {}).get("danger", 0.0) < limits.danger:
        return found
    card, _ = _best(scores, "card", danger_variant(found.topic, role))
    return found._replace(intent="danger", level=3, card=card)


def _other(scores: Scores, harm: float, limits: Thresholds) -> Understood:
    name, confidence = _best(scores, "intent", "unclear")
    intent, _, about = name.partition("/")
    topic, sure = next(iter(_ranking(scores)), (None, 0.0))
    if sure < limits.topic:
        topic = None
    if harm >= limits.clarify and (intent == "ask" or confidence < limits.sure):
        return Understood("clarify", harm, 1, topic, topic_confidence=sure)
    if confidence < limits.unclear or (intent == "ask" and topic is None):
        return Understood("unclear", confidence)
    if intent == "ask":
        return Understood("ask", confidence, topic=topic, topic_confidence=sure)
    return Understood(intent, confidence, about=about or None)
