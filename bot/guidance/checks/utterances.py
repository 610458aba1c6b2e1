"""Training sentences: labels that exist, roles that fit, no sentence under two."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from bot.guidance.findings import Notes
from bot.guidance.placed import Material
from bot.guidance.prose import fold
from bot.guidance.values import NO_TOPIC, ROLES
from bot.guidance.words import DANGER
from bot.guidance.yamlfile import Place, closest, optional, read_yaml

FOLDER = Path("nlu", "utterances")
_FAMILIES = re.compile(r"(smalltalk|command|form)/[a-z_]+")
_SINGLE = ("harmful", "harmful/keep_nothing", "out_of_scope")
_BRACKETS = re.compile(r"[\[\]()]")


class Label(msgspec.Struct, frozen=True):
    """What a training sentence means."""

    intent: str
    role: str | None = None
    level: int | None = None

    def __str__(self) -> str:
        parts = [self.intent, self.role, f"level {self.level}" if self.level else None]
        return " ".join(part for part in parts if part)


class Line(msgspec.Struct, frozen=True):
    """A training sentence and where it stands."""

    text: str
    label: Label
    file: str
    line: int


def check_utterances(material: Material, folder: Path, notes: Notes) -> None:
    """All files under `folder`, which may be absent where only content is there."""
    for language in sorted(path for path in folder.glob("*") if path.is_dir()):
        lines: list[Line] = []
        for path in sorted(language.rglob("*.yml")):
            place = read_yaml(path, str(path), notes)
            if place is not None:
                lines.extend(_read(place, material))
        _duplicates(lines, language.name, material, notes)


def _read(place: Place, material: Material) -> Iterator[Line]:
    fields = place.fields(("nlu",), ("version",))
    for item in fields["nlu"].items() if "nlu" in fields else []:
        inner = item.fields(("intent", "examples"), ("metadata",))
        if "intent" in inner and "examples" in inner:
            label = _label(inner["intent"], optional(inner, "metadata"), material)
            yield from _lines(inner["examples"], label)


def _label(place: Place, metadata: Place | None, material: Material) -> Label:
    intent = place.text()
    said = {} if metadata is None else metadata.fields((), ("role", "level", "card"))
    role = said["role"].one_of(ROLES, "role") if "role" in said else None
    level = said["level"].integer((1, 2, 3)) if "level" in said else None
    if "card" in said:
        said["card"].one_of(DANGER, "card")
    if level == 3 and "card" not in said:
        place.error("level 3 has no card", "add card: hurt-myself or so")
    kind, _, slug = intent.partition("/")
    if kind == "disclose":
        _disclosure(place, slug, role, level, material)
    elif kind == "ask":
        if slug not in material.sheets:
            place.error(f"topic {slug!r} is not known", closest(slug, material.sheets))
    elif intent not in _SINGLE and not _FAMILIES.fullmatch(intent):
        mend = "write ask/…, disclose/…, smalltalk/…, command/…, form/…, " + (
            ", ".join(_SINGLE)
        )
        place.error(f"the label {intent!r} is not known", mend)
    return Label(intent, role, level)


def _disclosure(
    place: Place, slug: str, role: str | None, level: int | None, material: Material
) -> None:
    sheet = material.sheets.get(slug)
    if sheet is None and slug != NO_TOPIC:
        known = (*material.sheets, NO_TOPIC)
        place.error(f"topic {slug!r} is not known", closest(slug, known))
    elif sheet is not None and sheet.topic.disclosure_level != 2:
        place.error(f"the topic {slug!r} has no disclosures", "take another topic")
    elif role is None:
        place.error("the disclosure has no role", "add metadata: {role: hurt}")
    elif sheet is not None and level != 3 and role not in sheet.topic.roles:
        roles = ", ".join(sheet.topic.roles)
        what = f"the topic {slug!r} has no role {role!r}"
        place.error(what, f"use {roles}, or another topic")


def _lines(place: Place, label: Label) -> Iterator[Line]:
    first = place.line + (1 if place.is_block else 0)
    for number, row in enumerate(place.text().split("\n"), first):
        if not row.strip():
            continue
        text = row.strip().removeprefix("- ").strip()
        wrong = _wrong(row, text)
        if wrong:
            place.notes.error(place.file, number, *wrong)
        if text:
            yield Line(text, label, place.file, number)


def _wrong(row: str, text: str) -> tuple[str, str] | None:
    if not row.startswith("- "):
        return "the line does not begin with '- '", "begin every sentence with '- '"
    if not text:
        return "the sentence is empty", "write or delete it"
    if text.startswith("/"):
        return "the sentence begins with a slash", "take it off"
    if _BRACKETS.search(text):
        return "brackets stand in the sentence", "take them out"
    return None


def _duplicates(
    lines: Sequence[Line], language: str, material: Material, notes: Notes
) -> None:
    seen: dict[str, Line] = dict(_questions(language, material))
    for line in lines:
        first = seen.setdefault(fold(line.text), line)
        if first is line or not fold(line.text):
            continue
        at = f"{first.file}:{first.line}"
        if first.label != line.label:
            what = f"{line.text!r} stands as {first.label} in {at}"
            notes.error(line.file, line.line, what, "keep it under one label")
        else:
            what = f"{line.text!r} stands already in {at}"
            notes.warn(line.file, line.line, what, "delete one")


def _questions(language: str, material: Material) -> Mapping[str, Line]:
    """The topics' own questions, which are training sentences as well."""
    return {
        fold(question.text): Line(
            question.text, Label(f"ask/{page.slug}"), question.file, question.line
        )
        for page in material.pages.values()
        if page.language == language
        for question in page.questions
    }
