"""The lexicon names roles that its topics have, and no phrase is a question."""

from collections.abc import Iterator

from bot.guidance.findings import Notes
from bot.guidance.graph import PhraseGraph
from bot.guidance.phrases import PhraseInvalid, pieces
from bot.guidance.placed import Material
from bot.text import words


def check_lexicon(material: Material, notes: Notes) -> None:
    """Roles fit the topics; a phrase that is an information question is a trap."""
    asked = _asked(material)
    for number, placed in enumerate(material.lexicon):
        entry, file, line = placed.entry, placed.file, placed.line
        if entry.topic is not None:
            topic = material.sheets[entry.topic].topic
            if topic.disclosure_level != 2:
                what = f"the topic {topic.slug!r} has no disclosures"
                notes.error(file, line, what, "take another topic or none")
            elif entry.role not in topic.roles and entry.level < 3:
                what = f"the topic {topic.slug!r} has no role {entry.role!r}"
                notes.warn(file, line, what, "only the card will be shown")
        for question in asked.get(number, ()):
            what = f"{question!r} is an information question of a topic"
            notes.error(file, line, what, "take it out")


def _asked(material: Material) -> dict[int, list[str]]:
    """The questions that an entry of their language takes whole, by its number."""
    found: dict[int, list[str]] = {}
    for language in {page.language for page in material.pages.values()}:
        graph = PhraseGraph(
            (number, said)
            for number, placed in enumerate(material.lexicon)
            if placed.entry.language == language
            for said in _valid(placed.entry.say)
        )
        for page in material.pages.values():
            for question in page.questions if page.language == language else ():
                said = words(question.text)
                for hit in graph.find(said):
                    if hit.end - hit.start == len(said):
                        found.setdefault(hit.entry, []).append(question.text)
    return found


def _valid(phrases: tuple[str, ...]) -> Iterator[str]:
    """The phrases that can be read; the others were noted already."""
    for phrase in phrases:
        try:
            pieces(phrase)
        except PhraseInvalid:
            continue
        yield phrase
