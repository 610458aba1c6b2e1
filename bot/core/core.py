"""The core as a function: (state, text or intent) -> (state, directives)."""

import re
import uuid
from typing import Any

import msgspec
from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.core.agent import CoreAgent
from bot.core.failure import TurnFailed
from bot.core.meaning import (
    Meaning,
    as_answer,
    chosen,
    read_parse_data,
    with_finding,
)
from bot.core.request import TurnRequest
from bot.core.snapshot import known_state
from bot.directives import (
    AnyDirective,
    AskClarify,
    ShowDanger,
    ShowDisclosure,
    read_directives,
)

_LEADING = re.compile(r"^[\s/]+")

_LEVELS: dict[type, int] = {ShowDanger: 3, ShowDisclosure: 2, AskClarify: 1}


class Collector(OutputChannel):  # type: ignore[misc]
    """Takes the directives of one turn; nothing is ever sent as text."""

    def __init__(self) -> None:
        """Start empty."""
        self.raw: list[Any] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep a response's JSON."""
        if message.get("custom"):
            self.raw.append(message["custom"])


async def take_turn(agent: CoreAgent, request: TurnRequest) -> dict[str, Any]:
    """Run one turn and return the answer's body; nothing of it is kept.

    Raises TurnFailed, and whatever else Rasa raises, when there is no answer.
    """
    state = known_state(request.state, agent.domain)
    meaning = await _meaning(agent, request)
    meaning = as_answer(meaning, state["slots"].get("requested_slot"))
    sender, collector = uuid.uuid4().hex, Collector()
    agent.snapshots.open(sender, state)
    try:
        await agent.handle_message(
            UserMessage(None, collector, sender, parse_data=_parse_data(meaning))
        )
        after = agent.snapshots.close(sender)
    finally:
        agent.snapshots.drop(sender)
    directives = read_directives(collector.raw)
    if not directives:
        raise TurnFailed
    return {
        "state": after,
        "directives": msgspec.to_builtins(directives),
        "nlu": _understood(meaning, directives),
        "by": meaning.by,
    }


async def _meaning(agent: CoreAgent, request: TurnRequest) -> Meaning:
    if request.intent is not None:
        return chosen(request.intent)
    text = _without_slash(request.text or "")
    parse_data = await agent.processor.parse_message(UserMessage(text))
    return with_finding(read_parse_data(parse_data), request.finding)


def _without_slash(text: str) -> str:
    """Drop leading slashes: Rasa takes a text that starts with one for an intent."""
    return _LEADING.sub("", text)


def _parse_data(meaning: Meaning) -> dict[str, Any]:
    return {
        "text": None,
        "intent": {"name": meaning.intent, "confidence": meaning.confidence},
        "entities": [{"entity": k, "value": v} for k, v in meaning.entities.items()],
    }


def _understood(
    meaning: Meaning, directives: tuple[AnyDirective, ...]
) -> dict[str, Any]:
    level = max(meaning.level, *(_LEVELS.get(type(d), 0) for d in directives))
    return {
        "intent": meaning.intent,
        "topic": meaning.entities.get("topic"),
        "role": meaning.entities.get("role"),
        "level": level,
        "card": meaning.entities.get("card"),
        "confidence": round(meaning.confidence, 4),
        "ranking": [
            {"topic": r["topic"], "confidence": round(r["confidence"], 4)}
            for r in meaning.ranking
        ],
    }
