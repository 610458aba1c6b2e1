"""Signs that may not stand in a text: numbers to dial, addresses, tags, emoji."""

import re
from collections.abc import Iterator

from bot.guidance.findings import Notes
from bot.guidance.placed import Material, Section, Text

_DIGITS = re.compile(r"\d{3,}")
_GROUPS = re.compile(
    r"\+?\d{1,4}(?:[ .\-\u00a0]\d{2,4}){2,}|\d{3}[ \-\u00a0\u202f]\d{3}(?!\d)"
)
_YEAR = re.compile(r"19\d\d|20\d\d|2100")
_ADDRESS = re.compile(
    r"https?://|www\.|\S+@\S+\.\w|\]\(|\b[\w-]+\.(?:com|org|net|gov|edu|info)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>|&(?:[a-z]+|#\d+);")
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\u2300-\u23ff]"
)
_OPENING = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
_CLOSING = {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"}


def check_signs(material: Material, notes: Notes) -> None:
    """No dialable number in any text; no address, tag or emoji in topics.

    Questions may hold a number: people ask what 116 111 is.
    """
    questions = {q for page in material.pages.values() for q in page.questions}
    for text in topic_texts(material):
        if text not in questions:
            _note_numbers(text, notes)
        _note_signs(text, notes)
    for text in word_texts(material):
        _note_numbers(text, notes)
        _note_bidi(text, notes)


def section_texts(section: Section, file: str) -> Iterator[Text]:
    """A section's paragraphs and list lines."""
    for item in section.items:
        yield Text(item.text, file, item.line)


def topic_texts(material: Material) -> Iterator[Text]:
    """Titles, questions and all paragraphs of the topics."""
    for page in material.pages.values():
        yield page.title
        yield from page.questions
        for section in page.sections:
            yield from section_texts(section, page.stamp.file)


def word_texts(material: Material) -> Iterator[Text]:
    """All cards and strings."""
    for cards in material.cards.values():
        yield from cards.texts.values()
    for strings in material.strings.values():
        yield from strings.texts.values()


def _note_numbers(text: Text, notes: Notes) -> None:
    for number in _numbers(text.text):
        line = _line(text, number.start())
        what = f"{number.group()!r} looks like a number to dial"
        notes.error(text.file, line, what, "leave it to the helpline directory")


def _note_bidi(text: Text, notes: Notes) -> None:
    if wrong := unbalanced(text.text):
        what = f"a text direction control ({wrong}) has no partner"
        notes.error(text.file, text.line, what, "delete it")


def _note_signs(text: Text, notes: Notes) -> None:
    _note_bidi(text, notes)
    for pattern, what, mend in (
        (_ADDRESS, "an address or a link", "name the service in words"),
        (_TAG, "HTML", "write plain Markdown"),
        (_EMOJI, "an emoji or symbol", "take it out"),
    ):
        for found in pattern.finditer(text.text):
            line = _line(text, found.start())
            said = found.group()
            notes.error(text.file, line, f"{what} stands in the text: {said}", mend)


def unbalanced(text: str) -> str | None:
    """The first bidi control without its partner, as U+XXXX."""
    open_: list[str] = []
    for sign in text:
        if sign in _OPENING:
            open_.append(sign)
        elif sign in _CLOSING and not (open_ and open_.pop() in _CLOSING[sign]):
            return f"U+{ord(sign):04X}"
    return f"U+{ord(open_[0]):04X}" if open_ else None


def _numbers(text: str) -> Iterator[re.Match[str]]:
    taken = -1
    for found in _GROUPS.finditer(text):
        taken = found.end()
        yield found
    for found in _DIGITS.finditer(text):
        ascii_ = "".join(str(int(digit)) for digit in found.group())
        if found.start() >= taken and not _YEAR.fullmatch(ascii_):
            yield found


def _line(text: Text, position: int) -> int:
    return text.line + text.text.count("\n", 0, position)
