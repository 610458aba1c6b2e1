"""Which model belongs to the files as they are now. Imports nothing of Rasa."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder, where config.yml and domain.yml stand."""

MODELS = ROOT / "var" / "models"


def content_dirs() -> tuple[Path, ...]:
    """Return the content folders: the project's own, or COPBOT_CONTENT_DIRS."""
    named = os.environ.get("COPBOT_CONTENT_DIRS", "")
    return tuple(Path(d) for d in named.split(os.pathsep) if d) or (ROOT / "content",)


def current_fingerprint() -> str:
    """Return a hash over everything that training reads, 16 hex digits."""
    total = hashlib.sha256()
    for path in sorted(_trained_on()):
        total.update(f"{path.name}\0{path.parent.name}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def model_path() -> Path:
    """Return where the model for the present files is, or would be."""
    return MODELS / f"{current_fingerprint()}.tar.gz"


def _trained_on() -> Iterator[Path]:
    yield ROOT / "config.yml"
    yield ROOT / "domain.yml"
    yield ROOT / "bot" / "core" / "importer.py"
    yield ROOT / "bot" / "text.py"
    yield from (ROOT / "nlu").rglob("*.py")
    yield from (ROOT / "nlu" / "utterances").rglob("*.yml")
    yield from (ROOT / "stories").rglob("*.yml")
    yield from (ROOT / "actions").rglob("*.py")
    for folder in content_dirs():
        yield from folder.glob("topics/*/*.md")
        yield from folder.glob("strings/*.yml")
        yield from folder.glob("platforms.yml")
