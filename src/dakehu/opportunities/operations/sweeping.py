"""
The sweep: offers that nobody claimed in time, and people who left while something was theirs.

A worker does it every quarter of a minute. Each opportunity is a transaction of its own; twice at
once, one of the two finds nothing left to do.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dakehu.opportunities.choices import OWNED, Ending, Move, State
from dakehu.opportunities.models import Opportunity
from dakehu.opportunities.operations.keeping import Step, drop_clock, end_offers, locked, move_on
from dakehu.opportunities.rules.states import after

BATCH = 500


def sweep(*, at: datetime) -> int:
    """Send back what was not claimed by ``at``, and what those had who left; return how much."""
    return expire(at=at) + bring_back(at=at)


def expire(*, at: datetime) -> int:
    """Let offers be over whose time is."""
    keys = list(
        Opportunity.objects.overdue(at).order_by("due_at").values_list("pk", flat=True)[:BATCH]
    )
    return sum(expire_one(pk, at=at) for pk in keys)


@transaction.atomic
def expire_one(pk: int, *, at: datetime) -> bool:
    """Let one offer be over; tell whether it still stood."""
    stored = locked(Opportunity(pk=pk))
    state = after(stored.state, Move.EXPIRE)
    if state is None or stored.due_at is None or stored.due_at > at:
        return False
    step = Step(Move.EXPIRE, to=stored.receiver, due_at=stored.due_at)
    drop_clock(stored, _("Not claimed in time"), by=None, at=at)
    end_offers(stored, Ending.EXPIRED, by=None, at=at)
    move_on(stored, state, step, by=None, at=at, receiver=None)
    return True


def bring_back(*, at: datetime) -> int:
    """Bring back what is offered to, or lies with, people who do not work here any more."""
    gone = Q(receiver__is_active=False) | Q(receiver__removed_at__isnull=False)
    rows = Opportunity.objects.filter(gone, state__in=[State.OFFERED, *OWNED])
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return sum(bring_one_back(pk, at=at) for pk in keys)


@transaction.atomic
def bring_one_back(pk: int, *, at: datetime) -> bool:
    """Bring one back; tell whether its owner is still gone."""
    stored = locked(Opportunity(pk=pk))
    person, state = stored.receiver, after(stored.state, Move.LEAVE)
    if person is None or state is None or (person.is_active and person.removed_at is None):
        return False
    step = Step(Move.LEAVE, to=person)
    drop_clock(stored, _("Whoever was asked has left"), by=None, at=at)
    end_offers(stored, Ending.TAKEN_BACK, by=None, at=at)
    move_on(stored, state, step, by=None, at=at, receiver=None, claimed_at=None)
    return True
