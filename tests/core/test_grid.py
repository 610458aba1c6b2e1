"""Every intent has an answer in every state."""

from typing import Any

import pytest
import yaml

from bot.directives import REPORT_SLOTS, read_directives
from tests.core.conftest import ROOT, Talk, Worker

INTENTS: list[str] = yaml.safe_load((ROOT / "domain.yml").read_text())["intents"]
INTENTS = [str({True: "yes", False: "no"}.get(name, name)) for name in INTENTS]

ENTITIES = {
    "ask": {"topic": "sextortion"},
    "clarify": {"topic": "sextortion"},
    "disclose": {"topic": "grooming", "role": "hurt"},
    "danger": {"topic": "grooming", "role": "hurt", "card": "being-hurt"},
    "smalltalk": {"about": "greet"},
    "set_profile": {"field": "audience", "value": "teen"},
    "answer": {"for_whom": "me"},
}


def _state(slots: dict[str, str], form: str | None = None) -> dict[str, Any]:
    return {"v": 1, "slots": slots, "form": form}


def _in_report(asked: str) -> dict[str, Any]:
    before = REPORT_SLOTS[: REPORT_SLOTS.index(asked)]
    filled = {slot: "skipped" for slot in before}
    return _state({**filled, "requested_slot": asked}, "report_form")


HARM = {"topic": "grooming", "disclosed": "grooming", "role": "hurt"}
STATES = {
    "new": None,
    "after a topic": _state({"topic": "sextortion"}),
    "safety asked": _state({**HARM, "safety": "asked"}),
    "safety asked again": _state({**HARM, "safety": "asked_again"}),
    **{f"report, {slot}": _in_report(slot) for slot in REPORT_SLOTS},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_is_answered_in_every_state(
    worker: Worker, intent: str, state: str
) -> None:
    body = {"name": intent, "entities": ENTITIES.get(intent, {})}
    answer = worker.turn(state=STATES[state], intent=body)
    directives = read_directives(answer["directives"])
    assert directives
    assert answer["by"] == "menu"
    # An open question is asked again, or the report has ended or is paused.
    if answer["state"]["form"]:
        asked = answer["state"]["slots"]["requested_slot"]
        assert answer["directives"][-1] == {"do": "ask", "slot": asked}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("intent", "do"), [("disclose", "show_disclosure"), ("danger", "show_danger")]
)
def test_nothing_withholds_disclosure_and_danger(
    worker: Worker, intent: str, do: str, state: str
) -> None:
    body = {"name": intent, "entities": ENTITIES[intent]}
    answer = worker.turn(state=STATES[state], intent=body)
    assert [d["do"] for d in answer["directives"]] == [do]
    assert answer["state"]["form"] is None


@pytest.mark.parametrize(
    ("intent", "entities", "expected"),
    [
        ("ask", {"topic": "grooming"}, [{"do": "show_topic", "topic": "grooming"}]),
        ("more", {}, [{"do": "show_menu"}]),
        ("unclear", {}, [{"do": "show_suggestions"}]),
        ("yes", {}, [{"do": "show_suggestions"}]),
        ("go_back", {}, [{"do": "show_menu"}]),
        ("stop", {}, [{"do": "say", "string": "stopped"}]),
        ("smalltalk", {"about": "sad"}, [{"do": "ask_clarify"}]),
        ("harmful", {}, [{"do": "say", "string": "harmful"}]),
        ("forget", {}, [{"do": "forget"}]),
        ("change_country", {}, [{"do": "set_profile", "field": "country"}]),
    ],
)
def test_outside_everything(
    talk: Talk, intent: str, entities: dict[str, str], expected: list[dict[str, str]]
) -> None:
    found = talk.choose(intent, **entities)
    assert [
        {k: v for k, v in d.items() if v not in (None, "short")} for d in found
    ] == (expected)


def test_more_is_about_the_last_topic(talk: Talk) -> None:
    talk.choose("ask", topic="grooming")
    for part in ("more", "simpler", "sources"):
        assert talk.choose(part) == [
            {"do": "show_topic", "topic": "grooming", "part": part}
        ]
