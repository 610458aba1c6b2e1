"""Scores -> meaning, at and around the thresholds."""

import pytest

from nlu.decide import NOTHING, Thresholds, decide
from nlu.heads import Scores

LIMITS = Thresholds(
    harm=0.45, danger=0.3, clarify=0.25, sure=0.5, unclear=0.3, topic=0.2
)


def _scores(
    harm: float,
    danger: float = 0.0,
    intent: str = "ask",
    sure: float = 0.9,
    topic: float = 0.8,
) -> Scores:
    return {
        "harm": {"yes": harm, "no": 1 - harm},
        "level": {"danger": danger, "disclose": 1 - danger},
        "intent": {intent: sure, "more": (1 - sure) / 9},
        "topic": {"grooming": topic, "none": (1 - topic) / 2, "sextortion": 0.05},
        "role": {"hurt": 0.7, "witness": 0.3},
        "card": {"being-hurt": 0.9, "hurt-myself": 0.1},
    }


@pytest.mark.parametrize(
    ("scores", "intent", "level"),
    [
        (_scores(0.45), "disclose", 2),
        (_scores(0.9, danger=0.29), "disclose", 2),
        (_scores(0.9, danger=0.3), "danger", 3),
        (_scores(0.2, danger=0.99), "ask", 0),
        (_scores(0.44), "clarify", 1),
        (_scores(0.25), "clarify", 1),
        (_scores(0.24), "ask", 0),
        (_scores(0.44, intent="out_of_scope"), "out_of_scope", 0),
        (_scores(0.44, intent="out_of_scope", sure=0.49), "clarify", 1),
        (_scores(0.1, sure=0.29), "unclear", 0),
        (_scores(0.1, topic=0.19), "unclear", 0),
        (_scores(0.1, intent="menu", topic=0.1), "menu", 0),
    ],
)
def test_thresholds(scores: Scores, intent: str, level: int) -> None:
    found = decide(scores, LIMITS)
    assert (found.intent, found.level) == (intent, level)


def test_a_disclosure_has_topic_and_role() -> None:
    entities = decide(_scores(0.9), LIMITS).entities()
    assert entities == {"topic": "grooming", "role": "hurt", "level": "2"}


def test_danger_has_a_card() -> None:
    assert decide(_scores(0.9, danger=0.9), LIMITS).card == "being-hurt"


def test_danger_of_no_topic() -> None:
    scores = _scores(0.9, danger=0.9, topic=0.1)
    scores["topic"]["none"] = 0.9
    scores["role"] = {"may-hurt": 1.0}
    del scores["card"]
    found = decide(scores, LIMITS)
    assert (found.topic, found.card) == (None, "may-hurt-others")


def test_small_talk_says_what_about() -> None:
    found = decide(_scores(0.0, intent="smalltalk/sad"), LIMITS)
    assert (found.intent, found.about) == ("smalltalk", "sad")


def test_the_ranking_is_of_real_topics() -> None:
    ranking = decide(_scores(0.1, topic=0.1), LIMITS).ranking
    assert [topic for topic, _ in ranking] == ["grooming", "sextortion"]


def test_nothing_is_unclear() -> None:
    assert decide(None, LIMITS) == NOTHING
    assert decide({}, LIMITS).intent == "unclear"
