"""What comes in and what goes out of a turn, the same for every channel."""

import msgspec

from bot.guidance.values import Blocks


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """One message: a text or a choice, and what the channel knows of the writer."""

    session: str | None = None
    id: str | None = None
    text: str | None = None
    choice: str | None = None
    language: str | None = None
    audience: str | None = None
    country: str | None = None
    channel: str = "web"
    media: bool = False


class ChoiceButton(msgspec.Struct, frozen=True):
    """A button: its label and the stable id that comes back."""

    label: str
    choice: str


class ContactCard(msgspec.Struct, frozen=True, kw_only=True):
    """One service to turn to, in the reader's language."""

    id: str
    name: str
    kind: str
    phone: str | None = None
    sms: str | None = None
    chat: str | None = None
    url: str | None = None
    hours: str | None = None
    open_now: bool | None = None
    country: str
    languages: tuple[str, ...] = ()
    free: bool | None = None
    source: str | None = None
    source_date: str | None = None
    seen_on: str | None = None
    note: str | None = None


class SourceLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a text comes from."""

    title: str
    publisher: str
    year: int | None = None
    url: str | None = None


class Bubble(msgspec.Struct, frozen=True, kw_only=True):
    """One bubble of an answer: plain text, the same as blocks, and what hangs on it."""

    text: str
    blocks: Blocks = ()
    choices: tuple[ChoiceButton, ...] = ()
    contacts: tuple[ContactCard, ...] = ()
    sources: tuple[SourceLine, ...] = ()


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """What the turn was taken for; `by` names the part that set topic and level."""

    topic: str | None = None
    role: str | None = None
    disclosure: bool = False
    level: int = 0
    intent: str = "unclear"
    confidence: float = 0.0
    by: str = "fallback"
    suggested: tuple[str, ...] = ()


class Expects(msgspec.Struct, frozen=True):
    """The question that is open."""

    slot: str


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A whole answer, as the chat API gives it."""

    session: str
    language: str
    card: str | None = None
    expects: Expects | None = None
    messages: tuple[Bubble, ...]
    understood: Understood = Understood()
    receipt: str | None = None
    handed_over: str | None = None
