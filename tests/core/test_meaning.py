"""The model's reading beside the floor's finding, and answers of the report."""

from typing import Any

import pytest

from bot.core.meaning import Meaning, as_answer, with_finding
from bot.core.request import Finding


def _model(
    intent: str, sure: float = 0.9, role_sure: float = 0.9, **entities: str
) -> Meaning:
    return Meaning(
        intent,
        0.7,
        "core",
        entities,
        topic_confidence=sure,
        role_confidence=role_sure,
    )


ASK = _model("ask", topic="grooming")
DISCLOSE = _model("disclose", topic="grooming", role="hurt")
UNSURE = _model("disclose", sure=0.4, topic="grooming", role="hurt")
DANGER = _model("danger", topic="grooming", role="hurt", card="being-hurt")
UNSURE_ROLE = _model("disclose", role_sure=0.7, topic="grooming", role="hurt")


@pytest.mark.parametrize(
    ("model", "finding", "by", "intent", "expected"),
    [
        (ASK, None, "core", "ask", {"topic": "grooming"}),
        (ASK, Finding(2, "sextortion"), "floor", "disclose", {"topic": "sextortion"}),
        (ASK, Finding(3, "none", "may-hurt"), "floor", "danger", {"role": "may-hurt"}),
        (DISCLOSE, Finding(2, "sextortion"), "core", "disclose", {"topic": "grooming"}),
        (
            UNSURE,
            Finding(2, "sextortion"),
            "floor",
            "disclose",
            {"topic": "sextortion"},
        ),
        (
            DISCLOSE,
            Finding(3, "sextortion"),
            "floor",
            "danger",
            {"topic": "sextortion"},
        ),
        (DANGER, Finding(2, "sextortion"), "core", "danger", {"card": "being-hurt"}),
        (
            DANGER,
            Finding(3, "suicide-self-harm", card="poisoned-or-injured"),
            "core",
            "danger",
            {"topic": "grooming", "card": "poisoned-or-injured"},
        ),
        (
            UNSURE_ROLE,
            Finding(2, "nudes-shared", "did-it"),
            "core",
            "disclose",
            {"topic": "nudes-shared", "role": "did-it"},
        ),
        (
            DISCLOSE,
            Finding(2, "nudes-shared", "did-it"),
            "core",
            "disclose",
            {"topic": "grooming", "role": "hurt"},
        ),
    ],
)
def test_floor_and_model(
    model: Meaning, finding: Any, by: str, intent: str, expected: dict[str, str]
) -> None:
    found = with_finding(model, finding)
    assert (found.by, found.intent) == (by, intent)
    assert expected.items() <= found.entities.items()
    assert found.entities.get("topic") != "none"


@pytest.mark.parametrize(
    ("intent", "whole", "by", "asked", "answers"),
    [
        ("unclear", False, "core", "what", True),
        ("out_of_scope", False, "core", "what", True),
        ("disclose", True, "core", "what", True),
        ("disclose", False, "core", "what", False),
        ("danger", True, "core", "what", False),
        ("disclose", True, "floor", "what", False),
        ("helplines", False, "core", "what", False),
        ("unclear", True, "core", "where", False),
        ("unclear", True, "core", None, False),
    ],
)
def test_choices_as_answers(
    intent: str, whole: bool, by: str, asked: str | None, answers: bool
) -> None:
    meaning = Meaning(intent, 0.5, by, answers={"what": ("blackmail", whole)})
    found = as_answer(meaning, asked)
    assert (found.intent == "answer") is answers
    if answers:
        assert found.entities == {"what": "blackmail"}
