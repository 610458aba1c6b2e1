"""The state that travels with each turn, and the tracker made from it.

A snapshot holds what a conversation of rules needs: the slots that differ from
their initial value, and the open form. No text, no events, about 200 bytes.
"""

import re
from collections.abc import Mapping
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.core.failure import TurnFailed

State = dict[str, Any]

VERSION = 1
VALUE = re.compile(r"[a-z0-9_-]{1,80}")
"""Slots hold slugs and choices, never what somebody wrote."""

MESSAGE_SLOTS = frozenset({"about", "field", "value"})
"""Slots about one message only; the next turn starts without them."""


def new_state() -> State:
    """Return the state of a conversation that has just begun."""
    return {"v": VERSION, "slots": {}, "form": None}


def known_state(raw: object, domain: Domain) -> State:
    """Return a state that came from outside, as far as this model knows it.

    Anything foreign makes a new conversation: a wrong type, an unknown slot or
    form, a value that is no short text.
    """
    if not isinstance(raw, dict) or raw.get("v") != VERSION:
        return new_state()
    slots, form = raw.get("slots"), raw.get("form")
    if not isinstance(slots, dict):
        return new_state()
    names = {slot.name: slot for slot in domain.slots} | {"requested_slot": None}
    fits = (form is None or form in domain.form_names) and all(
        name in names and name not in MESSAGE_SLOTS and _fits(names[name], value)
        for name, value in slots.items()
    )
    if not fits or not _open_question_fits(slots, form, domain):
        return new_state()
    return {"v": VERSION, "slots": dict(slots), "form": form}


def _fits(slot: Any, value: object) -> bool:
    if not isinstance(value, str) or not VALUE.fullmatch(value):
        return False
    values = getattr(slot, "values", None)
    return values is None or value in values


def _open_question_fits(slots: Any, form: Any, domain: Domain) -> bool:
    asked = slots.get("requested_slot")
    if form is None:
        return asked is None
    return asked in domain.required_slots_for_form(form)


def state_of(tracker: DialogueStateTracker) -> State:
    """Return the snapshot of a tracker."""
    slots = {
        name: slot.value
        for name, slot in tracker.slots.items()
        if slot.value != slot.initial_value
        and name not in MESSAGE_SLOTS
        and name != "session_started_metadata"
    }
    return {"v": VERSION, "slots": slots, "form": tracker.active_loop_name}


def tracker_of(sender: str, state: Mapping[str, Any], domain: Domain) -> Any:
    """Return a tracker that goes on from a snapshot."""
    events: list[Any] = [ActionExecuted("action_session_start"), SessionStarted()]
    events += [SlotSet(name, value) for name, value in state["slots"].items()]
    if state["form"]:
        events.append(ActiveLoop(state["form"]))
    events.append(ActionExecuted("action_listen"))
    tracker = DialogueStateTracker(sender, domain.slots)
    tracker.update_with_events(events, domain)
    return tracker


class SnapshotStore(TrackerStore):  # type: ignore[misc]
    """Rasa's tracker store, holding a conversation only while its turn runs."""

    def __init__(self, domain: Domain | None = None) -> None:
        """Start empty."""
        super().__init__(domain)
        self._running: dict[str, State] = {}

    def open(self, sender: str, state: State) -> None:
        """Let the turn of this sender begin at a state."""
        self._running[sender] = state

    def close(self, sender: str) -> State:
        """Return where the turn ended, and keep nothing."""
        return self._running.pop(sender)

    def drop(self, sender: str) -> None:
        """Keep nothing of a turn that failed."""
        self._running.pop(sender, None)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the tracker of the running turn."""
        state = self._running.get(sender_id)
        if state is None:
            raise TurnFailed
        return tracker_of(sender_id, state, self.domain)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Note where the turn ended."""
        self._running[tracker.sender_id] = state_of(tracker)
