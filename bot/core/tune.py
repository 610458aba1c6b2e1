"""Shows what the thresholds of config.yml cost: `python -m bot.core.tune`.

Every training line is scored by a model that never saw it. The lines hold far more
disclosures than real talk does, so both kinds of mistake are weighed by `SHARE`.
"""

import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.core.importer import all_lines
from nlu.fit import fit_targets
from nlu.lines import Line, targets

MISS_COSTS = 20
"""A missed disclosure, counted in false alarms."""

SHARE = 0.05
"""How many messages of real talk disclose something: assumed, on the high side."""

FOLDS = 4

Flags = NDArray[np.bool_]
Probabilities = NDArray[np.float64]


def held_out(
    lines: Sequence[Line], head: str, wanted: str, folds: int = FOLDS
) -> tuple[Probabilities, Flags]:
    """Return each line's probability of a class, and whether it is of that class."""
    taught = [line for line in lines if head in targets(line)]
    random.Random(1).shuffle(taught)  # noqa: S311 - repeatable, no secret
    found, truth = [], []
    for fold in range(folds):
        train = [line for i, line in enumerate(taught) if i % folds != fold]
        engine = fit_targets(
            [line.text for line in train],
            [{head: targets(line)[head]} for line in train],
        )
        for line in taught[fold::folds]:
            scores = engine.read(line.text) or {}
            found.append(scores.get(head, {}).get(wanted, 0.0))
            truth.append(targets(line)[head] == wanted)
    return np.asarray(found), np.asarray(truth)


def cost(
    found: Probabilities, truth: Flags, limit: float
) -> tuple[float, float, float]:
    """Return the share missed, the share of false alarms, and what both cost."""
    missed = float((found[truth] < limit).mean())
    alarms = float((found[~truth] >= limit).mean())
    return missed, alarms, MISS_COSTS * SHARE * missed + (1 - SHARE) * alarms


def main() -> None:
    """Print the table for disclosures and for danger now."""
    lines = all_lines()
    for head, wanted in (("harm", "yes"), ("level", "danger")):
        found, truth = held_out(lines, head, wanted)
        print(f"{head}: {int(truth.sum())} of {len(truth)} lines")
        for limit in np.arange(0.1, 0.65, 0.05):
            missed, alarms, both = cost(found, truth, limit)
            print(f"  {limit:.2f} missed {missed:.3f} alarms {alarms:.3f} {both:.3f}")


if __name__ == "__main__":
    main()
