"""The real content, loaded once."""

from pathlib import Path

import pytest

from bot.guidance.load import load_library
from bot.guidance.values import Library
from bot.safeguarding.floor import Floor

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="session")
def library() -> Library:
    """The content of the project."""
    return load_library([CONTENT])


@pytest.fixture(scope="session")
def floor(library: Library) -> Floor:
    """The floor of all languages at once."""
    return Floor(library.lexicon)
