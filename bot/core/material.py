"""What the core needs of the content: questions, slugs, the report's choices."""

from collections.abc import Iterable

import msgspec

from bot.core.model import content_dirs
from bot.guidance.findings import Notes
from bot.guidance.load import read_material
from bot.guidance.tree import Tree

Choice = tuple[str, str, str]
"""Slot, value, label."""

_OPTIONS = "options."


class Material(msgspec.Struct, frozen=True):
    """The content, as far as it can be read; `copbot check` tells what can't."""

    questions: tuple[tuple[str, str], ...]
    topics: frozenset[str]
    platforms: frozenset[str]
    choices: tuple[Choice, ...]


def read() -> Material:
    """Read the content folders; mistakes in them are for `copbot check`."""
    found = read_material(Tree(content_dirs()), Notes())
    labels = (
        (key, text.text)
        for strings in found.strings.values()
        for key, text in strings.texts.items()
    )
    names = (("where", id_, p.name) for id_, p in found.platforms.items())
    return Material(
        questions=tuple(
            (page.slug, question.text)
            for page in found.pages.values()
            for question in page.questions
        ),
        topics=frozenset(found.sheets),
        platforms=frozenset(found.platforms),
        choices=(*names, *_choices(labels)),
    )


def _choices(labels: Iterable[tuple[str, str]]) -> Iterable[Choice]:
    for key, label in labels:
        parts = key.removeprefix(_OPTIONS).split(".")
        if key.startswith(_OPTIONS) and len(parts) == 2 and parts[0] != "safe":
            yield parts[0], parts[1], label
