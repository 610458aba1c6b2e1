"""What a turn means: the model's reading and the floor's finding, brought together."""

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.core.request import Finding, Intent
from bot.guidance.values import NO_TOPIC

LEVELS = {"danger": 3, "disclose": 2, "clarify": 1}
SURE_OF_TOPIC = 0.5
"""Below this the model's topic of a disclosure yields to the floor's."""

SURE_OF_HURT = 0.8
"""Below this "hurt" yields to a floor that found somebody who harmed."""

HARMING = ("did-it", "may-hurt")


class Meaning(msgspec.Struct, frozen=True):
    """An intent with its entities; `by` names the part whose finding it is.

    `answers` maps a question of the report to (value, whether the text says nothing
    else).
    """

    intent: str
    confidence: float
    by: str
    entities: Mapping[str, str] = {}
    ranking: tuple[Mapping[str, Any], ...] = ()
    answers: Mapping[str, tuple[str, bool]] = {}
    topic_confidence: float = 0.0
    role_confidence: float = 0.0

    @property
    def level(self) -> int:
        """Return 3 for danger now, 2 for a disclosure, 1 for asking back, else 0."""
        return LEVELS.get(self.intent, 0)


def read_parse_data(parse_data: Mapping[str, Any]) -> Meaning:
    """Return what the NLU component understood."""
    entities = parse_data["entities"]
    return Meaning(
        intent=parse_data["intent"]["name"] or "unclear",
        confidence=float(parse_data["intent"]["confidence"]),
        by="core",
        entities={e["entity"]: e["value"] for e in entities if "whole" not in e},
        ranking=tuple(parse_data.get("ranking", ())),
        answers={
            e["entity"]: (e["value"], e["whole"]) for e in entities if "whole" in e
        },
        topic_confidence=parse_data.get("topic_confidence", 0.0),
        role_confidence=parse_data.get("role_confidence", 0.0),
    )


def chosen(intent: Intent) -> Meaning:
    """Return the meaning of a button: it needs no understanding."""
    return Meaning(intent.name, 1.0, "menu", dict(intent.entities))


def with_finding(model: Meaning, finding: Finding | None) -> Meaning:
    """Return the higher of the two levels, with the surer topic, role and card."""
    if finding is None or model.level > finding.level:
        return model
    if model.level < finding.level or model.topic_confidence < SURE_OF_TOPIC:
        return _of_floor(model, finding)
    entities = dict(model.entities)
    unsure = entities.get("role") == "hurt" and model.role_confidence < SURE_OF_HURT
    if finding.role in HARMING and unsure:
        entities = _entities(finding)
    if finding.level == 3 and finding.card:
        entities["card"] = finding.card
    return msgspec.structs.replace(model, entities=entities)


def _of_floor(model: Meaning, finding: Finding) -> Meaning:
    intent = "danger" if finding.level == 3 else "disclose"
    return msgspec.structs.replace(
        model, intent=intent, confidence=1.0, by="floor", entities=_entities(finding)
    )


def _entities(finding: Finding) -> dict[str, str]:
    named = {"topic": finding.topic, "role": finding.role, "card": finding.card}
    return {k: v for k, v in named.items() if v is not None and v != NO_TOPIC}


def as_answer(meaning: Meaning, asked: str | None) -> Meaning:
    """Return the meaning as an answer to the open question, where it is one.

    A text that is one of the choices and nothing else answers, whatever it looks
    like; a choice inside a longer text answers if nothing else was understood.
    Danger, and what the floor found, are never taken for an answer.
    """
    if asked is None or asked not in meaning.answers:
        return meaning
    if meaning.by != "core" or meaning.level == 3:
        return meaning
    value, whole = meaning.answers[asked]
    if not whole and meaning.intent not in ("unclear", "out_of_scope", "ask"):
        return meaning
    return msgspec.structs.replace(meaning, intent="answer", entities={asked: value})
