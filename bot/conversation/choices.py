"""The stable ids of choices, and what each asks of the core or of the edge."""

from collections.abc import Mapping

from bot.directives import (
    REPORT_SLOTS,
    AnyDirective,
    Ask,
    AskClarify,
    Forget,
    SetProfile,
    ShowDanger,
    ShowDisclosure,
    ShowHelplines,
    ShowMenu,
    ShowSteps,
    ShowTopic,
)

Intent = tuple[str, dict[str, str]]

_PLAIN: Mapping[str, Intent] = {
    "safe:yes": ("safe", {}),
    "safe:no": ("unsafe", {}),
    "not-meant": ("not_meant", {}),
    "show-steps": ("show_steps", {}),
    "more": ("more", {}),
    "simpler": ("simpler", {}),
    "sources": ("sources", {}),
    "helplines": ("helplines", {}),
    "menu": ("menu", {}),
    "forget": ("forget", {}),
    "report:start": ("report", {}),
    "report:back": ("go_back", {}),
    "report:stop": ("stop", {}),
    "report:skip": ("skip", {}),
    "report:dont-send": ("stop", {}),
    "clarify:happened": ("disclose", {"role": "hurt"}),
    "clarify:information": ("menu", {}),
    "language": ("change_language", {}),
    "audience": ("change_audience", {}),
    "country": ("change_country", {}),
}
_PROFILE = ("language", "audience", "country")


def read_choice(choice: str) -> Intent | None:
    """Return the intent and entities of a choice id, or None for one not ours."""
    if choice in _PLAIN:
        return _PLAIN[choice]
    name, _, value = choice.partition(":")
    if not value:
        return None
    if name == "topic":
        return "ask", {"topic": value}
    if name in _PROFILE:
        return "set_profile", {"field": name, "value": value}
    if name == "report":
        slot, _, answer = value.partition(":")
        if slot in REPORT_SLOTS and answer:
            return "answer", {slot: answer}
    return None


def without_core(
    intent: Intent, topic: str | None, role: str
) -> tuple[AnyDirective, ...]:
    """Return what a choice means when no core can be asked.

    `topic` and `role` are those of the talk so far. The report needs the core; in
    its place come the people who can help.
    """
    name, entities = intent
    if name == "ask":
        return (ShowTopic(topic=entities["topic"]),)
    if name in ("more", "simpler", "sources") and topic:
        return (ShowTopic(topic=topic, part=name),)
    if name in ("safe", "show_steps"):
        return (ShowSteps(topic=topic, role=role),)
    if name == "unsafe":
        return (ShowDanger(topic=topic, role=role),)
    if name == "disclose":
        return (ShowDisclosure(topic=topic, role=role),)
    if name == "set_profile":
        return (SetProfile(field=entities["field"], value=entities["value"]),)
    if name.startswith("change_"):
        return (SetProfile(field=name.removeprefix("change_")),)
    if name == "forget":
        return (Forget(),)
    if name in ("helplines", "report", "answer"):
        return (ShowHelplines(topic=topic),)
    return (ShowMenu(),)


def level_of(directives: tuple[AnyDirective, ...]) -> int:
    """Return the level that an answer has by what it shows."""
    if any(isinstance(d, ShowDanger) for d in directives):
        return 3
    if any(isinstance(d, ShowDisclosure) for d in directives):
        return 2
    return 1 if any(isinstance(d, AskClarify) for d in directives) else 0


def open_question(directives: tuple[AnyDirective, ...]) -> str | None:
    """Return the slot that the answer asks for last, or None."""
    for directive in reversed(directives):
        if isinstance(directive, Ask):
            return directive.slot
        if isinstance(directive, ShowDisclosure):
            return "safe"
    return None
