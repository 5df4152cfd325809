"""
Scores, probabilities, and what pushed them.

A raw score is a sum over the trees, in log-odds.  What each input contributes to it adds up to it
exactly; so contributions of one person can be compared with one another.
"""

from collections.abc import Sequence
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dakehu.facts.samples import Matrix, Reals
from dakehu.ranking.values import Calibration, CalibrationKind, Push

STRONGEST = 5
LEAST_PUSH = 0.005
"""A smaller contribution changes the odds by less than half a per cent and is not worth a word."""


def is_installed() -> bool:
    """Whether the extra ``ml`` is there."""
    from importlib.util import find_spec

    return find_spec("lightgbm") is not None and find_spec("sklearn") is not None


def booster_of(trees: str) -> Any:
    """Read trees from their text."""
    import lightgbm

    return lightgbm.Booster(model_str=trees)


def margins(booster: Any, matrix: Matrix) -> Reals:
    """The raw scores of some rows."""
    return np.asarray(booster.predict(matrix, raw_score=True), dtype=np.float64)


def probabilities(calibration: Calibration, scores: Reals) -> Reals:
    """What raw scores mean as probabilities."""
    if calibration.kind is CalibrationKind.ISOTONIC:
        return np.interp(scores, calibration.at, calibration.gives)
    exponent = np.clip(calibration.slope * scores + calibration.offset, -30, 30)
    return np.asarray(1 / (1 + np.exp(-exponent)), dtype=np.float64)


def contributions(booster: Any, matrix: Matrix) -> NDArray[np.float64]:
    """What each input contributes to each row's raw score; the common base is left out."""
    return np.asarray(booster.predict(matrix, pred_contrib=True), dtype=np.float64)[:, :-1]


def strongest(
    names: Sequence[str], values: Sequence[float], pushes: Sequence[float]
) -> tuple[tuple[Push, ...], tuple[Push, ...]]:
    """The inputs that pushed most towards leaving, and those that pushed most towards staying."""
    told = [
        Push(name, None if isnan(value) else value, push)
        for name, value, push in zip(names, values, pushes, strict=True)
        if abs(push) >= LEAST_PUSH
    ]
    ups = sorted((each for each in told if each.push > 0), key=lambda each: -each.push)
    downs = sorted((each for each in told if each.push < 0), key=lambda each: each.push)
    return tuple(ups[:STRONGEST]), tuple(downs[:STRONGEST])
