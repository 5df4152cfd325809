"""To-dos are asked for, done, cancelled and passed on (P7)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.alerts import DAY, TodoFactory

from dakehu.audit.models import Change
from dakehu.common import events
from dakehu.worklist.choices import TodoState, Urgency
from dakehu.worklist.errors import UnableToHandOver
from dakehu.worklist.events import TodosHandedOver
from dakehu.worklist.models import Todo
from dakehu.worklist.operations import (
    cancel_todos,
    close_todos,
    finish_todo,
    hand_over,
    open_todos,
    put_off_todo,
)
from dakehu.worklist.queries import my_todos, todo_counts, todos_visible_to
from dakehu.worklist.values import Ask, TodoCounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(manager):
    return Ask(
        source_id=7,
        facts={"rule": "W01"},
        customer_id=None,
        owner_id=manager.pk,
        unit_id=manager.unit_id,
        urgency=Urgency.NORMAL,
        due_date=date(2026, 3, 4),
    )


def test_asking_twice_opens_one_todo(ask, at):
    opened = [open_todos(source="alert", asks=[ask], at=at) for _ in range(2)]

    assert opened == [1, 0]
    assert Todo.objects.get().created_at == at


def test_asking_again_brings_an_open_todo_up_to_date(ask, at, colleague):
    open_todos(source="alert", asks=[ask], at=at)

    changed = replace(ask, owner_id=colleague.pk, urgency=Urgency.URGENT, due_date=None)
    open_todos(source="alert", asks=[changed], at=at)

    todo = Todo.objects.get()
    assert (todo.owner, todo.urgency, todo.due_date) == (colleague, Urgency.URGENT, None)


def test_a_cancelled_todo_is_opened_again(ask, at):
    open_todos(source="alert", asks=[ask], at=at)
    cancelled = cancel_todos(source="alert", source_ids=[7, 8], at=at)

    opened = open_todos(source="alert", asks=[ask], at=at)

    assert (cancelled, opened) == (1, 1)
    assert Todo.objects.get().state == TodoState.OPEN


def test_a_finished_todo_is_neither_asked_for_again_nor_cancelled(ask, at, manager):
    open_todos(source="alert", asks=[ask], at=at)
    finish_todo(source="alert", source_id=7, by=manager, at=at)

    open_todos(source="alert", asks=[replace(ask, urgency=Urgency.URGENT)], at=at)
    cancel_todos(source="alert", source_ids=[7], at=at)

    assert Todo.objects.get().state == TodoState.DONE


def test_two_sources_may_use_the_same_number(ask, at):
    open_todos(source="alert", asks=[ask], at=at)
    open_todos(source="visit", asks=[ask], at=at)

    assert Todo.objects.count() == 2


def test_a_finished_todo_that_is_put_off_is_open_again(ask, at, manager):
    open_todos(source="alert", asks=[ask], at=at)
    finish_todo(source="alert", source_id=7, by=manager, at=at)

    put_off_todo(source="alert", source_id=7, due_date=date(2026, 3, 9), by=manager, at=at)

    todo = Todo.objects.get()
    assert (todo.state, todo.due_date, todo.closed_by) == (TodoState.OPEN, date(2026, 3, 9), None)


def test_closing_from_the_list_is_recorded_once(customers, manager, at):
    todo = TodoFactory(alert__customer=customers.own)

    closed = [close_todos(todos=[todo], by=manager, at=at) for _ in range(2)]

    assert closed == [1, 0]
    assert Change.objects.get(subject_type="worklist.todo").fields == {"state": ["OPEN", "DONE"]}


def test_who_only_looks_closes_nothing(customers, province_analyst, at):
    todo = TodoFactory(alert__customer=customers.own)

    with pytest.raises(PermissionDenied):
        close_todos(todos=[todo], by=province_analyst, at=at)


def test_passing_on_moves_the_todo_and_tells_its_source(
    customers, manager, colleague, at, django_capture_on_commit_callbacks
):
    todo = TodoFactory(alert__customer=customers.own)
    heard: list[TodosHandedOver] = []
    events.listen(TodosHandedOver, heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        moved = hand_over(todos=[todo], owner=colleague, by=manager, at=at)

    todo.refresh_from_db()
    assert (moved, todo.owner) == (1, colleague)
    assert [(event.source_ids, event.owner_id) for event in heard] == [
        ((todo.source_id,), colleague.pk)
    ]
    events.listeners[TodosHandedOver].remove(heard.append)


def test_nobody_passes_work_to_another_unit(customers, manager, stranger, at):
    todo = TodoFactory(alert__customer=customers.own)

    with pytest.raises(UnableToHandOver):
        hand_over(todos=[todo], owner=stranger, by=manager, at=at)


def test_a_manager_sees_their_own_todos_and_the_head_those_of_the_unit(
    customers, manager, supervisor, stranger
):
    mine = TodoFactory(alert__customer=customers.own)
    theirs = TodoFactory(alert__customer=customers.colleagues)
    TodoFactory(alert__customer=customers.strangers)

    assert list(todos_visible_to(manager)) == [mine]
    assert set(todos_visible_to(supervisor)) == {mine, theirs}
    assert todos_visible_to(stranger).count() == 1


def test_my_todos_begin_with_the_most_urgent(customers, manager):
    late = TodoFactory(alert__customer=customers.own, urgency=Urgency.LOW, alert__rule="W07")
    urgent = TodoFactory(alert__customer=customers.own, urgency=Urgency.URGENT)
    TodoFactory(alert__customer=customers.own, state=TodoState.DONE, alert__rule="W01")

    assert list(my_todos(manager)) == [urgent, late]


def test_the_counts_tell_what_is_due_and_what_is_late(customers, manager):
    for rule, days in (("W01", -1), ("W02", 0), ("W03", 1)):
        TodoFactory(
            alert__customer=customers.own,
            alert__rule=rule,
            due_date=DAY + timedelta(days=days),
        )

    assert todo_counts(manager, on=DAY) == TodoCounts(open=3, due=1, overdue=1)
