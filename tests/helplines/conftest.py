"""The real directory as a library, and the compiled rows that it was made from."""

from pathlib import Path

import pytest

from bot.guidance.directory import read_countries
from bot.guidance.findings import Notes
from bot.guidance.tree import Tree
from bot.guidance.values import Library

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="session")
def library() -> Library:
    """A library that has nothing but the countries."""
    notes = Notes()
    files = read_countries(Tree([CONTENT]), notes)
    assert not notes.all()
    return Library(
        languages=(),
        topics={},
        strings={},
        cards={},
        lexicon=(),
        redaction={},
        countries={code: file.country for code, file in files.items()},
        platforms={},
        sources={},
        fingerprint="",
    )
