"""How well a score did, held against scikit-learn and against counting by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as second

from dakehu.ranking.rules import metrics

ROWS = st.lists(
    st.tuples(st.booleans(), st.integers(0, 6), st.integers(1, 5)), min_size=4, max_size=60
).filter(lambda rows: {left for left, _score, _weight in rows} == {True, False})


def columns(rows):
    """Return labels, scores and weights of drawn rows."""
    return tuple(np.array(column, dtype=float) for column in zip(*rows, strict=True))


@settings(max_examples=80)
@given(ROWS)
def test_areas_and_brier_are_those_of_a_second_evaluator(rows):
    labels, scores, weights = columns(rows)
    ladder = metrics.ladder_of(labels, scores, weights)

    assert metrics.roc_auc(ladder) == pytest.approx(
        second.roc_auc_score(labels, scores, sample_weight=weights)
    )
    assert metrics.pr_auc(ladder) == pytest.approx(
        second.average_precision_score(labels, scores, sample_weight=weights)
    )
    assert metrics.brier(labels, scores / 6, weights) == pytest.approx(
        second.brier_score_loss(labels, scores / 6, sample_weight=weights)
    )


@settings(max_examples=40)
@given(ROWS)
def test_a_weight_is_that_many_rows(rows):
    labels, scores, weights = columns(rows)
    often = weights.astype(int)
    repeated = metrics.ladder_of(
        np.repeat(labels, often), np.repeat(scores, often), np.ones(often.sum())
    )

    weighted = metrics.ladder_of(labels, scores, weights)

    assert metrics.lift(weighted) == pytest.approx(metrics.lift(repeated))
    assert metrics.roc_auc(weighted) == pytest.approx(metrics.roc_auc(repeated))


@pytest.mark.parametrize(
    ("labels", "scores", "lift"),
    [
        # Both leavers on top of twenty: the top two are all of them.
        ([1, 1] + [0] * 18, range(20, 0, -1), 10.0),
        # One of two leavers in the top tenth.
        ([1, 0] + [0] * 17 + [1], range(20, 0, -1), 5.0),
        # All the same score: no better than chance, whatever the order of the rows.
        ([1, 1] + [0] * 18, [7] * 20, 1.0),
        ([0] * 18 + [1, 1], [7] * 20, 1.0),
    ],
)
def test_lift_counts_leavers_in_the_top_tenth(labels, scores, lift):
    ladder = metrics.ladder_of(np.array(labels, float), np.array(scores, float), np.ones(20))

    assert metrics.lift(ladder) == pytest.approx(lift)


@settings(max_examples=40)
@given(ROWS)
def test_the_calibration_table_keeps_everybody(rows):
    labels, scores, weights = columns(rows)

    bands = metrics.bands_of(labels, scores / 6, weights)

    assert sum(band.count for band in bands) == round(weights.sum())
    assert sum(band.happened * band.count for band in bands) == pytest.approx(
        (labels * weights).sum()
    )
    assert [band.foretold for band in bands] == sorted(band.foretold for band in bands)


def test_nothing_is_judged_where_nobody_left():
    with pytest.raises(ValueError, match="nobody"):
        metrics.metrics_of(np.zeros(5), np.arange(5.0), np.ones(5))
