"""Linear heads over one row of features, stored as a single matrix."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nlu.features import Row

Scores = dict[str, dict[str, float]]
"""Head -> class -> probability; the classes of a head sum to 1."""


class Heads:
    """Several classifiers that share their features.

    `weights` has a row for each feature and a column for each class, head after
    head, so that a text costs one small gather and one product.
    """

    def __init__(
        self,
        classes: Mapping[str, Sequence[str]],
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
    ) -> None:
        """Take the classes of each head in the order of the columns."""
        self.classes = {head: tuple(names) for head, names in classes.items()}
        self.weights = weights
        self.bias = bias

    def scores(self, row: Row) -> Scores:
        """Return each head's probabilities for one text."""
        columns, values = row
        sums = values @ self.weights[columns] + self.bias
        found: Scores = {}
        start = 0
        for head, names in self.classes.items():
            part = sums[start : start + len(names)]
            found[head] = dict(zip(names, _normalise(part).tolist(), strict=True))
            start += len(names)
        return found


def _normalise(sums: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn one-against-the-rest sums into probabilities that sum to 1."""
    single = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
    whole: NDArray[np.float32] = single / single.sum()
    return whole
