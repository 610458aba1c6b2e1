"""Reads helplines, platforms and sources: where to turn, and where facts come from."""

import re
from collections.abc import Mapping
from datetime import date

from bot.guidance.findings import Notes
from bot.guidance.placed import CountryFile
from bot.guidance.tree import Tree
from bot.guidance.values import (
    AUDIENCES,
    Country,
    Helpline,
    Hours,
    Platform,
    Source,
)
from bot.guidance.yamlfile import Place, optional, read_yaml

KINDS = (
    "child_helpline",
    "suicide_crisis",
    "cyberbullying_line",
    "csam_hotline",
    "image_removal",
    "parent_line",
)
SERVICES = ("any", "police", "ambulance", "fire")
WORLD = "ZZ"
_COUNTRY = re.compile(r"[A-Z]{2}")
_LINE_REQUIRED = ("id", "name", "kind", "audience", "sources", "seen_on")
_LINE_OPTIONAL = (
    "phone",
    "sms",
    "chat",
    "url",
    "hours",
    "hours_text",
    "languages",
    "free",
    "source_date",
    "checked_by",
)


def read_countries(tree: Tree, notes: Notes) -> dict[str, CountryFile]:
    """Helplines and emergency numbers by country code, ZZ for the whole world."""
    found: dict[str, CountryFile] = {}
    for name in tree.names("helplines", ".yml"):
        path, file = tree.path(name), tree.shown(name)
        code = name.split("/")[-1].removesuffix(".yml")
        if path is None or name.count("/") != 1 or not _COUNTRY.fullmatch(code):
            mend = "name the files helplines/<two capital letters>.yml"
            notes.error(file, 1, "this file belongs nowhere", mend)
            continue
        place = read_yaml(path, file, notes)
        if place is not None:
            found[code] = _country(code, place)
    return found


def read_platforms(tree: Tree, notes: Notes) -> dict[str, Platform]:
    """The platforms by id."""
    return {
        name: Platform(
            id=name,
            name=fields["name"].text(),
            report=fields["report"].text(),
            block=_text(fields, "block"),
            seen_on=fields["seen_on"].day_or_none() if "seen_on" in fields else None,
        )
        for name, fields in _entries(
            tree, "platforms.yml", ("name", "report"), ("block", "seen_on"), notes
        )
    }


def read_sources(tree: Tree, notes: Notes) -> dict[str, Source]:
    """The sources by id."""
    return {
        name: Source(
            id=name,
            title=fields["title"].text(),
            publisher=fields["publisher"].text(),
            year=_year(fields),
            url=_text(fields, "url"),
        )
        for name, fields in _entries(
            tree, "sources.yml", ("title", "publisher"), ("year", "url"), notes
        )
    }


def _entries(
    tree: Tree,
    name: str,
    required: tuple[str, ...],
    optional_: tuple[str, ...],
    notes: Notes,
) -> list[tuple[str, dict[str, Place]]]:
    """The entries of a file of named things that have all that is required."""
    path, file = tree.path(name), tree.shown(name)
    if path is None:
        notes.error(file, 1, "the file is missing", "write it")
        return []
    place = read_yaml(path, file, notes)
    named = place.mapping().items() if place is not None else ()
    entries = [(key, value.fields(required, optional_)) for key, value in named]
    return [(k, fields) for k, fields in entries if set(required) <= set(fields)]


def _country(code: str, place: Place) -> CountryFile:
    fields = place.fields(
        ("country", "emergency", "lines"),
        ("emergency_sources", "emergency_source_date", "emergency_seen_on"),
    )
    if "country" in fields and fields["country"].text() != code:
        fields["country"].error("country and file name differ", f"write {code}")
    numbers = fields["emergency"].fields((), SERVICES) if "emergency" in fields else {}
    lines: dict[str, int] = {}
    helplines: list[Helpline] = []
    for item in fields["lines"].items() if "lines" in fields else []:
        helpline = _helpline(code, item)
        if helpline is not None:
            if helpline.id in lines:
                item.error(f"the id {helpline.id!r} is used twice", "change one")
            lines[helpline.id] = item.line
            helplines.append(helpline)
    country = Country(
        country=code,
        emergency={name: number.text() for name, number in numbers.items()},
        lines=tuple(helplines),
        emergency_sources=_texts(fields, "emergency_sources"),
        emergency_source_date=_day(fields, "emergency_source_date"),
        emergency_seen_on=_day(fields, "emergency_seen_on"),
    )
    if numbers and country.emergency_seen_on is None:
        what = "the emergency numbers don't say when their source was read"
        fields["emergency"].error(what, "add a line emergency_seen_on: 2026-11-23")
    emergency_line = fields["emergency"].line if "emergency" in fields else place.line
    return CountryFile(country, place.file, lines, emergency_line)


def _helpline(code: str, place: Place) -> Helpline | None:
    fields = place.fields(_LINE_REQUIRED, _LINE_OPTIONAL)
    if any(name not in fields for name in _LINE_REQUIRED):
        return None
    audience = tuple(
        a.one_of(AUDIENCES, "audience") for a in fields["audience"].items()
    )
    if not audience:
        fields["audience"].error("the line serves nobody", "name an audience")
    free = optional(fields, "free")
    helpline = Helpline(
        id=fields["id"].text(),
        country=code,
        name=fields["name"].text(),
        kind=fields["kind"].one_of(KINDS, "kind"),
        phone=_text(fields, "phone"),
        sms=_text(fields, "sms"),
        chat=_text(fields, "chat"),
        url=_text(fields, "url"),
        hours=_hours(fields),
        hours_text=_text(fields, "hours_text"),
        languages=_texts(fields, "languages"),
        audience=audience,
        free=free.boolean_or_none() if free is not None else None,
        sources=fields["sources"].texts(),
        source_date=_day(fields, "source_date"),
        seen_on=fields["seen_on"].day(),
        checked_by=_text(fields, "checked_by"),
    )
    if not (helpline.phone or helpline.sms or helpline.chat or helpline.url):
        place.error("the line can't be reached", "add phone, sms, chat or url")
    if not helpline.sources:
        fields["sources"].error("no source is given", "say where the number stands")
    return helpline


def _hours(fields: Mapping[str, Place]) -> Hours | None:
    place = optional(fields, "hours")
    if place is None:
        return None
    inner = place.fields(("tz", "open"))
    if "tz" not in inner or "open" not in inner:
        return None
    return Hours(inner["tz"].text(), inner["open"].texts())


def _year(fields: Mapping[str, Place]) -> int | None:
    place = optional(fields, "year")
    return None if place is None else place.integer(range(1900, 2101))


def _text(fields: Mapping[str, Place], name: str) -> str | None:
    place = optional(fields, name)
    return None if place is None else place.text()


def _texts(fields: Mapping[str, Place], name: str) -> tuple[str, ...]:
    return fields[name].texts() if name in fields else ()


def _day(fields: Mapping[str, Place], name: str) -> date | None:
    place = optional(fields, name)
    return None if place is None else place.day()
