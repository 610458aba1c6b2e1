"""Starting, answering, going back in and emptying the report."""

from typing import Any

import msgspec
from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.directives import REPORT_SLOTS, Say, ShowDanger, ShowMenu

Events = list[dict[str, Any]]


def _back_to_report(tracker: Tracker) -> Events:
    """End the turn, with the report's open question if there is one."""
    return [FollowupAction(tracker.active_loop.get("name") or "action_listen")]


def _empty() -> Events:
    return [SlotSet(name, None) for name in (*REPORT_SLOTS, "requested_slot")]


class ActionStartReport(Action):  # type: ignore[misc]
    """Make way for the report: its questions replace the one about safety."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_start_report"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Close the safety question."""
        return [SlotSet("safety", None)]


class ActionTakeAnswer(Action):  # type: ignore[misc]
    """Read an answer that the form could not take by itself.

    "Yes, in danger now" brings the danger card and pauses the report, wherever it
    comes from; everything that is no choice of the open question is declined.
    """

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_take_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Send the danger card, fill the slot, or say that a choice is needed."""
        asked = tracker.get_slot("requested_slot") == "danger_now"
        answer = next(tracker.get_latest_entity_values("danger_now"), None)
        if asked and tracker.latest_message["intent"]["name"] == "yes":
            answer = "yes"
        if answer == "yes":
            directive = ShowDanger(variant="being-hurt")
            dispatcher.utter_message(json_message=msgspec.to_builtins(directive))
            return [
                SlotSet("danger_now", "yes"),
                SlotSet("safety", None),
                SlotSet("requested_slot", None),
                ActiveLoop(None),
                FollowupAction("action_listen"),
            ]
        if asked and answer:
            return [SlotSet("danger_now", answer), *_back_to_report(tracker)]
        in_report = tracker.active_loop.get("name")
        other = Say(string="report_choose") if in_report else ShowMenu()
        dispatcher.utter_message(json_message=msgspec.to_builtins(other))
        return _back_to_report(tracker)


class ActionGoBack(Action):  # type: ignore[misc]
    """Ask the previous question of the report again."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_go_back"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Empty the slot before the open one; at the first question stay there."""
        asked = tracker.get_slot("requested_slot")
        place = REPORT_SLOTS.index(asked) if asked in REPORT_SLOTS else 0
        before = REPORT_SLOTS[max(place - 1, 0)]
        return [SlotSet(before, None), *_back_to_report(tracker)]


class ActionEmptyReport(Action):  # type: ignore[misc]
    """End the report and keep nothing of it."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_empty_report"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Empty the report's slots and leave the form."""
        return [*_empty(), ActiveLoop(None), FollowupAction("action_listen")]


class ActionForget(Action):  # type: ignore[misc]
    """Keep nothing of the conversation."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_forget"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Empty every slot and leave the form."""
        others = ("topic", "disclosed", "role", "safety")
        return [
            *_empty(),
            *(SlotSet(name, None) for name in others),
            ActiveLoop(None),
            FollowupAction("action_listen"),
        ]
