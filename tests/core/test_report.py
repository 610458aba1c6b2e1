"""The report form: forwards, back, skip, stop, interruption, resuming."""

from itertools import pairwise

import pytest

from bot.directives import REPORT_SLOTS
from tests.core.conftest import Talk

ANSWERS = {
    "for_whom": "friend",
    "what": "blackmail",
    "where": "instagram",
    "since": "this_week",
    "danger_now": "no",
    "adult_told": "dont_know",
    "wish": "remove",
}


def _asks(slot: str) -> dict[str, str]:
    return {"do": "ask", "slot": slot}


@pytest.fixture
def report(talk: Talk) -> Talk:
    assert talk.choose("report") == [_asks("for_whom")]
    return talk


def _answer(talk: Talk, *slots: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for slot in slots:
        found = talk.choose("answer", **{slot: ANSWERS[slot]})
    return found


def test_to_the_end(report: Talk) -> None:
    for slot, following in pairwise(REPORT_SLOTS):
        assert _answer(report, slot) == [_asks(following)]
    assert _answer(report, "wish") == [{"do": "show_plan", **ANSWERS}]
    assert report.state == {"v": 1, "slots": {}, "form": None}


def test_a_second_report_starts_empty(report: Talk) -> None:
    _answer(report, *REPORT_SLOTS)
    assert report.choose("report") == [_asks("for_whom")]


def test_skip_and_dont_know(report: Talk) -> None:
    for _ in REPORT_SLOTS[:-1]:
        report.choose("skip")
    (plan,) = report.choose("dont_know")
    assert plan["wish"] == "dont_know"
    assert {plan[slot] for slot in REPORT_SLOTS[:-1]} == {"skipped"}


def test_dont_know_where_it_is_no_choice_is_skipped(report: Talk) -> None:
    report.choose("dont_know")
    assert report.state["slots"]["for_whom"] == "skipped"


def test_back_asks_the_question_before(report: Talk) -> None:
    _answer(report, "for_whom", "what")
    assert report.choose("go_back") == [_asks("what")]
    assert report.choose("go_back") == [_asks("for_whom")]
    assert report.choose("go_back") == [_asks("for_whom")]
    assert _answer(report, "for_whom") == [_asks("what")]


def test_stop_keeps_nothing(report: Talk) -> None:
    _answer(report, "for_whom", "what")
    assert report.choose("stop") == [{"do": "say", "string": "report_stopped"}]
    assert report.state == {"v": 1, "slots": {}, "form": None}


def test_a_question_is_answered_and_the_open_one_asked_again(report: Talk) -> None:
    found = report.text("what is sextortion")
    assert found[0]["do"] == "show_topic"
    assert found[1:] == [_asks("for_whom")]
    assert report.choose("smalltalk", about="greet")[-1] == _asks("for_whom")
    found = report.choose("unclear")
    assert found == [{"do": "say", "string": "report_choose"}, _asks("for_whom")]


def test_free_text_fills_nothing(report: Talk) -> None:
    report.text("qwertz uiopü asdf")
    assert "for_whom" not in report.state["slots"]


def test_an_answer_to_another_question_is_declined(report: Talk) -> None:
    found = report.choose("answer", wish="stop")
    assert found == [{"do": "say", "string": "report_choose"}, _asks("for_whom")]
    assert "wish" not in report.state["slots"]


def test_a_platform_may_be_typed(report: Talk) -> None:
    _answer(report, "for_whom", "what")
    assert report.text("Instagram") == [_asks("since")]
    assert report.state["slots"]["where"] == "instagram"
    report.choose("go_back")
    assert report.text("on instagram") == [_asks("since")]


def test_yes_and_no_may_be_typed(report: Talk) -> None:
    _answer(report, *REPORT_SLOTS[:4])
    assert report.text("no") == [_asks("adult_told")]
    assert report.text("yes") == [_asks("wish")]
    assert report.state["slots"]["danger_now"] == "no"
    assert report.state["slots"]["adult_told"] == "yes"


@pytest.mark.parametrize("typed", [True, False])
def test_danger_now_pauses(report: Talk, typed: bool) -> None:
    _answer(report, *REPORT_SLOTS[:4])
    if typed:
        (danger,) = report.text("yes")
    else:
        (danger,) = report.choose("answer", danger_now="yes")
    assert (danger["do"], danger["variant"]) == ("show_danger", "being-hurt")
    assert report.state["form"] is None
    assert report.choose("report") == [_asks("adult_told")]


def test_a_stale_yes_in_danger_still_brings_the_card(talk: Talk) -> None:
    (danger,) = talk.choose("answer", danger_now="yes")
    assert danger["do"] == "show_danger"


def test_a_disclosure_pauses_and_the_report_resumes(report: Talk) -> None:
    _answer(report, "for_whom", "what")
    (card,) = report.text("i want to die")
    assert (card["do"], card["topic"]) == ("show_disclosure", "suicide-self-harm")
    assert report.state["form"] is None
    assert report.choose("yes")[0]["do"] == "show_steps"
    assert report.choose("report") == [_asks("where")]
    _answer(report, *REPORT_SLOTS[2:-1])
    assert _answer(report, "wish") == [{"do": "show_plan", **ANSWERS}]


def test_only_a_filed_report_is_emptied(report: Talk) -> None:
    _answer(report, "for_whom")
    assert report.choose("report_failed")[0]["string"] == "report_failed"
    assert report.state["slots"]["for_whom"] == "friend"
    assert report.choose("report_filed")[0]["string"] == "report_filed"
    assert report.state == {"v": 1, "slots": {}, "form": None}
