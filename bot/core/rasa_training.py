"""The process that trains: `python -m bot.core.rasa_training MODEL`; see train.py."""

import logging
import shutil
import sys
from pathlib import Path

import structlog
from rasa.model_training import train

from bot.core.model import ROOT


def main(made: Path) -> int:
    """Train with Rasa, move the model to `made`, return an exit code."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING)
    )
    if str(ROOT) not in sys.path:  # the `rasa` command does this too
        sys.path.insert(0, str(ROOT))
    result = train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "nlu"), str(ROOT / "stories")],
        output=str(made.parent / "out"),
        force_training=True,
        fixed_model_name="model",
    )
    if result.code == 0 and result.model:
        shutil.move(result.model, made)
    return int(result.code)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
