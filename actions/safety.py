"""Disclosure, danger and the memory of the safety question."""

from typing import Any

import msgspec
from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.directives import (
    Ask,
    Directive,
    ShowDanger,
    ShowDisclosure,
    ShowSteps,
    danger_variant,
)

Events = list[dict[str, Any]]

_ASKING_NOTHING = (None, "asked_again")


def _send(dispatcher: CollectingDispatcher, directive: Directive) -> None:
    dispatcher.utter_message(json_message=msgspec.to_builtins(directive))


def _said(tracker: Tracker, name: str) -> str | None:
    """Return this message's entity, never one of an earlier message."""
    return next(tracker.get_latest_entity_values(name), None)


def _pause_report() -> Events:
    """Leave the form with its slots, so that the report can go on later."""
    return [
        ActiveLoop(None),
        SlotSet("requested_slot", None),
        FollowupAction("action_listen"),
    ]


def _back_to_report(tracker: Tracker) -> Events:
    """End the turn, with the report's open question if there is one."""
    return [FollowupAction(tracker.active_loop.get("name") or "action_listen")]


def _remember(topic: str | None, role: str, safety: str | None) -> Events:
    return [
        SlotSet("topic", topic),
        SlotSet("disclosed", topic),
        SlotSet("role", role),
        SlotSet("safety", safety),
    ]


class ActionShowDisclosure(Action):  # type: ignore[misc]
    """Answer a disclosure; the safety question in it now waits for its answer."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_show_disclosure"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Send the directive, remember what was disclosed, pause a report."""
        topic, role = _said(tracker, "topic"), _said(tracker, "role") or "hurt"
        _send(dispatcher, ShowDisclosure(topic=topic, role=role))
        return _remember(topic, role, "asked") + _pause_report()


class ActionShowDanger(Action):  # type: ignore[misc]
    """Answer danger now: told by this message, or by "no, I am not safe"."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_show_danger"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Send the directive, end the safety question, pause a report."""
        if tracker.latest_message["intent"]["name"] == "danger":
            topic, role = _said(tracker, "topic"), _said(tracker, "role") or "hurt"
        else:
            topic, role = tracker.get_slot("disclosed"), tracker.get_slot("role")
            role = role or "hurt"
        variant = _said(tracker, "card") or danger_variant(topic, role)
        _send(dispatcher, ShowDanger(variant=variant, topic=topic, role=role))
        return _remember(topic, role, None) + _pause_report()


class ActionShowSteps(Action):  # type: ignore[misc]
    """Show what to do now, for what was disclosed or for the topic on screen."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_show_steps"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Send the directive; the safety question is answered or left behind."""
        topic = _said(tracker, "topic") or tracker.get_slot("disclosed")
        role = _said(tracker, "role") or tracker.get_slot("role") or "hurt"
        topic = topic or tracker.get_slot("topic")
        _send(dispatcher, ShowSteps(topic=topic, role=role))
        return [SlotSet("safety", None), *_back_to_report(tracker)]


class ActionDropDisclosure(Action):  # type: ignore[misc]
    """Forget what was disclosed, when it was not meant or is to stop."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_drop_disclosure"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Empty the slots of the disclosure."""
        slots = (SlotSet(name, None) for name in ("disclosed", "role", "safety"))
        return [*slots, *_back_to_report(tracker)]


class ActionCarryOn(Action):  # type: ignore[misc]
    """End a turn that answered something else while the safety question is open."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_carry_on"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Ask once more whether the user is safe, then let it rest."""
        if tracker.get_slot("safety") in _ASKING_NOTHING:
            return [SlotSet("safety", None), *_back_to_report(tracker)]
        _send(dispatcher, Ask(slot="safe"))
        return [SlotSet("safety", "asked_again"), *_back_to_report(tracker)]
