"""Learning, calibrating and explaining on rows made for it."""

import numpy as np
import pytest
from tests.factories.models import sample

from dakehu.ranking.rules import cards, learning, scoring
from dakehu.ranking.rules.inputs import NAMES
from dakehu.ranking.values import Calibration, CalibrationKind, Recipe

RECIPE = Recipe(rounds=15, threads=1)


@pytest.fixture(scope="module")
def learned():
    """A model of a few trees."""
    return learning.learn(sample(800, 1), sample(400, 2), names=NAMES, recipe=RECIPE)


def test_the_same_rows_and_seed_give_the_same_model(learned):
    again = learning.learn(sample(800, 1), sample(400, 2), names=NAMES, recipe=RECIPE)

    assert again == learned


def test_it_finds_out_what_matters(learned):
    assert {name for name, _gain in learned.importance[:2]} == {NAMES[1], NAMES[2]}
    assert sum(gain for _name, gain in learned.importance) == pytest.approx(1, abs=0.01)


def test_contributions_add_up_to_the_raw_score_but_for_the_common_base(learned):
    rows = sample(50, 5).matrix
    booster = scoring.booster_of(learned.trees)

    rest = scoring.margins(booster, rows) - scoring.contributions(booster, rows).sum(axis=1)

    assert rest == pytest.approx(np.full(50, rest[0]), abs=1e-9)


@pytest.mark.parametrize(("rows", "kind"), [(300, "sigmoid"), (3000, "isotonic")])
def test_probabilities_are_what_happens(rows, kind):
    dice = np.random.default_rng(4)
    scores = dice.normal(size=rows) * 2
    labels = (dice.random(rows) < 1 / (1 + np.exp(-(scores - 1) / 2))).astype(float)

    calibration = learning.calibrate(scores, labels, np.ones(rows))
    foretold = scoring.probabilities(calibration, scores)

    assert calibration.kind == kind
    assert foretold.mean() == pytest.approx(labels.mean(), abs=0.02)
    assert np.all(np.diff(foretold[np.argsort(scores)]) >= 0)


def test_the_strongest_reasons_come_first_and_trifles_not_at_all():
    ups, downs = scoring.strongest(
        ("a", "b", "c", "d"), (1.0, float("nan"), 3.0, 4.0), (0.2, 0.9, -0.5, 0.001)
    )

    assert [(each.name, each.value) for each in ups] == [("b", None), ("a", 1.0)]
    assert [each.name for each in downs] == ["c"]


def test_a_report_survives_its_card():
    from tests.factories.models import trained

    report = trained().report

    kept = cards.report_from_json(cards.report_to_json(report))

    assert cards.report_to_json(kept) == cards.report_to_json(report)
    assert kept.results["model"].lift == report.results["model"].lift


def test_a_sigmoid_does_not_overflow():
    calibration = Calibration(CalibrationKind.SIGMOID, slope=10.0)

    foretold = scoring.probabilities(calibration, np.array([-1e9, 0.0, 1e9]))

    assert foretold == pytest.approx([0, 0.5, 1], abs=1e-9)
