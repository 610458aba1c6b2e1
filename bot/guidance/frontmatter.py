"""What stands between the two `---` lines of a topic file, and the rest."""

import re
from datetime import date

import msgspec

from bot.guidance.findings import Notes
from bot.guidance.placed import Stamp
from bot.guidance.values import Review, TranslationOf
from bot.guidance.yamlfile import Place, closest, optional, parse_yaml

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_HASH = re.compile(r"0|[0-9a-f]{12}")
UNREAD = Review("", date(2000, 1, 1), date(2000, 1, 2))


class Parts(msgspec.Struct, frozen=True):
    """A file in two: YAML from line 2, then `rows` from line `first_line`."""

    front: str
    rows: tuple[str, ...]
    first_line: int


def split(text: str, file: str, notes: Notes) -> Parts | None:
    """Divide a topic file; None and a finding when the `---` lines don't stand."""
    rows = text.split("\n")
    mend = "begin the file with a line ---, then title, questions, review, then ---"
    if rows[0].rstrip() != "---":
        notes.error(file, 1, "the front matter is missing", mend)
        return None
    for number, row in enumerate(rows[1:], 1):
        if row.rstrip() == "---":
            front = "\n".join(rows[1:number])
            return Parts(front, tuple(rows[number + 1 :]), number + 2)
    notes.error(file, 1, "the front matter has no end", mend)
    return None


def front_matter(parts: Parts, file: str, notes: Notes) -> Place | None:
    """The YAML of a topic file."""
    return parse_yaml(parts.front, file, notes, shift=1)


def read_review(place: Place) -> Review:
    """Who read the text, when, and by when again."""
    fields = place.fields(("by", "on", "again"))
    by, on, again = (fields.get(name) for name in ("by", "on", "again"))
    if by is None or on is None or again is None:
        return UNREAD
    review = Review(by.text(), on.day(), again.day())
    if review.again <= review.on:
        again.error("the next review is not after the last", "write a later day")
    return review


def read_origin(place: Place) -> TranslationOf | None:
    """The text that this one was written after."""
    fields = place.fields(("lang", "hash"))
    if "lang" not in fields or "hash" not in fields:
        return None
    lang, stamp = fields["lang"].text(), fields["hash"].text()
    if not _LANGUAGE.fullmatch(lang):
        fields["lang"].error(f"{lang!r} is no language", closest(lang, ["en"]))
    if not _HASH.fullmatch(stamp):
        mend = 'write hash: "0" and run `copbot content stamp`'
        fields["hash"].error(f"{stamp!r} is no hash", mend)
    return TranslationOf(lang, stamp)


def read_stamp(fields: dict[str, Place], file: str, own_hash: str) -> Stamp:
    """Review and origin among the fields of a file; line 1 where they are absent."""
    review, origin = optional(fields, "review"), optional(fields, "translation_of")
    return Stamp(
        file=file,
        review=read_review(review) if review else None,
        review_line=review.line if review else 1,
        origin=read_origin(origin) if origin else None,
        origin_line=origin.line if origin else 1,
        own_hash=own_hash,
    )
