"""Trains the model for the present files: `python -m bot.core.train`."""

import os
import subprocess  # our own interpreter, fixed arguments
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bot.core.model import MODELS, ROOT, model_path
from bot.errors import TrainingFailed

Tell = Callable[[str], None]

LOG = "training.log"


def train(force: bool = False, tell: Tell = print) -> Path:
    """Return the model for the files as they are, training it where there is none.

    Rasa trains in a process of its own, so that the caller stays free of it. The
    model appears under its name only when it is whole. `tell` hears of each step.
    Raises TrainingFailed.
    """
    wanted = model_path()
    if wanted.exists() and not force:
        tell(f"The model {wanted.name} is up to date.")
        return wanted
    MODELS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=MODELS, prefix="training-") as folder:
        made = Path(folder) / "model.tar.gz"
        tell("Training from content, utterances and rules (about half a minute) ...")
        _run(made)
        os.replace(made, wanted)
    tell(f"Trained {wanted.name} ({wanted.stat().st_size / 1e6:.1f} MB).")
    return wanted


def _run(made: Path) -> None:
    log = MODELS / LOG
    with log.open("wb") as out:
        ended = subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
            [sys.executable, "-m", "bot.core.rasa_training", str(made)],
            cwd=ROOT,
            env={
                **os.environ,
                "RASA_TELEMETRY_ENABLED": "false",
                # Importers have random fingerprints, so Rasa's cache never helps.
                "RASA_MAX_CACHE_SIZE": "0",
                "RASA_CACHE_DIRECTORY": str(made.parent / "cache"),
            },
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if ended.returncode != 0 or not made.exists():
        raise TrainingFailed(f"training ended without a model; {log} says why")


if __name__ == "__main__":
    train(force="--force" in sys.argv[1:])
