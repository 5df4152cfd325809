"""Alerts ask their owners for to-dos (P7)."""

from datetime import date, timedelta

import pytest
from tests.factories.alerts import DAY, AlertFactory

from dakehu.alerts.choices import AlertState
from dakehu.alerts.models import Alert
from dakehu.alerts.operations import ask_owners
from dakehu.worklist.choices import TodoState, Urgency
from dakehu.worklist.models import Todo

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(customers):
    return AlertFactory(customer=customers.own, rule="W10", a=65, b=50)


def test_a_new_alert_asks_its_owner_once(alert, at, manager):
    asked, again = ask_owners(at=at), ask_owners(at=at)

    todo = Todo.objects.get()
    assert (todo.source, todo.source_id, todo.owner, todo.customer) == (
        "alert",
        alert.pk,
        manager,
        alert.customer,
    )
    assert (todo.urgency, todo.due_date) == (Urgency.URGENT, DAY + timedelta(days=1))
    assert todo.facts == {"rule": "W10", "a": 65, "b": 50}
    assert (asked.opened, again.opened) == (1, 0)


def test_the_todo_follows_the_evidence_of_its_alert(alert, at):
    ask_owners(at=at)
    Alert.objects.update(a=80)

    ask_owners(at=at)

    assert Todo.objects.get().facts["a"] == 80


def test_a_birthday_is_asked_for_with_its_day(customers, at):
    AlertFactory(customer=customers.own, rule="W07", a=5, b=7)

    ask_owners(at=at)

    todo = Todo.objects.get()
    assert todo.facts == {"rule": "W07", "date": "2026-03-07"}
    assert todo.due_date == date(2026, 3, 7)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"cleared_day": date(2026, 3, 2)}, id="cleared"),
        pytest.param(
            {"state": AlertState.WITHDRAWN, "cleared_day": date(2026, 3, 1)}, id="withdrawn"
        ),
    ],
)
def test_what_ended_before_anybody_acted_is_no_longer_asked_for(alert, at, change):
    ask_owners(at=at)
    Alert.objects.update(**change)

    asked = ask_owners(at=at)

    todo = Todo.objects.get()
    assert (todo.state, todo.closed_at, asked.cancelled) == (TodoState.CANCELLED, at, 1)


def test_an_alert_that_comes_back_asks_again(alert, at):
    ask_owners(at=at)
    Alert.objects.update(cleared_day=date(2026, 3, 2))
    ask_owners(at=at)
    Alert.objects.update(cleared_day=None)

    ask_owners(at=at)

    todo = Todo.objects.get()
    assert (todo.state, todo.closed_at) == (TodoState.OPEN, None)


def test_a_follow_up_stays_although_the_alert_cleared(alert, at):
    ask_owners(at=at)
    Alert.objects.update(state=AlertState.FOLLOW_UP, cleared_day=date(2026, 3, 2))

    ask_owners(at=at)

    assert Todo.objects.get().state == TodoState.OPEN


def test_what_somebody_has_done_stays_done(alert, at):
    ask_owners(at=at)
    Todo.objects.update(state=TodoState.DONE)

    ask_owners(at=at)

    assert Todo.objects.get().state == TodoState.DONE


def test_an_untouched_alert_follows_the_customer_to_another_manager(alert, at, colleague):
    alert.customer.manager = colleague
    alert.customer.save()

    ask_owners(at=at)

    alert.refresh_from_db()
    assert alert.owner == colleague
    assert Todo.objects.get().owner == colleague


def test_an_alert_given_away_by_hand_stays_where_it_was_given(alert, at, people):
    Alert.objects.update(owner=people.dispatcher, version=2)

    ask_owners(at=at)

    alert.refresh_from_db()
    assert alert.owner == people.dispatcher


def test_an_alert_nobody_owns_is_asked_of_the_unit(customers, people, at):
    AlertFactory(customer=customers.unowned)

    ask_owners(at=at)

    todo = Todo.objects.get()
    assert (todo.owner, todo.unit) == (None, people.units.next_district)


def test_asking_costs_a_constant_number_of_statements(people, at, django_assert_max_num_queries):
    for _ in range(30):
        AlertFactory(customer__manager=people.manager)

    with django_assert_max_num_queries(22):
        ask_owners(at=at)

    assert Todo.objects.count() == 30
