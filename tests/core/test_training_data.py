"""Labels of the files -> training data; the fingerprint; training twice."""

from pathlib import Path

import pytest

from bot.core import model
from bot.core.importer import CopbotImporter, all_lines
from bot.core.train import train
from bot.core.utterances import label_reader, read_utterances
from nlu.lines import Line
from tests.core.conftest import ROOT


@pytest.mark.parametrize(
    ("label", "metadata", "line"),
    [
        ("ask/grooming", {}, Line("", "ask", "grooming")),
        ("disclose/grooming", {}, Line("", "disclose", "grooming", "hurt")),
        (
            "disclose/none",
            {"role": "may-hurt", "level": 3, "card": "may-hurt-others"},
            Line("", "danger", "none", "may-hurt", "may-hurt-others"),
        ),
        ("smalltalk/sad", {}, Line("", "smalltalk", about="sad")),
        ("command/go_back", {}, Line("", "go_back")),
        ("form/yes", {}, Line("", "yes")),
        ("harmful", {}, Line("", "harmful")),
        ("harmful/keep_nothing", {}, Line("", "keep_nothing")),
        ("out_of_scope", {}, Line("", "out_of_scope")),
    ],
)
def test_labels(label: str, metadata: dict[str, object], line: Line) -> None:
    assert label_reader(label, metadata) == line


@pytest.mark.parametrize("label", ["", "ask", "ask/", "dance", "harmful/other"])
def test_unknown_labels_name_the_file(tmp_path: Path, label: str) -> None:
    file = tmp_path / "en" / "x.yml"
    file.parent.mkdir()
    file.write_text(f'nlu:\n- intent: "{label}"\n  examples: |\n    - hi\n')
    with pytest.raises(ValueError, match=r"x\.yml"):
        list(read_utterances(tmp_path))


def test_no_slash_reaches_rasa() -> None:
    importer = CopbotImporter(str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [])
    data = importer.get_nlu_data()
    assert not [m for m in data.intent_examples if "/" in m.get("intent")]
    assert data.intents <= set(importer.get_domain().intents)
    assert len(data.intent_examples) == len(all_lines())


def test_an_unchanged_project_is_not_trained_again(trained: Path) -> None:
    told: list[str] = []
    before = trained.stat().st_mtime_ns
    assert train(tell=told.append) == trained
    assert trained.stat().st_mtime_ns == before
    assert told == [f"The model {trained.name} is up to date."]


def test_the_fingerprint_follows_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "topics" / "new" / "en.md"
    file.parent.mkdir(parents=True)
    file.write_text("one")
    monkeypatch.setenv("COPBOT_CONTENT_DIRS", str(tmp_path))
    first = model.current_fingerprint()
    assert model.current_fingerprint() == first
    file.write_text("two")
    assert model.current_fingerprint() != first
