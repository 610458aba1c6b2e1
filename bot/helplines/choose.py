"""Which helplines to show: for a country, a need, an audience, at this moment."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timezone

from bot.guidance.values import Country, Helpline, Library
from bot.helplines.contact import Choice, Contact
from bot.helplines.hours import hours_text, open_now

WORLD = "ZZ"
"""The lines that work in any country."""
MOST = 3
"""The most contacts in an answer."""
HIDDEN_AFTER_MONTHS = 24
"""A line whose source was read longer ago is hidden, but for the last child line."""
DANGER = 3
"""The level at which a line that answers now comes before one that fits better."""

_CHILD, _PARENT = "child_helpline", "parent_line"
_CRISIS, _REMOVAL = "suicide_crisis", "image_removal"
_CYBER = "cyberbullying_line"
_LISTENING = frozenset({_CHILD, _PARENT, _CRISIS})
_EUROPEAN_FINDER = "zz-better-internet-for-kids"
_EUROPE = (
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IS IE IT LV LI LT LU MT NL NO PL PT RO "
    "SK SI ES SE"
)
_MINORS = frozenset({"child", "teen"})
_ADULTS = frozenset({"parent", "educator"})
_NO_COUNTRY = Country(WORLD, {}, ())


def choose(
    library: Library,
    *,
    country: str | None,
    need: str | None,
    audience: str,
    level: int,
    now: datetime,
) -> Choice:
    """At most three contacts, best first, and the country's emergency numbers.

    `country` is any ISO code or None; `now` is aware, a naive one counts as UTC.
    """
    moment = now if now.tzinfo is not None else now.replace(tzinfo=timezone.utc)
    code = (country or "").upper()
    here = (library.countries.get(code) if code != WORLD else None) or _NO_COUNTRY
    world = library.countries.get(WORLD) or _NO_COUNTRY
    lines = [_contact(line, moment) for line in _shown(here.lines, moment.date())]
    finders = [
        _contact(line, moment)
        for line in world.lines
        if line.id != _EUROPEAN_FINDER or (code and code in _EUROPE)
    ]
    contacts = _compose(lines, finders, need, audience)
    if level >= DANGER:
        contacts.sort(key=_for_danger)
    national = any(contact.helpline.country != WORLD for contact in contacts)
    return Choice(tuple(contacts), here.emergency, national)


def emergency_number(country: Country | None, kind: str) -> str | None:
    """The number to call for `kind` (police, ambulance): the one for all first.

    A country that names none for `kind` gives the other; None when it has neither.
    """
    numbers = {} if country is None else country.emergency
    wanted = ("any", kind, "police", "ambulance")
    return next((numbers[name] for name in wanted if name in numbers), None)


def _shown(lines: Sequence[Helpline], today: date) -> list[Helpline]:
    """The lines that are not too old; the newest child line always stays."""
    fresh = [line for line in lines if not is_stale(line, today)]
    children = [line for line in lines if line.kind == _CHILD]
    if children and not any(line.kind == _CHILD for line in fresh):
        fresh.append(max(children, key=lambda line: line.seen_on))
    return fresh


def is_stale(line: Helpline, today: date) -> bool:
    """Whether the line's source was read more than 24 months ago."""
    months = (today.year - line.seen_on.year) * 12 + today.month - line.seen_on.month
    if today.day < line.seen_on.day:
        months -= 1
    over = months == HIDDEN_AFTER_MONTHS and today.day > line.seen_on.day
    return over or months > HIDDEN_AFTER_MONTHS


def _contact(line: Helpline, now: datetime) -> Contact:
    stale = is_stale(line, now.date())
    return Contact(line, open_now(line, now), hours_text(line), stale)


def _compose(
    lines: Sequence[Contact],
    finders: Sequence[Contact],
    need: str | None,
    audience: str,
) -> list[Contact]:
    """The lines for the need, then who listens to children, then worldwide finders."""
    care = list(_unique(_care(lines, audience)))
    fitting = list(_unique(_for_need(lines, need, audience)))
    abroad = _for_need(finders, need, audience)[:1]
    kinds = {contact.helpline.kind for contact in care} & {_PARENT, _CHILD}
    first = fitting[: MOST - max(len(kinds), bool(care))]
    if need == _REMOVAL:
        first, abroad = [*fitting[:1], *abroad], []
    elif need == _CHILD:
        first = []
    last = [] if fitting else abroad
    if not _of_kind(lines, _CHILD):
        last = list(_unique([*last, *_of_kind(finders, _CHILD)[:1]]))
    chosen = list(_unique([*first, *_spread(care, MOST - len(first) - len(last))]))
    return [*chosen[: MOST - len(last)], *last]


def _spread(care: Sequence[Contact], room: int) -> list[Contact]:
    """The best of each kind first, so that one kind does not push out another."""
    leaders = {contact.helpline.kind: contact for contact in reversed(care)}
    best = [contact for contact in care if leaders[contact.helpline.kind] is contact]
    return [*best, *(c for c in care if c not in best)] if len(best) <= room else best


def _care(lines: Sequence[Contact], audience: str) -> Iterator[Contact]:
    """Who listens: group after group, and in each those that are open now first."""
    serving = [c for c in lines if audience in c.helpline.audience]
    if audience in _ADULTS:
        yield from _open_first(_of_kind(serving, _PARENT))
    yield from _open_first(_of_kind(serving, _CHILD))
    if audience in _ADULTS:  # the adult calls for a child, or hands the number on
        yield from _open_first(_of_kind(lines, _CHILD))
    children = _of_kind([c for c in lines if _serves(c, audience)], _CHILD)
    crisis = [c for c in _of_kind(lines, _CRISIS) if _serves(c, audience)]
    if not children:
        yield from _open_first(crisis)
        yield from _open_first(_of_kind(serving, _CYBER))
    elif all(contact.open_now is False for contact in children):
        yield from (contact for contact in crisis if contact.open_now)


def _serves(contact: Contact, audience: str) -> bool:
    """Whether a line is for the audience; adults may turn to those for children."""
    served = contact.helpline.audience
    return audience in served or (audience in _ADULTS and bool(_MINORS & set(served)))


def _for_danger(contact: Contact) -> tuple[bool, bool]:
    """At danger a person who answers now comes before a form."""
    return contact.open_now is False, contact.helpline.kind not in _LISTENING


def _for_need(
    lines: Iterable[Contact], need: str | None, audience: str
) -> list[Contact]:
    """The lines for a need; the images are a child's, so lines for adults stay out."""
    if need is None:
        return []
    found = [c for c in _of_kind(lines, need) if _serves(c, audience)]
    if need == _REMOVAL:
        found = [c for c in found if _MINORS & set(c.helpline.audience)]
    return _open_first(found)


def _of_kind(lines: Iterable[Contact], kind: str) -> list[Contact]:
    return [contact for contact in lines if contact.helpline.kind == kind]


def _open_first(lines: Iterable[Contact]) -> list[Contact]:
    ranks = {True: 0, None: 1, False: 2}
    return sorted(lines, key=lambda contact: ranks[contact.open_now])


def _unique(contacts: Iterable[Contact]) -> Iterator[Contact]:
    """Each service once: the same page and languages are the same people."""
    seen: set[object] = set()
    for contact in contacts:
        line = contact.helpline
        same = (line.kind, line.url, line.languages) if line.url else line.id
        if line.id not in seen and same not in seen:
            yield contact
        seen.update((line.id, same))
