"""Reads `topics/<slug>/topic.yml` and `topics/<slug>/<lang>.md`."""

import re
from collections.abc import Iterator, Sequence
from typing import cast, get_args

from bot.guidance.findings import Notes
from bot.guidance.frontmatter import Parts, front_matter, read_stamp, split
from bot.guidance.markdown import read_items, to_blocks
from bot.guidance.placed import Page, Section, SectionKind, Sheet, Text, text_hash
from bot.guidance.tree import Tree
from bot.guidance.values import (
    AUDIENCES,
    ROLES,
    Audience,
    Family,
    Role,
    Topic,
)
from bot.guidance.yamlfile import Place, closest, optional, read_text, read_yaml

NEEDS = (
    "child_helpline",
    "cyberbullying_line",
    "image_removal",
    "suicide_crisis",
    "csam_hotline",
    "parent_line",
)
_LEVELS = (0, 1, 2)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_KEYS = ("group", "audiences", "disclosure_level", "family", "need", "roles")
_HEADING = re.compile(r"(#{1,6})\s*(.*?)\s*$")


def read_sheets(tree: Tree, notes: Notes) -> dict[str, Sheet]:
    """Every topic's facts by slug."""
    found: dict[str, Sheet] = {}
    slugs = {name.split("/")[1] for name in tree.names("topics") if name.count("/") > 1}
    for slug in sorted(slugs):
        name = f"topics/{slug}/topic.yml"
        file, path = tree.shown(name), tree.path(name)
        if path is None:
            notes.error(file, 1, "the topic has no topic.yml", "write it")
            continue
        place = read_yaml(path, file, notes)
        if place is not None:
            found[slug] = _sheet(slug, place)
    return found


def read_pages(
    tree: Tree, sheets: dict[str, Sheet], notes: Notes
) -> dict[tuple[str, str], Page]:
    """Every topic file by slug and language."""
    found: dict[tuple[str, str], Page] = {}
    for name in tree.names("topics", ".md"):
        _, slug, *rest = name.split("/")
        language = rest[-1].removesuffix(".md") if len(rest) == 1 else ""
        path, file = tree.path(name), tree.shown(name)
        if not _LANGUAGE.fullmatch(language):
            mend = "name topic files topics/<slug>/<language>.md"
            notes.error(file, 1, "this file belongs nowhere", mend)
        elif path is not None and slug in sheets:
            text = read_text(path, file, notes)
            parts = None if text is None else split(text, file, notes)
            if parts is not None:
                page = _page(slug, language, parts, file, notes)
                if page is not None:
                    found[slug, language] = page
    return found


def _sheet(slug: str, place: Place) -> Sheet:
    if not _SLUG.fullmatch(slug):
        place.error(f"{slug!r} is no slug", "rename the folder: small letters and -")
    fields = place.fields((*_KEYS, "related", "sources"))
    topic = Topic(
        slug=slug,
        group=fields["group"].text() if "group" in fields else "",
        audiences=cast(
            "tuple[Audience, ...]", _names(fields, "audiences", AUDIENCES, "audience")
        ),
        disclosure_level=_level(fields),
        family=cast(Family, _family(fields)),
        need=_need(fields),
        roles=cast("tuple[Role, ...]", _names(fields, "roles", ROLES, "role")),
        related=_texts(fields, "related"),
        sources=_texts(fields, "sources"),
        texts={},
    )
    if topic.disclosure_level == 2 and "roles" in fields and not topic.roles:
        fields["roles"].error("a topic of disclosure level 2 has no role", "name one")
    if "audiences" in fields and not topic.audiences:
        fields["audiences"].error("the topic has no audience", "name one")
    lines = {name: value.line for name, value in fields.items()}
    return Sheet(topic, place.file, lines)


def _level(fields: dict[str, Place]) -> int:
    place = fields.get("disclosure_level")
    return 0 if place is None else place.integer(_LEVELS)


def _family(fields: dict[str, Place]) -> str:
    place = fields.get("family")
    return "other" if place is None else place.one_of(get_args(Family), "family")


def _need(fields: dict[str, Place]) -> str | None:
    place = optional(fields, "need")
    return None if place is None else place.one_of(NEEDS, "need")


def _names(
    fields: dict[str, Place], key: str, allowed: Sequence[str], noun: str
) -> tuple[str, ...]:
    items = fields[key].items() if key in fields else []
    return tuple(dict.fromkeys(item.one_of(allowed, noun) for item in items))


def _texts(fields: dict[str, Place], key: str) -> tuple[str, ...]:
    return fields[key].texts() if key in fields else ()


def _page(
    slug: str, language: str, parts: Parts, file: str, notes: Notes
) -> Page | None:
    place = front_matter(parts, file, notes)
    if place is None:
        return None
    fields = place.fields(("title", "questions", "review"), ("translation_of",))
    title = fields.get("title")
    text = title.text() if title is not None else ""
    questions = fields["questions"].items() if "questions" in fields else []
    own_hash = text_hash(text, *parts.rows)
    return Page(
        slug=slug,
        language=language,
        title=Text(text, file, title.line if title is not None else 1),
        questions=tuple(Text(q.text(), file, q.line) for q in questions),
        sections=tuple(_sections(parts, language, file, notes)),
        stamp=read_stamp(fields, file, own_hash),
    )


def _sections(
    parts: Parts, language: str, file: str, notes: Notes
) -> Iterator[Section]:
    seen: dict[tuple[str, str, str | None], int] = {}
    for audience, kind, role, line, rows in _cut(parts, file, notes):
        key = (audience, kind, role)
        if key in seen:
            what = f"this section stands already on line {seen[key]}"
            notes.error(file, line, what, "keep one of the two")
            continue
        seen[key] = line
        items, misplaced = read_items(rows, line + 1)
        for wrong in misplaced:
            mend = "write only paragraphs, - lists, 1. lists and **bold**"
            notes.error(file, wrong.line, f"{wrong.what} is not allowed", mend)
        if not items:
            notes.error(file, line, "the section is empty", "write it or take it out")
        yield Section(audience, kind, role, line, items, to_blocks(items, language))


_Cut = tuple[str, SectionKind, str | None, int, list[str]]


def _cut(parts: Parts, file: str, notes: Notes) -> Iterator[_Cut]:
    """The sections' headings and lines; what can't be placed becomes a finding."""
    audience = ""
    current: _Cut | None = None
    for line, row in enumerate(parts.rows, parts.first_line):
        heading = _HEADING.match(row)
        if heading is None:
            if current is not None:
                current[4].append(row)
            elif row.strip():
                notes.error(
                    file,
                    line,
                    "this text stands in no section",
                    "put it under ## child",
                )
                current = ("", "short", None, line, [])
            continue
        if current is not None and current[0]:
            yield current
        marks, words = heading.group(1), heading.group(2)
        if len(marks) == 2:
            audience = _audience(words, file, line, notes)
            current = (audience, "short", None, line, [])
        else:
            kind, role = _kind(marks, words, file, line, notes)
            current = (audience if kind else "", kind or "short", role, line, [])
    if current is not None and current[0]:
        yield current


def _audience(words: str, file: str, line: int, notes: Notes) -> str:
    if words in AUDIENCES:
        return words
    what = f"audience {words!r} is not known"
    notes.error(file, line, what, closest(words, AUDIENCES))
    return ""


def _kind(
    marks: str, words: str, file: str, line: int, notes: Notes
) -> tuple[SectionKind | None, str | None]:
    name, _, role = words.partition(" ")
    if len(marks) == 3 and words == "more":
        return "more", None
    if len(marks) == 3 and name == "now" and (role or "hurt") in ROLES:
        return "now", role or "hurt"
    mend = "write ## <audience>, ### more, ### now or ### now <role>"
    if name == "now":
        mend = closest(role, ROLES)
    notes.error(file, line, f"the heading {marks} {words} is not known", mend)
    return None, None
