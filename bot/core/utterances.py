"""Reads nlu/utterances: what people write, labelled for training."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.guidance.values import NO_TOPIC
from nlu.lines import Line


def read_utterances(folder: Path) -> Iterator[Line]:
    """Yield every line below a folder; `<lang>/<file>.yml`, Rasa's training format.

    Raises ValueError, with file and label, on a label that nobody knows.
    """
    for path in sorted(folder.rglob("*.yml")):
        for block in _blocks(path):
            try:
                make = label_reader(block["intent"], block.get("metadata") or {})
            except (KeyError, ValueError) as error:
                raise ValueError(f"{path}: {error}") from error
            for example in str(block.get("examples", "")).splitlines():
                text = example.strip().removeprefix("-").strip()
                if text:
                    yield make._replace(text=text)


def _blocks(path: Path) -> list[dict[str, Any]]:
    loaded = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return list((loaded or {}).get("nlu") or ())


def label_reader(label: str, metadata: dict[str, Any]) -> Line:
    """Return a line without text for a label of the files.

    The slash of `disclose/sextortion` ends here: inside Rasa it would mean a
    retrieval intent.
    """
    kind, _, rest = label.partition("/")
    if kind == "ask" and rest:
        return Line("", "ask", rest)
    if kind == "disclose" and rest:
        danger = metadata.get("level") == 3
        return Line(
            "",
            "danger" if danger else "disclose",
            rest or NO_TOPIC,
            metadata.get("role", "hurt"),
            metadata.get("card") if danger else None,
        )
    if kind == "smalltalk" and rest:
        return Line("", "smalltalk", about=rest)
    if kind in ("command", "form") and rest:
        return Line("", rest)
    if label in ("harmful", "out_of_scope"):
        return Line("", label)
    if label == "harmful/keep_nothing":
        return Line("", "keep_nothing")
    raise ValueError(f"the label {label!r} is unknown")
