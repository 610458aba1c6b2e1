"""Content as it stands in the files: the values together with file and line.

`load.py` turns these into the `Library`; `check.py` reads them to name lines.
"""

import hashlib
from collections.abc import Mapping
from typing import Literal

import msgspec

from bot.guidance.markdown import Item
from bot.guidance.values import (
    Blocks,
    Cards,
    Country,
    LexiconEntry,
    Platform,
    RedactionWords,
    Review,
    Source,
    Topic,
    TranslationOf,
)

SectionKind = Literal["short", "more", "now"]


class Text(msgspec.Struct, frozen=True):
    """A text and where it stands."""

    text: str
    file: str
    line: int


class Section(msgspec.Struct, frozen=True):
    """One section of a topic file; `role` only for `now`."""

    audience: str
    kind: SectionKind
    role: str | None
    line: int
    items: tuple[Item, ...]
    blocks: Blocks


class Stamp(msgspec.Struct, frozen=True):
    """Review and origin of a file, and the hash of what the file says itself."""

    file: str
    review: Review | None
    review_line: int
    origin: TranslationOf | None
    origin_line: int
    own_hash: str


class Page(msgspec.Struct, frozen=True):
    """A topic in one language."""

    slug: str
    language: str
    title: Text
    questions: tuple[Text, ...]
    sections: tuple[Section, ...]
    stamp: Stamp


class Sheet(msgspec.Struct, frozen=True):
    """A topic's facts, without its texts; `lines` says where each key stands."""

    topic: Topic
    file: str
    lines: Mapping[str, int]


class CardFile(msgspec.Struct, frozen=True):
    """The cards of a language; texts by ("danger"|"disclosure", variant, audience)."""

    language: str
    cards: Cards
    texts: Mapping[tuple[str, str, str], Text]
    safe_words: tuple[Text, ...]
    stamp: Stamp


class StringFile(msgspec.Struct, frozen=True):
    """The strings of a language by dotted id."""

    language: str
    texts: Mapping[str, Text]
    stamp: Stamp


class Entry(msgspec.Struct, frozen=True):
    """A lexicon entry and where it stands."""

    entry: LexiconEntry
    file: str
    line: int


class CountryFile(msgspec.Struct, frozen=True):
    """A country, with the lines of its helplines by id."""

    country: Country
    file: str
    lines: Mapping[str, int]
    emergency_line: int


class Material(msgspec.Struct, frozen=True):
    """Everything that was read; `pages` by slug and language."""

    sheets: Mapping[str, Sheet]
    pages: Mapping[tuple[str, str], Page]
    cards: Mapping[str, CardFile]
    strings: Mapping[str, StringFile]
    lexicon: tuple[Entry, ...]
    redaction: Mapping[str, RedactionWords]
    countries: Mapping[str, CountryFile]
    platforms: Mapping[str, Platform]
    sources: Mapping[str, Source]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have strings and cards; English first."""
        return english_first(set(self.strings) & set(self.cards))

    @property
    def started(self) -> tuple[str, ...]:
        """The languages that have any text at all; English first."""
        paged = {language for _, language in self.pages}
        return english_first(paged | set(self.strings) | set(self.cards))


def english_first(languages: set[str]) -> tuple[str, ...]:
    """Languages by code, English before all."""
    return tuple(sorted(languages, key=lambda code: (code != "en", code)))


def text_hash(*parts: str) -> str:
    """The first 12 hex digits of sha256 over the parts' words; spacing is free."""
    words = " ".join(" ".join(parts).split())
    return hashlib.sha256(words.encode()).hexdigest()[:12]
