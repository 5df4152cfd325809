"""
Learning from past days: trees, their calibration, and the plain regression beside them.

The trees learn from the training days and stop growing when the calibration days no longer gain;
the calibration days turn their scores into probabilities; the examination days decide nothing and
are looked at once.  The same rows and the same seed give the same model.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dakehu.facts.samples import Matrix, Reals, Sample
from dakehu.ranking.rules import metrics
from dakehu.ranking.rules.scoring import booster_of, margins, probabilities
from dakehu.ranking.values import Calibration, CalibrationKind, Metrics, Recipe

ENOUGH_FOR_STEPS = 300
"""With fewer people who left an isotonic calibration would follow chance; a sigmoid does not."""

MODEL, REGRESSION, RULE = "model", "regression", "rule"
"""What is examined side by side: the trees, a logistic regression, and the rule's score."""


@dataclass(frozen=True)
class Learned:
    """A model that was learned: its trees as text, its calibration, what mattered to it."""

    trees: str
    calibration: Calibration
    rounds: int
    importance: tuple[tuple[str, float], ...]


def learn(train: Sample, valid: Sample, *, names: Sequence[str], recipe: Recipe) -> Learned:
    """Grow trees and calibrate them."""
    trees, rounds = grow(train, valid, names=names, recipe=recipe)
    calibration = calibrate(margins(booster_of(trees), valid.matrix), valid.labels, valid.weights)
    return Learned(trees, calibration, rounds, importance_of(trees))


def grow(train: Sample, valid: Sample, *, names: Sequence[str], recipe: Recipe) -> tuple[str, int]:
    """Grow trees until the held rows gain no more; return them as text, and how many."""
    import lightgbm

    parameters = {
        "objective": "binary",
        "metric": "binary_logloss",
        "learning_rate": recipe.learning_rate,
        "num_leaves": recipe.leaves,
        "min_data_in_leaf": recipe.least_rows,
        "feature_fraction": recipe.feature_share,
        "bagging_fraction": recipe.row_share,
        "bagging_freq": 1,
        "lambda_l2": recipe.ridge,
        "seed": recipe.seed,
        "num_threads": recipe.threads,
        "deterministic": True,
        "force_row_wise": True,
        "verbosity": -1,
    }
    rows = lightgbm.Dataset(
        train.matrix, train.labels, weight=train.weights, feature_name=list(names)
    )
    held = lightgbm.Dataset(valid.matrix, valid.labels, weight=valid.weights, reference=rows)
    booster = lightgbm.train(
        parameters,
        rows,
        num_boost_round=recipe.rounds,
        valid_sets=[held],
        callbacks=[lightgbm.early_stopping(recipe.patience, verbose=False)],
    )
    rounds = booster.best_iteration or booster.current_iteration()
    return str(booster.model_to_string(num_iteration=rounds)), int(rounds)


def importance_of(trees: str) -> tuple[tuple[str, float], ...]:
    """Which share of all gain each input brought, the greatest first."""
    booster = booster_of(trees)
    gains = booster.feature_importance(importance_type="gain")
    whole = float(gains.sum()) or 1.0
    pairs = zip(booster.feature_name(), gains, strict=True)
    shares = [(str(name), round(float(gain) / whole, 5)) for name, gain in pairs]
    return tuple(sorted(shares, key=lambda pair: (-pair[1], pair[0])))


def calibrate(scores: Reals, labels: Reals, weights: Reals) -> Calibration:
    """Find the way from raw scores to probabilities."""
    if labels.sum() >= ENOUGH_FOR_STEPS:
        return _isotonic(scores, labels, weights)
    return _sigmoid(scores, labels, weights)


def _isotonic(scores: Reals, labels: Reals, weights: Reals) -> Calibration:
    from sklearn.isotonic import IsotonicRegression

    fitted = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    fitted.fit(scores, labels, sample_weight=weights)
    return Calibration(
        CalibrationKind.ISOTONIC,
        at=tuple(float(each) for each in fitted.X_thresholds_),
        gives=tuple(float(each) for each in fitted.y_thresholds_),
    )


def _sigmoid(scores: Reals, labels: Reals, weights: Reals) -> Calibration:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1e6, max_iter=1000)
    fitted.fit(scores.reshape(-1, 1), labels, sample_weight=weights)
    slope, offset = float(fitted.coef_[0][0]), float(fitted.intercept_[0])
    return Calibration(CalibrationKind.SIGMOID, slope=slope, offset=offset)


def regression(train: Sample, matrix: Matrix) -> Reals:
    """
    The probabilities of a logistic regression on the same inputs, for comparison.

    Amounts are taken by their order of magnitude; a missing input counts as an average one.
    """
    from sklearn.linear_model import LogisticRegression

    known, asked = _magnitudes(train.matrix), _magnitudes(matrix)
    with np.errstate(all="ignore"):
        present = np.isfinite(known)
        count = np.maximum(present.sum(axis=0), 1)
        middle = np.where(present, known, 0).sum(axis=0) / count
        spread = np.sqrt((np.where(present, known - middle, 0) ** 2).sum(axis=0) / count)
    spread = np.where(spread > 0, spread, 1.0)

    def plain(rows: Reals) -> Reals:
        return np.where(np.isfinite(rows), (rows - middle) / spread, 0.0)

    fitted = LogisticRegression(C=1.0, max_iter=2000)
    fitted.fit(plain(known), train.labels, sample_weight=train.weights)
    return np.asarray(fitted.predict_proba(plain(asked))[:, 1], dtype=np.float64)


def _magnitudes(matrix: Matrix) -> Reals:
    rows = matrix.astype(np.float64)
    return np.sign(rows) * np.log1p(np.abs(rows))


def examine(learned: Learned, train: Sample, test: Sample) -> Mapping[str, Metrics]:
    """
    Judge the model, the regression and the rule's score on the same rows.

    :raises ValueError: if nobody of the examination left, or nobody stayed.
    """
    raw = margins(booster_of(learned.trees), test.matrix)
    foretold = probabilities(learned.calibration, raw)
    plain = regression(train, test.matrix)
    return {
        MODEL: metrics.metrics_of(test.labels, raw, test.weights, foretold),
        REGRESSION: metrics.metrics_of(test.labels, plain, test.weights, plain),
        RULE: metrics.metrics_of(test.labels, test.scores, test.weights),
    }
