"""Whom a survey can ask: from where, within reach, not asked of late, with an address."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from dakehu.care.choices import VisitState
from dakehu.care.queries.visits import visits_visible_to
from dakehu.cases.choices import CaseState
from dakehu.cases.queries import cases_visible_to
from dakehu.customers.queries import customers_visible_to
from dakehu.outbox.queries import addresses_of
from dakehu.surveys.choices import AskedBy, Source
from dakehu.surveys.models import SurveyInvitation
from dakehu.surveys.rules import APART_DAYS
from dakehu.surveys.values import Sample
from dakehu.targets.queries.groups import members_now

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def candidates_for(actor: "Staff", sample: Sample, *, at: datetime) -> set[int]:
    """Return the customers from whom a sample is drawn: present ones within the actor's reach."""
    since = at - timedelta(days=sample.days)
    found: Any
    if sample.source == Source.GROUP:
        found = members_now(actor, sample.group).values("customer")
    elif sample.source == Source.CASES:
        closed = cases_visible_to(actor).filter(state=CaseState.CLOSED, closed_at__gt=since)
        found = closed.filter(closed_at__lte=at).values("customer")
    else:
        made = visits_visible_to(actor).filter(state=VisitState.DONE)
        found = made.filter(day__gte=localdate(since), day__lte=localdate(at)).values("customer")
    rows = customers_visible_to(actor).filter(pk__in=found.order_by())
    return set(rows.order_by().values_list("pk", flat=True))


def asked_lately(customers: Collection[int], *, at: datetime) -> set[int]:
    """Return which of some customers were asked within the last ninety days."""
    since = at - timedelta(days=APART_DAYS)
    rows = SurveyInvitation.objects.filter(asked_at__gt=since, removed_at__isnull=True)
    return set(rows.values_list("customer", flat=True)) & set(customers)


def people_of(actor: "Staff", numbers: list[int]) -> list[Any]:
    """Return customers with who looks after them, in the order of their numbers in a list."""
    rows = customers_visible_to(actor).select_related("manager", "unit", "person")
    found = rows.in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def address_of(customer: Any, way: str) -> str:
    """Return where a customer can be asked; empty if there is no such address."""
    kind = "EMAIL" if way == AskedBy.EMAIL else "SMS"
    for _name, by, address, _whose in addresses_of(customer):
        if by == kind:
            return str(getattr(address, "plain", address))
    return ""
