"""Planned moves, covers that end by themselves, cancelling and undoing."""

from datetime import date, timedelta

import pytest
from tests.factories.customers import CustomerFactory
from tests.factories.ownership import TODAY, assigned, customers_of, owner_of, terms, visible

from dakehu.ownership import operations
from dakehu.ownership.choices import LineState, MoveKind, MoveState, Skip
from dakehu.ownership.errors import UnableToDecide, UnableToMove
from dakehu.ownership.models import Move, MoveLine
from dakehu.worklist.models import Todo

pytestmark = pytest.mark.django_db

NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Return a context in which the end of a transaction is lived through."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def planned(people, at):
    """Two customers of the manager, who go to the colleague next week."""
    zhang, li = customers_of(people.manager, 2)
    move = assigned(
        [zhang, li],
        to=people.colleague,
        by=people.supervisor,
        at=at,
        effective_on=NEXT_WEEK,
    )
    return move, zhang, li


def cover(people, at, *customers, ends_on=NEXT_WEEK):
    draft = operations.draft_cover(
        customers=visible(people.supervisor, *customers),
        absent=people.manager,
        deputy=people.colleague,
        terms=terms(ends_on=ends_on),
        by=people.supervisor,
        at=at,
    )
    return operations.decide_move(move=draft, by=people.supervisor, at=at)


def test_a_planned_move_waits_for_its_day(people, at, planned):
    move, zhang, _li = planned

    assert operations.carry_out_due(on=NEXT_WEEK - timedelta(days=1), at=at) == (0, 0)
    assert move.state == MoveState.PLANNED
    assert owner_of(zhang) == people.manager
    assert operations.carry_out_due(on=NEXT_WEEK, at=at) == (1, 2)
    assert owner_of(zhang) == people.colleague
    assert operations.carry_out_due(on=NEXT_WEEK, at=at) == (0, 0)


def test_who_planned_a_move_hears_what_the_night_had_to_leave(people, at, planned, commit):
    _move, zhang, li = planned
    with commit():
        assigned([zhang], to=people.telephone_manager, by=people.dispatcher, at=at)
        operations.carry_out_due(on=NEXT_WEEK, at=at)

    assert (owner_of(zhang), owner_of(li)) == (people.telephone_manager, people.colleague)
    told = Todo.objects.get(source="move")
    assert (told.owner, told.facts) == (people.supervisor, {"moved": 1, "skipped": 1})


def test_a_planned_move_to_somebody_who_left_moves_nobody(people, at, planned):
    move, zhang, _li = planned
    people.colleague.is_active = False
    people.colleague.save()

    operations.carry_out_due(on=NEXT_WEEK, at=at)

    move.refresh_from_db()
    assert (move.state, move.customers, move.skipped) == (MoveState.DONE, 0, 2)
    assert set(move.lines.values_list("why", flat=True)) == {Skip.UNABLE}
    assert owner_of(zhang) == people.manager


def test_customers_who_are_gone_by_then_are_left_out(people, at, planned):
    move, zhang, _li = planned
    zhang.retained_at = at
    zhang.save()

    operations.carry_out_due(on=NEXT_WEEK, at=at)

    assert MoveLine.objects.get(move=move, customer=zhang).why == Skip.GONE


def test_a_planned_move_can_be_cancelled(people, at, planned):
    move, zhang, _li = planned

    operations.cancel_move(move=move, by=people.supervisor, at=at)

    assert operations.carry_out_due(on=NEXT_WEEK, at=at) == (0, 0)
    assert owner_of(zhang) == people.manager
    with pytest.raises(UnableToDecide):
        operations.cancel_move(move=move, by=people.supervisor, at=at)


def test_a_cover_comes_back_by_itself(people, at):
    mine = customers_of(people.manager, 3)
    move = cover(people, at, *mine)
    assert {owner_of(each) for each in mine} == {people.colleague}

    assert operations.carry_out_due(on=NEXT_WEEK - timedelta(days=1), at=at) == (0, 0)
    assert operations.carry_out_due(on=NEXT_WEEK, at=at + timedelta(days=7)) == (1, 3)

    assert {owner_of(each) for each in mine} == {people.manager}
    move.refresh_from_db()
    assert move.state == MoveState.UNDONE
    assert operations.carry_out_due(on=NEXT_WEEK, at=at) == (0, 0)


def test_a_cover_leaves_what_somebody_moved_meanwhile(people, at):
    zhang, li = customers_of(people.manager, 2)
    cover(people, at, zhang, li)
    assigned([zhang], to=people.telephone_manager, by=people.supervisor, at=at)

    operations.carry_out_due(on=NEXT_WEEK, at=at)

    assert (owner_of(zhang), owner_of(li)) == (people.telephone_manager, people.manager)


@pytest.mark.usefixtures("english")
def test_a_cover_must_end_after_it_begins(people, at):
    zhang = CustomerFactory(manager=people.manager)

    with pytest.raises(UnableToMove, match="must end after it begins"):
        cover(people, at, zhang, ends_on=TODAY)


def test_an_undone_move_gives_back_what_nobody_moved_since(people, at):
    zhang, li, wang = customers_of(people.manager, 3)
    move = assigned([zhang, li, wang], to=people.colleague, by=people.supervisor, at=at)
    assigned(
        [zhang], to=people.telephone_manager, by=people.supervisor, at=at + timedelta(hours=1)
    )

    back = operations.undo_move(
        move=move, by=people.supervisor, at=at + timedelta(hours=2), reason="分错了"
    )

    assert (back.kind, back.customers, back.skipped) == (MoveKind.UNDO, 2, 1)
    assert {owner_of(li), owner_of(wang)} == {people.manager}
    assert owner_of(zhang) == people.telephone_manager
    move.refresh_from_db()
    assert move.state == MoveState.UNDONE
    states = dict(move.lines.values_list("customer", "state"))
    assert states == {
        zhang.pk: LineState.DONE,
        li.pk: LineState.UNDONE,
        wang.pk: LineState.UNDONE,
    }


def test_a_move_can_be_undone_after_a_later_one_was_undone(people, at):
    zhang = CustomerFactory(manager=people.manager)
    first = assigned([zhang], to=people.colleague, by=people.supervisor, at=at)
    second = assigned(
        [zhang], to=people.telephone_manager, by=people.supervisor, at=at + timedelta(hours=1)
    )
    operations.undo_move(move=second, by=people.supervisor, at=at + timedelta(hours=2), reason="x")

    operations.undo_move(move=first, by=people.supervisor, at=at + timedelta(hours=3), reason="x")

    assert owner_of(zhang) == people.manager


def test_a_customer_who_came_back_by_another_move_is_left(people, at):
    zhang = CustomerFactory(manager=people.manager)
    first = assigned([zhang], to=people.colleague, by=people.supervisor, at=at)
    for hours, to in ((1, people.telephone_manager), (2, people.colleague)):
        assigned([zhang], to=to, by=people.supervisor, at=at + timedelta(hours=hours))

    back = operations.undo_move(
        move=first, by=people.supervisor, at=at + timedelta(hours=3), reason="x"
    )

    assert (back.customers, back.skipped) == (0, 1)
    assert owner_of(zhang) == people.colleague


def test_customers_do_not_go_back_to_somebody_who_left(people, at):
    zhang = CustomerFactory(manager=people.manager)
    move = assigned([zhang], to=people.colleague, by=people.supervisor, at=at)
    people.manager.is_active = False
    people.manager.save()

    back = operations.undo_move(move=move, by=people.supervisor, at=at, reason="x")

    assert back.lines.get().why == Skip.BACK
    assert owner_of(zhang) == people.colleague


def test_a_move_is_undone_once(people, at):
    zhang = CustomerFactory(manager=people.manager)
    move = assigned([zhang], to=people.colleague, by=people.supervisor, at=at)
    operations.undo_move(move=move, by=people.supervisor, at=at, reason="x")

    with pytest.raises(UnableToDecide):
        operations.undo_move(move=move, by=people.supervisor, at=at, reason="x")
    with pytest.raises(UnableToDecide):
        operations.undo_move(
            move=Move.objects.get(kind=MoveKind.UNDO), by=people.supervisor, at=at, reason="x"
        )


def test_undoing_takes_back_what_was_asked_of_people(people, at, commit):
    zhang = CustomerFactory(manager=people.manager)
    with commit():
        move = assigned([zhang], to=people.colleague, by=people.supervisor, at=at)

    with commit():
        operations.undo_move(move=move, by=people.supervisor, at=at, reason="x")

    states = Todo.objects.filter(source="handover").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["CANCELLED", "CANCELLED", "OPEN", "OPEN"]


def test_previews_that_nobody_decided_go_after_a_day(people, at):
    zhang = CustomerFactory(manager=people.manager)
    operations.draft_assignment(
        customers=visible(people.supervisor, zhang),
        to=people.colleague,
        terms=terms(),
        by=people.supervisor,
        at=at,
    )

    operations.drop_stale_drafts(at=at + timedelta(hours=23))
    assert Move.objects.count() == 1
    operations.drop_stale_drafts(at=at + timedelta(hours=25))
    assert Move.objects.count() == 0


def test_the_file_wins_when_the_city_changes_its_mind(people, at):
    from tests.factories.rows import row

    from dakehu.customers.models import Customer
    from dakehu.customers.operations import apply_subscribers
    from dakehu.ownership.queries import tenures_of

    def deliver(number, day):
        values = row("subscriber", sub_id="01S1", manager_no=number, district="东城")
        apply_subscribers(iter([values]), city_code="01", day=day, at=at + timedelta(days=day.day))

    deliver("NO-manager", date(2026, 3, 1))
    zhang = Customer.objects.get(number="01S1")
    assigned([zhang], to=people.telephone_manager, by=people.supervisor, at=at)

    deliver("NO-manager", date(2026, 3, 2))
    assert owner_of(zhang) == people.telephone_manager
    deliver("NO-colleague", date(2026, 3, 3))
    assert owner_of(zhang) == people.colleague

    told = [
        (each.before, each.after, each.is_file) for each in tenures_of(people.supervisor, zhang.pk)
    ]
    assert told == [("吴霞", "李强", True), ("王芳", "吴霞", False)]
