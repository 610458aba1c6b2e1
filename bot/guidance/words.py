"""Reads the files of one language: cards, strings, lexicon, redaction."""

from collections.abc import Iterator
from typing import Literal, cast

from bot.guidance.findings import Notes
from bot.guidance.frontmatter import UNREAD, read_stamp
from bot.guidance.phrases import PhraseInvalid, pieces
from bot.guidance.placed import CardFile, Entry, Stamp, StringFile, Text, text_hash
from bot.guidance.tree import Tree
from bot.guidance.values import (
    AUDIENCES,
    NO_TOPIC,
    ROLES,
    Cards,
    LexiconEntry,
    RedactionWords,
    Role,
)
from bot.guidance.yamlfile import Place, closest, optional, read_yaml

DANGER = ("hurt-myself", "being-hurt", "may-hurt-others", "poisoned-or-injured")
DISCLOSURE = (
    "hurt",
    "hurt-self-harm",
    "hurt-abuse",
    "witness",
    "witness-self-harm",
    "did-it",
    "may-hurt",
)
_VARIANTS = {"danger": DANGER, "disclosure": DISCLOSURE}
_META = ("review", "translation_of")
_ORDERS = ("before", "after")
_REDACTION = (
    "name_cues",
    "school_words",
    "school_order",
    "street_words",
    "street_order",
    "handle_cues",
    "not_names",
)


def read_cards(tree: Tree, notes: Notes) -> dict[str, CardFile]:
    """The cards by language."""
    files = _files(tree, "cards", notes)
    return {language: _cards(language, place) for language, place in files}


def read_strings(tree: Tree, notes: Notes) -> dict[str, StringFile]:
    """The strings by language."""
    files = _files(tree, "strings", notes)
    return {language: _strings(language, place) for language, place in files}


def read_lexicon(tree: Tree, topics: frozenset[str], notes: Notes) -> tuple[Entry, ...]:
    """The lexicon entries of all languages; `topics` are the known slugs."""
    found: list[Entry] = []
    for language, place in _files(tree, "lexicon", notes):
        for slug, entries in place.mapping().items():
            if slug not in topics and slug != NO_TOPIC:
                mend = closest(slug, (*topics, NO_TOPIC))
                entries.error(f"topic {slug!r} is not known", mend)
                continue
            found.extend(_entry(language, slug, item) for item in entries.items())
    return tuple(found)


def read_redaction(tree: Tree, notes: Notes) -> dict[str, RedactionWords]:
    """The cue words by language."""
    files = _files(tree, "redaction", notes)
    return {language: _redaction(place) for language, place in files}


def _files(tree: Tree, folder: str, notes: Notes) -> Iterator[tuple[str, Place]]:
    for name in tree.names(folder, ".yml"):
        path, file = tree.path(name), tree.shown(name)
        language = name.split("/")[-1].removesuffix(".yml")
        if path is None or name.count("/") != 1 or not language.isalpha():
            mend = f"name the files {folder}/<language>.yml"
            notes.error(file, 1, "this file belongs nowhere", mend)
            continue
        place = read_yaml(path, file, notes)
        if place is not None:
            yield language, place


def _cards(language: str, place: Place) -> CardFile:
    required = ("review", "safe_words", *_VARIANTS)
    fields = place.fields(required, ("translation_of",))
    texts: dict[tuple[str, str, str], Text] = {}
    for group, variants in _VARIANTS.items():
        if group in fields:
            for variant, by_audience in fields[group].fields(variants).items():
                for audience, text in by_audience.fields(AUDIENCES).items():
                    said = Text(text.text(), text.file, text.line)
                    texts[group, variant, audience] = said
    own_hash = text_hash(*(text.text for text in texts.values()))
    stamp = read_stamp(fields, place.file, own_hash)
    items = fields["safe_words"].items() if "safe_words" in fields else []
    safe_words = tuple(Text(item.text(), item.file, item.line) for item in items)
    if "safe_words" in fields and not safe_words:
        fields["safe_words"].error("no safe word is given", "write at least one")
    return CardFile(
        language, _cards_value(texts, safe_words, stamp), texts, safe_words, stamp
    )


def _cards_value(
    texts: dict[tuple[str, str, str], Text],
    safe_words: tuple[Text, ...],
    stamp: Stamp,
) -> Cards:
    groups: dict[str, dict[str, dict[str, str]]] = {name: {} for name in _VARIANTS}
    for (group, variant, audience), text in texts.items():
        groups[group].setdefault(variant, {})[audience] = text.text
    return Cards(
        review=stamp.review or UNREAD,
        safe_words=tuple(word.text for word in safe_words),
        danger=groups["danger"],
        disclosure=groups["disclosure"],
        translation_of=stamp.origin,
    )


def _strings(language: str, place: Place) -> StringFile:
    fields = place.mapping()
    texts: dict[str, Text] = {}
    for name, value in fields.items():
        if name not in _META:
            _flatten(name, value, texts)
    own_hash = text_hash(*(f"{key} {text.text}" for key, text in texts.items()))
    return StringFile(language, texts, read_stamp(fields, place.file, own_hash))


def _flatten(name: str, place: Place, texts: dict[str, Text]) -> None:
    if place.is_mapping:
        for key, value in place.mapping().items():
            _flatten(f"{name}.{key}", value, texts)
        return
    said = "\n".join(place.texts()) if place.is_list else place.text()
    texts[name] = Text(said, place.file, place.line)


def _entry(language: str, slug: str, place: Place) -> Entry:
    fields = place.fields(("level", "role", "say"), ("unless", "card"))
    level = fields["level"].integer((2, 3, 1)) if "level" in fields else 2
    role = fields["role"].one_of(ROLES, "role") if "role" in fields else "hurt"
    card = optional(fields, "card")
    if level == 3 and card is None:
        place.error("an entry of level 3 has no card", "add card: hurt-myself or so")
    said = _phrases(fields.get("say"))
    if "say" in fields and not said:
        fields["say"].error("no phrase is given", "write at least one")
    entry = LexiconEntry(
        language=language,
        topic=None if slug == NO_TOPIC else slug,
        level=level,
        role=cast(Role, role),
        say=said,
        unless=_phrases(fields.get("unless")),
        card=None if card is None else card.one_of(DANGER, "card"),
    )
    return Entry(entry, place.file, place.line)


def _phrases(place: Place | None) -> tuple[str, ...]:
    """The phrases as written; mistakes in them are noted."""
    found: dict[str, None] = {}
    for item in place.items() if place is not None else []:
        said = item.text()
        try:
            pieces(said)
        except PhraseInvalid as wrong:
            item.error(f"the phrase {said!r} {wrong}", "write it as: (one|two|) three")
        found[said] = None
    return tuple(found)


def _redaction(place: Place) -> RedactionWords:
    fields = place.fields(_REDACTION)

    def texts(name: str) -> tuple[str, ...]:
        return fields[name].texts() if name in fields else ()

    def order(name: str) -> Literal["before", "after"]:
        said = fields[name].one_of(_ORDERS, "order") if name in fields else "before"
        return cast(Literal["before", "after"], said)

    return RedactionWords(
        name_cues=texts("name_cues"),
        school_words=texts("school_words"),
        school_order=order("school_order"),
        street_words=texts("street_words"),
        street_order=order("street_order"),
        handle_cues=texts("handle_cues"),
        not_names=texts("not_names"),
    )
