"""The chat page: one HTML document in the reader's language, made from strings."""

import html
import json
from collections.abc import Mapping

from bot.guidance.values import AUDIENCES, Library

_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


class Page:
    """Renders the page; it works without JavaScript as far as numbers go."""

    def __init__(self, library: Library, default_country: str | None = None) -> None:
        """Take the content."""
        self._library = library
        self._country = default_country

    def language(self, wanted: str) -> str:
        """Return the first of our languages in an Accept-Language value."""
        for part in wanted.split(","):
            code = part.partition(";")[0].strip().lower()[:2]
            if code in self._library.languages:
                return code
        return "en" if "en" in self._library.languages else self._library.languages[0]

    def html(self, wanted: str, hints: Mapping[str, str]) -> str:
        """Return the document for an Accept-Language value and the URL's hints."""
        language = self.language(wanted)
        strings = self._library.strings[language]
        page = {
            name.removeprefix("page."): html.escape(text)
            for name, text in strings.items()
            if name.startswith("page.")
        }
        audience = hints.get("audience", "")
        country = hints.get("country", self._country or "").upper()[:2]
        settings = {
            "language": language if "language" in hints else None,
            "audience": audience if audience in AUDIENCES else None,
            "country": country if country.isalpha() else None,
            "shown": language,
            "rtl": list(_RIGHT_TO_LEFT),
            "strings": {
                name: text
                for name, text in strings.items()
                if name.startswith(("page.", "contact.", "kind."))
            },
        }
        data = json.dumps(settings, ensure_ascii=False).replace("<", "\\u003c")
        return _DOCUMENT.format(
            language=language,
            direction="rtl" if language in _RIGHT_TO_LEFT else "ltr",
            data=html.escape(data),
            languages=self._language_options(language),
            draft=page["draft"] if self._is_draft(language) else "",
            welcome=html.escape(strings["answer.welcome"]),
            privacy=html.escape(strings["answer.welcome_privacy"]),
            **{name: page[name] for name in _NAMES},
        )

    def _language_options(self, chosen: str) -> str:
        return "".join(
            f'<option value="{code}"{" selected" if code == chosen else ""}>'
            f"{html.escape(self._library.strings[code]['language.name'])}</option>"
            for code in self._library.languages
        )

    def _is_draft(self, language: str) -> bool:
        return any(
            topic.texts[language].review.by == "draft"
            for topic in self._library.topics.values()
            if language in topic.texts
        )


_NAMES = (
    "title",
    "intro",
    "program",
    "label",
    "placeholder",
    "send",
    "exit",
    "clear",
    "settings",
    "chat",
    "noscript",
)
_DOCUMENT = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noarchive">
<title>{title}</title>
<link rel="stylesheet" href="/static/chat.css">
</head>
<body data-settings="{data}">
<header>
<h1>{title}</h1>
<p class="tools">
<label><span class="hidden">{settings}</span>
<select id="language">{languages}</select></label>
<button type="button" id="clear">{clear}</button>
<button type="button" id="exit">{exit}</button>
</p>
<p>{intro}</p>
<p class="small">{program} {draft}</p>
</header>
<main>
<div id="talk" role="log" aria-label="{chat}" tabindex="0">
<div class="bubble bot"><p>{welcome}</p><p>{privacy}</p></div>
</div>
<noscript><p>{noscript}</p></noscript>
<form id="write" autocomplete="off">
<label for="text" class="hidden">{label}</label>
<textarea id="text" rows="2" maxlength="8000" placeholder="{placeholder}"></textarea>
<button type="submit">{send}</button>
</form>
</main>
<script src="/static/chat.js" defer></script>
</body>
</html>
"""
