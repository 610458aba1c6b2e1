"""A snapshot carries all that the rules need: same answers as the whole log."""

import asyncio
import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore

from bot.core.agent import CoreAgent
from bot.core.core import Collector, take_turn
from bot.core.request import Intent, TurnRequest
from tests.core.test_grid import ENTITIES, INTENTS

TURNS = 60
REPORT_ANSWERS = itertools.cycle(
    [("for_whom", "me"), ("what", "nudes"), ("where", "game"), ("since", "today")]
)


def _script() -> Iterator[tuple[str, dict[str, str]]]:
    chance = random.Random(7)
    names = [n for n in INTENTS if n != "forget"] + ["report", "answer", "skip"] * 6
    for _ in range(TURNS):
        name = chance.choice(names)
        entities = dict(ENTITIES.get(name, {}))
        if name == "answer":
            entities = dict([next(REPORT_ANSWERS)])
        yield name, entities


@pytest.fixture(scope="module")
def agent(trained: Path) -> CoreAgent:
    agent = CoreAgent()
    agent.load_model(trained)
    return agent


async def _with_snapshots(agent: CoreAgent, script: Any) -> list[Any]:
    found, state = [], None
    for name, entities in script:
        request = TurnRequest(state=state, intent=Intent(name, entities))
        answer = await take_turn(agent, request)
        found.append(answer["directives"])
        state = answer["state"]
    return found


async def _with_whole_log(agent: CoreAgent, script: Any) -> list[Any]:
    found = []
    assert agent.processor is not None
    agent.processor.tracker_store = InMemoryTrackerStore(agent.domain)
    try:
        for name, entities in script:
            collector = Collector()
            parsed = {
                "text": None,
                "intent": {"name": name, "confidence": 1.0},
                "entities": [{"entity": k, "value": v} for k, v in entities.items()],
            }
            message = UserMessage(None, collector, "one", parse_data=parsed)
            await agent.handle_message(message)
            found.append(collector.raw)
    finally:
        agent.processor.tracker_store = agent.snapshots
    return found


def _plain(directives: list[Any]) -> list[Any]:
    empty = (None, "None", "")
    defaults = {("part", "short"), ("role", "hurt")}
    return [
        {k: v for k, v in d.items() if v not in empty and (k, v) not in defaults}
        for d in directives
    ]


def test_the_same_answers_as_with_the_whole_log(agent: CoreAgent) -> None:
    script = list(_script())
    short = asyncio.run(_with_snapshots(agent, script))
    long = asyncio.run(_with_whole_log(agent, script))
    for turn, (ours, theirs) in enumerate(zip(short, long)):
        assert _plain(ours) == _plain(theirs), (turn, script[turn])


def test_no_turn_leaves_anything_behind(agent: CoreAgent) -> None:
    asyncio.run(_with_snapshots(agent, list(_script())))
    assert agent.snapshots._running == {}
    assert agent.tracker_store is agent.snapshots
