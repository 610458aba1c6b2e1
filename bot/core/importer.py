"""Brings utterances, content and rules to Rasa; listed alone in config.yml."""

from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.core.material import Material, read
from bot.core.model import ROOT
from bot.core.utterances import read_utterances
from nlu.lines import Line

UTTERANCES = ROOT / "nlu" / "utterances"


class CopbotImporter(RasaFileImporter):  # type: ignore[misc]
    """Rules and domain as usual; NLU data from our labels and the topics' questions.

    Topic, role and card travel beside the intent, as keys of their own that only
    our component reads.
    """

    @cached_method  # type: ignore[untyped-decorator]
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return all lines of all languages, in a fixed order."""
        material = read()
        examples = [_message(line) for line in all_lines(material)]
        if examples:
            # The choices belong to no line: the first carries them to the component.
            examples[0].set("options", list(material.choices))
        return TrainingData(examples)


def all_lines(material: Material | None = None) -> list[Line]:
    """Return every training line once: the topics' questions, then the utterances."""
    questions = (material or read()).questions
    lines = [Line(text, "ask", slug) for slug, text in questions]
    return list(dict.fromkeys([*lines, *read_utterances(UTTERANCES)]))


def _message(line: Line) -> Message:
    data: dict[str, Any] = {k: v for k, v in line._asdict().items() if v is not None}
    return Message(data={TEXT: data.pop("text"), INTENT: data.pop("intent"), **data})
