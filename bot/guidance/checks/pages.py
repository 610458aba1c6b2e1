"""Topic files: every language there, titles, questions, translations, reviews."""

from datetime import date, timedelta

from bot.guidance.findings import Notes
from bot.guidance.placed import Material, Page, Stamp
from bot.guidance.prose import fold, length
from bot.guidance.structure import ENGLISH
from bot.guidance.tree import Tree

TITLE = 45
"""The most characters of a title, which is a button's label."""
QUESTIONS = range(10, 17)
OVERDUE = timedelta(days=60)
"""So long after its review day a text is an error."""
_STAMP = "run `copbot content stamp`"


def check_pages(material: Material, tree: Tree, notes: Notes) -> None:
    """Languages, titles and questions of all topics."""
    languages = dict.fromkeys((*material.languages, *material.started))
    for slug in material.sheets:
        for language in languages:
            name = f"topics/{slug}/{language}.md"
            if tree.path(name) is None:
                what = f"the topic is missing in {language!r}"
                notes.error(tree.shown(name), 1, what, "write it")
    for page in material.pages.values():
        _title(page, notes)
        _count(page, notes)
    _duplicates(material, notes)


def check_stamps(material: Material, today: date, notes: Notes) -> None:
    """Translations follow the English text of today; reviews are not overdue."""
    for page in material.pages.values():
        english = material.pages.get((page.slug, ENGLISH))
        own = english.stamp.own_hash if english else None
        _origin(page.stamp, page.language, own, notes)
        _review(page.stamp, today, notes, needed=True)
    for cards in material.cards.values():
        english_cards = material.cards.get(ENGLISH)
        own = english_cards.stamp.own_hash if english_cards else None
        _origin(cards.stamp, cards.language, own, notes)
        _review(cards.stamp, today, notes, needed=True)
    for strings in material.strings.values():
        english_strings = material.strings.get(ENGLISH)
        own = english_strings.stamp.own_hash if english_strings else None
        if strings.stamp.origin is not None:
            _origin(strings.stamp, strings.language, own, notes)
        _review(strings.stamp, today, notes, needed=False)


def _title(page: Page, notes: Notes) -> None:
    size = len(page.title.text)
    if size > TITLE:
        what = f"the title has {size} characters (at most {TITLE})"
        notes.error(page.title.file, page.title.line, what, "shorten it")


def _count(page: Page, notes: Notes) -> None:
    count = len(page.questions)
    if count not in QUESTIONS:
        line = page.questions[0].line if page.questions else 1
        what = f"{count} questions are given"
        notes.error(page.stamp.file, line, what, "write about twelve (10 to 16)")


def _duplicates(material: Material, notes: Notes) -> None:
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    for page in material.pages.values():
        for question in page.questions:
            if not length(question.text, page.language):
                what, mend = "a question has no word", "write it"
                notes.error(question.file, question.line, what, mend)
                continue
            key = (page.language, fold(question.text))
            here = (question.file, question.line)
            file, line = seen.setdefault(key, here)
            if (file, line) != here:
                what = f"the question stands already in {file}:{line}"
                mend = f"ask something else: {question.text}"
                notes.error(question.file, question.line, what, mend)


def _origin(stamp: Stamp, language: str, english: str | None, notes: Notes) -> None:
    if language == ENGLISH:
        if stamp.origin is not None:
            what = "English is the text that others are written after"
            notes.error(stamp.file, stamp.origin_line, what, "delete translation_of")
        return
    if stamp.origin is None:
        mend = 'add a line: translation_of: {lang: en, hash: "0"}'
        notes.error(stamp.file, stamp.origin_line, "translation_of is missing", mend)
    elif stamp.origin.hash == "0":
        what = "the translation is not stamped yet"
        notes.error(stamp.file, stamp.origin_line, what, _STAMP)
    elif english is None:
        what = "the English text that this was written after is missing"
        notes.error(stamp.file, stamp.origin_line, what, "write it")
    elif stamp.origin.hash != english:
        what = "the English text has changed since this was written"
        mend = f"bring it up to date, then {_STAMP}"
        notes.error(stamp.file, stamp.origin_line, what, mend)


def _review(stamp: Stamp, today: date, notes: Notes, *, needed: bool) -> None:
    review = stamp.review
    if review is None:
        if needed:
            notes.error(stamp.file, 1, "the review is missing", "add a line review: …")
        return
    mend = "read it again and write the new days"
    if today > review.again + OVERDUE:
        what = f"the review was due on {review.again}, over 60 days ago"
        notes.error(stamp.file, stamp.review_line, what, mend)
    elif today > review.again:
        what = f"the review was due on {review.again}"
        notes.warn(stamp.file, stamp.review_line, what, mend)
    if review.on > today:
        what = f"the review is dated {review.on}, which is still to come"
        notes.warn(stamp.file, stamp.review_line, what, "write the day it was read")
