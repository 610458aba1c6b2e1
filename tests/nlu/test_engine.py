"""The engine: learning, storing, and never failing."""

import random
from pathlib import Path

import pytest

from nlu.engine import Engine
from nlu.features import Vocabulary, grams
from nlu.fit import fit, fit_targets
from nlu.lines import Line
from nlu.noise import misspell

COLOURS = ("red", "blue", "green", "yellow", "purple", "orange", "violet", "brown")


def _lines() -> list[Line]:
    asked = [Line(f"what does {c} grooming mean", "ask", "grooming") for c in COLOURS]
    asked += [Line(f"how do {c} scams work", "ask", "scams") for c in COLOURS]
    told = [
        Line(f"he threatens me with {c} pictures", "disclose", "sextortion", "hurt")
        for c in COLOURS
    ]
    told += [
        Line(f"i sent her {c} pictures around", "disclose", "nudes", "did-it")
        for c in COLOURS
    ]
    now = [
        Line(f"he stands {c} outside with a knife", "danger", "abuse", "hurt", card)
        for c, card in zip(COLOURS, ["being-hurt", "hurt-myself"] * 4)
    ]
    other = [Line(f"tell me a {c} joke", "out_of_scope") for c in COLOURS]
    other += [Line(f"hello {c} friend", "smalltalk", about="greet") for c in COLOURS]
    return asked + told + now + other


@pytest.fixture(scope="module")
def engine() -> Engine:
    return fit(_lines())


def _best(engine: Engine, head: str, text: str) -> str:
    scores = engine.read(text)
    assert scores is not None
    return max(scores[head], key=lambda name: scores[head][name])


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("he threatens me with pictures", "harm", "yes"),
        ("he threatns me with picturs", "harm", "yes"),
        ("tell me a joke", "harm", "no"),
        ("he is outside with a knife", "level", "danger"),
        ("i sent her pictures around", "role", "did-it"),
        ("what does grooming mean", "topic", "grooming"),
        ("hello friend", "intent", "smalltalk/greet"),
    ],
)
def test_learns(engine: Engine, text: str, head: str, expected: str) -> None:
    assert _best(engine, head, text) == expected


def test_probabilities_sum_to_one(engine: Engine) -> None:
    scores = engine.read("he threatens me") or {}
    assert set(scores) == {"harm", "level", "intent", "topic", "role", "card"}
    assert all(sum(of.values()) == pytest.approx(1, abs=1e-4) for of in scores.values())


def test_stored_and_loaded_alike(engine: Engine, tmp_path: Path) -> None:
    engine.save(tmp_path / "engine.npz")
    again = Engine.load(tmp_path / "engine.npz")
    for line in _lines():
        ours, theirs = engine.read(line.text), again.read(line.text)
        assert ours is not None and theirs is not None
        for head, of in ours.items():
            assert theirs[head] == pytest.approx(of, abs=2e-2)
    again.save(tmp_path / "third.npz")
    third = Engine.load(tmp_path / "third.npz")
    assert third.read("hello friend") == again.read("hello friend")


def test_training_is_repeatable(engine: Engine) -> None:
    assert fit(_lines()).read("hello knife") == engine.read("hello knife")


def test_shuffled_labels_teach_nothing() -> None:
    lines = [line for line in _lines() for _ in range(2)]
    labels = [{"harm": "yes" if line.role else "no"} for line in lines]
    random.Random(3).shuffle(labels)
    half = len(lines) // 2
    order = list(range(len(lines)))
    random.Random(4).shuffle(order)
    known, unknown = order[:half], order[half:]
    learned = fit_targets([lines[i].text for i in known], [labels[i] for i in known])
    right = sum(
        _best(learned, "harm", lines[i].text) == labels[i]["harm"] for i in unknown
    )
    assert right / len(unknown) < 0.75


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀😀😀",
        "\x00�",
        "/",
        "...",
        "a" * 2000,
        "字" * 2000,
        "\n" * 50,
        "x " * 5000,
        "ا" * 3000,
        "\u202e" * 9,
    ],
)
def test_never_raises(engine: Engine, text: str) -> None:
    engine.read(text)


def test_nothing_known_is_none(engine: Engine) -> None:
    assert engine.read("😀") is None


def test_one_class_can_not_be_learned() -> None:
    with pytest.raises(ValueError, match="only one class"):
        fit_targets(["a b", "b c"], [{"harm": "no"}, {"harm": "no"}])


def test_ideographs_are_read_across_words() -> None:
    assert {"c勒索", "c被勒索"} <= set(grams("我被勒索了"))


def test_accents_and_case_make_no_difference() -> None:
    assert grams("J'ai PEUR, très peur") == grams("jai peur tres peur")


def test_a_row_has_length_one() -> None:
    vocabulary = Vocabulary.learn([grams("one two"), grams("two one three")], least=1)
    _, values = vocabulary.row(grams("one two two"))
    assert float(values @ values) == pytest.approx(1, abs=1e-5)


def test_misspelling_changes_little() -> None:
    chance = random.Random(1)
    for _ in range(50):
        wrong = misspell("somebody threatens my friend", chance)
        assert abs(len(wrong) - 28) <= 2
    assert misspell("hi me", chance) == "hi me"
