"""Ranking models for tests: a tiny one that was really learned, kept once, copied where wanted."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dakehu.facts.samples import Sample

AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


def sample(rows: int, seed: int) -> Sample:
    """Rows whose first inputs say a good deal about who leaves; a few inputs are missing."""
    from dakehu.ranking.rules.inputs import NAMES

    dice = np.random.default_rng(seed)
    matrix = dice.normal(size=(rows, len(NAMES))).astype(np.float32) * 100
    pull = (matrix[:, 1] - matrix[:, 2]) / 80 + dice.logistic(size=rows) - 2
    matrix[dice.random(matrix.shape) < 0.02] = np.nan
    scores = np.where(pull > 1, 60.0, 0.0)
    return Sample(matrix, (pull > 0).astype(float), np.ones(rows), scores)


@cache
def trained() -> Any:
    """A model learned from two thousand rows, with its report."""
    from dakehu.ranking.operations import History, Lesson, Samples, examined, learn_from
    from dakehu.ranking.values import Period, Recipe, Split

    days = [date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1)]
    lesson = Lesson(
        split=Split(30, *(Period((day,)) for day in days)),
        recipe=Recipe(rounds=20, threads=1),
        samples=Samples(sample(1000, 1), sample(500, 2), sample(500, 3)),
        history=History(partitions=90, late=2, from_history=30, days_before=70),
    )
    return examined(lesson, learn_from(lesson), first=days[0], last=days[-1])


def make_model(home: Path, *, at: datetime = AT, **values: Any) -> Any:
    """Keep a model as a draft, or with other values."""
    from dakehu.ranking.models import RankingModel
    from dakehu.ranking.operations import keep_model

    model = keep_model(home=home, trained=trained(), at=at)
    if values:
        RankingModel.objects.filter(pk=model.pk).update(**values)
        model.refresh_from_db()
    return model


def publish(home: Path, people: Any, *, at: datetime = AT) -> Any:
    """A model that ranks: proposed by the operations center, published by the administrator."""
    from dakehu.ranking.operations import propose_model, publish_model

    model = make_model(home, at=at)
    propose_model(
        model=model,
        version=model.version,
        remark="beats the rule",
        by=people.operations_center,
        at=at,
    )
    model.refresh_from_db()
    publish_model(model=model, version=model.version, by=people.administrator, at=at)
    model.refresh_from_db()
    return model
