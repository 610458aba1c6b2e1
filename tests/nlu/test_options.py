"""Choices of the report, typed."""

import pytest

from nlu.options import Answer, Option, Options

OPTIONS = Options(
    [
        Option("for_whom", "me", "Me"),
        Option("for_whom", "friend", "A friend"),
        Option("for_whom", "friend", "一个朋友"),
        Option("where", "instagram", "Instagram"),
        Option("where", "x", "X"),
        Option("danger_now", "yes", "Yes"),
        Option("adult_told", "yes", "Yes"),
        Option("what", "nudes", "Nude pictures"),
        Option("what", "pictures", "Pictures"),
        Option("since", "today", ""),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("instagram", [Answer("where", "instagram", True)]),
        ("INSTAGRAM!", [Answer("where", "instagram", True)]),
        ("on instagram i think", [Answer("where", "instagram", False)]),
        ("X", [Answer("where", "x", True)]),
        ("x marks the spot", []),
        ("me", [Answer("for_whom", "me", True)]),
        ("not me", []),
        ("for a friend", [Answer("for_whom", "friend", False)]),
        ("一个朋友", [Answer("for_whom", "friend", True)]),
        ("是一个朋友", [Answer("for_whom", "friend", False)]),
        ("some nude pictures", [Answer("what", "nudes", False)]),
        ("i saw it on instagram yesterday when i came home from school", []),
        ("", []),
        ("😀", []),
    ],
)
def test_find(text: str, expected: list[Answer]) -> None:
    assert list(OPTIONS.find(text)) == expected


def test_one_label_may_answer_two_questions() -> None:
    assert {a.slot for a in OPTIONS.find("yes")} == {"danger_now", "adult_told"}
