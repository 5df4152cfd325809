"""Numbers tried on stored facts: previews and back-tests, from the wish to the figures."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from tests.conftest import AT
from tests.factories.alerts import AlertFactory
from tests.factories.customers import CustomerFactory
from tests.factories.facts import Facts, master_row, usage_row
from tests.factories.numbers import draft
from tests.factories.things import make_delivery

from dakehu.alerts import operations, queries
from dakehu.alerts.choices import TrialKind, TrialState
from dakehu.alerts.models import Alert, Trial, TrialAlert
from dakehu.alerts.rules import program_for
from dakehu.alerts.values import NumberBook, WarningNumbers
from dakehu.exchange.jobs import trying
from dakehu.exchange.models import EvaluatedDay, LivePartition, Run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

FIRST = date(2026, 1, 1)
LAST = date(2026, 1, 20)
JUDGED = date(2026, 1, 10)
ONCE, OFTEN = "01S00000201", "01S00000202"
STRICT = NumberBook(WarningNumbers(hotline_calls=2))


@pytest.fixture
def facts(home, people):
    """Twenty days of two customers: one calls the hotline twice and leaves, one four times."""
    found = Facts(home)
    masters = [master_row(ONCE), master_row(OFTEN)]
    found.deliver_subscribers(FIRST, "01", masters)
    day = FIRST
    while day <= LAST:
        rows = [
            usage_row(ONCE, day, hotline_calls=int(day in (JUDGED, JUDGED - timedelta(1)))),
            usage_row(OFTEN, day, hotline_calls=4 * int(day == JUDGED)),
        ]
        if day >= JUDGED + timedelta(days=4):
            rows[0]["status"] = 4
        found.deliver_usage(day, "01", rows, managed=[ONCE, OFTEN])
        day += timedelta(days=1)
    run = Run.objects.create(
        kind="NIGHTLY", first_day=LAST, last_day=LAST, started_at=AT, host="h", pid=1
    )
    delivery = make_delivery(run, day=LAST, at=AT)
    for partition in found.live.values():
        LivePartition.objects.create(
            interface=partition.interface,
            day=partition.day,
            city_code=partition.city,
            version=partition.version,
            rows=partition.rows,
            delivery=delivery,
        )
    sources = found.sources(JUDGED, masters)
    found.evaluate(sources, program_for(JUDGED, NumberBook()))
    EvaluatedDay.objects.create(day=JUDGED, token="full", run=run)
    for number in (ONCE, OFTEN):
        CustomerFactory(number=number, manager=people.manager)
    return found


def asked(kind, number, first, last, people, horizon=7):
    wish = operations.Wish(kind, number, first, last, horizon)
    return operations.ask_for_trial(wish=wish, by=people.operations_center, at=AT)


def test_a_preview_tells_what_is_new_and_touches_no_alert(facts, people, finish_work):
    kept = draft(STRICT, people)
    alert = AlertFactory(customer__number="01S00000203", customer__manager=people.manager)
    before = Alert.objects.values().get(pk=alert.pk)
    trial = asked(TrialKind.PREVIEW, kept.number, JUDGED, JUDGED, people)

    trying.work_out.call(trial.pk)

    trial.refresh_from_db()
    assert (trial.state, trial.error) == (TrialState.DONE, "")
    assert trial.result["rules"]["W01"] == {"NEW": 1, "SAME": 1}
    found = TrialAlert.objects.filter(rule="W01").values_list(
        "customer__number", "change", "a", "b"
    )
    assert set(found) == {(ONCE, "NEW", 2, 2), (OFTEN, "SAME", 4, 2)}
    assert Alert.objects.values().get() == before
    assert list((facts.home / "results").rglob("trial*")) == []


def test_a_preview_is_seen_within_reach_only(facts, people):
    kept = draft(STRICT, people)
    trial = asked(TrialKind.PREVIEW, kept.number, JUDGED, JUDGED, people)
    trying.work_out.call(trial.pk)

    def raised(person):
        return sum(each["raised"] for each in queries.found_by(person, trial, "rule"))

    assert raised(people.administrator) == TrialAlert.objects.exclude(change="GONE").count() > 0
    assert raised(people.manager) == raised(people.administrator)
    assert raised(people.stranger) == 0


def test_a_back_test_counts_what_then_happened(facts, people):
    kept = draft(STRICT, people)
    trial = asked(
        TrialKind.BACKTEST, kept.number, JUDGED - timedelta(days=1), JUDGED, people, horizon=5
    )

    trying.work_out.call(trial.pk)

    trial.refresh_from_db()
    assert (trial.state, trial.error) == (TrialState.DONE, "")
    tally = trial.result["rules"]["W01"]
    # Both are warned of on the day; one leaves four days later.
    assert (tally["opened"], tally["judged"], tally["hits"]["left"]) == (2, 2, 1)
    assert tally["leads"]["left"] == [0, 0, 0, 0, 1, 0]
    assert trial.result["judged_days"] == 2
    points = {p["value"]: p["opened"] for p in trial.result["dials"] if p["rule"] == "W01"}
    assert (points[2], points[3], points[5]) == (2, 1, 0)


def test_later_facts_change_nothing_that_earlier_days_say(facts, people):
    wish = (TrialKind.BACKTEST, 1, JUDGED - timedelta(days=3), JUDGED, people)
    seen = asked(*wish)
    trying.work_out.call(seen.pk)
    for day in (JUDGED + timedelta(days=n) for n in range(1, 11)):
        rows = [usage_row(ONCE, day, hotline_calls=50), usage_row(OFTEN, day, hotline_calls=50)]
        new = facts.deliver_usage(day, "01", rows, managed=[ONCE, OFTEN])
        LivePartition.objects.filter(interface="usage", day=day).update(version=new.version)

    again = asked(*wish)
    trying.work_out.call(again.pk)

    seen.refresh_from_db()
    again.refresh_from_db()
    for code, tally in seen.result["rules"].items():
        assert again.result["rules"][code]["by_day"] == tally["by_day"]
    assert again.result["events"] != seen.result["events"] or seen.result["events"]["left"] == 0


@pytest.mark.parametrize(
    ("kind", "day", "words"),
    [
        (TrialKind.PREVIEW, LAST, "was not evaluated"),
        (TrialKind.BACKTEST, LAST + timedelta(days=9), "No usage of these days"),
    ],
)
def test_days_without_facts_are_refused_in_words(facts, people, kind, day, words):
    trial = asked(kind, 1, day, day, people)

    trying.work_out.call(trial.pk)

    trial.refresh_from_db()
    assert trial.state == TrialState.FAILED
    assert words in trial.error


def test_a_trial_that_was_killed_is_worked_out_again_from_the_start(facts, people):
    trial = asked(TrialKind.PREVIEW, 1, JUDGED, JUDGED, people)
    operations.begin_trial(trial)
    operations.keep_found(trial, [(ONCE, "W01", "NEW", 1, 1)] * 3)

    trying.work_out.call(trial.pk)

    trial.refresh_from_db()
    assert trial.state == TrialState.DONE
    assert TrialAlert.objects.filter(trial=trial, rule="W01").count() == 1


def test_a_wish_that_was_lost_is_taken_up(facts, people, finish_work):
    trial = asked(TrialKind.PREVIEW, 1, JUDGED, JUDGED, people)

    trying.want_left_over(timezone.now())
    finish_work()

    trial.refresh_from_db()
    assert trial.state == TrialState.DONE


def test_the_terminal_prints_a_back_test_and_keeps_it(facts):
    days = ["--from", "2026-01-09", "--to", "2026-01-10", "--horizon", "5"]
    out = StringIO()

    call_command("alerts", "backtest", *days, "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert told["rules"]["W01"]["opened"] == 1
    assert Trial.objects.get().asked_by is None
    with pytest.raises(CommandError, match="Swap them"):
        call_command("alerts", "backtest", "--from", "2026-01-10", "--to", "2026-01-09")
    with pytest.raises(CommandError, match="no version 9"):
        call_command("alerts", "backtest", *days, "--version", "9")
