"""Which names and labels may be counted."""

import pytest

from bot.metrics.vocabulary import LabelUnknown, Vocabulary
from bot.store.names import DAILY, LONGEST, WEEKLY

GIVEN = {
    "languages": ["fr", "en"],
    "topics": ["sextortion"],
    "families": ["sexual"],
    "audiences": ["child"],
    "channels": ["web"],
    "countries": ["FR"],
}
SAY = "my name is Anna and I live at number 5"


def test_the_names_are_those_of_the_tables() -> None:
    words = Vocabulary(**GIVEN)
    assert words.names == DAILY + WEEKLY
    for name in words.names:
        assert words.labels(name)
        assert all(len(label) <= LONGEST for label in words.labels(name))


def test_pairs() -> None:
    words = Vocabulary(**GIVEN)
    pairs = {"sexual:fr", "sexual:en", "none:fr", "none:en"}
    assert words.labels("family-language") == pairs
    assert words.labels("level-country") == {"2:FR", "3:FR", "2:none", "3:none"}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("language", "de"),
        ("topic", SAY),
        ("topic", "Sextortion"),
        ("turns", "fr"),
        ("country", "FR"),
        (SAY, "fr"),
        ("level-country", "1:FR"),
    ],
)
def test_unknown_is_refused_without_quoting_it(name: str, label: str) -> None:
    words = Vocabulary(**GIVEN)
    with pytest.raises(LabelUnknown) as caught:
        words.check(name, label)
    assert SAY not in str(caught.value)


@pytest.mark.parametrize("part", sorted(GIVEN))
@pytest.mark.parametrize("bad", ["", "a b", "x" * 41, "l'eau", "é", "a\n", "a:b"])
def test_labels_are_short_words(part: str, bad: str) -> None:
    with pytest.raises(LabelUnknown):
        Vocabulary(**{**GIVEN, part: [bad]})
