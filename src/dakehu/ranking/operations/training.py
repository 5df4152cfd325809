"""
Making a model of the tables of past days: learning, examining, and what the card shall say.

Where the tables come from is the affair of whoever knows the deliveries; here they are values.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dakehu.facts.samples import Sample
from dakehu.ranking.errors import UnableToTrain
from dakehu.ranking.models import RankingModel
from dakehu.ranking.operations.keeping import Trained
from dakehu.ranking.rules.inputs import NAMES
from dakehu.ranking.rules.learning import MODEL, REGRESSION, RULE, Learned, examine, learn
from dakehu.ranking.values import Counts, Recipe, Remark, Report, Split

LEAST_LEFT = {"train": 20, "valid": 5, "test": 5}
"""With fewer who left nothing can be learned, calibrated or examined."""

FEW_LEFT = 100
FULL_HISTORY = 60


@dataclass(frozen=True)
class Samples:
    """The rows of the three parts."""

    train: Sample
    valid: Sample
    test: Sample

    def named(self) -> dict[str, Sample]:
        """The parts by name."""
        return {"train": self.train, "valid": self.valid, "test": self.test}


@dataclass(frozen=True)
class History:
    """Deliveries seen, those left out as late, those from a loading; days before the first."""

    partitions: int
    late: int
    from_history: int
    days_before: int


@dataclass(frozen=True)
class Lesson:
    """Everything a model is made from."""

    split: Split
    recipe: Recipe
    samples: Samples
    history: History


def learn_from(lesson: Lesson) -> Learned:
    """
    Learn and calibrate.

    :raises UnableToTrain: if too few people left in one of the parts.
    """
    for name, sample in lesson.samples.named().items():
        if sample.left < LEAST_LEFT[name] or sample.left == len(sample):
            raise UnableToTrain(
                _(
                    "Too few left within %(horizon)s days: %(train)s in the days to learn from "
                    "(at least %(least)s), %(valid)s in those to calibrate by and %(test)s in "
                    "those to examine on (at least 5). Name more days, or a longer horizon."
                )
                % {
                    "horizon": lesson.split.horizon,
                    "least": LEAST_LEFT["train"],
                    **{part: each.left for part, each in lesson.samples.named().items()},
                }
            )
    return learn(lesson.samples.train, lesson.samples.valid, names=NAMES, recipe=lesson.recipe)


def examined(lesson: Lesson, learned: Learned, *, first: date, last: date) -> Trained:
    """Examine what was learned on the last days, and put its report together."""
    results = examine(learned, lesson.samples.train, lesson.samples.test)
    counts = {
        name: Counts(sample.people, sample.left) for name, sample in lesson.samples.named().items()
    }
    remarks = []
    if counts["test"].left < FEW_LEFT:
        remarks.append(Remark.FEW_LEFT)
    if lesson.history.days_before < FULL_HISTORY:
        remarks.append(Remark.SHORT_HISTORY)
    if lesson.history.from_history:
        remarks.append(Remark.FROM_HISTORY)
    if results[MODEL].pr_auc <= max(results[RULE].pr_auc, results[REGRESSION].pr_auc):
        remarks.append(Remark.NOT_BETTER)
    split = lesson.split
    report = Report(
        horizon=split.horizon,
        split={"train": split.train.days, "valid": split.valid.days, "test": split.test.days},
        counts=counts,
        results=results,
        importance=learned.importance,
        trees=learned.rounds,
        calibration=learned.calibration.kind,
        remarks=tuple(str(each) for each in remarks),
        late=lesson.history.late,
        from_history=lesson.history.from_history,
        partitions=lesson.history.partitions,
        recipe=lesson.recipe,
    )
    return Trained(learned.trees, learned.calibration, report, first, last)


def summary_of(model: RankingModel) -> dict[str, Any]:
    """Return what a command tells of a model, under stable names."""
    report = model.report
    numbers = ("roc_auc", "pr_auc", "lift", "brier")
    return {
        "model": model.number,
        "state": str(model.state),
        "horizon": model.horizon,
        "from": model.first_day.isoformat(),
        "to": model.last_day.isoformat(),
        "split": report["split"],
        "counts": report["counts"],
        "results": {
            who: {name: found[name] for name in numbers}
            for who, found in report["results"].items()
        },
        "trees": report["trees"],
        "calibration": report["calibration"],
        "remarks": report["remarks"],
        "late": report["late"],
        "from_history": report["from_history"],
        "folder": f"models/{model.token}",
    }
