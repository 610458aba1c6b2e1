"""What choosing gives: the lines to show, and what is true of them now."""

from collections.abc import Mapping

import msgspec

from bot.guidance.values import Helpline


class Contact(msgspec.Struct, frozen=True):
    """A line to show; `stale` says that its source is old and it may have changed."""

    helpline: Helpline
    open_now: bool | None
    hours: str | None
    stale: bool = False


class Choice(msgspec.Struct, frozen=True):
    """At most three contacts and the country's emergency numbers.

    `national` says whether any contact belongs to the country.
    """

    contacts: tuple[Contact, ...]
    emergency: Mapping[str, str]
    national: bool
