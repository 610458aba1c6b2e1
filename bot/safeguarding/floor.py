"""The safety floor: phrases of all languages, matched before any model is asked.

It knows no language of the user and keeps no state, so it answers the same for
everybody, in a fraction of a millisecond, also when nothing else is running.
"""

from collections.abc import Sequence

from bot.guidance.graph import Hit, PhraseGraph
from bot.guidance.values import LexiconEntry
from bot.safeguarding.findings import Finding
from bot.text import words

WINDOW = 6
"""Words on either side of a phrase in which an `unless` phrase cancels it."""


class Floor:
    """Finds the risks that a text names.

    Built once from the lexicon entries of all languages (about 0.3 s for 7,000
    written phrases); `match` costs less than 0.1 ms for a short message and may be
    called from any thread.
    """

    def __init__(self, entries: Sequence[LexiconEntry]) -> None:
        self._entries = tuple(entries)
        numbered = tuple(enumerate(self._entries))
        self._risks = PhraseGraph((n, said) for n, e in numbered for said in e.say)
        self._cancels = PhraseGraph((n, said) for n, e in numbered for said in e.unless)

    def match(self, text: str) -> tuple[Finding, ...]:
        """Return every risk named in `text`, in order; the text is cleaned already."""
        said = words(text)
        hits = self._risks.find(said)
        if not hits:
            return ()
        cancels: dict[int, list[Hit]] = {}
        for cancel in self._cancels.find(said):
            cancels.setdefault(cancel.entry, []).append(cancel)
        return tuple(
            self._finding(hit)
            for hit in hits
            if not _cancelled(hit, cancels.get(hit.entry, ()))
        )

    def _finding(self, hit: Hit) -> Finding:
        entry = self._entries[hit.entry]
        return Finding(
            topic=entry.topic,
            role=entry.role,
            level=entry.level,
            card=entry.card,
            start=hit.start,
            end=hit.end,
        )


def _cancelled(hit: Hit, cancels: Sequence[Hit]) -> bool:
    """Say whether an idiom, a game, a negation … stands around the phrase."""
    return any(
        cancel.start <= hit.end + WINDOW and cancel.end >= hit.start - WINDOW
        for cancel in cancels
    )
