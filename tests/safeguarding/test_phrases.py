"""The phrase graph finds what the expanded phrases would."""

import random
from collections.abc import Sequence

import pytest

from bot.guidance.graph import Hit, PhraseGraph
from bot.guidance.phrases import PhraseInvalid, expand
from bot.text import words

LATIN = ("a", "b", "c", "a b", "b c", "ab")
IDEOGRAPHS = ("好", "吃", "药", "好吃", "吃药", "药好", "好吃药")


def naive(phrases: Sequence[tuple[int, str]], text: Sequence[str]) -> set[Hit]:
    """Find all expanded phrases one by one; the longest by entry and start."""
    longest: dict[tuple[int, int], int] = {}
    for entry, phrase in phrases:
        for said in map(words, expand(phrase)):
            for start in range(len(text) - len(said) + 1):
                end = start + len(said)
                if said and list(text[start:end]) == said:
                    longest[entry, start] = max(longest.get((entry, start), 0), end)
    return {Hit(entry, start, end) for (entry, start), end in longest.items()}


def phrase(rand: random.Random, said: Sequence[str], joints: Sequence[str]) -> str:
    """Return a phrase of some words and groups."""
    parts = []
    for _ in range(rand.randint(1, 5)):
        if rand.random() < 0.4:
            parts.append(rand.choice(said))
        else:
            empty = [""] if rand.random() < 0.4 else []
            choice = [rand.choice(said) for _ in range(rand.randint(1, 3))] + empty
            parts.append(f"({'|'.join(choice)})")
    return "".join(part + rand.choice(joints) for part in parts).strip()


@pytest.mark.parametrize("seed", range(300))
def test_like_expanded_phrases(seed: int) -> None:
    rand = random.Random(seed)
    said = rand.choice((LATIN, IDEOGRAPHS, LATIN + IDEOGRAPHS))
    joints = rand.choice(((" ",), ("",), (" ", "", " ")))
    phrases: list[tuple[int, str]] = []
    while len(phrases) < 12:
        written = phrase(rand, said, joints)
        try:
            expand(written)
        except PhraseInvalid:
            continue
        phrases.append((rand.randint(0, 3), written))
    graph = PhraseGraph(phrases)
    for _ in range(20):
        glue = rand.choice(("", " "))
        text = words(glue.join(rand.choices(said, k=rand.randint(1, 10))))
        found = graph.find(text)
        assert set(found) == naive(phrases, text), (phrases, text)
        assert len(found) == len(set(found))
    for entry, written in phrases:
        for one in map(words, expand(written)):
            assert any(h.entry == entry and h.start == 0 for h in graph.find(one))


@pytest.mark.parametrize(
    ("written", "text", "end"),
    [
        ("kill(ing|) me", "killing me", 2),
        ("kill(ing|) me", "kill me", 2),
        ("很(好|)好(吃|)", "很好吃", 3),
        ("go (now|)", "go now", 2),
        ("go (now|)", "go home", 1),
    ],
)
def test_examples(written: str, text: str, end: int) -> None:
    assert PhraseGraph([(7, written)]).find(words(text)) == [Hit(7, 0, end)]


def test_a_phrase_that_is_wrong() -> None:
    with pytest.raises(PhraseInvalid):
        PhraseGraph([(0, "(a|b")])
