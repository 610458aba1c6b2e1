"""The trained model: features and heads, kept as plain arrays."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlu.features import Vocabulary, grams
from nlu.heads import Heads, Scores


class Engine:
    """Scores a text under every head; never raises, whatever the text."""

    def __init__(self, vocabulary: Vocabulary, heads: Heads) -> None:
        """Put the parts together."""
        self.vocabulary = vocabulary
        self.heads = heads

    def read(self, text: str) -> Scores | None:
        """Return the scores of a text, None when it holds nothing ever seen."""
        row = self.vocabulary.row(grams(text))
        return self.heads.scores(row) if len(row[0]) else None

    def save(self, path: Path) -> None:
        """Write the model as one file of numpy arrays, without pickles."""
        heads = self.heads
        np.savez_compressed(
            path,
            known=_packed(self.vocabulary.known),
            rarity=self.vocabulary.rarity.astype(np.float16),
            weights=heads.weights.astype(np.float16),
            bias=heads.bias,
            classes=_packed(
                [
                    f"{head}\t{name}"
                    for head in heads.classes
                    for name in heads.classes[head]
                ]
            ),
        )

    @classmethod
    def load(cls, path: Path) -> "Engine":
        """Read a model that `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            known = _unpacked(stored["known"])
            classes: dict[str, list[str]] = {}
            for pair in _unpacked(stored["classes"]):
                head, name = pair.split("\t")
                classes.setdefault(head, []).append(name)
            return cls(
                Vocabulary(known, stored["rarity"].astype(np.float32)),
                Heads(classes, stored["weights"].astype(np.float32), stored["bias"]),
            )


def _packed(texts: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def _unpacked(stored: NDArray[np.uint8]) -> list[str]:
    return stored.tobytes().decode().split("\n")
