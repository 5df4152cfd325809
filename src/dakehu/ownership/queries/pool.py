"""The pool of customers whom nobody looks after, and what people took from it (M3)."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.timezone import make_aware

from dakehu.customers.queries import pool_of
from dakehu.ownership.choices import LineState, MoveKind
from dakehu.ownership.models import MoveLine
from dakehu.ownership.values import Claims

if TYPE_CHECKING:
    from dakehu.customers.querysets import CustomerQuerySet
    from dakehu.people.models import Staff


def pool_visible_to(actor: "Staff") -> "CustomerQuerySet":
    """Return the pool of the actor's unit and of those below it."""
    return pool_of(actor)


def claims_of(person: "Staff", *, on: date) -> Claims:
    """Return how many customers a person claimed on a day, and holds of those claimed ever."""
    lines = MoveLine.objects.filter(
        move__kind=MoveKind.CLAIM, to_staff=person, state=LineState.DONE
    )
    since = make_aware(datetime.combine(on, time.min))
    held = lines.filter(customer__manager=F("to_staff")).values("customer").distinct()
    return Claims(today=lines.filter(move__done_at__gte=since).count(), held=held.count())
