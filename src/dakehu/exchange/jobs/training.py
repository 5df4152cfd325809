"""
Training a ranking model on stored history (W10).

Each day to learn from is evaluated anew from what was known when it was evaluated first
(``rules.arriving``); what happened afterwards is used for labels alone.  The work is done aside,
in a folder that nobody else reads, and the model is kept at its end: a training that is killed
leaves nothing that counts, and the next one clears it away.
"""

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from dakehu.alerts.queries.night import warnings_program
from dakehu.exchange.choices import TrainingStep
from dakehu.exchange.errors import UnableToTrainModel
from dakehu.exchange.jobs import engines
from dakehu.exchange.jobs.reporting import Reporter
from dakehu.exchange.operations import masters
from dakehu.exchange.queries.facts import (
    arrivals,
    newest_usage_day,
    nights_done,
    oldest_usage_day,
)
from dakehu.exchange.rules.arriving import Arrival, is_in_time, known_on, known_until
from dakehu.facts.batch import Engine, Target
from dakehu.facts.engine import connect
from dakehu.facts.rows import Sources
from dakehu.facts.samples import DayTable, Draw, Sample, find_departures, joined, read_day
from dakehu.facts.store import FactStore
from dakehu.ranking import operations as ranking
from dakehu.ranking.errors import PeriodTooShort, UnableToTrain
from dakehu.ranking.queries import extra_words
from dakehu.ranking.values import Recipe, Split

ROWS_AT_MOST = 1_500_000
"""So many rows are learned from together, a few hundred megabytes; more days take fewer each."""

HORIZONS = range(1, 181)
READ = ("usage", "month", "subscriber")
TOKEN = "t"  # noqa: S105 - the name of the results of a day


@dataclass(frozen=True)
class TrainingOrder:
    """Which days to learn from and examine on, how far labels look, and by which dice."""

    first: date
    last: date
    horizon: int = 30
    every: int = 7
    seed: int = 7


def train(order: TrainingOrder, *, reporter: Reporter) -> dict[str, Any]:
    """
    Train a model and keep it as a draft; return its summary.

    :raises UnableToTrainModel: if the extra is missing, the days do not suffice, too few people
        left, or the facts changed meanwhile.
    """
    if not ranking.is_installed():
        raise UnableToTrainModel(extra_words())
    split = split_of(order)
    with alone(settings.HOME) as folder, reporter.open():
        ranking.remove_orphans(home=settings.HOME)
        try:
            return Training(order, split, folder, reporter).run()
        except UnableToTrain as refusal:
            raise UnableToTrainModel(str(refusal)) from refusal
        except duckdb.IOException as vanished:
            raise UnableToTrainModel(
                _("Facts were replaced while they were read. Train again when the night is over.")
            ) from vanished


def split_of(order: TrainingOrder) -> Split:
    """
    Return the days of an order, divided.

    :raises UnableToTrainModel: if the history does not cover them, or they are too few.
    """
    if order.horizon not in HORIZONS or order.every < 1:
        raise UnableToTrainModel(_("Name a horizon of 1 to 180 days, and every day or more."))
    oldest, newest = oldest_usage_day(), newest_usage_day()
    if oldest is None or newest is None:
        raise UnableToTrainModel(
            _("There is no history yet. Load it: dakehu load --from … --to …")
        )
    known = newest - timedelta(days=order.horizon)
    if order.first < oldest or order.last > known:
        raise UnableToTrainModel(
            _(
                "The history is from %(oldest)s to %(newest)s, and who left is known %(horizon)s "
                "days after a day: name days from %(oldest)s to %(known)s."
            )
            % {"oldest": oldest, "newest": newest, "known": known, "horizon": order.horizon}
        )
    try:
        return ranking.split_for(order.first, order.last, horizon=order.horizon, every=order.every)
    except PeriodTooShort as refusal:
        raise UnableToTrainModel(
            _(
                "From %(first)s to %(last)s is too short: two gaps of %(horizon)s days keep "
                "learning and examining apart. Name at least %(least)s days, or a shorter horizon."
            )
            % {
                "first": order.first,
                "last": order.last,
                "horizon": order.horizon,
                "least": refusal.least,
            }
        ) from refusal


@contextmanager
def alone(home: Path) -> Iterator[Path]:
    """
    Give the one training under way an empty folder; the lock ends with its holder.

    :raises UnableToTrainModel: if another training is under way.
    """
    work = home / "work"
    work.mkdir(parents=True, exist_ok=True)
    with (work / "training.lock").open("a", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise UnableToTrainModel(
                _("Another training is under way. Wait for it to end.")
            ) from busy
        folder = work / "training"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class Training:
    """One training, step by step."""

    def __init__(
        self, order: TrainingOrder, split: Split, folder: Path, reporter: Reporter
    ) -> None:
        self.order = order
        self.split = split
        self.reporter = reporter
        self.store = FactStore(settings.HOME, derived=folder)
        self.limits = engines.limits()
        self.nights = nights_done()

    @cached_property
    def arrived(self) -> list[Arrival]:
        """Everything live up to the last horizon, with when it came."""
        last = self.split.test.last + timedelta(days=self.order.horizon)
        return arrivals(READ, last=last)

    def run(self) -> dict[str, Any]:
        """Take all steps; return the summary of the model."""
        tables = self.work_out_tables()
        samples = self.read_samples(tables)
        lesson = ranking.Lesson(
            split=self.split,
            recipe=Recipe(seed=self.order.seed, threads=settings.ENGINE_THREADS),
            samples=samples,
            history=self.history(),
        )
        self.reporter.begin(TrainingStep.LEARN)
        learned = ranking.learn_from(lesson)
        self.reporter.end("")
        self.reporter.begin(TrainingStep.EXAMINE)
        trained = ranking.examined(lesson, learned, first=self.order.first, last=self.order.last)
        model = ranking.keep_model(home=settings.HOME, trained=trained, at=timezone.now())
        self.reporter.end("")
        return ranking.summary_of(model)

    def work_out_tables(self) -> list[DayTable]:
        """Evaluate every day of the split from what was known of it then, oldest first."""
        self.reporter.begin(TrainingStep.TABLES)
        engine = Engine(store=self.store, limits=self.limits)
        tables = []
        for count, day in enumerate(self.split.days, start=1):
            files = engine.evaluate(
                self.sources(day),
                [ranking.inputs_program(), ranking.score_program(warnings_program(day))],
                cities=None,
                target=Target(store=self.store, token=TOKEN),
                use_snapshots=True,
            ).files
            inputs, scores = files[ranking.INPUTS], files[ranking.SCORES]
            tables.append(DayTable(day, inputs, scores, self.order.horizon))
            self.reporter.move(count, len(self.split.days))
        self.reporter.end("")
        return tables

    def sources(self, day: date) -> Sources:
        """Return what was known of a day when it was evaluated first."""
        known = known_on(day, self.arrived, self.nights)
        subscribers = [each for each in known if each.interface == "subscriber"]
        facts = [each for each in known if each.interface != "subscriber"]
        master = masters.ensure_master(self.store, subscribers, day=day, limits=self.limits)
        return Sources(day=day, partitions=tuple(facts), master=master)

    def read_samples(self, tables: Sequence[DayTable]) -> ranking.Samples:
        """Read inputs and labels of every day, those of one part put together."""
        self.reporter.begin(TrainingStep.LABELS)
        draw = Draw(most=ROWS_AT_MOST // len(tables), seed=self.order.seed)
        parts: dict[date, Sample] = {}
        with connect(self.limits) as con:
            happened = (each.partition for each in self.arrived)
            find_departures(
                con, self.store, (each for each in happened if each.day > self.split.train.first)
            )
            for count, table in enumerate(tables, start=1):
                parts[table.day] = read_day(con, table, ranking.NAMES, draw)
                self.reporter.move(count, len(tables))
        self.reporter.end("")
        return ranking.Samples(
            train=joined([parts[day] for day in self.split.train.days]),
            valid=joined([parts[day] for day in self.split.valid.days]),
            test=joined([parts[day] for day in self.split.test.days]),
        )

    def history(self) -> ranking.History:
        """Count the deliveries that the training saw, those left out as late, those assumed."""
        last = self.split.test.last
        seen = [each for each in self.arrived if each.partition.day <= last]
        late = sum(
            not is_in_time(each, known_until(each.partition.day, self.nights)) for each in seen
        )
        oldest = oldest_usage_day() or self.order.first
        return ranking.History(
            partitions=len(seen),
            late=late,
            from_history=sum(each.from_history for each in seen),
            days_before=(self.split.train.first - oldest).days,
        )
