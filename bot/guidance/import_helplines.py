"""Turns the compiled directory (a CSV) into `content/helplines/<ISO2>.yml`.

Rows of confidence `low` never pass. Numbers are copied as written; hours become
rules only where nothing has to be guessed, and stay text otherwise.
"""

import csv
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.core import get_global

from bot.guidance.directory import SERVICES, WORLD
from bot.guidance.opening import InvalidHours, parse_rules

Row = Mapping[str, str]

FIELDS = ("phone", "sms", "chat", "url")
ALWAYS = "daily 00:00-24:00"
_SHOWN = {"high", "medium"}
_COLUMNS = {"phone": "phone", "sms": "sms", "chat": "chat_url", "url": "website"}
_AUDIENCE = {
    "child": ("child", "teen"),
    "parent": ("parent",),
    "educator": ("educator",),
}
_FREE = {"yes": "true", "no": "false"}
_ZONE_NAMES = {" ET": "America/New_York"}
_DAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_HOURS = re.compile(
    rf"(?P<days>Daily|(?:{_DAYS})(?:[-,](?:{_DAYS}))*) "
    r"(?:(?P<span>\d\d:\d\d-\d\d:\d\d)|(?P<all>24 h))"
)
_EMERGENCY = re.compile(
    r"(?P<any>[\d ]+?(?: or [\d ]+)?)?"
    r"\s*(?:\((?P<inside>[^()]*)\)|(?P<list>(?:police|ambulance|fire|rescue)\b.*))?"
)
_SERVICE = re.compile(r"(?P<name>[a-z]+) (?P<number>\d+)(?: or \d+)*")

_HOURS_DISPUTED = {
    ("RO", "child_helpline"),
    ("SE", "child_helpline"),
    ("PT", "child_helpline"),
    ("SA", "child_helpline"),
}
"""Lines on whose hours the sources disagree (helplines.md): kept as text."""

_PARTIAL = re.compile(
    r"\bonly\b|Punjab|Kurdistan|Oromia|Dubai|Sharjah|Adama|LGBTQ|Ukrainian/Russian"
    r"|\(English\)|harmful sexual|prefer 111|European number|short code"
    r"|not counselling|municipality|older number|reports?\)"
)
"""Lines for a region or a group: they stand behind those for everybody."""

_NAMES = {
    "Lignes Vertes Cameroun (CHI says it was still migrating to 116)": (
        "Lignes Vertes Cameroun"
    ),
    "Telefon 150 (Union of Crisis Centres) – prefer 111, the state line since "
    "Oct 2023": "Telefon 150 (Union of Crisis Centres)",
    "Child Helpline 9696 (Family and Child Protection Unit; check it still "
    "operates during the conflict)": (
        "Child Helpline 9696 (Family and Child Protection Unit)"
    ),
    "Child Helpline 1098 (Mission Vatsalya; being integrated with 112)": (
        "Child Helpline 1098 (Mission Vatsalya)"
    ),
    "089 anonymous reports (given by a municipality for grooming)": (
        "089 anonymous reports"
    ),
    "Child helpline 998 (Ministry of Social Development domain)": "Child helpline 998",
    "INHOPE – find a national CSAM hotline (57 members in 52 countries, 2026)": (
        "INHOPE – find your country's reporting hotline"
    ),
    "ChildLine Trinidad & Tobago (short code)": "ChildLine Trinidad & Tobago",
    "National hotline for children and youth (landline/older number)": (
        "National hotline for children and youth (La Strada-Ukraine)"
    ),
}
"""Names without the compiler's own remarks."""

_FINDERS: tuple[Row, ...] = (
    {
        "country_iso2": WORLD,
        "org": "Child Helpline International – find your country's child helpline",
        "kind": "child_helpline",
        "website": "https://childhelplineinternational.org/helplines/",
        "audience": "child|parent|educator",
        "source_url": "https://childhelplineinternational.org/helplines/",
        "confidence": "high",
    },
    {
        "country_iso2": WORLD,
        "org": "Find A Helpline (ThroughLine) – find a crisis line",
        "kind": "suicide_crisis",
        "website": "https://findahelpline.com/",
        "audience": "child|parent|educator",
        "source_url": "https://findahelpline.com/AU|https://developer.throughlinecare.com/general",
        "confidence": "medium",
    },
)
"""Finders that the directory names in its text (helplines.md) but not as rows."""


def import_csv(csv_path: Path, out_dir: Path, seen_on: date) -> int:
    """Write a file for every country that has a row to show; how many were written.

    `seen_on` is the day on which the sources were read.
    """
    by_country: dict[str, list[Row]] = defaultdict(list)
    for row in (*read_rows(csv_path), *_FINDERS):
        if row.get("confidence") in _SHOWN:
            by_country[row["country_iso2"]].append(row)
    out_dir.mkdir(parents=True, exist_ok=True)
    for country, rows in by_country.items():
        text = country_yaml(country, rows, seen_on)
        (out_dir / f"{country}.yml").write_text(text, encoding="utf-8")
    return len(by_country)


def read_rows(csv_path: Path) -> list[Row]:
    """The rows of the compiled directory."""
    with csv_path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def country_yaml(country: str, rows: Sequence[Row], seen_on: date) -> str:
    """The file of one country."""
    lines = [f"country: {_quote(country)}"]
    emergency = next((row for row in rows if row["kind"] == "emergency"), None)
    lines += _emergency_lines(emergency, seen_on)
    helplines = [row for row in rows if row["kind"] != "emergency"]
    helplines.sort(key=lambda row: bool(_PARTIAL.search(row["org"])))
    lines.append("lines:" if helplines else "lines: []")
    for id_, row in zip(_ids(country, helplines), helplines, strict=True):
        lines += _helpline_lines(id_, country, row, seen_on)
    return "\n".join(lines) + "\n"


def emergency_numbers(written: str) -> dict[str, str]:
    """The numbers by service; of "17 or 1548" the first, `rescue` is left out.

    Raises ValueError when the text says something else.
    """
    found = _EMERGENCY.fullmatch(written.strip())
    if found is None or not written.strip():
        raise ValueError(f"emergency numbers can't be read: {written!r}")
    numbers: dict[str, str] = {}
    if found["any"]:
        numbers["any"] = found["any"].split(" or ")[0].strip()
    for part in (found["inside"] or found["list"] or "").split(";"):
        service = _SERVICE.fullmatch(part.strip())
        if service is not None and service["name"] in SERVICES:
            numbers[service["name"]] = service["number"]
        elif part.strip() and not part.strip().startswith("rescue"):
            raise ValueError(f"emergency numbers can't be read: {written!r}")
    return numbers


def opening_rules(written: str, country: str) -> tuple[str, tuple[str, ...]] | None:
    """Time zone and rules, or None where something would have to be guessed."""
    if written == "24/7":
        return zone_of(country) or "UTC", (ALWAYS,)
    zone = zone_of(country)
    for ending, name in _ZONE_NAMES.items():
        if written.endswith(ending):
            written, zone = written.removesuffix(ending), name
    parts = [_HOURS.fullmatch(part.strip()) for part in written.split(";")]
    if zone is None:
        return None
    rules = tuple(_rule(part) for part in parts if part is not None)
    try:
        parse_rules(rules)
    except InvalidHours:
        return None
    return (zone, rules) if len(rules) == len(parts) else None


def zone_of(country: str) -> str | None:
    """The time zone of a country whose clocks all show the same, else None."""
    zones: Sequence[str] = get_global("territory_zones").get(country, ())
    offsets = {tuple(_offsets(zone)) for zone in zones}
    if len(offsets) != 1:
        return None
    capital = {"DE": "Europe/Berlin", "CY": "Asia/Nicosia"}
    return capital.get(country, zones[0])


def _offsets(zone: str) -> Iterator[float]:
    for month in range(1, 13):
        moment = datetime(2026, month, 15, 12, tzinfo=ZoneInfo(zone))
        offset = moment.utcoffset()
        yield 0.0 if offset is None else offset.total_seconds()


def _rule(part: re.Match[str]) -> str:
    days = part["days"].replace("Daily", "daily")
    return f"{days} {part['span'] or '00:00-24:00'}"


def _emergency_lines(row: Row | None, seen_on: date) -> Iterator[str]:
    if row is None:
        yield "emergency: {}"
        return
    numbers = emergency_numbers(row["phone"])
    named = ", ".join(f"{key}: {_quote(value)}" for key, value in numbers.items())
    yield f"emergency: {{{named}}}"
    yield from _list("emergency_sources", row["source_url"].split("|"), 0)
    yield f"emergency_source_date: {_day(row)}"
    yield f"emergency_seen_on: {seen_on}"


def _helpline_lines(id_: str, country: str, row: Row, seen_on: date) -> Iterator[str]:
    yield f"  - id: {id_}"
    yield f"    name: {_quote(_NAMES.get(row['org'], row['org']))}"
    yield f"    kind: {row['kind']}"
    for field in FIELDS:
        written = row.get(_COLUMNS[field], "")
        if written:
            yield f"    {field}: {_quote(written)}"
    yield from _hours_lines(country, row)
    yield f"    languages: {_flow(_split(row.get('languages', '')))}"
    said = _split(row["audience"])
    audience = [name for word in said for name in _AUDIENCE[word]]
    order = ["child", "teen", "parent", "educator"]
    yield f"    audience: {_flow(sorted(set(audience), key=order.index))}"
    yield f"    free: {_FREE.get(row.get('free', ''), 'null')}"
    yield from _list("sources", row["source_url"].split("|"), 4)
    yield f"    source_date: {_day(row)}"
    yield f"    seen_on: {seen_on}"
    yield "    checked_by: null"


def _hours_lines(country: str, row: Row) -> Iterator[str]:
    written = row.get("hours", "")
    disputed = (country, row["kind"]) in _HOURS_DISPUTED
    read = None if disputed or not written else opening_rules(written, country)
    if read is not None:
        zone, rules = read
        named = ", ".join(_quote(rule) for rule in rules)
        yield f"    hours: {{tz: {zone}, open: [{named}]}}"
    elif written:
        yield f"    hours_text: {_quote(written)}"


def _ids(country: str, rows: Sequence[Row]) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        base = f"{country.lower()}-{_slug(row['org']) or row['kind'].replace('_', '-')}"
        id_, number = base, 2
        while id_ in seen:
            id_, number = f"{base}-{number}", number + 1
        seen.add(id_)
        yield id_


def _slug(name: str) -> str:
    short = re.split(r" \(| – |\. ", name)[0]
    plain = unicodedata.normalize("NFKD", short.casefold())
    ascii_ = plain.encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_))
    return slug if len(slug) <= 40 else slug[:41].rpartition("-")[0]


def _day(row: Row) -> str:
    """The source's own date; a year or a month alone says too little to be a day."""
    try:
        return str(date.fromisoformat(row.get("source_date_if_known", "")))
    except ValueError:
        return "null"


def _split(written: str) -> list[str]:
    return [part for part in written.split("|") if part]


def _flow(words: Iterable[str]) -> str:
    return f"[{', '.join(_word(word) for word in words)}]"


def _word(word: str) -> str:
    """A bare word, but quoted where YAML would read Norwegian as false."""
    return f'"{word}"' if word in ("no", "on", "off", "yes", "n", "y") else word


def _list(key: str, values: Sequence[str], indent: int) -> Iterator[str]:
    space = " " * indent
    yield f"{space}{key}:"
    for value in values:
        yield f"{space}  - {_quote(value)}"


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
