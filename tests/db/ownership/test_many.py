"""Ten thousand customers at once: in seconds, with every trace, and in the background."""

from time import monotonic

import pytest
from django.db import connection
from tests.factories.customers import DAY
from tests.factories.ownership import TODAY, terms

from dakehu.audit.models import Change
from dakehu.customers.models import Customer
from dakehu.customers.queries import customers_visible_to
from dakehu.ownership import jobs, operations
from dakehu.ownership.choices import MoveState
from dakehu.ownership.models import Move, MoveLine, Receipt

pytestmark = pytest.mark.django_db

MANY = 10_000
PATIENCE = 60.0


def make_many(manager, count):
    """Make customers quickly."""
    Customer.objects.bulk_create(
        (
            Customer(
                kind="INDIVIDUAL",
                number=f"01S{number:08d}",
                name="张伟",
                search=f"01s{number:08d}",
                city_code="01",
                unit=manager.unit,
                manager=manager,
                managed=True,
                source_day=DAY,
            )
            for number in range(count)
        ),
        batch_size=1_000,
    )


def draft_for(people, at):
    return operations.draft_assignment(
        customers=customers_visible_to(people.supervisor).filter(manager=people.manager),
        to=people.colleague,
        terms=terms(),
        by=people.supervisor,
        at=at,
    )


@pytest.mark.slow
def test_ten_thousand_customers_move_in_seconds(people, at, django_capture_on_commit_callbacks):
    make_many(people.manager, MANY)
    began = monotonic()

    draft = draft_for(people, at)
    drafted = monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        move = operations.decide_move(move=draft, by=people.supervisor, at=at)
    done = monotonic()

    print(
        f"{connection.vendor}: drafted in {drafted - began:.1f} s, moved in {done - drafted:.1f} s"
    )
    assert move.customers == MANY
    assert Customer.objects.filter(manager=people.colleague).count() == MANY
    assert Change.objects.filter(fields__has_key="manager").count() == MANY
    assert Receipt.objects.count() == 2
    assert done - began < PATIENCE


@pytest.mark.slow
def test_undoing_ten_thousand_takes_seconds_too(people, at):
    make_many(people.manager, MANY)
    move = operations.decide_move(move=draft_for(people, at), by=people.supervisor, at=at)
    began = monotonic()

    back = operations.undo_move(move=move, by=people.supervisor, at=at, reason="x")

    print(f"{connection.vendor}: undone in {monotonic() - began:.1f} s")
    assert (back.customers, back.skipped) == (MANY, 0)
    assert monotonic() - began < PATIENCE


def test_a_large_move_of_today_is_left_to_a_worker(people, at, monkeypatch):
    asked: list[int] = []
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    monkeypatch.setattr(type(jobs.carry_out_move), "enqueue", lambda task, pk: asked.append(pk))
    make_many(people.manager, 3)

    move = jobs.decide(move=draft_for(people, at), by=people.supervisor, at=at)

    assert (move.state, asked) == (MoveState.PLANNED, [move.pk])
    jobs.carry_out_move.func(move.pk)
    move.refresh_from_db()
    assert (move.state, move.customers) == (MoveState.DONE, 3)
    jobs.carry_out_move.func(move.pk)
    assert MoveLine.objects.count() == 3


def test_without_a_worker_the_night_carries_it_out(people, at):
    make_many(people.manager, 3)
    move = operations.decide_move(
        move=draft_for(people, at), by=people.supervisor, at=at, later=True
    )

    assert operations.carry_out_due(on=TODAY, at=at) == (1, 3)
    move.refresh_from_db()
    assert move.state == MoveState.DONE


def test_who_lost_the_right_meanwhile_moves_nobody(people, at):
    make_many(people.manager, 3)
    move = operations.decide_move(
        move=draft_for(people, at), by=people.supervisor, at=at, later=True
    )
    people.supervisor.role = "HALL"
    people.supervisor.save()

    jobs.carry_out_move.func(move.pk)

    assert Move.objects.get().state == MoveState.CANCELLED
    assert Customer.objects.filter(manager=people.manager).count() == 3
