"""
Trainings that people ask for on screen, worked out by a worker.

One that was killed is done again from the start; a model is there whole or not at all.
"""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from dakehu.common.work import WorkGivenUp
from dakehu.exchange.choices import StepName
from dakehu.exchange.errors import UnableToTrainModel
from dakehu.exchange.jobs.training import TrainingOrder, split_of, train
from dakehu.ranking import operations
from dakehu.ranking.queries import waiting_trainings


class Noting:
    """Notes on the training how far it is, for whoever looks at its page."""

    def __init__(self, run: Any) -> None:
        self.run = run
        self.step = ""

    def open(self) -> AbstractContextManager[Any]:
        return nullcontext()

    def begin(self, name: StepName) -> None:
        self.step = str(name.value)
        operations.note_training(self.run, step=self.step)

    def move(self, done: int, total: int) -> None:
        operations.note_training(self.run, step=self.step, done=done, wanted=total)

    def end(self, words: str) -> None:
        """Say nothing: the next step or the end of all tells it."""

    def say(self, words: str) -> None:
        """Say nothing: what is worth saying stands on the card of the model."""


def ask(wish: operations.TrainingWish, *, by: Any, at: datetime) -> None:
    """
    Ask for a training, if the history has its days.

    :raises PermissionDenied: if ``by`` may not decide about models.
    :raises UnableToTrain: if the extra is missing, or another training goes on.
    :raises UnableToTrainModel: if the days do not suffice.
    """
    split_of(TrainingOrder(wish.first, wish.last, wish.horizon, wish.every))
    run = operations.ask_for_training(wish=wish, by=by, at=at)
    learn_model.enqueue(run.pk)


def want_left_over(at: datetime) -> None:
    """Let a worker begin trainings whose wish was lost in between."""
    for run_id in waiting_trainings():
        learn_model.enqueue(run_id)


def give_up(event: WorkGivenUp) -> None:
    """Say on the training that it was given up."""
    if event.path == learn_model.module_path:
        words = _("It was tried several times and given up. Try again later.")
        operations.fail_training(int(event.args[0]), words=words, at=event.at)


@task()
def learn_model(run_id: int) -> None:
    """Train the model that somebody asked for."""
    run = operations.begin_training(run_id)
    if run is None:
        return
    order = TrainingOrder(run.first_day, run.last_day, run.horizon, run.every)
    try:
        summary = train(order, reporter=Noting(run))
    except UnableToTrainModel as refusal:
        operations.fail_training(run.pk, words=str(refusal), at=timezone.now())
    else:
        operations.finish_training(run, number=summary["model"], at=timezone.now())
