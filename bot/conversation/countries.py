"""Countries by name: CLDR's names in our languages, for buttons and typed answers."""

from functools import lru_cache

from babel import Locale
from babel.languages import get_official_languages

from bot.text import fold

MOST_BUTTONS = 24


@lru_cache(maxsize=16)
def names(language: str) -> dict[str, str]:
    """Return the names of all ISO countries in a language, by two-letter code."""
    territories = Locale.parse(language).territories
    return {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "ZZ", "EZ")
    }


def is_country(code: str) -> bool:
    """Say whether a code is a country's."""
    return code in names("en")


def find(text: str, languages: tuple[str, ...]) -> str | None:
    """Return the country that a short text names in any of the languages, or None."""
    wanted = fold(text)
    if text.strip().upper() in names("en"):
        return text.strip().upper()
    for language in languages:
        for code, name in names(language).items():
            if fold(name) == wanted:
                return code
    return None


@lru_cache(maxsize=16)
def likely(language: str, known: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of the countries where a language is official."""
    spoken = [
        (name, code)
        for code, name in names(language).items()
        if code in known and language in get_official_languages(code, de_facto=True)
    ]
    return tuple((code, name) for name, code in sorted(spoken)[:MOST_BUTTONS])
