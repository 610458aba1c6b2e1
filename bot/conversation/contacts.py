"""Helplines as cards in the reader's language."""

from collections.abc import Callable, Iterable

from bot.conversation.messages import ContactCard
from bot.guidance.values import Country
from bot.helplines.contact import Contact

Text = Callable[..., str]


def contact_cards(contacts: Iterable[Contact], text: Text) -> tuple[ContactCard, ...]:
    """Return a card for each contact; unknown hours stay unknown."""
    return tuple(_card(contact, text) for contact in contacts)


def emergency_card(
    country: Country | None, number: str | None, text: Text
) -> ContactCard | None:
    """Return the card of a country's emergency number, None without a number."""
    if country is None or number is None:
        return None
    dated, seen = country.emergency_source_date, country.emergency_seen_on
    return ContactCard(
        id=f"{country.country.lower()}-emergency",
        name=text("contact.emergency"),
        kind="emergency",
        phone=number,
        country=country.country,
        source=next(iter(country.emergency_sources), None),
        source_date=dated.isoformat() if dated else None,
        seen_on=seen.isoformat() if seen else None,
    )


def _card(contact: Contact, text: Text) -> ContactCard:
    line = contact.helpline
    return ContactCard(
        id=line.id,
        name=line.name,
        kind=line.kind,
        phone=line.phone,
        sms=line.sms,
        chat=line.chat,
        url=line.url,
        hours=contact.hours,
        open_now=contact.open_now,
        country=line.country,
        languages=line.languages,
        free=line.free,
        source=next(iter(line.sources), None),
        source_date=line.source_date.isoformat() if line.source_date else None,
        seen_on=line.seen_on.isoformat(),
        note=text("contact.may_have_changed") if contact.stale else None,
    )
