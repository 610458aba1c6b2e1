"""Every planted mistake gives one clear finding, with its file and line."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.guidance.check import check
from bot.guidance.findings import Finding

Edit = Callable[[str, str, str], Path]
Findings = Callable[[], tuple[Finding, ...]]

MEAN_EN = "topics/mean-messages/en.md"
MEAN_FR = "topics/mean-messages/fr.md"
PASS_EN = "topics/passwords/en.md"
UTTER = "../nlu/utterances/en/mean-messages.yml"

# file, what stands there, what is written instead, line, words of the finding
MISTAKES = {
    "a tab in YAML": (
        "strings/en.yml",
        "  greet: Hello",
        "\tgreet: Hello",
        2,
        "a tab stands in YAML",
    ),
    "an unquoted colon": (
        MEAN_EN,
        "title: Mean messages",
        "title: Help: mean messages",
        2,
        '": " stands in a text without quotes',
    ),
    "a colon in a list": (
        PASS_EN,
        "  - what is a passphrase",
        "  - now: what is a passphrase",
        11,
        "a text is expected here",
    ),
    "an unclosed quote": (
        "sources.yml",
        '"https://example.org/a"',
        '"https://example.org/a',
        1,
        "YAML can't be read (a quote is not closed)",
    ),
    "a key written twice": (
        "strings/en.yml",
        "label:\n",
        "label:\n  more: Again\n",
        8,
        "'more' is written twice",
    ),
    "an unknown key": (
        "topics/passwords/topic.yml",
        "family: other",
        "familly: other",
        4,
        "'familly' is not known here",
    ),
    "a missing section": (
        MEAN_EN,
        "### now did-it\n\nStay calm and ask",
        "Stay calm and ask",
        53,
        "'parent' has no section ### now did-it",
    ),
    "a missing second screen": (
        PASS_EN,
        "### more\n\nYou can draw",
        "You can draw",
        17,
        "'child' has no section ### more",
    ),
    "an unknown role in a heading": (
        MEAN_EN,
        "### now did-it\n\nStop",
        "### now didit\n\nStop",
        41,
        "the heading ### now didit is not known",
    ),
    "a foreign heading": (
        PASS_EN,
        "You can draw",
        "# Draw\n\nYou can draw",
        27,
        "the heading # Draw is not known",
    ),
    "an empty section": (
        PASS_EN,
        "You can draw a picture for each word. That helps you remember.",
        "",
        25,
        "the section is empty",
    ),
    "a nested list": (
        PASS_EN,
        "- Write them down",
        "  - Write them down",
        36,
        "a list inside a list is not allowed",
    ),
    "a phone number in prose": (
        PASS_EN,
        "Only you and your parents know it.",
        "Call 3018 with your parents.",
        22,
        "'3018' looks like a number to dial",
    ),
    "a spaced phone number": (
        MEAN_FR,
        "Va voir un grand que tu aimes bien.",
        "Appelle le 116 111 aujourd'hui.",
        36,
        "'116 111' looks like a number to dial",
    ),
    "a number in a string": (
        "strings/fr.yml",
        "Tes numéros sont ici.",
        "Appelle le 119.",
        4,
        "'119' looks like a number to dial",
    ),
    "no translation hash": (
        MEAN_FR,
        "translation_of: {lang: en, hash: ",
        "# {",
        1,
        "translation_of is missing",
    ),
    "an old translation hash": (
        MEAN_EN,
        "Kind words help.",
        "Kind words help a lot.",
        15,
        "the English text has changed",
    ),
    "a review to come again": (
        MEAN_EN,
        "on: 2026-11-23, again: 2027-05-23",
        "on: 2026-05-01, again: 2026-11-30",
        14,
        "warning: the review was due on 2026-11-30",
    ),
    "an expired review": (
        MEAN_EN,
        "on: 2026-11-23, again: 2027-05-23",
        "on: 2026-05-01, again: 2026-09-30",
        14,
        "over 60 days ago",
    ),
    "a duplicate question": (
        PASS_EN,
        "  - is one password enough",
        "  - What are mean messages?",
        9,
        "the question stands already in",
    ),
    "too few questions": (
        PASS_EN,
        "  - is one password enough\n",
        "",
        4,
        "9 questions are given",
    ),
    "a long title": (
        PASS_EN,
        "title: Passwords",
        "title: Passwords and everything else that keeps you safe",
        2,
        "the title has 49 characters",
    ),
    "HTML": (
        PASS_EN,
        "Do not use your name.",
        "Do not use <b>your</b> name.",
        21,
        "HTML stands in the text: <b>",
    ),
    "an address": (
        PASS_EN,
        "Try it yourself first.",
        "Try example.org first.",
        44,
        "an address or a link stands in the text",
    ),
    "an emoji": (PASS_EN, "It opens", "\U0001f511 It opens", 19, "an emoji"),
    "an unknown source": (
        "topics/mean-messages/topic.yml",
        "[A1, B2]",
        "[A1, B3]",
        8,
        "sources: 'B3' is not known",
    ),
    "an unknown related topic": (
        "topics/mean-messages/topic.yml",
        "related: [passwords]",
        "related: [pasword]",
        7,
        "related: 'pasword' is not known",
    ),
    "an unknown role in the lexicon": (
        "lexicon/en.yml",
        "role: did-it",
        "role: doer",
        3,
        "role 'doer' is not known",
    ),
    "an unknown topic in the lexicon": (
        "lexicon/fr.yml",
        "mean-messages:",
        "mean-mesages:",
        2,
        "topic 'mean-mesages' is not known",
    ),
    "danger without a card": (
        "lexicon/en.yml",
        ", card: may-hurt-others, say",
        ", say",
        5,
        "an entry of level 3 has no card",
    ),
    "brackets that don't fit": (
        "lexicon/en.yml",
        '"bring a (knife|gun) to school"',
        '"bring a (knife|gun to school"',
        5,
        "brackets don't fit",
    ),
    "a deleted danger card": (
        "cards/en.yml",
        "  being-hurt:\n",
        "  being-hurrt:\n",
        10,
        "'being-hurrt' is not known here",
    ),
    "another placeholder": (
        "strings/fr.yml",
        "appelle le {number}",
        "appelle le {numero}",
        4,
        "'say.numbers' has other placeholders than English",
    ),
    "a missing string": (
        "strings/fr.yml",
        "label:\n  more: Suite\n",
        "",
        1,
        "the string 'label.more' is missing",
    ),
    "an unknown string": (
        "strings/fr.yml",
        "  more: Suite",
        "  more: Suite\n  mroe: Suite",
        8,
        "the string 'label.mroe' is not known",
    ),
    "a sentence that is too long": (
        MEAN_EN,
        "You may stop reading.",
        "You may always stop reading such messages when they make you feel very sad.",
        21,
        "a sentence of 14 words (child short answer: at most 12)",
    ),
    "a long sentence in now": (
        MEAN_EN,
        "Stop answering the messages now.",
        "Stop answering the messages that this person keeps sending"
        " to you and your friends now.",
        31,
        "a sentence of 15 words (child now: at most 14)",
    ),
    "too few paragraphs in now": (
        MEAN_EN,
        "Then block the sender together.\n",
        "",
        29,
        "child now has 4 paragraphs",
    ),
    "a sentence that two audiences share": (
        MEAN_EN,
        "Plan the next step with your child, and not over the head of your child.",
        "Together you can block the sender and report it.",
        64,
        "parent repeats child's sentence of line 23",
    ),
    "a forbidden phrase": (
        MEAN_EN,
        "Keep the messages with their dates.",
        "Ask: why did you answer?",
        60,
        "'why did you' may not be said: it blames",
    ),
    "absolution for a doer": (
        MEAN_EN,
        "You can get help as well.",
        "It is not your fault.",
        51,
        "'not your fault' may not be said: it absolves",
    ),
    "a hurt card without the line": (
        "cards/en.yml",
        '  hurt:\n    child: "Thank you for telling me. This is not your fault."',
        '  hurt:\n    child: "Thank you for telling me."',
        26,
        "disclosure.hurt.child does not take the blame away",
    ),
    "a long danger card": (
        "cards/en.yml",
        "or go to an adult near you.",
        "or go to an adult. " + "Please go there. " * 20,
        5,
        "danger.hurt-myself.child has",
    ),
    "an unbalanced direction mark": (
        "strings/fr.yml",
        "Bonjour",
        "\u2067Bonjour",
        2,
        "a text direction control (U+2067) has no partner",
    ),
    "a phone that can't be dialled": (
        "helplines/FR.yml",
        'phone: "119"',
        'phone: "call 119"',
        7,
        "the phone 'call 119' can't be dialled",
    ),
    "an unknown kind of helpline": (
        "helplines/FR.yml",
        "kind: child_helpline",
        "kind: child_helplin",
        9,
        "kind 'child_helplin' is not known",
    ),
    "hours that can't be read": (
        "helplines/FR.yml",
        "daily 09:00-23:00",
        "every day",
        7,
        "the hours can't be read: 'every day'",
    ),
    "a day that is none": (
        "helplines/FR.yml",
        "source_date: 2025-03-01",
        "source_date: March 2025",
        16,
        "'March 2025' is not a day",
    ),
    "an unknown label": (
        UTTER,
        "intent: smalltalk/greet",
        "intent: small/greet",
        15,
        "the label 'small/greet' is not known",
    ),
    "a role that the topic has not": (
        UTTER,
        "{role: hurt}",
        "{role: witness}",
        3,
        "the topic 'mean-messages' has no role 'witness'",
    ),
    "one sentence under two labels": (
        UTTER,
        "- hi there",
        "- They keep writing me mean stuff!",
        17,
        "stands as disclose/mean-messages hurt in",
    ),
    "a training line without a dash": (
        UTTER,
        "    - hi there",
        "    hi there",
        17,
        "the line does not begin with '- '",
    ),
}


def test_the_sample_is_clean(findings: Findings) -> None:
    assert findings() == ()


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told(mistake: str, edit: Edit, findings: Findings) -> None:
    name, old, new, line, words = MISTAKES[mistake]
    path = edit(name, old, new)
    found = findings()
    if mistake == "an old translation hash":
        path = path.with_name("fr.md")
    fitting = [f for f in found if words in str(f)]
    assert fitting, "\n".join(map(str, found)) or "nothing was found"
    assert (Path(fitting[0].file).resolve(), fitting[0].line) == (path, line)
    assert fitting[0].mend
    others = {f.line for f in found if f.severity == "error"} - {line}
    assert len(fitting) == 1, fitting
    assert len(others) <= 3, "one mistake may not drown in findings"


def test_bytes_that_are_not_utf8(content: Path, findings: Findings) -> None:
    path = content / PASS_EN
    path.write_bytes(path.read_bytes().replace(b"secret key", b"cl\xe9 key"))
    errors = [f for f in findings() if f.file == str(path)]
    assert [(f.line, f.what) for f in errors] == [(19, "not written in UTF-8")]


def test_a_wrong_audience_name(edit: Edit, findings: Findings) -> None:
    path = edit(PASS_EN, "## parent", "## parents")
    found = [f for f in findings() if "audience 'parents' is not known" in f.what]
    assert [(f.file, f.line) for f in found] == [(str(path), 29)]
    assert found[0].mend == "did you mean 'parent'?"


@pytest.mark.parametrize(
    "name", ["cards/fr.yml", "strings/fr.yml", "topics/passwords/fr.md", "sources.yml"]
)
def test_a_missing_file(name: str, content: Path, findings: Findings) -> None:
    (content / name).unlink()
    assert any(f.file == str(content / name) for f in findings())


def test_a_missing_folder(tmp_path: Path) -> None:
    found = check([tmp_path / "nothing"], date(2026, 12, 1))
    assert any("the content folder is missing" in f.what for f in found)


def test_a_quoted_lure_may_be_told(edit: Edit, findings: Findings) -> None:
    edit(MEAN_EN, "You may stop reading.", 'Do they say: "Send me a picture"? Stop.')
    assert findings()[0].what.startswith("the English text has changed")
    assert not any("may not be said" in f.what for f in findings())


def test_questions_may_hold_a_number(edit: Edit, findings: Findings) -> None:
    edit(PASS_EN, "  - is one password enough", "  - what is 116 111")
    assert findings() == ()
