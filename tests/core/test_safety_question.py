""" "Are you safe right now?" and what follows."""

import pytest

from tests.core.conftest import Talk

ASK_SAFE = {"do": "ask", "slot": "safe"}


@pytest.fixture
def disclosed(talk: Talk) -> Talk:
    found = talk.choose("disclose", topic="nudes-shared", role="witness")
    assert found == [
        {"do": "show_disclosure", "topic": "nudes-shared", "role": "witness"}
    ]
    return talk


@pytest.mark.parametrize("answer", ["yes", "safe", "show_steps"])
def test_safe_brings_the_steps(disclosed: Talk, answer: str) -> None:
    steps = {"do": "show_steps", "topic": "nudes-shared", "role": "witness"}
    assert disclosed.choose(answer) == [steps]
    assert "safety" not in disclosed.state["slots"]


@pytest.mark.parametrize("answer", ["no", "unsafe"])
def test_not_safe_brings_danger(disclosed: Talk, answer: str) -> None:
    (danger,) = disclosed.choose(answer)
    assert (danger["do"], danger["variant"]) == ("show_danger", "being-hurt")
    assert danger["topic"] == "nudes-shared"
    assert disclosed.nlu["level"] == 3
    assert "safety" not in disclosed.state["slots"]


def test_another_message_is_answered_and_the_question_asked_once_more(
    disclosed: Talk,
) -> None:
    assert disclosed.choose("smalltalk", about="thanks")[-1] == ASK_SAFE
    assert ASK_SAFE not in disclosed.choose("menu")
    assert "safety" not in disclosed.state["slots"]


@pytest.mark.parametrize(
    ("answer", "do"),
    [("yes", "show_steps"), ("no", "show_danger"), ("dont_know", "show_danger")],
)
def test_asked_again(disclosed: Talk, answer: str, do: str) -> None:
    disclosed.choose("menu")
    assert disclosed.choose(answer)[0]["do"] == do


def test_not_sure_is_asked_again(disclosed: Talk) -> None:
    assert disclosed.choose("dont_know") == [ASK_SAFE]
    assert disclosed.choose("dont_know")[0]["do"] == "show_danger"


def test_helplines_leave_the_question_open(disclosed: Talk) -> None:
    found = disclosed.choose("helplines")
    assert found == [{"do": "show_helplines", "topic": "nudes-shared"}]
    assert disclosed.choose("yes")[0]["do"] == "show_steps"


def test_not_meant_drops_it(disclosed: Talk) -> None:
    found = disclosed.choose("not_meant")
    assert [d["do"] for d in found] == ["say", "show_menu"]
    assert "disclosed" not in disclosed.state["slots"]
    assert disclosed.choose("yes") == [{"do": "show_suggestions"}]


def test_the_last_question_does_not_change_whose_steps_are_shown(
    disclosed: Talk,
) -> None:
    disclosed.choose("ask", topic="grooming")
    (steps,) = disclosed.choose("safe")
    assert (steps["topic"], steps["role"]) == ("nudes-shared", "witness")


def test_a_disclosure_without_topic_forgets_the_one_before(disclosed: Talk) -> None:
    (card,) = disclosed.choose("disclose", role="hurt")
    assert card["topic"] is None
    assert "disclosed" not in disclosed.state["slots"]


@pytest.mark.parametrize(
    ("entities", "variant"),
    [
        ({"topic": "suicide-self-harm"}, "hurt-myself"),
        ({"role": "may-hurt"}, "may-hurt-others"),
        ({"topic": "grooming"}, "being-hurt"),
        (
            {"topic": "suicide-self-harm", "card": "poisoned-or-injured"},
            "poisoned-or-injured",
        ),
    ],
)
def test_the_danger_card_fits(
    talk: Talk, entities: dict[str, str], variant: str
) -> None:
    (danger,) = talk.choose("danger", **entities)
    assert danger["variant"] == variant
