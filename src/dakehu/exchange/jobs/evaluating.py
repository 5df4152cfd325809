"""Steps MASTER and EVALUATE: who the subscribers are, and what the rules say about them."""

from collections.abc import Sequence
from datetime import date

from dakehu.alerts.queries.night import warnings_program
from dakehu.exchange.choices import StepName
from dakehu.exchange.jobs import engines, ranking
from dakehu.exchange.jobs.logbook import Logbook
from dakehu.exchange.jobs.tally import Tally
from dakehu.exchange.operations import evaluation, masters
from dakehu.exchange.operations.evaluation import Outcome
from dakehu.exchange.queries.facts import evaluations, live_partitions, pending_since
from dakehu.facts.batch import Target
from dakehu.facts.rows import Sources
from dakehu.tiering.queries.cards import card_level_program


def evaluate(day: date, logbook: Logbook, tally: Tally) -> None:
    """Evaluate a data day, and every evaluated day that late deliveries have changed."""
    days = days_to_evaluate(day)
    bring_masters_up_to_date(days, logbook)
    with logbook.step(StepName.EVALUATE) as meter:
        meter.expect(len(days))
        for each in days:
            outcome = evaluate_day(each, token=f"r{logbook.run.pk}")
            evaluation.switch_results(outcome=outcome, run=logbook.run)
            meter.count(rows_in=outcome.evaluated, rows_out=sum(outcome.by_rule.values()))
            meter.advance()
            tally.evaluated_days.append(each)
            if each == day:
                tally.evaluated = outcome.evaluated
                tally.signals = dict(outcome.by_rule)


def days_to_evaluate(day: date) -> list[date]:
    """Return, oldest first, the day itself and the asked-for days whose facts have changed."""
    changed = min(pending_since().values(), default=date.max)
    asked = (each for each in evaluations() if not each.token or each.day >= changed)
    return sorted({day, *(each.day for each in asked)})


def bring_masters_up_to_date(days: Sequence[date], logbook: Logbook) -> None:
    """Build the subscriber master as of each day, unless the one at rest is still right."""
    with logbook.step(StepName.MASTER) as meter:
        meter.expect(len(days))
        partitions = live_partitions(["subscriber"], last=days[-1])
        for each in days:
            masters.ensure_master(engines.store(), partitions, day=each, limits=engines.limits())
            meter.count(rows_in=sum(found.rows for found in partitions if found.day == each))
            meter.advance()


def evaluate_day(day: date, *, token: str) -> Outcome:
    """Evaluate all rules for every managed subscriber as of a data day."""
    store = engines.store()
    subscribers = live_partitions(["subscriber"], last=day)
    sources = Sources(
        day=day,
        partitions=tuple(live_partitions(["usage", "month"], last=day)),
        master=masters.master_path(store, subscribers, day),
    )
    found = engines.rules_engine().evaluate(
        sources,
        [warnings_program(day), card_level_program(day), *ranking.programs()],
        cities=None,
        target=Target(store=store, token=token),
        use_snapshots=True,
    )
    return Outcome(day=day, token=token, evaluated=found.evaluated, by_rule=found.by_rule)
