"""Opportunities follow what happens elsewhere: to-dos passed on, clocks that were corrected."""

from django.db import transaction

from dakehu.clocks import operations as clocks
from dakehu.clocks.events import ClocksMoved
from dakehu.clocks.queries import clocks_of
from dakehu.opportunities.choices import OFFER, OPPORTUNITY, Ending, Move
from dakehu.opportunities.models import Offer, Opportunity
from dakehu.opportunities.operations.keeping import Step, locked, move_on
from dakehu.opportunities.policies import HANDLE
from dakehu.opportunities.rules.states import after
from dakehu.people.queries import staff_who_may
from dakehu.worklist.events import TodosHandedOver


@transaction.atomic
def follow_todos(handed: TodosHandedOver) -> None:
    """Let open offers follow their to-dos, which somebody passed on, to people who may claim."""
    if handed.source != OFFER:
        return
    people = staff_who_may(HANDLE).in_bulk([handed.owner_id, handed.by_id])
    person, by = people.get(handed.owner_id), people.get(handed.by_id)
    if person is None:
        return
    for each in Offer.objects.filter(pk__in=handed.source_ids, ending=Ending.OPEN).order_by("pk"):
        stored = locked(Opportunity(pk=each.opportunity_id))
        state = after(stored.state, Move.PASS)
        others = stored.offers.filter(receiver=person, ending=Ending.OPEN)
        if state is None or others.exists():
            continue
        was, each.receiver = each.receiver_id, person
        each.save(update_fields=["receiver"])
        clocks.hand_over_clocks(
            subject=OPPORTUNITY,
            subject_id=stored.pk,
            owner=person,
            unit=person.unit,
            by=by,
            at=handed.at,
        )
        receiver = person if stored.receiver_id == was else stored.receiver
        step = Step(Move.PASS, to=person, due_at=stored.due_at)
        move_on(stored, state, step, by=by, at=handed.at, receiver=receiver)


def follow_moved_clocks(moved: ClocksMoved) -> None:
    """Let offers end when their clocks do, which a holiday or a correction moved."""
    if moved.subject != OPPORTUNITY:
        return
    for pk, found in clocks_of(OPPORTUNITY, moved.subject_ids).items():
        due = max(
            (clock.due_at for clock in found if clock.is_open and clock.due_at), default=None
        )
        if due is not None:
            Opportunity.objects.filter(pk=pk).update(due_at=due)
            Offer.objects.filter(opportunity=pk, ending=Ending.OPEN).update(due_at=due)
