"""Finds written phrases with alternatives, `(a|b|) c`, without expanding them.

The words of a phrase become a graph: each place leads to the next through all of its
alternatives, an empty one lets the next place begin early. A text is read once from
each of its words that begins a phrase, with all places reached so far.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.guidance.phrases import pieces
from bot.text import words

_Words = tuple[str, ...]
_IDEOGRAPHS = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff]*")


class Hit(NamedTuple):
    """An entry's phrase in a text: the words from `start` up to, not with, `end`."""

    entry: int
    start: int
    end: int


class _Place(NamedTuple):
    """The alternatives at one place; `joined`: to the place before, without a space."""

    said: tuple[_Words, ...]
    joined: bool


class _Node:
    """A point between words: where the next word leads, and whose phrases end here."""

    __slots__ = ("ends", "steps")

    def __init__(self) -> None:
        self.steps: dict[str, list[_Node]] = {}
        self.ends: tuple[int, ...] = ()

    def step(self, word: str, node: "_Node") -> None:
        """Let `word` lead to `node`."""
        self.steps.setdefault(word, []).append(node)


class PhraseGraph:
    """The phrases of many entries, given as (entry's number, phrase as written).

    Raises PhraseInvalid for a phrase that `bot.guidance.phrases` doesn't allow. It is
    never changed after it is built, so any thread may use it.
    """

    def __init__(self, phrases: Iterable[tuple[int, str]]) -> None:
        root, known = _Node(), _Known()
        for entry, phrase in dict.fromkeys(phrases):
            _add(root, entry, list(_places(phrase, known)))
        self._starts = {word: _merged(to) for word, to in root.steps.items()}

    def find(self, text: Sequence[str]) -> list[Hit]:
        """Return the hits in folded words, by start; the longest one of an entry."""
        found: list[Hit] = []
        for start, first in enumerate(text):
            node = self._starts.get(first)
            if node is not None:
                longest = dict.fromkeys(node.ends, start + 1)
                _walk(node, text, start + 1, longest)
                found.extend(Hit(entry, start, longest[entry]) for entry in longest)
        return found


def _walk(
    node: _Node, text: Sequence[str], start: int, longest: dict[int, int]
) -> None:
    """Read on from `node`; note for each entry where its last phrase ended."""
    active: Iterable[_Node] = (node,)
    for end in range(start, len(text)):
        word = text[end]
        # A dict because two alternatives may lead to one node.
        active = dict.fromkeys(to for at in active for to in at.steps.get(word, ()))
        if not active:
            return
        for at in active:
            for entry in at.ends:
                longest[entry] = end + 1


class _Known(dict[str, _Words]):
    """The folded words of what was seen before; alternatives repeat a lot."""

    def __missing__(self, text: str) -> _Words:
        if " " in text:
            found = tuple(word for part in text.split(" ") for word in self[part])
        else:
            found = tuple(words(text))
        self[text] = found
        return found


def _places(phrase: str, known: _Known) -> Iterator[_Place]:
    """The places of a phrase, with what has no space between as one or `joined`."""
    found = pieces(phrase)
    if len(found) == 1:
        yield _Place(tuple(dict.fromkeys([known[said] for said in found[0]])), False)
        return
    chunk: list[tuple[str, ...]] = []
    for piece in found:
        first, *between = piece[0].split(" ")
        if len(piece) > 1 or not between:
            chunk.append(piece)
            continue
        last = between.pop()
        yield from _chunk([*chunk, (first,)], known)
        if between:
            yield _Place((known[" ".join(between)],), False)
        chunk = [(last,)]
    yield from _chunk(chunk, known)


def _chunk(chunk: Sequence[tuple[str, ...]], known: _Known) -> Iterator[_Place]:
    """The places of what stands without spaces between: `kill(ing|)`, `吃(了|)药`.

    Ideographs are words of their own and stay places; parts of words are put together.
    """
    chunk = [piece for piece in chunk if piece != ("",)]
    if len(chunk) < 2 or all(
        _IDEOGRAPHS.fullmatch(said) for piece in chunk for said in piece
    ):
        options = chunk
    else:
        joined = itertools.product(*chunk)
        options = [tuple("".join(said) for said in joined)]
    for number, option in enumerate(options):
        said = dict.fromkeys([known[text] for text in option])
        yield _Place(tuple(said), number > 0)


def _add(root: _Node, entry: int, places: Sequence[_Place]) -> None:
    """Lay the places of a phrase as a way from `root` to a node where `entry` ends.

    `reached` holds the nodes before a place by the ideograph that was said last, where
    it matters: said twice it folds to one, so the second is left out.
    """
    reached: dict[str, list[_Node]] = {"": [root]}
    for number, place in enumerate(places):
        if not place.joined:
            reached = {"": [node for nodes in reached.values() for node in nodes]}
        repeated = _first_said(places, number + 1)
        following: dict[str, list[_Node]] = {}
        new: dict[str, _Node] = {}
        for last, nodes in reached.items():
            tree: dict[_Words, _Node] = {}
            for said in place.said:
                rest = said[1:] if last and said[:1] == (last,) else said
                if not rest:
                    following.setdefault(last, []).extend(nodes)
                    continue
                key = rest[-1] if rest[-1] in repeated else ""
                if key not in new:
                    new[key] = _Node()
                _chain(rest, nodes, new[key], tree)
        for key, node in new.items():
            following.setdefault(key, []).append(node)
        reached = {key: list(dict.fromkeys(at)) for key, at in following.items()}
    for nodes in reached.values():
        for node in nodes:
            if node is not root:
                node.ends = (entry,)


def _first_said(places: Sequence[_Place], start: int) -> set[str]:
    """The words that can come next, from place `start` on, without a space."""
    found: set[str] = set()
    for place in itertools.islice(places, start, None):
        if not place.joined:
            break
        found.update(said[0] for said in place.said if said)
        # One that repeats the word before is left out, and the next one follows.
        if () not in place.said and all(len(said) > 1 for said in place.said):
            break
    return found


def _chain(
    said: _Words,
    reached: Sequence[_Node],
    target: _Node,
    tree: dict[_Words, _Node],
) -> None:
    """Lead from `reached` through the words `said` to `target`, sharing beginnings."""
    at = reached
    for length in range(1, len(said)):
        node = tree.get(said[:length])
        if node is None:
            node = tree[said[:length]] = _Node()
            for before in at:
                before.step(said[length - 1], node)
        at = (node,)
    for before in at:
        before.step(said[-1], target)


def _merged(nodes: Sequence[_Node]) -> _Node:
    """One node with all that `nodes` lead to: what most words begin ends here."""
    if len(nodes) == 1:
        return nodes[0]
    merged = _Node()
    merged.ends = tuple(dict.fromkeys(entry for node in nodes for entry in node.ends))
    for node in nodes:
        for word, to in node.steps.items():
            merged.steps.setdefault(word, []).extend(to)
    return merged
