"""Two people at once: swaps, claims, and undoing, in threads of their own on both databases."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from tests.factories.customers import CustomerFactory
from tests.factories.ownership import assigned, customers_of, owner_of, terms, visible
from tests.factories.people import StaffFactory, make_people

from dakehu.audit.models import Change
from dakehu.ownership import operations
from dakehu.ownership.choices import LineState, MoveState
from dakehu.ownership.errors import UnableToClaim, UnableToDecide
from dakehu.ownership.models import Move, MoveLine

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def everybody(transactional_db):
    """The people of a province, visible to every connection."""
    return make_people()


def at_once(*acts):
    """Run acts in threads that start together; return what each answered or raised."""
    barrier = threading.Barrier(len(acts))
    answers = [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait(timeout=20)
            answers[place] = act()
        except Exception as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def test_of_two_swaps_at_once_one_wins_whole_and_the_other_says_what_it_left(everybody, at):
    people = everybody
    third = StaffFactory(unit=people.units.district)
    shared = customers_of(people.manager, 20)
    others = [*customers_of(people.colleague, 5), *customers_of(third, 5)]
    drafts = [
        operations.draft_swap(
            customers=visible(by, *shared, *others),
            pair=(people.manager, other),
            terms=terms(),
            by=by,
            at=at,
        )
        for other, by in ((people.colleague, people.supervisor), (third, people.dispatcher))
    ]

    answers = at_once(
        *(lambda draft=draft: operations.decide_move(move=draft, by=draft.by, at=at)
          for draft in drafts)
    )  # fmt: skip

    assert all(isinstance(answer, Move) for answer in answers), answers
    won, lost = sorted(answers, key=lambda move: move.skipped)
    assert (won.customers, won.skipped) == (25, 0)
    assert (lost.customers, lost.skipped) == (5, 20)
    assert {owner_of(customer) for customer in shared} == {won.to_staff}
    left = MoveLine.objects.filter(move=lost, state=LineState.SKIPPED)
    assert set(left.values_list("customer", flat=True)) == {each.pk for each in shared}
    changes = Change.objects.filter(
        subject_type="customers.customer", subject_id__in=[each.pk for each in shared],
        fields__has_key="manager",
    )  # fmt: skip
    assert changes.count() == 20


def test_of_two_claims_at_once_one_gets_the_customer(everybody, at):
    people = everybody
    zhang = CustomerFactory(unit=people.units.district)

    answers = at_once(
        *(lambda by=by: operations.claim_customers(numbers=[zhang.pk], by=by, at=at)
          for by in (people.manager, people.colleague))
    )  # fmt: skip

    lost = [answer for answer in answers if isinstance(answer, UnableToClaim)]
    lost += [answer for answer in answers if getattr(answer, "taken", 1) == 0]
    assert len(lost) == 1, answers
    assert owner_of(zhang) in {people.manager, people.colleague}
    assert MoveLine.objects.filter(state=LineState.DONE).count() == 1


def test_one_persons_two_claims_at_once_keep_to_the_limit(everybody, at):
    people = everybody
    pool = CustomerFactory.create_batch(12, unit=people.units.district)
    halves = [pool[:6], pool[6:]]

    answers = at_once(
        *(lambda some=some: operations.claim_customers(
            numbers=[each.pk for each in some], by=people.manager, at=at)
          for some in halves)
    )  # fmt: skip

    assert sum(isinstance(answer, UnableToClaim) for answer in answers) == 1, answers
    assert sum(owner_of(each) == people.manager for each in pool) == 6


def test_a_draft_decided_twice_at_once_is_carried_out_once(everybody, at):
    people = everybody
    draft = operations.draft_assignment(
        customers=visible(people.supervisor, *customers_of(people.manager, 5)),
        to=people.colleague,
        terms=terms(),
        by=people.supervisor,
        at=at,
    )

    answers = at_once(
        *[lambda: operations.decide_move(move=draft, by=people.supervisor, at=at)] * 2
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Move", "UnableToDecide"]
    assert Move.objects.get().state == MoveState.DONE


def test_undoing_while_somebody_moves_on_leaves_every_customer_with_one_owner(everybody, at):
    people = everybody
    mine = customers_of(people.manager, 10)
    move = assigned(mine, to=people.colleague, by=people.supervisor, at=at)
    third = StaffFactory(unit=people.units.district)
    later = at + timedelta(hours=1)

    answers = at_once(
        lambda: operations.undo_move(move=move, by=people.supervisor, at=later, reason="x"),
        lambda: assigned(mine[:5], to=third, by=people.dispatcher, at=later),
    )

    assert all(isinstance(answer, Move | UnableToDecide) for answer in answers), answers
    assert {owner_of(each) for each in mine[5:]} == {people.manager}
    # Whichever came first took the five whole; the other left them.
    assert len({owner_of(each) for each in mine[:5]}) == 1
