"""The lexicon names roles that its topics have, and no phrase is a question."""

from bot.guidance.findings import Notes
from bot.guidance.placed import Material
from bot.guidance.prose import fold


def check_lexicon(material: Material, notes: Notes) -> None:
    """Roles fit the topics; a phrase that is an information question is a trap."""
    questions = {
        (page.language, fold(question.text))
        for page in material.pages.values()
        for question in page.questions
    }
    for placed in material.lexicon:
        entry, file, line = placed.entry, placed.file, placed.line
        if entry.topic is not None:
            topic = material.sheets[entry.topic].topic
            if topic.disclosure_level != 2:
                what = f"the topic {topic.slug!r} has no disclosures"
                notes.error(file, line, what, "take another topic or none")
            elif entry.role not in topic.roles and entry.level < 3:
                what = f"the topic {topic.slug!r} has no role {entry.role!r}"
                notes.warn(file, line, what, "only the card will be shown")
        for phrase in entry.say:
            if (entry.language, fold(phrase)) in questions:
                what = f"{phrase!r} is an information question of a topic"
                notes.error(file, line, what, "take it out")
