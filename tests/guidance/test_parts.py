"""Phrases, Markdown, sentences, opening hours and stamps."""

from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.guidance.checks.signs import unbalanced
from bot.guidance.markdown import parse_blocks
from bot.guidance.opening import InvalidHours, parse_rules
from bot.guidance.phrases import PhraseInvalid, expand
from bot.guidance.prose import fold, length, sentences
from bot.guidance.stamp import stamp
from bot.guidance.values import Hours, Span


@pytest.mark.parametrize(
    ("phrase", "expanded"),
    [
        ("want to die", ("want to die",)),
        ("(a|b) c", ("a c", "b c")),
        (
            "(all |)(the|my) pills",
            ("all the pills", "all my pills", "the pills", "my pills"),
        ),
        ("go (now|) ", ("go now", "go")),
    ],
)
def test_expand(phrase: str, expanded: tuple[str, ...]) -> None:
    assert expand(phrase) == expanded


@pytest.mark.parametrize("phrase", ["(a|b", "a)", "a|b", "(a|)", "(a|) (|b)", ""])
def test_phrases_that_can_t_be(phrase: str) -> None:
    with pytest.raises(PhraseInvalid):
        expand(phrase)


def test_blocks() -> None:
    blocks = parse_blocks("One\ntwo **bold**.\n\n- a\n- b\n\n1. c\n2. d", "en")
    assert [(b.kind, len(b.items)) for b in blocks] == [
        ("paragraph", 1),
        ("list", 2),
        ("steps", 2),
    ]
    assert blocks[0].items[0] == (Span("One two "), Span("bold", bold=True), Span("."))


def test_chinese_lines_join_without_a_space() -> None:
    assert parse_blocks("你好。\n再见。", "zh")[0].items[0] == (Span("你好。再见。"),)


def test_html_stays_text() -> None:
    spans = parse_blocks("a <b>c</b> & d", "en")[0].items[0]
    assert "".join(span.text for span in spans) == "a <b>c</b> & d"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ('He said: "Stop it." Then he left.', ['He said: "Stop it."', "Then he left."]),
        ("Why? Because!", ["Why?", "Because!"]),
        ("你好。我说：“别怕。”然后走。", ["你好。", "我说：“别怕。”", "然后走。"]),
        ("هل أنت بخير؟ نعم.", ["هل أنت بخير؟", "نعم."]),
    ],
)
def test_sentences(text: str, pieces: list[str]) -> None:
    assert [sentence for sentence, _ in sentences(text)] == pieces


def test_sentences_know_their_line() -> None:
    assert list(sentences("One.\nTwo\nthree. Four.")) == [
        ("One.", 0),
        ("Two\nthree.", 1),
        ("Four.", 2),
    ]


def test_length() -> None:
    assert length("Es-tu en sécurité en ce moment ?", "fr") == 6
    assert length("你好，Take It Down 吗？", "zh") == 6


def test_fold() -> None:
    assert fold("Don't  worry, it’s ÉTÉ!") == "dont worry its ete"


def test_unbalanced() -> None:
    assert unbalanced("a\u2067b\u2069c") is None
    assert unbalanced("a\u202bb") == "U+202B"
    assert unbalanced("a\u2069b") == "U+2069"


@pytest.mark.parametrize(
    "rule",
    [
        "every day",
        "Mon-Xyz 09:00-10:00",
        "daily 9-10",
        "daily 25:00-26:00",
        "daily 09:00-09:00",
    ],
)
def test_hours_that_can_t_be_read(rule: str) -> None:
    with pytest.raises(InvalidHours):
        parse_rules((rule,))


@pytest.mark.parametrize(
    ("rules", "moment", "open_"),
    [
        (("Mon-Fri 09:00-17:00",), "2026-11-23T09:00", True),  # a Monday
        (("Mon-Fri 09:00-17:00",), "2026-11-23T08:59", False),
        (("Mon-Fri 09:00-17:00",), "2026-11-23T17:00", False),
        (("Mon-Fri 09:00-17:00",), "2026-11-22T12:00", False),
        (("Sun 22:00-02:00",), "2026-11-23T01:30", True),  # over the week's end
        (("Sat-Sun 11:00-24:00",), "2026-11-22T23:59", True),
        (("Fri-Mon 10:00-11:00",), "2026-11-22T10:30", True),
        (("Mon,Wed 10:00-11:00",), "2026-11-25T10:30", True),
        (("daily 00:00-24:00",), "2026-11-25T00:00", True),
        ((), "2026-11-25T00:00", None),
    ],
)
def test_opening(rules: tuple[str, ...], moment: str, open_: bool | None) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=timezone.utc)
    assert Hours("UTC", rules).open_at(now) is open_


def test_stamping_writes_only_the_hash(content: Path) -> None:
    path = content / "topics/passwords/fr.md"
    before = path.read_bytes()
    spoiled = before.replace(b'hash: "', b'hash: "0', 1)[: len(before) + 1]
    path.write_bytes(spoiled.replace(spoiled.split(b'hash: "')[1][:13], b"0", 1))
    assert stamp(content) == 1
    assert path.read_bytes() == before
    assert stamp(content) == 0
