"""The floor finds what the tables of all languages say, and nothing else."""

import time
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.guidance.values import NO_TOPIC, Library
from bot.safeguarding.findings import strongest
from bot.safeguarding.floor import Floor
from bot.text import clean

TABLES = sorted((Path(__file__).parent / "floor").glob("*.yml"))


def rows(part: str) -> list[Any]:
    """The rows of all tables, each with its language as the test's name."""
    found = []
    for path in TABLES:
        table = YAML(typ="safe").load(path.read_text("utf-8"))
        for number, row in enumerate(table.get(part) or ()):
            found.append(pytest.param(row, id=f"{path.stem}-{number}"))
    return found


def test_there_are_tables(library: Library) -> None:
    assert {path.stem for path in TABLES} >= set(library.languages)


@pytest.mark.parametrize("row", rows("must_match"))
def test_must_match(floor: Floor, row: dict[str, Any]) -> None:
    found = floor.match(clean(row["text"]))
    first = strongest(found)
    assert first is not None, row["text"]
    topic = None if row["topic"] == NO_TOPIC else row["topic"]
    assert (first.topic, first.level) == (topic, row["level"]), found
    roles = {f.role for f in found if (f.topic, f.level) == (first.topic, first.level)}
    if len(roles) == 1:
        assert first.role == row["role"], found


@pytest.mark.parametrize("text", rows("must_not_match"))
def test_must_not_match(floor: Floor, text: str) -> None:
    assert floor.match(clean(text)) == ()


@pytest.mark.parametrize("text", ["", " ", "...", "\n", "_", "🙂", "\ud800"])
def test_nothing_said(floor: Floor, text: str) -> None:
    assert floor.match(text) == ()


def test_fast(library: Library, floor: Floor) -> None:
    begin = time.process_time()
    Floor(library.lexicon)
    assert time.process_time() - begin < 1.5  # 0.4 s here; the rest is for slow ones
    text = "i am so sad because of what he said to me and i dont want to go to school"
    begin = time.process_time()
    for _ in range(200):
        floor.match(text)
    assert (time.process_time() - begin) / 200 < 0.0006
