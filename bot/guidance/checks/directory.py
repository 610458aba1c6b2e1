"""The helpline directory: numbers that can be dialled, hours, days, sources."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from bot.guidance.directory import WORLD
from bot.guidance.findings import Notes
from bot.guidance.opening import InvalidHours, parse_rules
from bot.guidance.placed import CountryFile, Material
from bot.guidance.values import Helpline

OLD = timedelta(days=183)
"""A line whose source was read longer ago than this is due for a new look."""
HIDDEN = timedelta(days=730)
"""So long after its source was read, a line is no longer shown."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DIALLED = re.compile(r"[+*#(\d][\d\s\-.*#()]*(?:\(ext\. \d+\))?")


def check_directory(material: Material, today: date, notes: Notes) -> None:
    """Every country's emergency numbers and lines, and the platforms."""
    for file in material.countries.values():
        _emergency(file, today, notes)
        for helpline in file.country.lines:
            _helpline(helpline, file, today, notes)
    if WORLD not in material.countries and material.countries:
        what = "no worldwide finder is there for countries without lines"
        name = next(iter(material.countries.values())).file
        notes.error(name, 1, what, f"write helplines/{WORLD}.yml")


def _emergency(file: CountryFile, today: date, notes: Notes) -> None:
    country, line = file.country, file.emergency_line
    for service, number in country.emergency.items():
        if not _DIALLED.fullmatch(number) or len(number) > 20:
            what = f"emergency {service}: {number!r} can't be dialled"
            notes.error(file.file, line, what, "write digits only")
    if country.emergency and not country.emergency_sources:
        what = "the emergency numbers have no source"
        notes.error(file.file, line, what, "add emergency_sources: […]")
    if country.emergency_seen_on is not None:
        _seen(file.file, line, country.emergency_seen_on, today, notes)


def _helpline(helpline: Helpline, file: CountryFile, today: date, notes: Notes) -> None:
    line = file.lines.get(helpline.id, 1)
    if not _ID.fullmatch(helpline.id):
        what = f"the id {helpline.id!r} is not plain"
        notes.error(file.file, line, what, "use small letters, digits and -")
    phone = helpline.phone
    if phone is not None and not (
        _DIALLED.fullmatch(phone) and 2 <= sum(c.isdigit() for c in phone) <= 15
    ):
        what = f"the phone {phone!r} can't be dialled"
        notes.error(file.file, line, what, "write it as a person there dials it")
    for url in (helpline.chat, helpline.url):
        if url is not None and not _is_web(url):
            notes.error(
                file.file, line, f"{url!r} is no web address", "begin with https://"
            )
    if helpline.hours is not None:
        _hours(helpline, file.file, line, notes)
    _seen(file.file, line, helpline.seen_on, today, notes)
    if helpline.source_date is not None and helpline.source_date > today:
        notes.error(file.file, line, "source_date is still to come", "correct it")


def _hours(helpline: Helpline, file: str, line: int, notes: Notes) -> None:
    if helpline.hours is None:
        return
    if helpline.hours.tz not in available_timezones():
        what = f"the time zone {helpline.hours.tz!r} is not known"
        notes.error(file, line, what, "write one like Europe/Paris")
    else:
        ZoneInfo(helpline.hours.tz)
    try:
        parse_rules(helpline.hours.open)
    except InvalidHours as wrong:
        mend = 'write "daily 09:00-23:00" or "Mon-Fri 14:00-20:00"'
        notes.error(file, line, f"the hours can't be read: {wrong}", mend)


def _seen(file: str, line: int, seen_on: date, today: date, notes: Notes) -> None:
    if seen_on > today:
        notes.error(file, line, "seen_on is still to come", "correct it")
    elif today - seen_on > HIDDEN:
        what = f"the source was read on {seen_on}, over two years ago"
        notes.warn(file, line, what, "look again: the line is hidden")
    elif today - seen_on > OLD:
        what = f"the source was read on {seen_on}, over six months ago"
        notes.warn(file, line, what, "look again and write the new day")


def _is_web(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("https", "http") and "." in parts.netloc
