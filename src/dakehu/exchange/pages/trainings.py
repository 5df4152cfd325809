"""What the page of trainings shows: each with how far it is, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dakehu.exchange.choices import TrainingStep
from dakehu.exchange.queries.facts import newest_usage_day, oldest_usage_day
from dakehu.ranking.choices import GOING_ON, TRAINING_TONES, TrainingState
from dakehu.ranking.queries import extra_words, is_installed, trainings_known

if TYPE_CHECKING:
    from dakehu.people.models import Staff

SHOWN = 20
LONGEST, QUARTERS = 30, 4
"""A horizon fits four times into the history: two gaps, what is known, and days to learn from."""


@dataclass(frozen=True)
class TrainingLine:
    """One training: who asked, of which days, its state, and its step with a share in per cent."""

    run: Any
    words: str
    tone: str
    step: str
    percent: int


@dataclass(frozen=True)
class TrainingsPage:
    """All trainings, whether one goes on, and what stands in the way of another."""

    lines: tuple[TrainingLine, ...]
    goes_on: bool
    missing: str


def trainings_page(actor: "Staff") -> TrainingsPage:
    """Gather the trainings, the newest first."""
    lines = tuple(training_line(run) for run in trainings_known(actor)[:SHOWN])
    return TrainingsPage(
        lines=lines,
        goes_on=any(line.run.state in GOING_ON for line in lines),
        missing="" if is_installed() else extra_words(),
    )


def training_line(run: Any) -> TrainingLine:
    """Return one training as a line; each step is a part of the whole."""
    steps = TrainingStep.values
    share = run.done / run.wanted if run.wanted else 0
    passed = steps.index(run.step) + share if run.step in steps else 0
    return TrainingLine(
        run=run,
        words=run.get_state_display(),
        tone=TRAINING_TONES[TrainingState(run.state)],
        step=str(TrainingStep(run.step).label) if run.step in steps else "",
        percent=int(100 * passed / len(steps)),
    )


def usual_days() -> Mapping[str, Any]:
    """Return what a training is offered: all of the history, and a horizon that fits into it."""
    oldest, newest = oldest_usage_day(), newest_usage_day()
    if oldest is None or newest is None:
        return {"horizon": LONGEST, "every": 7}
    span = (newest - oldest).days
    horizon = max(1, min(LONGEST, span // QUARTERS))
    return {
        "first": oldest,
        "last": newest - timedelta(days=horizon),
        "horizon": horizon,
        "every": 7 if span > LONGEST * QUARTERS else 2,
    }
