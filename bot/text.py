"""Text as copbot reads it: cleaned for everybody, folded for comparing.

`clean` keeps what a person sees and drops what only breaks programs. `fold` makes
the spellings of one word alike, so that "Su1cide", "suiciiide" and "SUICIDE" meet;
phrases and messages go through the same fold, so what it loses it loses on both
sides.
"""

import re
import unicodedata

MAX_READ = 8_000
"""Characters of a message that the floor and redaction read."""

MAX_CORE = 2_000
"""Characters of a message that the core reads."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02b9\u0060\u00b4\u2032]")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_ARABIC_FORMS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "ی": "ي",
    }
)
_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
)
_IDEOGRAPH = re.compile("([\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff])")
_WORD = re.compile(r"[^\W_]+")
_LEET_SIGN = re.compile("[013457@$]")
_LEET_WORD = re.compile(r"[\w@$]+")
_REPEATED = re.compile(r"([^\W\d_])\1+")


def clean(text: str) -> str:
    r"""Drop lone surrogates, controls, zero-width and bidi characters.

    Line ends become "\n", other runs of white space one blank. The result can be
    encoded, stored in JSON and shown.
    """
    text = _SURROGATE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Return the words of a text, made alike, separated by single blanks.

    Compatibility forms, case, accents, apostrophes, Arabic vowel signs and letter
    forms, repeated letters and digits written for letters are levelled; every
    ideograph is a word of its own. Numbers stay as they are.
    """
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """Return the folded words of a text; see `fold`."""
    plain = text.isascii()
    if not plain:
        text = unicodedata.normalize("NFKC", text)
    text = _APOSTROPHES.sub("", text.casefold())
    if not plain:
        text = _ARABIC_MARKS.sub("", text).translate(_ARABIC_FORMS)
        text = _without_accents(text)
    if _LEET_SIGN.search(text):
        text = _LEET_WORD.sub(_letters_for_digits, text)
    text = _REPEATED.sub(r"\1", text)
    return _WORD.findall(text if plain else _IDEOGRAPH.sub(r" \1 ", text))


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _letters_for_digits(match: re.Match[str]) -> str:
    word = match.group()
    if word.isdigit() or word.isalpha():
        return word
    letters = sum(c.isalpha() for c in word)
    inside = word.rstrip("0123456789")
    if letters < 2 or word[:2].isdigit() or inside.isalpha():
        # "f16", "3ds", "12pm", "abc123": a number beside letters is a number.
        return word
    return inside.translate(_LEET) + word[len(inside) :]
