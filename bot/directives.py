"""The vocabulary between the core, which decides, and the edge, which speaks.

A directive says what to do next and never how to word it. In the domain they
stand as `custom:` responses (`{do: show_topic, topic: "{topic}"}`); on the wire
they are JSON objects with the tag `do`; here they are frozen structs.
"""

from typing import Union

import msgspec


class Directive(msgspec.Struct, frozen=True, tag_field="do", kw_only=True):
    """Base of all directives."""


class ShowTopic(Directive, frozen=True, tag="show_topic"):
    """Answer with the topic's text: `part` is `short`, `more`, `simpler`, `sources`."""

    topic: str
    part: str = "short"


class ShowSuggestions(Directive, frozen=True, tag="show_suggestions"):
    """Offer the likeliest topics, since the message was not understood."""


class ShowDisclosure(Directive, frozen=True, tag="show_disclosure"):
    """Answer a disclosure (level 2) by the protocol; `topic` may be unknown."""

    topic: str | None = None
    role: str = "hurt"


class ShowSteps(Directive, frozen=True, tag="show_steps"):
    """Show what to do now, one idea a bubble, for the topic and role disclosed."""

    topic: str | None = None
    role: str = "hurt"


class ShowDanger(Directive, frozen=True, tag="show_danger"):
    """Answer danger now (level 3); `variant` names the card's wording."""

    variant: str = "being-hurt"
    topic: str | None = None
    role: str = "hurt"


class ShowHelplines(Directive, frozen=True, tag="show_helplines"):
    """Show who can be called in the user's country."""

    topic: str | None = None


class ShowMenu(Directive, frozen=True, tag="show_menu"):
    """Show the topics by group and the commands."""


class Say(Directive, frozen=True, tag="say"):
    """Say one string of the content, by its id."""

    string: str


class Ask(Directive, frozen=True, tag="ask"):
    """Ask for a slot; its choices come from the strings of the content."""

    slot: str


class AskClarify(Directive, frozen=True, tag="ask_clarify"):
    """Ask whether something happened or information is wanted; level 1."""

    topic: str | None = None


class ShowPlan(Directive, frozen=True, tag="show_plan"):
    """End the report form with a plan to keep; nothing is sent to anyone."""

    for_whom: str | None = None
    what: str | None = None
    where: str | None = None
    since: str | None = None
    danger_now: str | None = None
    adult_told: str | None = None
    wish: str | None = None


class SetProfile(Directive, frozen=True, tag="set_profile"):
    """Change the profile, or ask for the value where none is given."""

    field: str
    value: str | None = None


class Forget(Directive, frozen=True, tag="forget"):
    """End the conversation and drop everything known of it."""


REPORT_SLOTS: tuple[str, ...] = ShowPlan.__struct_fields__
"""The slots of the report, in the order in which they are asked."""


def danger_variant(topic: str | None, role: str | None) -> str:
    """Return the danger card for a topic and role that name no card themselves."""
    if role == "may-hurt":
        return "may-hurt-others"
    if topic == "suicide-self-harm":
        return "hurt-myself"
    return "being-hurt"


AnyDirective = Union[  # noqa: UP007 - a dozen names, one a line
    ShowTopic,
    ShowSuggestions,
    ShowDisclosure,
    ShowSteps,
    ShowDanger,
    ShowHelplines,
    ShowMenu,
    Say,
    Ask,
    AskClarify,
    ShowPlan,
    SetProfile,
    Forget,
]


def read_directives(raw: object) -> tuple[AnyDirective, ...]:
    """Turn decoded JSON into directives.

    A slot that the core had not filled arrives as the text "None" or an empty
    text; both mean no value. Raises `msgspec.ValidationError` on anything that is
    no directive.
    """
    return msgspec.convert(_without_empty_slots(raw), tuple[AnyDirective, ...])


def _without_empty_slots(raw: object) -> object:
    if not isinstance(raw, list | tuple):
        return raw
    return [
        {key: value for key, value in item.items() if value not in (None, "None", "")}
        if isinstance(item, dict)
        else item
        for item in raw
    ]
