"""
Working out what numbers of the warnings would have done: previews and back-tests.

A trial reads facts and writes its own rows; no alert, standing or to-do is touched. One that was
killed is done again from the start.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from dakehu.alerts import operations
from dakehu.alerts.choices import TrialChange, TrialKind
from dakehu.alerts.errors import UnableToTryNumbers
from dakehu.alerts.events import TrialAsked
from dakehu.alerts.queries import (
    book_on,
    dials,
    hindsight_of,
    programs_tried,
    trial_of,
    waiting_trials,
)
from dakehu.common.work import WorkGivenUp
from dakehu.customers.queries import manager_count
from dakehu.exchange.jobs import engines
from dakehu.exchange.operations import masters
from dakehu.exchange.queries.facts import evaluation_of, live_partitions, newest_usage_day
from dakehu.facts.batch import Target
from dakehu.facts.engine import connect, text_sql
from dakehu.facts.replay import Past, Replay
from dakehu.facts.rows import Sources

Say = Callable[[int, int], None]


def want_trial(event: TrialAsked) -> None:
    """Let a worker work out what somebody asked for."""
    work_out.enqueue(event.trial_id)


def want_left_over(at: datetime) -> None:
    """Let a worker work out trials whose wish was lost in between."""
    for trial_id in waiting_trials():
        work_out.enqueue(trial_id)


def give_up(event: WorkGivenUp) -> None:
    """Say on the trial that working it out was given up."""
    if event.path == work_out.module_path:
        words = _("It was tried several times and given up. Try again later.")
        operations.fail_trial(int(event.args[0]), words=words, at=event.at)


@task()
def work_out(trial_id: int) -> None:
    """Work out one trial."""
    trial = trial_of(trial_id)
    if trial is None or not operations.begin_trial(trial):
        return
    try:
        result = result_of(trial)
    except UnableToTryNumbers as refusal:
        operations.fail_trial(trial.pk, words=str(refusal), at=timezone.now())
    else:
        operations.finish_trial(trial, result=result, at=timezone.now())


def result_of(trial: Any, say: Say | None = None) -> dict[str, Any]:
    """Return the figures of a trial; ``say`` hears how far it is.

    :raises UnableToTryNumbers: if the facts of its days are not there.
    """

    def told(done: int, wanted: int) -> None:
        operations.note_progress(trial, done=done, wanted=wanted)
        if say is not None:
            say(done, wanted)

    if trial.kind == TrialKind.PREVIEW:
        return preview(trial, told)
    return backtest(trial, told)


def preview(trial: Any, say: Say) -> dict[str, Any]:
    """Evaluate a day with the numbers tried, and compare with what it raised.

    :raises UnableToTryNumbers: if the day was not evaluated.
    """
    day, evaluation = trial.last_day, evaluation_of(trial.last_day)
    if evaluation is None:
        words = _("%(day)s was not evaluated. Choose a day that a night has judged.")
        raise UnableToTryNumbers(words % {"day": day.isoformat()})
    say(0, 3)
    store, token = engines.store(), f"trial{trial.pk}"
    subscribers = live_partitions(["subscriber"], last=day)
    sources = Sources(
        day=day,
        partitions=tuple(live_partitions(["usage"], last=day)),
        master=masters.ensure_master(store, subscribers, day=day, limits=engines.limits()),
    )
    found = engines.rules_engine().evaluate(
        sources,
        list(programs_tried(trial, [day]).values()),
        cities=None,
        target=Target(store=store, token=token),
        use_snapshots=True,
    )
    say(1, 3)
    try:
        before = store.result_folder("signals", day) / f"{evaluation.token}.parquet"
        counts = operations.keep_found(trial, differences(before, found.files["signals"]))
    finally:
        for path in found.files.values():
            path.unlink(missing_ok=True)
    say(3, 3)
    return {"rules": counts, "evaluated": found.evaluated, "compared": book_on(day).version}


def differences(before: Any, after: Any) -> Iterator[operations.Found]:
    """Yield what two results of a day raise, together or apart."""
    one, other = (
        f"read_parquet({text_sql(str(path))}, hive_partitioning = false)"
        for path in (before, after)
    )
    with connect(engines.limits()) as engine:
        rows = engine.execute(
            "SELECT coalesce(n.sub_id, o.sub_id), coalesce(n.rule, o.rule), "
            f"CASE WHEN o.sub_id IS NULL THEN '{TrialChange.NEW}' "
            f"WHEN n.sub_id IS NULL THEN '{TrialChange.GONE}' ELSE '{TrialChange.SAME}' END, "
            "coalesce(n.a, o.a), coalesce(n.b, o.b, -1) "
            f"FROM {other} AS n FULL JOIN {one} AS o ON n.sub_id = o.sub_id AND n.rule = o.rule "
            "ORDER BY 1, 2"
        )
        while batch := rows.fetchmany(5_000):
            yield from batch


def backtest(trial: Any, say: Say) -> dict[str, Any]:
    """Replay the days with the numbers tried, and count what then happened.

    :raises UnableToTryNumbers: if there are no facts of the days.
    """
    newest = newest_usage_day()
    if newest is None or newest < trial.first_day:
        raise UnableToTryNumbers(_("No usage of these days is there. Choose earlier days."))
    last = min(trial.last_day, newest)
    warm_up = trial.first_day - timedelta(days=1)
    days = [warm_up + timedelta(days=n) for n in range((last - warm_up).days + 1)]
    ahead = last + timedelta(days=trial.horizon)
    partitions = tuple(live_partitions(["subscriber", "usage"], last=ahead))
    subscribers = [each for each in partitions if each.interface == "subscriber"]
    store, limits = engines.store(), engines.limits()
    past = Past(
        programs=programs_tried(trial, days),
        partitions=partitions,
        master=masters.ensure_master(store, subscribers, day=days[0], limits=limits),
        horizon=trial.horizon,
        dials=dials(),
    )
    ripe = newest - timedelta(days=trial.horizon)
    hindsight = hindsight_of(
        days=len(days),
        judged_days=max(0, min(len(days) - 1, (ripe - warm_up).days)),
        horizon=trial.horizon,
    )
    done = 0
    for share, block in Replay(store, limits, past).blocks():
        hindsight.add(block)
        if int(100 * share) > done:
            done = int(100 * share)
            say(done, 100)
    return {
        **hindsight.plain(),
        "last": last.isoformat(),
        "managers": manager_count(),
    }
