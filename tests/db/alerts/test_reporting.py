"""Reports of leaving: one alert, one to-do, a ring; the night leaves them alone (W14)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.factories.reports import make_client

from dakehu.alerts.choices import Outcome
from dakehu.alerts.errors import UnableToTakeReport
from dakehu.alerts.models import Alert, LeavingReport
from dakehu.alerts.operations import (
    Contact,
    SignalDay,
    ask_owners,
    follow_signals,
    handle_alert,
    take_report,
)
from dakehu.alerts.queries import evidence_words
from dakehu.alerts.values import NewReport
from dakehu.audit.models import Change
from dakehu.live.models import Ring
from dakehu.people.models import Leave, Staff
from dakehu.worklist.models import Todo


@pytest.fixture
def crm(people, at):
    """A system that reaches city 01."""
    return make_client(people, people.units.city, at=at)[0]


@pytest.fixture
def report(crm, customers, at):
    """Return a function that reports something of the manager's customer."""

    def reported(event_id="E-1", *, client=crm, after=timedelta(0), **options):
        given = {"sub_id": "01S00000101", "phone": "", "kind": "port_out", "source": "营业厅"}
        new = NewReport(event_id=event_id, happened_at=at, **{**given, **options})
        return take_report(new, client=client, at=at + after)

    return reported


def rung() -> set[str]:
    return set(Staff.objects.filter(pk__in=Ring.objects.values("staff")).values_list("username"))


def test_a_report_raises_an_urgent_alert_for_the_manager_and_rings(report, people, at):
    taken = report()

    alert = Alert.objects.get()
    todo = Todo.objects.get()
    today = timezone.localdate(at)
    assert (taken.is_new, taken.report.verdict, taken.report.alert) == (True, "TAKEN", alert)
    assert (alert.rule, alert.owner, alert.opened_day) == ("W14", people.manager, today)
    assert (todo.owner, todo.urgency, todo.due_date, todo.state) == (
        people.manager,
        1,
        today,
        "OPEN",
    )
    assert rung() == {("manager",)}
    told = Change.objects.filter(subject_type="alerts.alert", subject_id=alert.pk).get()
    assert (told.verb, told.actor_id, told.reason) == ("CREATED", None, "CRM: 营业厅 E-1")


def test_the_same_event_again_changes_nothing(report, at):
    first = report()
    changes = Change.objects.count()

    again = report(after=timedelta(hours=1))

    assert (again.is_new, again.report.pk, again.report.received_at) == (
        False,
        first.report.pk,
        at,
    )
    assert (Alert.objects.count(), Todo.objects.count(), Ring.objects.count()) == (1, 1, 1)
    assert Change.objects.count() == changes


def test_another_event_goes_on_with_the_alert_and_rings_again(report):
    report()

    report("E-2", kind="stop_request", after=timedelta(minutes=5))

    alert = Alert.objects.get()
    assert (alert.a, alert.b) == (32 | 4, 2)
    assert evidence_words(alert) == "其他系统上报：报停、携号转出"
    assert Todo.objects.get().facts == {"rule": "W14", "a": 36, "b": 2}
    assert Ring.objects.count() == 2


def test_an_event_number_stands_for_one_event(report):
    report()

    with pytest.raises(UnableToTakeReport) as refused:
        report(kind="loss_report")

    assert refused.value.code == "event_id_reused"


def test_two_systems_may_use_the_same_event_number(report, people, at):
    report()
    other, _key = make_client(people, people.units.province, at=at, name="呼叫中心")

    assert report(client=other).is_new


@pytest.mark.parametrize("happened", [timedelta(days=-31), timedelta(minutes=11)])
def test_what_is_no_alarm_any_more_or_not_yet_is_refused(report, at, crm, happened):
    new = NewReport("E-1", "01S00000101", "", "port_out", at + happened, "营业厅")

    with pytest.raises(UnableToTakeReport) as refused:
        take_report(new, client=crm, at=at)

    assert (refused.value.code, refused.value.place) == ("not_timely", "at")
    assert not LeavingReport.objects.exists()


def test_a_system_without_the_right_reports_nothing(report, people, at):
    reader, _key = make_client(people, people.units.city, at=at, name="只读", rights=frozenset())

    with pytest.raises(PermissionDenied):
        report(client=reader)


def test_the_customer_is_found_by_telephone_number_too(report, customers):
    phone = customers.own.phone

    assert report(sub_id="", phone=f"+86{phone}").report.alert.customer == customers.own


@pytest.mark.parametrize(
    ("named", "verdict"),
    [
        ({"sub_id": "01S99999999"}, "UNKNOWN"),
        ({"sub_id": "02S00000103"}, "OUTSIDE"),
        ({"sub_id": "01G000105"}, "UNKNOWN"),
    ],
)
def test_who_cannot_be_found_is_kept_without_an_alert(report, named, verdict):
    kept = report(**named).report

    assert (kept.verdict, kept.alert) == (verdict, None)
    assert not Alert.objects.exists()
    assert not Todo.objects.exists()


def test_number_and_telephone_number_have_to_agree(report, customers):
    kept = report(sub_id=customers.own.number, phone=customers.colleagues.phone).report

    assert kept.verdict == "UNKNOWN"


def test_two_customers_with_one_telephone_number_are_not_guessed_at(report, customers):
    customers.colleagues.phone = customers.own.phone
    customers.colleagues.save()

    assert report(sub_id="", phone=customers.own.phone).report.verdict == "SEVERAL"


def test_an_event_that_named_nobody_is_looked_at_anew_when_it_is_sent_again(report, customers):
    customers.own.number = "01S00000999"
    customers.own.save()
    report()
    customers.own.number = "01S00000101"
    customers.own.save()

    again = report(after=timedelta(days=1))

    assert (again.is_new, again.report.verdict) == (True, "TAKEN")
    assert LeavingReport.objects.count() == 1


def away(person, at, deputy=None):
    return Leave.objects.create(
        staff=person, deputy=deputy, starts_at=at - timedelta(1), ends_at=at + timedelta(1)
    )


def test_a_deputy_is_asked_while_the_manager_is_away_and_keeps_it(report, people, at):
    away(people.manager, at, people.colleague)

    report()
    ask_owners(at=at + timedelta(days=1))

    assert Alert.objects.get().owner == people.colleague
    assert Todo.objects.get().owner == people.colleague
    assert rung() == {("colleague",)}


def test_without_a_deputy_the_unit_answers(report, people, at):
    away(people.manager, at)

    report()

    assert Alert.objects.get().owner == people.telephone_manager


def test_a_manager_who_may_not_handle_alerts_is_not_asked(report, people, customers):
    customers.own.manager = people.partner
    customers.own.save()

    report()

    assert Alert.objects.get().owner == people.telephone_manager


def test_where_nobody_can_be_asked_those_who_assign_hear_of_it(report, people, customers):
    for person in (people.telephone_manager, people.dispatcher):
        person.is_active = False
        person.save()
    customers.own.manager = None
    customers.own.save()

    report()

    assert Alert.objects.get().owner is None
    assert rung() == {("supervisor",), ("operations_center",), ("administrator",)}


def settle(at, **options):
    alert = Alert.objects.get()
    contact = Contact(outcome=Outcome.KEPT, contacted=True, **options)
    handle_alert(alert=alert, contact=contact, version=alert.version, by=alert.owner, at=at)
    return Alert.objects.get()


def test_the_night_neither_repeats_nor_clears_it(report, people, at):
    report()
    before = Alert.objects.values().get()
    days = [
        SignalDay(date(2026, 3, 1) + timedelta(days=n), frozenset({"01"}), list) for n in range(3)
    ]

    follow_signals(days=days)
    asked = ask_owners(at=at + timedelta(days=3))

    assert Alert.objects.values().get() == before
    assert (asked.opened, asked.cancelled) == (0, 0)
    assert Todo.objects.get().state == "OPEN"


def test_handling_settles_it(report, at):
    report()

    alert = settle(at)

    assert (alert.state, alert.cleared_day) == ("HANDLED", timezone.localdate(at))
    assert Todo.objects.get().state == "DONE"


def test_a_follow_up_leaves_it_open(report, at):
    report()

    alert = settle(at, follow_up_date=timezone.localdate(at) + timedelta(days=2))

    assert (alert.state, alert.cleared_day) == ("FOLLOW_UP", None)


def test_another_report_on_the_day_it_was_settled_opens_it_again(report, at):
    report()
    settle(at)

    report("E-2", after=timedelta(hours=2))

    alert = Alert.objects.get()
    todo = Todo.objects.get()
    assert (alert.state, alert.cleared_day, alert.b) == ("NEW", None, 2)
    assert (todo.state, todo.closed_at, todo.due_date) == ("OPEN", None, timezone.localdate(at))


def test_a_report_on_a_later_day_is_a_new_alert(report, at):
    report()
    settle(at)

    report("E-2", after=timedelta(days=1))

    assert Alert.objects.count() == 2


def test_a_further_report_brings_a_to_do_that_was_put_off_back_to_today(report, at):
    report()
    settle(at, follow_up_date=timezone.localdate(at) + timedelta(days=5))

    report("E-2", after=timedelta(days=1))

    assert Todo.objects.get().due_date == timezone.localdate(at + timedelta(days=1))
