"""What has to be complete before anything can be answered from the content."""

import re
from collections.abc import Iterable, Mapping

from bot.guidance.findings import Notes
from bot.guidance.placed import Material, Page, StringFile, Text
from bot.guidance.tree import Tree
from bot.guidance.values import Topic
from bot.guidance.yamlfile import closest

ENGLISH = "en"
_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


def note_gaps(material: Material, tree: Tree, notes: Notes) -> None:
    """Note missing languages, sections, cards, strings and unknown references."""
    _languages(material, tree, notes)
    _references(material, notes)
    for page in material.pages.values():
        note_sections(page, material.sheets[page.slug].topic, notes)
    _strings(material.strings, notes)
    for language in material.languages:
        for folder, known in (
            ("lexicon", {entry.entry.language for entry in material.lexicon}),
            ("redaction", set(material.redaction)),
        ):
            if language not in known:
                file = tree.shown(f"{folder}/{language}.yml")
                notes.error(file, 1, "the file is missing or empty", "write it")


def note_sections(page: Page, topic: Topic, notes: Notes) -> None:
    """Note sections that a topic file lacks or may not have."""
    file = page.stamp.file
    there = {(s.audience, s.kind, s.role): s.line for s in page.sections}
    for (audience, _, role), line in there.items():
        if audience not in topic.audiences:
            what = f"the topic is not for {audience!r}"
            notes.error(file, line, what, "take it out or add it to topic.yml")
        elif role is not None and role not in topic.roles:
            what = f"the topic has no role {role!r}"
            notes.error(file, line, what, "take it out or add it to topic.yml")
    for audience in topic.audiences:
        line = there.get((audience, "short", None), 1)
        if (audience, "short", None) not in there:
            what = f"the audience {audience!r} is missing"
            notes.error(file, 1, what, f"add a section ## {audience}")
        wanted: list[tuple[str, str | None, str]] = [("more", None, "more")]
        if topic.disclosure_level == 2:
            wanted += [("now", role, _now(role)) for role in topic.roles]
        for kind, role, words in wanted:
            if (audience, kind, role) not in there:
                what = f"{audience!r} has no section ### {words}"
                notes.error(file, line, what, f"add ### {words} under ## {audience}")


def placeholders(text: str) -> frozenset[str]:
    """The names in braces that a text waits for."""
    return frozenset(_PLACEHOLDER.findall(text))


def _now(role: str) -> str:
    return "now" if role == "hurt" else f"now {role}"


def _languages(material: Material, tree: Tree, notes: Notes) -> None:
    if ENGLISH not in material.languages:
        for folder, files in (("strings", material.strings), ("cards", material.cards)):
            if ENGLISH not in files:
                file = tree.shown(f"{folder}/{ENGLISH}.yml")
                notes.error(file, 1, "the English file is missing", "write it first")
    for language in material.started:
        for folder, there in (("strings", material.strings), ("cards", material.cards)):
            name = f"{folder}/{language}.yml"
            unread = tree.path(name) is not None
            if language != ENGLISH and language not in there and not unread:
                what = f"the language {language!r} has texts, but this file is missing"
                notes.error(tree.shown(name), 1, what, "write it")


def _references(material: Material, notes: Notes) -> None:
    for sheet in material.sheets.values():
        known: tuple[tuple[str, Iterable[str], Mapping[str, object]], ...] = (
            ("related", sheet.topic.related, material.sheets),
            ("sources", sheet.topic.sources, material.sources),
        )
        for key, named, there in known:
            for name in named:
                if name not in there:
                    what = f"{key}: {name!r} is not known"
                    line = sheet.lines.get(key, 1)
                    notes.error(sheet.file, line, what, closest(name, there.keys()))


def _strings(files: Mapping[str, StringFile], notes: Notes) -> None:
    """Every language has exactly the ids and placeholders of English."""
    english = files.get(ENGLISH)
    for file in files.values():
        if english is None or file is english:
            continue
        for name, text in english.texts.items():
            if name not in file.texts:
                what = f"the string {name!r} is missing"
                notes.error(file.stamp.file, 1, what, f"it says: {text.text}")
            else:
                note_placeholders(file.texts[name], text, name, notes)
        for name, text in file.texts.items():
            if name not in english.texts:
                what = f"the string {name!r} is not known"
                notes.error(
                    text.file, text.line, what, closest(name, english.texts.keys())
                )


def note_placeholders(text: Text, english: Text, name: str, notes: Notes) -> None:
    """Note placeholders that differ from the English text's."""
    said, wanted = placeholders(text.text), placeholders(english.text)
    if said != wanted:
        names = ", ".join(sorted(f"{{{p}}}" for p in wanted)) or "none"
        what = f"{name!r} has other placeholders than English"
        notes.error(text.file, text.line, what, f"use exactly: {names}")
