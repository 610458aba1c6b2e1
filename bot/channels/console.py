"""Talks in the terminal: the same turn as every other channel."""

import asyncio
import secrets

from rich.console import Console
from rich.panel import Panel

from bot.conversation.messages import Incoming, Reply
from bot.conversation.turn import Conversation


async def talk(
    conversation: Conversation,
    console: Console,
    language: str | None = None,
    audience: str | None = None,
    country: str | None = None,
) -> None:
    """Read lines and answer them until the input ends.

    A number stands for the choice with that number in the last answer.
    """
    session: str | None = None
    choices: list[str] = []
    while True:
        try:
            line = await asyncio.to_thread(console.input, "[bold]> [/bold]")
        except (EOFError, KeyboardInterrupt):
            return
        chosen = _chosen(line, choices)
        reply = await conversation.take_turn(
            Incoming(
                session=session,
                id=secrets.token_hex(8),
                text=None if chosen else line,
                choice=chosen,
                language=language,
                audience=audience,
                country=country,
                channel="console",
            )
        )
        # The hints are said once; afterwards the talk may change them.
        language = audience = country = None
        session = reply.session
        choices = show(reply, console)


def show(reply: Reply, console: Console) -> list[str]:
    """Print an answer and return its choice ids in the order of their numbers."""
    choices: list[str] = []
    for bubble in reply.messages:
        style = "red" if reply.card == "danger" else "green"
        console.print(Panel(bubble.text, border_style=style), markup=False)
        for card in bubble.contacts:
            ways = [card.phone, card.sms, card.chat, card.url, card.hours]
            said = "  ".join(way for way in ways if way)
            console.print(f"  * {card.name}: {said}", markup=False, highlight=False)
        for choice in bubble.choices:
            choices.append(choice.choice)
            console.print(f"  [{len(choices)}] {choice.label}", markup=False)
    return choices


def _chosen(line: str, choices: list[str]) -> str | None:
    number = int(line) if line.strip().isdecimal() and len(line) < 4 else 0
    return choices[number - 1] if 0 < number <= len(choices) else None
