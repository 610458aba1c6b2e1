"""The safety floor: phrases of all languages, matched before any model is asked.

It knows no language of the user and keeps no state, so it answers the same for
everybody, in a fraction of a millisecond, also when nothing else is running.
"""

from collections.abc import Sequence

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from bot.guidance.values import LexiconEntry
from bot.safeguarding.findings import Finding
from bot.text import words

WINDOW = 6
"""Words on either side of a phrase in which an `unless` phrase cancels it."""


class Floor:
    """Finds the risks that a text names.

    Built once from the lexicon entries of all languages (about 0.1 s for 6,000
    phrases); `match` costs about 0.1 ms for a short message and may be called from
    any thread.
    """

    def __init__(self, entries: Sequence[LexiconEntry]) -> None:
        self._entries = tuple(entries)
        self._vocab = Vocab()
        self._risks = PhraseMatcher(self._vocab)
        self._cancels = PhraseMatcher(self._vocab)
        for number, entry in enumerate(self._entries):
            self._add(self._risks, str(number), entry.say)
            self._add(self._cancels, str(number), entry.unless)

    def match(self, text: str) -> tuple[Finding, ...]:
        """Return every risk named in `text`, in order; the text is cleaned already."""
        doc = self._doc(words(text))
        if not len(doc):
            return ()
        hits = self._risks(doc, as_spans=True)
        if not hits:
            return ()
        cancels = self._cancels(doc, as_spans=True)
        return tuple(
            self._finding(hit) for hit in hits if not _cancelled(hit, cancels)
        )

    def _add(self, matcher: PhraseMatcher, key: str, phrases: Sequence[str]) -> None:
        docs = [self._doc(words(phrase)) for phrase in phrases]
        docs = [doc for doc in docs if len(doc)]
        if docs:
            matcher.add(key, docs)

    def _doc(self, tokens: list[str]) -> Doc:
        return Doc(self._vocab, words=tokens)

    def _finding(self, hit: Span) -> Finding:
        entry = self._entries[int(hit.label_)]
        return Finding(
            topic=entry.topic,
            role=entry.role,
            level=entry.level,
            card=entry.card,
            start=hit.start,
            end=hit.end,
        )


def _cancelled(hit: Span, cancels: Sequence[Span]) -> bool:
    """Say whether an idiom, a game, a negation … stands around the phrase."""
    return any(
        cancel.label == hit.label
        and cancel.start <= hit.end + WINDOW
        and cancel.end >= hit.start - WINDOW
        for cancel in cancels
    )
