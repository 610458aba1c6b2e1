"""Which of our languages a text is written in: script first, then its letters."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from bot.guidance.values import Library
from bot.text import fold

_SCRIPTS = {
    "zh": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
    "ar": re.compile("[\u0620-\u064a]"),
    "ru": re.compile("[\u0400-\u04ff]"),
}
_NEIGHBOURS = re.compile("[\u3040-\u30ff\uac00-\ud7afіїєґўپچژگ]", re.IGNORECASE)
"""Letters of Japanese, Korean, Ukrainian, Belarusian, Persian …: not our languages."""

_LATIN = re.compile("[a-z\u00c0-\u024f]", re.IGNORECASE)
MARGIN = 3.0
"""Log-odds by which the best language must lead before it counts as recognised."""
MARGIN_SHORT = 8.0
"""The same for one or two words, which often look alike in several languages."""


class Recogniser:
    """Knows the letter patterns of the content's languages in Latin script.

    Built from the library's own questions and answers, so a language that is added
    as files is recognised without any code.
    """

    def __init__(self, library: Library) -> None:
        """Count the character trigrams of each Latin-script language."""
        self._models = {
            language: _model(_texts(library, language))
            for language in library.languages
            if language not in _SCRIPTS
        }
        self._languages = library.languages

    def recognise(self, text: str) -> str | None:
        """Return the language, or None when it is unsure or not one of ours."""
        if _NEIGHBOURS.search(text):
            return None
        counts = {name: len(found.findall(text)) for name, found in _SCRIPTS.items()}
        counts["latin"] = len(_LATIN.findall(text)) // 2
        counts["zh"] *= 2
        best = max(counts, key=lambda name: counts[name])
        if counts[best] == 0:
            return None
        if best != "latin":
            return best if best in self._languages else None
        return self._latin(text)

    def _latin(self, text: str) -> str | None:
        grams = list(_grams(text))
        scores = sorted(
            (sum(map(model, grams)), name) for name, model in self._models.items()
        )
        if not grams or not scores:
            return None
        margin = MARGIN_SHORT if len(fold(text).split()) < 3 else MARGIN
        if len(scores) > 1 and scores[-1][0] - scores[-2][0] < margin:
            return None
        return scores[-1][1]


class _Model:
    def __init__(self, counts: Mapping[str, int]) -> None:
        total = sum(counts.values()) + 20_000
        self._scores = {gram: math.log((n + 1) / total) for gram, n in counts.items()}
        self._unseen = math.log(0.5 / total)

    def __call__(self, gram: str) -> float:
        return self._scores.get(gram, self._unseen)


def _model(texts: Iterator[str]) -> _Model:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_grams(text))
    return _Model(counts)


def _grams(text: str) -> Iterator[str]:
    for word in fold(text).split():
        padded = f" {word} "
        yield f"={word}"
        for start in range(len(padded) - 2):
            yield padded[start : start + 3]


def _texts(library: Library, language: str) -> Iterator[str]:
    for topic in library.topics.values():
        text = topic.texts.get(language)
        if text is None:
            continue
        yield text.title
        # Questions count threefold: they are worded as people write.
        yield from text.questions * 3
        for audience in text.audiences.values():
            for block in (*audience.short, *audience.more):
                yield from (span.text for item in block.items for span in item)
