"""The library as values: from the sample, and from the real content."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import ContentInvalid
from bot.guidance.load import load_library, text_hash
from bot.guidance.values import Block, Library, Span

CONTENT = Path(__file__).parents[2] / "content"
LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh")
DISCLOSED = {
    "cyberbullying-target",
    "cyberbullying-bystander-or-doer",
    "nudes-shared",
    "sextortion",
    "grooming",
    "suicide-self-harm",
    "abuse-at-home",
}


def test_the_sample_as_values(content: Path) -> None:
    library = load_library([content])
    assert library.languages == ("en", "fr")
    topic = library.topics["mean-messages"]
    assert (topic.disclosure_level, topic.roles) == (2, ("hurt", "did-it"))
    child = topic.texts["en"].audiences["child"]
    assert set(child.now) == {"hurt", "did-it"}
    assert child.now["hurt"][0] == Block(
        "paragraph", ((Span("Stop answering the messages now."),),)
    )
    parent = library.topics["passwords"].texts["en"].audiences["parent"]
    assert [block.kind for block in parent.short] == ["paragraph", "list", "paragraph"]
    assert len(parent.short[1].items) == 3
    assert Span("nobody lends it", bold=True) in parent.short[0].items[0]
    assert library.strings["en"]["say.numbers"] == (
        "Your numbers are here.\nCall {number} in danger."
    )
    assert library.cards["fr"].safe_words == ("carte aide",)
    assert library.redaction["en"].not_names == ("no", "on", "yes")


def test_lexicon_phrases_stay_as_written(content: Path) -> None:
    entry = load_library([content]).lexicon[0]
    assert entry.say == ("they (write|send) (me |)mean (things|messages)",)
    none = load_library([content]).lexicon[2]
    assert (none.topic, none.level, none.card) == (None, 3, "may-hurt-others")


def test_a_later_folder_replaces_files(content: Path, tmp_path: Path) -> None:
    (tmp_path / "ours" / "strings").mkdir(parents=True)
    text = (content / "strings" / "en.yml").read_text("utf-8")
    ours = tmp_path / "ours" / "strings" / "en.yml"
    ours.write_text(text.replace("Hello", "Welcome"), "utf-8")
    first, both = load_library([content]), load_library([content, tmp_path / "ours"])
    assert first.strings["en"]["say.greet"].startswith("Hello")
    assert both.strings["en"]["say.greet"].startswith("Welcome")
    assert first.fingerprint != both.fingerprint


def test_all_or_nothing(content: Path, edit: Callable[[str, str, str], Path]) -> None:
    edit("topics/passwords/topic.yml", "family: other", "family: others")
    edit("sources.yml", "B2:", "B9:")
    with pytest.raises(ContentInvalid) as caught:
        load_library([content])
    assert len(caught.value.findings) == 2


def test_hashes_don_t_mind_spacing() -> None:
    assert text_hash("a  b", "c\n") == text_hash("a b c") != text_hash("a b d")
    assert re.fullmatch("[0-9a-f]{12}", text_hash("x"))


@pytest.fixture(scope="module")
def library() -> Library:
    try:
        return load_library([CONTENT])
    except ContentInvalid as wrong:
        pytest.fail("\n".join(map(str, wrong.findings[:20])))


def test_real_content_in_six_languages(library: Library) -> None:
    assert library.languages == LANGUAGES
    assert len(library.topics) >= 13
    for topic in library.topics.values():
        assert set(topic.texts) == set(LANGUAGES), topic.slug
        for text in topic.texts.values():
            assert set(text.audiences) == set(topic.audiences)


def test_real_disclosures_have_an_answer_for_every_role(library: Library) -> None:
    disclosed = {t.slug for t in library.topics.values() if t.disclosure_level == 2}
    assert disclosed >= DISCLOSED
    for slug in disclosed:
        topic = library.topics[slug]
        for text in topic.texts.values():
            for audience in text.audiences.values():
                assert set(audience.now) == set(topic.roles), slug


def test_real_words_in_six_languages(library: Library) -> None:
    assert {entry.language for entry in library.lexicon} == set(LANGUAGES)
    assert set(library.redaction) == set(library.cards) == set(LANGUAGES)
    for language in LANGUAGES:
        dangers = [
            e for e in library.lexicon if e.language == language and e.level == 3
        ]
        cards = {entry.card for entry in dangers}
        assert cards == set(library.cards[language].danger), language


def test_the_real_library_loads_fast(library: Library) -> None:
    start = time.perf_counter()
    load_library([CONTENT])
    assert time.perf_counter() - start < 1.0  # half a second on a quiet machine
