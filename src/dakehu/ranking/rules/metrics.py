"""
How well a score told beforehand who left: ROC AUC, PR AUC, lift, Brier, calibration.

Rows count with their weights, so that a sample speaks for all it was drawn from.  People with the
same score cannot be told apart; they are taken together, never in a lucky order.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dakehu.ranking.values import SHARE, CalibrationBand, Metrics, Point

Reals = NDArray[np.float64]
CURVE_POINTS = 60
BANDS = 10


@dataclass(frozen=True)
class Ladder:
    """
    The rows from the highest score down, those of one score as one step.

    ``left`` and ``stayed`` are the weights of all rows down to and including a step.
    """

    left: Reals
    stayed: Reals

    @property
    def all_left(self) -> float:
        """The weight of all who left."""
        return float(self.left[-1])

    @property
    def all_stayed(self) -> float:
        """The weight of all who stayed."""
        return float(self.stayed[-1])


def ladder_of(labels: Reals, scores: Reals, weights: Reals) -> Ladder:
    """
    Order rows by score.

    :raises ValueError: if nobody left, or nobody stayed; then there is nothing to tell apart.
    """
    order = np.argsort(-scores, kind="stable")
    scores, labels, weights = scores[order], labels[order], weights[order]
    ends = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)
    left = np.cumsum(weights * labels)[ends]
    stayed = np.cumsum(weights * (1 - labels))[ends]
    if not len(ends) or left[-1] <= 0 or stayed[-1] <= 0:
        raise ValueError("nobody left, or nobody stayed")
    return Ladder(left, stayed)


def roc_auc(ladder: Ladder) -> float:
    """The chance that somebody who left stands above somebody who stayed; equals count half."""
    x = np.append(0.0, ladder.stayed / ladder.all_stayed)
    y = np.append(0.0, ladder.left / ladder.all_left)
    return float(np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2))


def pr_auc(ladder: Ladder) -> float:
    """Average precision: the precision at every step, weighted by the recall it adds."""
    precision = ladder.left / (ladder.left + ladder.stayed)
    recall = np.append(0.0, ladder.left / ladder.all_left)
    return float(np.sum(np.diff(recall) * precision))


def gain_at(ladder: Ladder, part: float) -> float:
    """Which share of all who left stands in the top ``part``; a step cut by it counts in part."""
    reached = np.append(0.0, ladder.left + ladder.stayed) / (ladder.all_left + ladder.all_stayed)
    return float(np.interp(part, reached, np.append(0.0, ladder.left / ladder.all_left)))


def lift(ladder: Ladder) -> float:
    """How many times more leavers the top tenth holds than a tenth drawn blindly."""
    return gain_at(ladder, 1 / SHARE) * SHARE


def brier(labels: Reals, probabilities: Reals, weights: Reals) -> float:
    """The mean squared distance between probability and what happened; less is better."""
    return float(np.average((probabilities - labels) ** 2, weights=weights))


def bands_of(labels: Reals, probabilities: Reals, weights: Reals) -> tuple[CalibrationBand, ...]:
    """Cut the rows by probability into tenths of equal weight; equals stay together."""
    order = np.argsort(probabilities, kind="stable")
    labels, probabilities, weights = labels[order], probabilities[order], weights[order]
    # Rows of one probability go where the middle of their weight lies.
    _values, where = np.unique(probabilities, return_inverse=True)
    group = np.bincount(where, weights=weights)
    middle = np.cumsum(group) - group / 2
    band = np.minimum((middle / group.sum() * BANDS).astype(np.int64), BANDS - 1)[where]
    found = []
    for number in np.unique(band):
        rows = band == number
        found.append(
            CalibrationBand(
                foretold=float(np.average(probabilities[rows], weights=weights[rows])),
                happened=float(np.average(labels[rows], weights=weights[rows])),
                count=round(float(weights[rows].sum())),
            )
        )
    return tuple(found)


def metrics_of(
    labels: Reals, scores: Reals, weights: Reals, probabilities: Reals | None = None
) -> Metrics:
    """
    Judge a score, and the probabilities made of it where there are any.

    :raises ValueError: if nobody left, or nobody stayed.
    """
    ladder = ladder_of(labels, scores, weights)
    recall = ladder.left / ladder.all_left
    precision = ladder.left / (ladder.left + ladder.stayed)
    reached = (ladder.left + ladder.stayed) / (ladder.all_left + ladder.all_stayed)
    judged = probabilities is not None
    return Metrics(
        roc_auc=roc_auc(ladder),
        pr_auc=pr_auc(ladder),
        lift=lift(ladder),
        brier=brier(labels, probabilities, weights) if probabilities is not None else None,
        roc=_curve(ladder.stayed / ladder.all_stayed, recall, start=Point(0.0, 0.0)),
        pr=_curve(recall, precision, start=None),
        gains=_curve(reached, recall, start=Point(0.0, 0.0)),
        bands=bands_of(labels, probabilities, weights) if judged else (),  # type: ignore[arg-type]
    )


def _curve(x: Reals, y: Reals, *, start: Point | None) -> tuple[Point, ...]:
    """Keep a few dozen points of a curve, spread evenly over ``x``."""
    wanted = np.linspace(0, 1, CURVE_POINTS)
    kept = np.unique(np.minimum(np.searchsorted(x, wanted), len(x) - 1))
    points = [Point(round(float(x[at]), 5), round(float(y[at]), 5)) for at in kept]
    return tuple([start, *points] if start else points)
