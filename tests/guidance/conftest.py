"""A small, complete content tree that tests copy and then spoil."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.guidance.check import check
from bot.guidance.findings import Finding

SAMPLE = Path(__file__).parent / "sample"
TODAY = date(2026, 12, 1)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the sample's content folder; training sentences lie beside it."""
    shutil.copytree(SAMPLE, tmp_path / "sample")
    return tmp_path / "sample" / "content"


@pytest.fixture
def edit(content: Path) -> Callable[[str, str, str], Path]:
    """Replace a text in a file of the copy, once; the file's path."""

    def replace(name: str, old: str, new: str) -> Path:
        path = (content / name).resolve()
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return path

    return replace


@pytest.fixture
def findings(content: Path) -> Iterator[Callable[[], tuple[Finding, ...]]]:
    """Check the copy on a fixed day."""
    yield lambda: check([content], TODAY)
