"""People handle alerts and hand them out (W13, M7)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.alerts import AlertFactory, TodoFactory

from dakehu.alerts.choices import AlertState, Outcome
from dakehu.alerts.errors import (
    UnableToAssignAlerts,
    UnableToFollowUp,
    UnableToHandleAlert,
)
from dakehu.alerts.models import Alert, Handling
from dakehu.alerts.operations import Contact, assign_alerts, follow_handed_over, handle_alert
from dakehu.audit.models import Change
from dakehu.worklist.choices import TodoState
from dakehu.worklist.events import TodosHandedOver

pytestmark = pytest.mark.django_db

KEPT = Contact(outcome=Outcome.KEPT, contacted=True, note="续约一年")
AGAIN = Contact(outcome=Outcome.CALL_AGAIN, follow_up_date=date(2026, 3, 6))


@pytest.fixture
def alert(customers):
    return AlertFactory(customer=customers.own, rule="W10", a=65, b=50)


@pytest.fixture
def todo(alert):
    return TodoFactory(alert=alert)


def test_handling_is_recorded_and_finishes_the_todo(alert, todo, manager, at):
    handling = handle_alert(alert=alert, contact=KEPT, version=1, by=manager, at=at)

    alert.refresh_from_db()
    todo.refresh_from_db()
    assert (alert.state, alert.version) == (AlertState.HANDLED, 2)
    assert (todo.state, todo.closed_by, todo.closed_at) == (TodoState.DONE, manager, at)
    assert (handling.by, handling.contacted, handling.note) == (manager, True, "续约一年")


def test_a_follow_up_keeps_the_todo_open_until_its_day(alert, todo, manager, at):
    handle_alert(alert=alert, contact=AGAIN, version=1, by=manager, at=at)

    alert.refresh_from_db()
    todo.refresh_from_db()
    assert (alert.state, alert.follow_up_date) == (AlertState.FOLLOW_UP, date(2026, 3, 6))
    assert (todo.state, todo.due_date) == (TodoState.OPEN, date(2026, 3, 6))


def test_handling_after_a_follow_up_ends_it(alert, todo, manager, at):
    handle_alert(alert=alert, contact=AGAIN, version=1, by=manager, at=at)

    handle_alert(alert=alert, contact=KEPT, version=2, by=manager, at=at)

    alert.refresh_from_db()
    todo.refresh_from_db()
    assert (alert.state, alert.follow_up_date) == (AlertState.HANDLED, None)
    assert todo.state == TodoState.DONE
    assert Handling.objects.filter(alert=alert).count() == 2


def test_handling_leaves_a_record_of_the_change(alert, manager, at):
    handle_alert(alert=alert, contact=KEPT, version=1, by=manager, at=at)

    change = Change.objects.get(subject_type="alerts.alert")
    assert change.fields["state"] == ["NEW", "HANDLED"]
    assert (change.actor_id, change.reason) == (manager.pk, "KEPT")


def test_an_alert_changed_in_the_meantime_is_not_overwritten(alert, manager, at):
    handle_alert(alert=alert, contact=KEPT, version=1, by=manager, at=at)

    with pytest.raises(UnableToHandleAlert):
        handle_alert(alert=alert, contact=AGAIN, version=1, by=manager, at=at)

    assert Handling.objects.count() == 1


def test_a_withdrawn_alert_cannot_be_handled(alert, manager, at):
    Alert.objects.update(state=AlertState.WITHDRAWN)

    with pytest.raises(UnableToHandleAlert):
        handle_alert(alert=alert, contact=KEPT, version=1, by=manager, at=at)


@pytest.mark.parametrize(
    "contact",
    [
        pytest.param(Contact(outcome=Outcome.NO_ANSWER), id="no answer without a day"),
        pytest.param(Contact(outcome=Outcome.CALL_AGAIN), id="call again without a day"),
        pytest.param(
            Contact(outcome=Outcome.KEPT, follow_up_date=date(2026, 3, 1)), id="a day gone by"
        ),
    ],
)
def test_another_contact_needs_a_later_day(alert, manager, at, contact):
    with pytest.raises(UnableToFollowUp):
        handle_alert(alert=alert, contact=contact, version=1, by=manager, at=at)


def test_who_may_not_handle_is_refused(alert, people, at):
    with pytest.raises(PermissionDenied):
        handle_alert(alert=alert, contact=KEPT, version=1, by=people.hotline_agent, at=at)


def test_handing_out_moves_alerts_and_their_todos(alert, todo, supervisor, colleague, at):
    moved = assign_alerts(alerts=Alert.objects.all(), owner=colleague, by=supervisor, at=at)

    alert.refresh_from_db()
    todo.refresh_from_db()
    assert (moved, alert.owner, alert.version, todo.owner) == (1, colleague, 2, colleague)


def test_each_alert_handed_out_leaves_one_record(customers, supervisor, colleague, at):
    alerts = [AlertFactory(customer=customers.own, rule=rule) for rule in ("W01", "W02")]

    assign_alerts(alerts=Alert.objects.all(), owner=colleague, by=supervisor, at=at)

    changes = Change.objects.filter(subject_type="alerts.alert")
    assert sorted(change.subject_id for change in changes) == [alert.pk for alert in alerts]
    assert changes[0].fields == {"owner": [customers.own.manager_id, colleague.pk]}


def test_handing_out_to_the_owner_changes_nothing(alert, supervisor, manager, at):
    assert assign_alerts(alerts=Alert.objects.all(), owner=manager, by=supervisor, at=at) == 0


def test_an_unowned_alert_can_be_handed_out(customers, supervisor, manager, at):
    AlertFactory(customer=customers.unowned)

    assert assign_alerts(alerts=Alert.objects.all(), owner=manager, by=supervisor, at=at) == 1


def test_nobody_hands_out_beyond_their_unit(alert, supervisor, stranger, at):
    with pytest.raises(UnableToAssignAlerts):
        assign_alerts(alerts=Alert.objects.all(), owner=stranger, by=supervisor, at=at)


def test_a_manager_does_not_hand_out(alert, manager, colleague, at):
    with pytest.raises(PermissionDenied):
        assign_alerts(alerts=Alert.objects.all(), owner=colleague, by=manager, at=at)


def test_todos_of_other_sources_move_no_alert(alert, manager, colleague, at):
    follow_handed_over(
        TodosHandedOver(
            source="visit",
            source_ids=(alert.pk,),
            owner_id=colleague.pk,
            by_id=manager.pk,
            at=at,
        )
    )

    alert.refresh_from_db()
    assert alert.owner == manager


def test_an_alert_follows_its_todo_that_was_passed_on(alert, manager, colleague, at):
    follow_handed_over(
        TodosHandedOver(
            source="alert",
            source_ids=(alert.pk,),
            owner_id=colleague.pk,
            by_id=manager.pk,
            at=at,
        )
    )

    alert.refresh_from_db()
    assert (alert.owner, alert.version) == (colleague, 2)
