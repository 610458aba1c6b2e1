"""Cards of every language use the placeholders of the English ones."""

from bot.guidance.findings import Notes
from bot.guidance.placed import Material
from bot.guidance.structure import ENGLISH, note_placeholders


def check_cards(material: Material, notes: Notes) -> None:
    """The same placeholders as in English, and safe words that differ."""
    english = material.cards.get(ENGLISH)
    for file in material.cards.values():
        for key, text in file.texts.items():
            if english is not None and key in english.texts:
                note_placeholders(text, english.texts[key], ".".join(key), notes)
        seen: set[str] = set()
        for word in file.safe_words:
            if word.text.casefold() in seen:
                what = f"the safe word {word.text!r} is given twice"
                notes.warn(word.file, word.line, what, "delete one")
            seen.add(word.text.casefold())
