"""Training: labelled lines -> an engine. Only here is scikit-learn imported."""

import random
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nlu.engine import Engine
from nlu.features import Vocabulary, grams
from nlu.heads import Heads
from nlu.lines import Line, targets
from nlu.noise import misspell

HEADS = ("harm", "level", "intent", "topic", "role", "card")

STRENGTH = {"harm": 8.0, "level": 8.0}
"""Inverse regularisation by head; more copes with fewer lines a class."""

OTHER_STRENGTH = 20.0
MISSPELT_SHARE = 0.5
SEED = 20261123


def fit(lines: Sequence[Line], misspelt_share: float = MISSPELT_SHARE) -> Engine:
    """Train every head that has two classes or more in these lines.

    Raises ValueError when there is nothing to tell apart.
    """
    return fit_targets(
        [line.text for line in lines], [targets(line) for line in lines], misspelt_share
    )


def fit_targets(
    texts: Sequence[str],
    labels: Sequence[Mapping[str, str]],
    misspelt_share: float = MISSPELT_SHARE,
) -> Engine:
    """Train on texts with the class of each head that they teach."""
    chance = random.Random(SEED)  # noqa: S311 - repeatable, no secret
    extra = [i for i in range(len(texts)) if chance.random() < misspelt_share]
    counted = [grams(text) for text in texts]
    counted += [grams(misspell(texts[i], chance)) for i in extra]
    labels = [*labels, *(labels[i] for i in extra)]
    vocabulary = Vocabulary.learn(counted)
    matrix = _matrix(vocabulary, counted)
    fitted = {head: _fit(head, matrix, labels) for head in _heads(labels)}
    parts = {head: part for head, part in fitted.items() if part}
    if not parts:
        raise ValueError("the training data has only one class")
    return Engine(
        vocabulary,
        Heads(
            {head: classes for head, (classes, _, _) in parts.items()},
            np.vstack([w for _, w, _ in parts.values()]).T.astype(np.float32).copy(),
            np.concatenate([b for _, _, b in parts.values()]).astype(np.float32),
        ),
    )


def _heads(labels: Sequence[Mapping[str, str]]) -> list[str]:
    found = {head for label in labels for head in label}
    return [head for head in HEADS if head in found] + sorted(found - set(HEADS))


def _matrix(vocabulary: Vocabulary, counted: Sequence[Counter[str]]) -> csr_matrix:
    rows = [vocabulary.row(one) for one in counted]
    ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    return csr_matrix(
        (
            np.concatenate([values for _, values in rows]),
            np.concatenate([columns for columns, _ in rows]),
            ends,
        ),
        shape=(len(rows), len(vocabulary.known)),
    )


Part = tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]


def _fit(
    head: str, matrix: csr_matrix, labels: Sequence[Mapping[str, str]]
) -> Part | None:
    taught = [i for i, label in enumerate(labels) if head in label]
    wanted = np.asarray([labels[i][head] for i in taught])
    classes = sorted(set(wanted))
    if len(classes) < 2:
        return None
    some = matrix[taught]
    weights, bias = [], []
    for name in classes:
        weight, constant = _one_against_rest(some, wanted == name, head)
        weights.append(weight)
        bias.append(constant)
    return tuple(classes), np.vstack(weights), np.asarray(bias)


def _one_against_rest(
    matrix: csr_matrix, wanted: NDArray[np.bool_], head: str
) -> tuple[NDArray[np.float64], float]:
    from sklearn.linear_model import LogisticRegression

    # liblinear's dual solver: seconds where lbfgs over all classes takes minutes.
    model = LogisticRegression(
        C=STRENGTH.get(head, OTHER_STRENGTH),
        solver="liblinear",
        dual=True,
        tol=0.05,
        intercept_scaling=1.0,
        random_state=SEED,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an early stop is good enough here
        model.fit(matrix, wanted)
    return model.coef_[0], float(model.intercept_[0])
