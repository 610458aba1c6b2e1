"""How long sentences and texts may be for each audience, and what may not repeat."""

from collections.abc import Iterator

from bot.guidance.checks.signs import word_texts
from bot.guidance.findings import Notes
from bot.guidance.placed import Material, Page, Section
from bot.guidance.prose import fold, length, sentences

WORDS = {"child": 12, "teen": 18, "parent": 25, "educator": 25}
"""The most words of a sentence; `now` sections have their own limit."""
CHARACTERS = {"child": 18, "teen": 28, "parent": 45, "educator": 45}
"""The same in Chinese, in characters."""
NOW_WORDS, NOW_CHARACTERS = 14, 22
NOW_PARAGRAPHS = range(5, 8)
NOW_PARAGRAPH_WORDS = 40
SHORT_WORDS = {
    "child": (40, 60),
    "teen": (60, 110),
    "parent": (80, 150),
    "educator": (80, 150),
}
MORE_WORDS = 100
CARD_WORDS = 60
CARD_CHARACTERS = 100
_ZH = 1.6
"""Characters that stand for a word."""
_SLACK = 1.15
_FEW = {"zh": 6}
"""Sentences of at most this length may repeat: there is one way to say them."""


def check_sentences(material: Material, notes: Notes) -> None:
    """Sentence and text limits, and no sentence shared by two audiences."""
    safe = _fixed_sentences(material)
    for page in material.pages.values():
        for section in page.sections:
            _sentence_limits(page, section, notes)
            _text_limits(page, section, notes)
        _shared(page, safe.get(page.language, frozenset()), notes)
    _card_limits(material, notes)


def sentence_limit(language: str, section: Section) -> int:
    """The most words (Chinese: characters) of a sentence in a section."""
    if section.kind == "now":
        return NOW_CHARACTERS if language == "zh" else NOW_WORDS
    table = CHARACTERS if language == "zh" else WORDS
    return table[section.audience]


def unit(language: str) -> str:
    """What lengths are counted in."""
    return "characters" if language == "zh" else "words"


def _sentence_limits(page: Page, section: Section, notes: Notes) -> None:
    limit = sentence_limit(page.language, section)
    for sentence, line in _sentences(section):
        size = length(sentence, page.language)
        if size > limit:
            name = f"{section.audience} {_name(section)}"
            what = (
                f"a sentence of {size} {unit(page.language)} ({name}: at most {limit})"
            )
            mend = f"shorten: {sentence[:60]}…"
            notes.error(page.stamp.file, line, what, mend)


def _name(section: Section) -> str:
    return section.kind if section.kind == "now" else f"{section.kind} answer"


def _text_limits(page: Page, section: Section, notes: Notes) -> None:
    scale = _ZH if page.language == "zh" else 1.0
    sizes = [length(item.text, page.language) for item in section.items]
    file, where = page.stamp.file, f"{section.audience} {_name(section)}"
    if section.kind == "now":
        if len(sizes) not in NOW_PARAGRAPHS:
            what = f"{where} has {len(sizes)} paragraphs"
            notes.error(file, section.line, what, "write 5 to 7, one idea each")
        for item, size in zip(section.items, sizes, strict=True):
            if size > NOW_PARAGRAPH_WORDS * scale:
                limit = round(NOW_PARAGRAPH_WORDS * scale)
                what = f"a paragraph of {size} {unit(page.language)} (at most {limit})"
                notes.error(file, item.line, what, "divide it: each is one bubble")
        return
    low, high = (0, MORE_WORDS)
    if section.kind == "short":
        low, high = SHORT_WORDS[section.audience]
    total = sum(sizes)
    if not low * scale / _SLACK <= total <= high * scale * _SLACK:
        what = f"{where} has {total} {unit(page.language)}"
        mend = f"aim at {round(low * scale)} to {round(high * scale)}"
        notes.warn(file, section.line, what, mend)


def _sentences(section: Section) -> Iterator[tuple[str, int]]:
    for item in section.items:
        for sentence, breaks in sentences(item.text):
            yield sentence, item.line + breaks


def _fixed_sentences(material: Material) -> dict[str, frozenset[str]]:
    """The folded sentences of cards and strings by language."""
    found: dict[str, set[str]] = {}
    languages = {
        **{file.stamp.file: code for code, file in material.cards.items()},
        **{file.stamp.file: code for code, file in material.strings.items()},
    }
    for text in word_texts(material):
        said = found.setdefault(languages[text.file], set())
        said.update(fold(sentence) for sentence, _ in sentences(text.text))
    return {language: frozenset(said) for language, said in found.items()}


def _shared(page: Page, safe: frozenset[str], notes: Notes) -> None:
    seen: dict[str, tuple[str, int]] = {}
    few = _FEW.get(page.language, 4)
    for section in page.sections:
        for sentence, line in _sentences(section):
            said = fold(sentence)
            if length(sentence, page.language) <= few or said in safe:
                continue
            first, at = seen.setdefault(said, (section.audience, line))
            if first != section.audience:
                what = f"{section.audience} repeats {first}'s sentence of line {at}"
                mend = f"say it in other words: {sentence[:60]}"
                notes.error(page.stamp.file, line, what, mend)


def _card_limits(material: Material, notes: Notes) -> None:
    for file in material.cards.values():
        limit = CARD_CHARACTERS if file.language == "zh" else CARD_WORDS
        for (group, variant, audience), text in file.texts.items():
            size = length(text.text, file.language)
            if size > limit:
                name = f"{group}.{variant}.{audience}"
                what = f"{name} has {size} {unit(file.language)} (at most {limit})"
                notes.error(text.file, text.line, what, "shorten it")
