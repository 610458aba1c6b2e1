"""Words that may not be said to children, and one that must (`content/checks/`)."""

import re
from collections.abc import Iterator

import msgspec

from bot.guidance.checks.signs import section_texts
from bot.guidance.findings import Notes
from bot.guidance.phrases import PhraseInvalid, expand
from bot.guidance.placed import Material, Text
from bot.guidance.prose import fold, says, sentences
from bot.guidance.tree import Tree
from bot.guidance.yamlfile import Place, read_yaml

_DOERS = ("did-it", "may-hurt", "may-hurt-others")
_HURT = ("child", "teen")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|「[^」]*」|\u201e[^“]*“")


class Rule(msgspec.Struct, frozen=True):
    """Folded phrases that may not be said, why, and phrases that allow it.

    `quoted` allows them between quotation marks, as the words of somebody else.
    """

    say: tuple[str, ...]
    because: str
    unless: tuple[str, ...]
    quoted: bool = False


class Wording(msgspec.Struct, frozen=True):
    """The rules of one language."""

    forbidden: tuple[Rule, ...]
    forbidden_did_it: tuple[Rule, ...]
    required_hurt: tuple[str, ...]


def check_wording(material: Material, tree: Tree, notes: Notes) -> None:
    """Forbidden and required phrases, in every language that has texts."""
    for language in material.started:
        name = f"checks/{language}.yml"
        path = tree.path(name)
        if path is None:
            notes.error(tree.shown(name), 1, "the file is missing", "write it")
            continue
        place = read_yaml(path, tree.shown(name), notes)
        if place is not None:
            wording = read_wording(place)
            _forbidden(material, language, wording, notes)
            _required(material, language, wording, notes)


def read_wording(place: Place) -> Wording:
    """The rules in a file."""
    fields = place.fields(("forbidden", "forbidden_did_it", "required_hurt"))

    def rules(name: str) -> tuple[Rule, ...]:
        items = fields[name].items() if name in fields else []
        return tuple(_rule(item) for item in items)

    return Wording(
        rules("forbidden"),
        rules("forbidden_did_it"),
        _phrases(fields["required_hurt"]) if "required_hurt" in fields else (),
    )


def _rule(place: Place) -> Rule:
    if not place.is_mapping:
        return Rule(_fold(place), "it absolves", ())
    fields = place.fields(("say", "because"), ("unless", "quoted"))
    say, unless = fields.get("say"), fields.get("unless")
    return Rule(
        say=() if say is None else _phrases(say) if say.is_list else _fold(say),
        because=fields["because"].text() if "because" in fields else "",
        unless=() if unless is None else _phrases(unless),
        quoted="quoted" in fields and bool(fields["quoted"].boolean_or_none()),
    )


def _phrases(place: Place) -> tuple[str, ...]:
    return tuple(phrase for item in place.items() for phrase in _fold(item))


def _fold(place: Place) -> tuple[str, ...]:
    said = place.text()
    try:
        return tuple(fold(phrase) for phrase in expand(said))
    except PhraseInvalid as wrong:
        place.error(f"the phrase {said!r} {wrong}", "write it as: (one|two|) three")
        return ()


def _texts(material: Material, language: str) -> Iterator[tuple[Text, bool]]:
    """Every text that is spoken; True for those to somebody who did harm."""
    for page in material.pages.values():
        if page.language == language:
            yield page.title, False
            for section in page.sections:
                for text in section_texts(section, page.stamp.file):
                    yield text, section.role in _DOERS
    if language in material.cards:
        for (_, variant, _), text in material.cards[language].texts.items():
            yield text, variant in _DOERS
    if language in material.strings:
        for text in material.strings[language].texts.values():
            yield text, False


def _forbidden(
    material: Material, language: str, wording: Wording, notes: Notes
) -> None:
    for text, to_doer in _texts(material, language):
        rules = wording.forbidden + (wording.forbidden_did_it if to_doer else ())
        paragraph = fold(text.text)
        for rule in rules:
            if any(says(paragraph, phrase, language) for phrase in rule.say):
                _note(text, rule, language, notes)


def _note(text: Text, rule: Rule, language: str, notes: Notes) -> None:
    """Note the sentences that say it without a phrase that allows it."""
    spoken = _unquoted(text.text) if rule.quoted else text.text
    for sentence, breaks in sentences(spoken):
        said = fold(sentence)
        for phrase in rule.say:
            if not says(said, phrase, language):
                continue
            if not any(says(said, allowed, language) for allowed in rule.unless):
                what = f"{phrase!r} may not be said: {rule.because}"
                mend = f"reword: {sentence[:70]}"
                notes.error(text.file, text.line + breaks, what, mend)
            break


def _unquoted(text: str) -> str:
    """The text without what others say; line breaks stay."""
    return _QUOTED.sub(lambda quote: "\n" * quote.group().count("\n"), text)


def _required(
    material: Material, language: str, wording: Wording, notes: Notes
) -> None:
    if language not in material.cards or not wording.required_hurt:
        return
    for (group, variant, audience), text in material.cards[language].texts.items():
        if group != "disclosure" or not variant.startswith("hurt"):
            continue
        said = fold(text.text)
        found = any(says(said, phrase, language) for phrase in wording.required_hurt)
        if audience in _HURT and not found:
            what = f"{group}.{variant}.{audience} does not take the blame away"
            mend = f"say for example: {wording.required_hurt[0]}"
            notes.error(text.file, text.line, what, mend)
