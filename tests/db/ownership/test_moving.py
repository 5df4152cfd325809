"""Assigning, swapping, recalling: drafts, decisions, what is left out, and what follows."""

from datetime import date, timedelta

import pytest
from tests.factories.alerts import AlertFactory, TodoFactory
from tests.factories.customers import CustomerFactory
from tests.factories.ownership import (
    TODAY,
    assigned,
    away,
    customers_of,
    owner_of,
    terms,
    visible,
)
from tests.factories.people import StaffFactory

from dakehu.alerts.models import Alert
from dakehu.audit.models import Change
from dakehu.customers.models import Customer
from dakehu.ownership import operations
from dakehu.ownership.choices import LineState, MoveState, Skip
from dakehu.ownership.errors import UnableToDecide, UnableToMove
from dakehu.ownership.models import Move, MoveLine, Receipt
from dakehu.worklist.models import Todo

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Return a context in which the end of a transaction is lived through."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_draft_moves_nobody(people, at):
    zhang = CustomerFactory(manager=people.manager)

    draft = operations.draft_assignment(
        customers=visible(people.supervisor, zhang),
        to=people.colleague,
        terms=terms(),
        by=people.supervisor,
        at=at,
    )

    assert (draft.state, draft.customers) == (MoveState.DRAFT, 1)
    assert owner_of(zhang) == people.manager


def test_a_decided_assignment_moves_everybody_and_is_logged(people, at):
    mine = customers_of(people.manager, 3)

    move = assigned(mine, to=people.colleague, by=people.supervisor, at=at)

    assert (move.state, move.customers, move.skipped) == (MoveState.DONE, 3, 0)
    assert {owner_of(each) for each in mine} == {people.colleague}
    change = Change.objects.get(subject_type="customers.customer", subject_id=mine[0].pk)
    assert change.fields == {"manager": ["王芳", "李强"]}
    assert (change.actor_name, change.reason) == ("陈静", "片区调整")


def test_a_draft_stays_for_another_window_and_goes_with_one_made_hours_later(people, at):
    zhang, li = customers_of(people.manager, 2)
    left = []

    for customer, instant in ((zhang, at), (li, at), (li, at + timedelta(minutes=61))):
        operations.draft_assignment(
            customers=visible(people.supervisor, customer),
            to=people.colleague,
            terms=terms(),
            by=people.supervisor,
            at=instant,
        )
        left.append(MoveLine.objects.count())

    assert left == [1, 2, 1]
    assert [line.customer for line in MoveLine.objects.order_by("pk")] == [li]


def test_what_moved_since_the_draft_is_left_out_and_told(people, at):
    zhang, li = customers_of(people.manager, 2)
    third = StaffFactory(unit=people.units.district)
    draft = operations.draft_assignment(
        customers=visible(people.supervisor, zhang, li),
        to=people.colleague,
        terms=terms(),
        by=people.supervisor,
        at=at,
    )
    assigned([zhang], to=third, by=people.dispatcher, at=at)

    move = operations.decide_move(move=draft, by=people.supervisor, at=at)

    assert (move.customers, move.skipped) == (1, 1)
    assert (owner_of(zhang), owner_of(li)) == (third, people.colleague)
    left = MoveLine.objects.get(move=move, state=LineState.SKIPPED)
    assert (left.customer, left.why) == (zhang, Skip.MOVED)


def test_of_two_swaps_of_one_customer_the_first_wins_whole(people, at):
    zhang, li = customers_of(people.manager, 2)
    third = StaffFactory(unit=people.units.district)
    wang = CustomerFactory(manager=people.colleague)
    chen = CustomerFactory(manager=third)

    def swap(other, by):
        return operations.draft_swap(
            customers=visible(people.supervisor, zhang, li, wang, chen),
            pair=(people.manager, other),
            terms=terms(),
            by=by,
            at=at,
        )

    first, second = swap(people.colleague, people.supervisor), swap(third, people.dispatcher)
    won = operations.decide_move(move=first, by=people.supervisor, at=at)
    lost = operations.decide_move(move=second, by=people.dispatcher, at=at)

    assert (won.customers, won.skipped) == (3, 0)
    assert (lost.customers, lost.skipped) == (1, 2)
    assert {owner_of(zhang), owner_of(li)} == {people.colleague}
    assert {owner_of(wang), owner_of(chen)} == {people.manager}
    assert set(lost.lines.filter(state=LineState.SKIPPED).values_list("customer", flat=True)) == {
        zhang.pk,
        li.pk,
    }


def test_a_recall_puts_customers_into_the_pool(people, at):
    zhang = CustomerFactory(manager=people.manager)
    draft = operations.draft_recall(
        customers=visible(people.supervisor, zhang), terms=terms(), by=people.supervisor, at=at
    )

    operations.decide_move(move=draft, by=people.supervisor, at=at)

    assert owner_of(zhang) is None
    assert list(Customer.objects.in_pool()) == [zhang]


def test_a_dispatcher_may_not_recall(people, at):
    from django.core.exceptions import PermissionDenied

    zhang = CustomerFactory(manager=people.manager)

    with pytest.raises(PermissionDenied):
        operations.draft_recall(
            customers=visible(people.dispatcher, zhang), terms=terms(), by=people.dispatcher, at=at
        )


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("stranger", "belongs to 南山, which is outside your reach"),
        ("hall_clerk", "does not look after customers"),
    ],
)
def test_whoever_cannot_own_customers_is_refused_in_words(people, at, part, words):
    zhang = CustomerFactory(manager=people.manager)

    with pytest.raises(UnableToMove, match=words):
        assigned([zhang], to=getattr(people, part), by=people.supervisor, at=at)


@pytest.mark.usefixtures("english")
def test_an_inactive_person_gets_no_customers(people, at):
    zhang = CustomerFactory(manager=people.manager)
    people.colleague.is_active = False
    people.colleague.save()

    with pytest.raises(UnableToMove, match="no longer works here"):
        assigned([zhang], to=people.colleague, by=people.supervisor, at=at)


@pytest.mark.usefixtures("english")
def test_for_somebody_on_leave_the_deputy_is_offered(people, at):
    zhang = CustomerFactory(manager=people.manager)
    third = StaffFactory(unit=people.units.district, name="许静")
    away(people.colleague, deputy=third)

    with pytest.raises(UnableToMove, match="on leave until 2026-03-10; 许静 stands in") as refused:
        assigned([zhang], to=people.colleague, by=people.supervisor, at=at)

    assert refused.value.deputy_id == third.pk
    assert (
        assigned(
            [zhang],
            to=people.colleague,
            by=people.supervisor,
            at=at,
            effective_on=date(2026, 3, 11),
        ).state
        == MoveState.PLANNED
    )


@pytest.mark.usefixtures("english")
def test_a_day_that_is_over_is_refused(people, at):
    zhang = CustomerFactory(manager=people.manager)

    with pytest.raises(UnableToMove, match="today or a later day"):
        assigned(
            [zhang],
            to=people.colleague,
            by=people.supervisor,
            at=at,
            effective_on=TODAY - timedelta(days=1),
        )


def test_customers_who_are_there_already_are_no_change(people, at):
    zhang = CustomerFactory(manager=people.colleague)

    with pytest.raises(UnableToMove):
        assigned([zhang], to=people.colleague, by=people.supervisor, at=at)


def test_a_draft_is_decided_by_its_maker_and_once(people, at):
    zhang = CustomerFactory(manager=people.manager)
    draft = operations.draft_assignment(
        customers=visible(people.supervisor, zhang),
        to=people.colleague,
        terms=terms(),
        by=people.supervisor,
        at=at,
    )

    with pytest.raises(UnableToDecide):
        operations.decide_move(move=draft, by=people.dispatcher, at=at)
    operations.decide_move(move=draft, by=people.supervisor, at=at)
    with pytest.raises(UnableToDecide):
        operations.decide_move(move=draft, by=people.supervisor, at=at)


def test_a_discarded_draft_leaves_nothing(people, at):
    zhang = CustomerFactory(manager=people.manager)
    draft = operations.draft_assignment(
        customers=visible(people.supervisor, zhang),
        to=people.colleague,
        terms=terms(),
        by=people.supervisor,
        at=at,
    )

    operations.discard_move(move=draft, by=people.supervisor)

    assert not Move.objects.exists()


def test_open_todos_and_alerts_follow_and_done_ones_stay(people, at, commit):
    zhang = CustomerFactory(manager=people.manager)
    holding = AlertFactory(customer=zhang, rule="W04")
    ended = AlertFactory(customer=zhang, rule="W01", cleared_day=TODAY)
    open_todo = TodoFactory(alert=holding)
    done = TodoFactory(alert=ended, state="DONE", closed_at=at)
    passed_on = TodoFactory(alert__customer=zhang, alert__rule="W02", owner=people.hall_clerk)

    with commit():
        assigned([zhang], to=people.colleague, by=people.supervisor, at=at)

    owners = {todo.pk: todo.owner for todo in Todo.objects.filter(customer=zhang)}
    assert owners == {
        open_todo.pk: people.colleague,
        done.pk: people.manager,
        passed_on.pk: people.hall_clerk,
    }
    assert Alert.objects.get(pk=holding.pk).owner == people.colleague
    assert Alert.objects.get(pk=ended.pk).owner == people.manager


def test_work_on_recalled_customers_goes_to_who_stands_in(people, at, commit):
    zhang = CustomerFactory(manager=people.manager)
    todo = TodoFactory(alert__customer=zhang)
    draft = operations.draft_recall(
        customers=visible(people.supervisor, zhang), terms=terms(), by=people.supervisor, at=at
    )

    with commit():
        operations.decide_move(move=draft, by=people.supervisor, at=at)

    assert Todo.objects.get(pk=todo.pk).owner == people.telephone_manager
    assert Alert.objects.get(pk=todo.source_id).owner == people.telephone_manager


def test_hearing_of_a_move_twice_changes_nothing_more(people, at, commit):
    zhang = CustomerFactory(manager=people.manager)
    TodoFactory(alert__customer=zhang)
    with commit():
        assigned([zhang], to=people.colleague, by=people.supervisor, at=at)
    before = list(Todo.objects.order_by("pk").values())
    Move.objects.update(followed_at=None)

    with commit():
        told = operations.tell_unfollowed(at=at)

    assert told == 1
    assert list(Todo.objects.order_by("pk").values()) == before
    assert operations.tell_unfollowed(at=at) == 0


def test_everybody_concerned_gets_one_digest(people, at, commit):
    customers = [*customers_of(people.manager, 5), *customers_of(people.telephone_manager, 2)]

    with commit():
        assigned(customers, to=people.colleague, by=people.supervisor, at=at)

    digests = {each.staff: (each.customers, each.gone) for each in Receipt.objects.all()}
    assert digests == {
        people.colleague: (7, 0),
        people.manager: (0, 5),
        people.telephone_manager: (0, 2),
    }
    assert Todo.objects.filter(source="handover").count() == 3
    mine = Todo.objects.get(source="handover", owner=people.colleague)
    assert (mine.facts["came"], mine.facts["by"], mine.customer) == (7, "陈静", None)


def test_confirming_a_receipt_closes_its_todo(people, at, commit):
    with commit():
        assigned(customers_of(people.manager, 2), to=people.colleague, by=people.supervisor, at=at)
    receipt = Receipt.objects.get(staff=people.colleague)

    with commit():
        operations.confirm_receipt(
            receipt=receipt, remark="已逐户联系", by=people.colleague, at=at
        )

    receipt.refresh_from_db()
    assert (receipt.received_at, receipt.remark) == (at, "已逐户联系")
    assert Todo.objects.get(source="handover", source_id=receipt.pk).state == "DONE"


def test_a_receipt_is_confirmed_by_its_person_and_once(people, at):
    from dakehu.ownership.errors import UnableToConfirm

    assigned(customers_of(people.manager, 1), to=people.colleague, by=people.supervisor, at=at)
    receipt = Receipt.objects.get(staff=people.colleague)

    with pytest.raises(UnableToConfirm):
        operations.confirm_receipt(receipt=receipt, remark="", by=people.manager, at=at)
    operations.confirm_receipt(receipt=receipt, remark="", by=people.colleague, at=at)
    with pytest.raises(UnableToConfirm):
        operations.confirm_receipt(receipt=receipt, remark="", by=people.colleague, at=at)
