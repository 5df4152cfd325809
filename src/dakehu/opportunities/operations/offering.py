"""Offering an opportunity: to one person or several, with a clock that runs in working time."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.channels.choices import Class
from dakehu.clocks import operations as clocks
from dakehu.clocks.choices import ClockKind
from dakehu.clocks.errors import CalendarUnusable, UnableToRun
from dakehu.clocks.values import Standard
from dakehu.opportunities.choices import OFFER, OPPORTUNITY, Move
from dakehu.opportunities.models import Offer, Opportunity
from dakehu.opportunities.operations.keeping import Step
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff

URGENCIES = {Class.A: Urgency.URGENT, Class.B: Urgency.HIGH}


def offer(
    stored: Opportunity,
    receivers: Sequence["Staff"],
    limit: Standard | None,
    *,
    by: "Staff | None",
    at: datetime,
) -> list[Step]:
    """
    Ask people to take an opportunity over, let the clock run, and return the steps to write.

    A calendar by which nothing can be promised loses no opportunity: it is offered without a
    limit, and the passport says why.
    """
    trouble = run_clock(stored, receivers[0], limit, by=by, at=at) if limit else ""
    offers = Offer.objects.bulk_create(
        Offer(opportunity=stored, receiver=person, offered_at=at, due_at=stored.due_at)
        for person in receivers
    )
    Opportunity.objects.filter(pk=stored.pk).update(due_at=stored.due_at)
    for each in offers:
        ask_now(source=OFFER, ask=ask_of(stored, each), at=at)
    return [
        Step(Move.OFFER, trouble, to=person, due_at=stored.due_at, facts=limit_facts(limit))
        for person in receivers
    ]


def limit_facts(limit: Standard | None) -> dict[str, str | int]:
    """Return a claim limit as plain values."""
    return {"amount": limit.amount, "unit": limit.unit.value} if limit else {}


def run_clock(
    stored: Opportunity, person: "Staff", limit: Standard, *, by: "Staff | None", at: datetime
) -> str:
    """Let the claim clock run by the calendar of whoever is asked; return why it cannot."""
    try:
        clock = clocks.start_clock(
            subject=OPPORTUNITY,
            subject_id=stored.pk,
            kind=ClockKind.FIRST_RESPONSE,
            standard=limit,
            source=f"OP {stored.matrix.number}",
            unit=person.unit,
            owner=person,
            customer=stored.customer,
            at=at,
            by=by,
        )
    except (UnableToRun, CalendarUnusable) as refusal:
        return _("No clock could be started: %(why)s") % {"why": refusal}
    stored.due_at = clock.due_at
    return ""


def ask_of(stored: Opportunity, each: Offer) -> Ask:
    """Return what is asked of somebody to whom an opportunity is offered."""
    return Ask(
        source_id=each.pk,
        facts={"number": stored.number, "kind": stored.kind},
        customer_id=stored.customer_id,
        owner_id=each.receiver_id,
        unit_id=each.receiver.unit_id,
        urgency=URGENCIES.get(Class(stored.customer_class), Urgency.NORMAL),
        due_date=localdate(stored.due_at) if stored.due_at else None,
        at_hand={
            "customer": stored.customer, "owner": each.receiver, "unit": each.receiver.unit
        },
    )  # fmt: skip
