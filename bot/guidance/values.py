"""The content as frozen values: what everybody else in copbot reads.

One `Library` holds all of it and is swapped as a whole. Nothing here knows how
files look (`load.py`) or how an answer is rendered (`bot/conversation`).
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from bot.guidance.opening import is_open, minute_of_week

Audience = Literal["child", "teen", "parent", "educator"]
Role = Literal["hurt", "witness", "did-it", "may-hurt"]
Family = Literal["bullying", "sexual", "self-harm", "abuse", "exploitation", "other"]
BlockKind = Literal["paragraph", "list", "steps"]

AUDIENCES: tuple[Audience, ...] = ("child", "teen", "parent", "educator")
ROLES: tuple[Role, ...] = ("hurt", "witness", "did-it", "may-hurt")
NO_TOPIC = "none"
"""Stands where a disclosure belongs to no topic (a plan to hurt others)."""


class Span(msgspec.Struct, frozen=True, omit_defaults=True):
    """A run of text inside a line."""

    text: str
    bold: bool = False
    href: str | None = None


class Block(msgspec.Struct, frozen=True):
    """A paragraph (one item), a bulleted list or numbered steps (an item a line)."""

    kind: BlockKind
    items: tuple[tuple[Span, ...], ...]


Blocks = tuple[Block, ...]


class Review(msgspec.Struct, frozen=True):
    """Who read a text last, when, and by when it has to be read again."""

    by: str
    on: date
    again: date


class TranslationOf(msgspec.Struct, frozen=True):
    """The text that this one was written after: language and hash of its body."""

    lang: str
    hash: str


class AudienceText(msgspec.Struct, frozen=True):
    """What one audience reads: short answer, second screen, steps by role."""

    short: Blocks
    more: Blocks = ()
    now: Mapping[str, Blocks] = {}


class TopicText(msgspec.Struct, frozen=True):
    """A topic in one language."""

    title: str
    questions: tuple[str, ...]
    review: Review
    audiences: Mapping[str, AudienceText]
    translation_of: TranslationOf | None = None


class Topic(msgspec.Struct, frozen=True):
    """A topic in all its languages; `disclosure_level` is that of a disclosure."""

    slug: str
    group: str
    audiences: tuple[Audience, ...]
    disclosure_level: int
    family: Family
    need: str | None
    roles: tuple[Role, ...]
    related: tuple[str, ...]
    sources: tuple[str, ...]
    texts: Mapping[str, TopicText]


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a statement comes from; `url` only when it is the publisher's own site."""

    id: str
    title: str
    publisher: str
    year: int | None = None
    url: str | None = None


class LexiconEntry(msgspec.Struct, frozen=True):
    """Phrases that tell of a risk, and the phrases that cancel them.

    Both as written, with alternatives: `(a|b|) c`.
    """

    language: str
    topic: str | None
    level: int
    role: Role
    say: tuple[str, ...]
    unless: tuple[str, ...] = ()
    card: str | None = None


class RedactionWords(msgspec.Struct, frozen=True):
    """The cue words of one language after which personal data stand."""

    name_cues: tuple[str, ...]
    school_words: tuple[str, ...]
    school_order: Literal["before", "after"]
    street_words: tuple[str, ...]
    street_order: Literal["before", "after"]
    handle_cues: tuple[str, ...]
    not_names: tuple[str, ...]


class Cards(msgspec.Struct, frozen=True):
    """Danger and disclosure cards of one language.

    `danger` and `disclosure` map a variant to a text for each audience;
    `safe_words` bring the help card back in any state.
    """

    review: Review
    safe_words: tuple[str, ...]
    danger: Mapping[str, Mapping[str, str]]
    disclosure: Mapping[str, Mapping[str, str]]
    translation_of: TranslationOf | None = None


class Hours(msgspec.Struct, frozen=True):
    """Opening hours: `open` holds rules like "daily 09:00-23:00"; empty = unknown."""

    tz: str
    open: tuple[str, ...]

    def open_at(self, now: datetime) -> bool | None:
        """Whether it is open at `now` (aware); None when the hours are unknown."""
        if not self.open:
            return None
        there = now.astimezone(_zone(self.tz))
        return is_open(self.open, minute_of_week(there))


class Helpline(msgspec.Struct, frozen=True, kw_only=True):
    """One service that a person can turn to.

    `seen_on` is the day its source was read, `source_date` the page's own date.
    Numbers are kept as a person in that country dials them.
    """

    id: str
    country: str
    name: str
    kind: str
    phone: str | None = None
    sms: str | None = None
    chat: str | None = None
    url: str | None = None
    hours: Hours | None = None
    hours_text: str | None = None
    languages: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    free: bool | None = None
    sources: tuple[str, ...] = ()
    source_date: date | None = None
    seen_on: date
    checked_by: str | None = None


class Country(msgspec.Struct, frozen=True):
    """A country's lines and emergency numbers: `any`, `police`, `ambulance`, `fire`."""

    country: str
    emergency: Mapping[str, str]
    lines: tuple[Helpline, ...]
    emergency_sources: tuple[str, ...] = ()
    emergency_source_date: date | None = None
    emergency_seen_on: date | None = None


class Platform(msgspec.Struct, frozen=True):
    """A service where things happen, with its own page for reporting."""

    id: str
    name: str
    report: str
    block: str | None = None
    seen_on: date | None = None


class Library(msgspec.Struct, frozen=True):
    """The whole content, checked; `fingerprint` changes when any file changes."""

    languages: tuple[str, ...]
    topics: Mapping[str, Topic]
    strings: Mapping[str, Mapping[str, str]]
    cards: Mapping[str, Cards]
    lexicon: tuple[LexiconEntry, ...]
    redaction: Mapping[str, RedactionWords]
    countries: Mapping[str, Country]
    platforms: Mapping[str, Platform]
    sources: Mapping[str, Source]
    fingerprint: str


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
