"""Everything that is wrong in the content: the engine of `copbot check`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.guidance.checks.cards import check_cards
from bot.guidance.checks.directory import check_directory
from bot.guidance.checks.lexicon import check_lexicon
from bot.guidance.checks.pages import check_pages, check_stamps
from bot.guidance.checks.sentences import check_sentences
from bot.guidance.checks.signs import check_signs
from bot.guidance.checks.utterances import FOLDER, check_utterances
from bot.guidance.checks.wording import check_wording
from bot.guidance.findings import Finding, Notes
from bot.guidance.load import read_material
from bot.guidance.tree import Tree

__all__ = ["check"]


def check(dirs: Sequence[Path], today: date | None = None) -> tuple[Finding, ...]:
    """The findings in `dirs` and in the training sentences beside the first.

    `today` is the day for reviews and sources; without it, the day it is.
    """
    day = today or date.today()
    tree, notes = Tree(dirs), Notes()
    material = read_material(tree, notes)
    check_pages(material, tree, notes)
    check_stamps(material, day, notes)
    check_signs(material, notes)
    check_sentences(material, notes)
    check_wording(material, tree, notes)
    check_cards(material, notes)
    check_lexicon(material, notes)
    check_directory(material, day, notes)
    check_utterances(material, dirs[0].parent / FOLDER, notes)
    return notes.all()
