"""Redaction hides what the tables of all languages say, and nothing else."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.guidance.load import load_library
from bot.guidance.values import Library
from bot.safeguarding.redact import Redactor
from bot.text import MAX_READ, clean

HERE = Path(__file__).parent
TABLES = sorted((HERE / "redaction").glob("*.yml"))
REDACTOR = Redactor(load_library([HERE.parents[1] / "content"]).redaction)


def rows(part: str) -> list[Any]:
    """The rows of all tables, each with its language and whether it is a known gap."""
    found = []
    for path in TABLES:
        table = YAML(typ="safe").load(path.read_text("utf-8"))
        gaps = table.get("known_gaps") or ()
        for number, row in enumerate(table[part]):
            text = row if isinstance(row, str) else row["text"]
            found.append(pytest.param(row, text in gaps, id=f"{path.stem}-{number}"))
    return found


def test_there_are_tables(library: Library) -> None:
    assert {path.stem for path in TABLES} >= set(library.languages)


@pytest.mark.parametrize(("row", "gap"), rows("must_redact"))
def test_must_redact(row: dict[str, Any], gap: bool) -> None:
    redacted = REDACTOR.redact(clean(row["text"]))
    hidden = not any(secret in redacted.text for secret in row["hidden"])
    assert hidden is not gap, redacted
    assert bool(redacted.kinds) or gap


@pytest.mark.parametrize(("text", "gap"), rows("must_keep"))
def test_must_keep(text: str, gap: bool) -> None:
    redacted = REDACTOR.redact(clean(text))
    assert (redacted.text == clean(text)) is not gap
    assert (not redacted.kinds) is not gap, redacted


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("my name is Anna", "my name is [name]"),
        ("mail a@example.org or @kid_1", "mail [email] or [handle]"),
        ("call +44 7700 900456 now", "call [phone] now"),
        ("we live at 5 Baker Street", "we live at [address]"),
        ("i go to Lincoln High School", "i go to [school]"),
        ("card 4000 1234 5678 9010", "card [id]"),
        ("born 12.05.2012", "born 12.05.2012"),
        ("", ""),
    ],
)
def test_examples(text: str, redacted: str) -> None:
    assert REDACTOR.redact(text).text == redacted


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    REDACTOR.redact(text)


@pytest.mark.parametrize(
    "piece",
    ["a", "1 ", "A-", "a@", "my name is ", "A'B ", "我叫", "@a.", "Street ", "A1"],
)
def test_long_repetitions_are_answered(piece: str) -> None:
    """Speed is measured by a benchmark; here a runaway pattern would hang."""
    REDACTOR.redact((piece * MAX_READ)[:MAX_READ])
