"""A turn that goes wrong is a 500, never silence."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction

from bot.core.agent import CoreAgent
from bot.core.core import take_turn
from bot.core.failure import TurnFailed
from bot.core.request import Intent, TurnRequest

MENU = TurnRequest(intent=Intent("menu"))


@pytest.fixture
def agent(trained: Path) -> CoreAgent:
    agent = CoreAgent()
    agent.load_model(trained)
    return agent


def _fails(agent: CoreAgent) -> None:
    with pytest.raises(TurnFailed):
        asyncio.run(take_turn(agent, MENU))
    assert agent.snapshots._running == {}


def test_an_action_that_raises(agent: CoreAgent) -> None:
    async def broken(*args: Any) -> None:
        raise ValueError

    executor = agent.action_endpoint._executor
    executor.actions["action_carry_on"] = broken
    _fails(agent)


def test_a_missing_response(agent: CoreAgent) -> None:
    agent.nlg.responses = {
        k: v for k, v in agent.nlg.responses.items() if k != "utter_show_menu"
    }
    _fails(agent)


def test_a_store_that_raises(agent: CoreAgent, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*args: Any) -> None:
        raise TurnFailed

    monkeypatch.setattr(agent.snapshots, "save", broken)
    _fails(agent)


def test_the_schema_check_is_replaced(agent: CoreAgent) -> None:
    # Pins the name of the method that costs 48 ms a call in Rasa 3.6.21.
    check = RemoteAction._validate_action_result
    assert check.__module__ == "bot.core.local_actions"
    assert check(RemoteAction("x", None), {"events": [], "responses": []})
    with pytest.raises(TurnFailed):
        check(RemoteAction("x", None), {"events": []})


def test_no_slot_is_filled_from_text(agent: CoreAgent) -> None:
    kinds = {m["type"] for slot in agent.domain.slots for m in slot.mappings}
    assert "from_text" not in {str(kind) for kind in kinds}
