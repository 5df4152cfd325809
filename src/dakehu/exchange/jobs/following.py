"""Steps ALERTS, STANDINGS, TODOS and FIGURES: what follows from the results of evaluated days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from django.utils import timezone

from dakehu.alerts.operations import SignalDay, Totals, ask_owners, follow_signals
from dakehu.alerts.queries import book_on
from dakehu.exchange.choices import StepName
from dakehu.exchange.jobs import engines
from dakehu.exchange.jobs.logbook import Logbook
from dakehu.exchange.jobs.results import Results, days_from
from dakehu.exchange.jobs.tally import Tally
from dakehu.exchange.operations import figures
from dakehu.exchange.operations.evaluation import note_followed
from dakehu.exchange.queries.facts import (
    Evaluation,
    delivered_cities,
    evaluations,
    evaluations_before,
    pending_since,
)
from dakehu.facts.engine import connect
from dakehu.obligations.operations import ask_about_ended_trials, ask_about_joint_business
from dakehu.obligations.operations import refresh as refresh_obligations
from dakehu.opportunities.operations import ask_about_contracts
from dakehu.people.queries import cities
from dakehu.surveys.operations import remind_customers
from dakehu.targets.operations.handing import tend_hand_outs
from dakehu.targets.operations.reading import read_live_groups
from dakehu.tiering.operations import follow_card_levels
from dakehu.tiering.operations.cohorts import follow_cohorts
from dakehu.tiering.operations.running import evaluate_due
from dakehu.tiering.queries.cards import card_numbers


def follow(day: date, logbook: Logbook, tally: Tally) -> None:
    """Let alerts, standings, to-dos and figures follow the evaluated days.

    Every step can be taken again; only when all are done do the days count as followed, so that
    a killed night is followed by the next one.
    """
    with connect(engines.limits()) as engine:
        following = Following(Results(engine))
        following.follow_alerts(logbook, tally)
        following.follow_standings(logbook, tally)
    following.follow_cohorts(logbook, tally)
    read_targets(logbook, tally)
    ask_for_handling(logbook, tally)
    refresh_figures([each.day for each in following.touched], logbook)
    note_followed(days=[each.day for each in following.days], at=timezone.now())


class Following:
    """One night's following: which days have to be followed, for which cities."""

    def __init__(self, results: Results) -> None:
        self.results = results
        self.days = evaluations()
        self.starts = self.first_days()
        self.touched = days_from(self.days, min(self.starts))

    def follow_alerts(self, logbook: Logbook, tally: Tally) -> None:
        """Open, update, clear and withdraw alerts, each city from its first changed day on."""
        with logbook.step(StepName.ALERTS) as meter:
            meter.expect(len(self.starts))
            for first, codes in sorted(self.starts.items()):
                if codes:
                    totals = self.follow_from(first, codes)
                    count_alerts(tally, totals)
                    meter.count(rows_out=totals.opened + totals.updated + totals.closed)
                meter.advance()
            meter.count(rows_in=sum(tally.signals.values()))

    def first_days(self) -> dict[date, frozenset[str]]:
        """Return from which day on which cities' alerts have to follow.

        A city whose data came late starts at that day; all others at the first day that nothing
        has followed yet.
        """
        first = min(each.day for each in self.days if not each.followed)
        pending = pending_since()
        starts: dict[date, set[str]] = defaultdict(set, {first: set()})
        for code in cities():
            starts[min(first, pending.get(code, first))].add(code)
        return {start: frozenset(codes) for start, codes in starts.items()}

    def follow_from(self, first: date, cities: frozenset[str]) -> Totals:
        """Let the alerts of some cities follow all evaluated days from ``first`` on."""
        return follow_signals(
            days=list(self.signal_days(days_from(self.days, first))),
            cities=cities,
            earlier=self.signal_days(evaluations_before(first)),
        )

    def signal_days(self, evaluated: Iterable[Evaluation]) -> Iterator[SignalDay]:
        """Hand over evaluated days as alerts want them; rows are read only when asked for."""
        for each in evaluated:
            delivered = delivered_cities(each.day, each.day)
            yield SignalDay(
                day=each.day,
                delivered=delivered.get(each.day, frozenset()),
                rows=partial(self.results.signals, each, book := book_on(each.day)),
                numbers_version=book.version,
            )

    def follow_standings(self, logbook: Logbook, tally: Tally) -> None:
        """Bring standings up to date: card levels of every changed day, and what else is due."""
        with logbook.step(StepName.STANDINGS) as meter:
            meter.expect(len(self.touched))
            for each in self.touched:
                levels = self.results.card_levels(each, card_numbers(each.day).cities)
                changed = follow_card_levels(day=each.day, rows=levels, at=timezone.now())
                tally.standings["changed"] += changed
                meter.count(rows_out=changed)
                meter.advance()
            last = max(each.day for each in self.touched)
            first = min(each.day for each in self.touched)
            for found in evaluate_due(day=last, changed_from=first, at=timezone.now()):
                tally.standings["changed"] += found.changed
                meter.count(rows_in=found.customers, rows_out=found.changed)

    def follow_cohorts(self, logbook: Logbook, tally: Tally) -> None:
        """Tell what became of the members of snapshot cohorts, on every day that has changed."""
        with logbook.step(StepName.COHORTS) as meter:
            meter.expect(1)
            days = [each.day for each in self.touched]
            changed = follow_cohorts(day=max(days), changed_from=min(days), at=timezone.now())
            tally.cohorts["changed"] += changed
            meter.count(rows_out=changed)
            meter.advance()


def count_alerts(tally: Tally, totals: Totals) -> None:
    """Add what one following did."""
    tally.alerts.update(
        opened=totals.opened,
        updated=totals.updated,
        closed=totals.closed,
        withdrawn=totals.withdrawn,
    )


def ask_for_handling(logbook: Logbook, tally: Tally) -> None:
    """Create the to-dos of new alerts, and take back those that nobody needs any more."""
    with logbook.step(StepName.TODOS) as meter:
        asked = ask_owners(at=timezone.now())
        owed = refresh_obligations(at=timezone.now())
        ended = ask_about_ended_trials(at=timezone.now())
        ended += ask_about_joint_business(at=timezone.now())
        running_out = ask_about_contracts(at=timezone.now())
        remind_customers(at=timezone.now())
        opened = asked.opened + owed.asked + ended + running_out
        tally.todos.update(opened=opened, closed=asked.cancelled)
        meter.count(rows_out=opened + asked.cancelled)


def read_targets(logbook: Logbook, tally: Tally) -> None:
    """Read the members of live target groups, and ask for tasks whose turn has come."""
    with logbook.step(StepName.TARGETS) as meter:
        meter.expect(1)
        changed = read_live_groups(at=timezone.now())
        dropped, asked = tend_hand_outs(at=timezone.now())
        tally.targets.update(
            joined=len(changed.joined), left=len(changed.left), dropped=dropped, asked=asked
        )
        meter.count(rows_out=len(changed.joined) + len(changed.left))
        meter.advance()


def refresh_figures(days: Sequence[date], logbook: Logbook) -> None:
    """Refresh the figures of all units as of each day."""
    with logbook.step(StepName.FIGURES) as meter:
        meter.expect(len(days))
        for day in days:
            meter.count(rows_out=figures.refresh_figures(day=day))
            meter.advance()
