"""What must hold for the real content once all six languages are written."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.guidance.check import check
from bot.guidance.findings import errors
from bot.guidance.prose import fold

ROOT = Path(__file__).parents[2]
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


def test_check_finds_no_error() -> None:
    wrong = errors(check([ROOT / "content"], date(2026, 12, 1)))
    assert not wrong, "\n".join(map(str, wrong[:40]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_exam_line_is_a_training_line(language: str) -> None:
    rows = (ROOT / "tests" / "exam" / f"{language}.jsonl").read_text("utf-8")
    exam = {fold(json.loads(row)["text"]) for row in rows.splitlines() if row.strip()}
    lines = {
        fold(row.strip().removeprefix("- "))
        for path in (ROOT / "nlu" / "utterances" / language).glob("*.yml")
        for row in path.read_text("utf-8").splitlines()
        if row.startswith("    - ")
    }
    assert lines, f"no training sentence for {language}"
    assert not exam & lines
