"""Training on stored history: what was not known on a day teaches it nothing."""

import json
from datetime import timedelta

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from tests.factories.histories import DAYS, FIRST, HORIZON, History, morning_after, night_of

from dakehu.exchange.errors import UnableToTrainModel
from dakehu.exchange.jobs import learning, reporting, training
from dakehu.exchange.jobs.training import Training, TrainingOrder, alone, split_of
from dakehu.exchange.models import LivePartition
from dakehu.ranking import operations as ranking
from dakehu.ranking.errors import UnableToTrain
from dakehu.ranking.models import RankingModel, TrainingRun

pytestmark = pytest.mark.django_db
ORDER = TrainingOrder(
    first=FIRST + timedelta(days=8),
    last=FIRST + timedelta(days=DAYS - 1 - HORIZON),
    horizon=HORIZON,
    every=4,
)


def giveaway(leaving):
    """Say plainly who leaves."""
    return {"hotline_calls": 9} if leaving else {}


@pytest.fixture(scope="module")
def facts_of(tmp_path_factory):
    """Return a function that gives facts at rest, written once per kind of signs."""
    kept = {}

    def of(signs=None):
        if signs not in kept:
            history = History(tmp_path_factory.mktemp("history"))
            parts = [history.deliver_subscribers()]
            parts += history.deliver(range(DAYS), signs or (lambda leaving: {}))
            kept[signs] = (history, parts)
        return kept[signs]

    return of


@pytest.fixture
def lived(settings):
    """Return a function that lives through the nights of a history, each with its delivery."""

    def live(history, parts):
        settings.HOME = history.home
        settings.ENGINE_THREADS = 1
        history.deliveries = 0
        subscribers, *usage = parts
        for number, part in enumerate(usage):
            run = night_of(history.day(number))
            came = [subscribers, part] if number == 0 else [part]
            history.book(came, taken_at=morning_after(part.day), run=run)
        return history

    return live


def samples_of(order=ORDER):
    """Return what a training would learn from."""
    with alone(training.settings.HOME) as folder:
        work = Training(order, split_of(order), folder, reporting.no_reporter())
        return work.read_samples(work.work_out_tables())


def auc_of(order=ORDER):
    """Return how well a model trained now does on its examination days."""
    summary = training.train(order, reporter=reporting.no_reporter())
    return summary["results"]["model"]["roc_auc"], summary


def test_a_giveaway_that_was_there_in_time_is_learned_the_same_each_time(facts_of, lived, capsys):
    history = lived(*facts_of(giveaway))
    days = ["--from", str(ORDER.first), "--to", str(ORDER.last)]

    told = []
    for _again in range(2):
        call_command("model", "train", *days, "--horizon", "4", "--every", "4", "--json")
        told.append(json.loads(capsys.readouterr().out))

    first, second = told
    assert first["results"]["model"]["roc_auc"] > 0.95
    assert (first["model"], first["horizon"], first["state"]) == (1, 4, "DRAFT")
    assert set(first["results"]) == {"model", "regression", "rule"}
    assert first["late"] == 0
    assert first | {"model": 2} == second
    assert (history.home / second["folder"] / "trees.txt").is_file()
    assert not (history.home / "work" / "training").exists()


def test_a_giveaway_that_came_late_teaches_nothing(facts_of, lived, tmp_path):
    history, parts = facts_of()
    lived(history, parts)
    before = samples_of()
    late = history.deliver(range(DAYS), giveaway)
    # A night that is run again for an old day makes what it takes then no earlier.
    again = night_of(FIRST)
    taken_at = morning_after(history.day(DAYS))
    type(again).objects.filter(pk=again.pk).update(ended_at=taken_at + timedelta(hours=1))

    history.book(late[::4], taken_at=taken_at, run=again)

    after = samples_of()
    auc, summary = auc_of()
    column = ranking.NAMES.index("hotline_month")
    assert summary["late"] == len(late[::4]) - sum(part.day > ORDER.last for part in late[::4])
    assert 0.3 < auc < 0.7
    for found in (*before.named().values(), *after.named().values()):
        assert not np.nansum(found.matrix[:, column])


def test_what_happens_after_a_day_changes_nothing_it_is_learned_from(facts_of, lived):
    history, parts = facts_of()
    lived(history, parts)
    order = TrainingOrder(ORDER.first, ORDER.first + timedelta(days=20), HORIZON, 4)
    before = samples_of(order)
    later = range((order.last - FIRST).days + 1, DAYS)
    wild = history.deliver(later, lambda leaving: {"hotline_calls": 9, "complaints": 5})

    history.book(wild, taken_at=morning_after(order.last), run=night_of(order.last))
    after = samples_of(order)

    for name, found in before.named().items():
        assert np.array_equal(found.matrix, after.named()[name].matrix, equal_nan=True)
        assert np.array_equal(found.labels, after.named()[name].labels)


@pytest.mark.parametrize(
    ("first", "last", "horizon", "words"),
    [
        (8, DAYS - 1, 4, "history is from"),
        (-3, 30, 4, "history is from"),
        (8, 14, 4, "too short"),
        (8, 30, 0, "horizon of 1 to 180"),
    ],
)
@pytest.mark.usefixtures("english")
def test_days_that_cannot_be_learned_from_are_refused(
    facts_of, lived, first, last, horizon, words
):
    history = lived(*facts_of())
    order = TrainingOrder(history.day(first), history.day(last), horizon)

    with pytest.raises(UnableToTrainModel, match=words):
        training.train(order, reporter=reporting.no_reporter())


@pytest.mark.usefixtures("english")
def test_too_few_leavers_are_said_with_their_numbers(facts_of, lived):
    history = lived(*facts_of())
    order = TrainingOrder(history.day(0), history.day(12), HORIZON)

    with pytest.raises(UnableToTrainModel, match="Too few left within 4 days"):
        training.train(order, reporter=reporting.no_reporter())
    assert not RankingModel.objects.exists()


@pytest.mark.usefixtures("english")
def test_facts_that_vanish_while_they_are_read_are_no_riddle(facts_of, lived, monkeypatch):
    history = lived(*facts_of())
    real = training.arrivals

    def outdated(*arguments, **options):
        found = real(*arguments, **options)
        path = history.facts.store.path(found[5].partition, "managed")
        path.rename(path.with_suffix(".gone"))
        monkeypatch.setattr(history.facts.store.__class__, "files", lambda *_a, **_o: [path])
        return found

    monkeypatch.setattr(training, "arrivals", outdated)
    with pytest.raises(UnableToTrainModel, match="replaced while they were read"):
        training.train(ORDER, reporter=reporting.no_reporter())
    gone = next(history.home.rglob("*.gone"))
    gone.rename(gone.with_suffix(".parquet"))


@pytest.mark.usefixtures("english")
def test_one_training_at_a_time(home):
    with alone(home), pytest.raises(UnableToTrainModel, match="under way"), alone(home):
        pass


@pytest.mark.usefixtures("english", "home")
def test_the_command_ends_as_wrongly_called_without_history():
    assert not LivePartition.objects.exists()

    with pytest.raises(CommandError, match="no history") as ended:
        call_command("model", "train", "--from", "2026-01-01", "--to", "2026-02-01")

    assert ended.value.returncode == 2


WISH = ranking.TrainingWish(ORDER.first, ORDER.last, HORIZON, 4)


def test_a_worker_trains_what_somebody_asked_for_and_keeps_it_as_a_draft(
    facts_of, lived, administrator, at
):
    lived(*facts_of(giveaway))
    learning.ask(WISH, by=administrator, at=at)
    with pytest.raises(UnableToTrain, match="训练正在进行"):
        learning.ask(WISH, by=administrator, at=at)
    run = TrainingRun.objects.get()

    learning.learn_model.func(run.pk)
    learning.learn_model.func(run.pk)  # a task that comes twice does it once

    run.refresh_from_db()
    assert (run.state, run.step, run.asked_by) == ("DONE", "EXAMINE", administrator)
    assert (run.model.state, RankingModel.objects.count()) == ("DRAFT", 1)


def test_a_training_that_cannot_be_says_why(facts_of, lived, administrator, at):
    lived(*facts_of())
    learning.ask(WISH, by=administrator, at=at)
    run = TrainingRun.objects.get()
    with alone(training.settings.HOME):
        learning.learn_model.func(run.pk)

    run.refresh_from_db()

    assert run.state == "FAILED"
    assert "训练正在进行" in run.error


def test_who_may_not_decide_about_models_asks_for_none(facts_of, lived, people, at):
    lived(*facts_of())

    with pytest.raises(PermissionDenied):
        learning.ask(WISH, by=people.supervisor, at=at)
