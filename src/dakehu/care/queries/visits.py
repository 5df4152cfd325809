"""Visits for those who may see them (G6)."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from dakehu.care.choices import VisitPurpose, VisitResult, VisitState
from dakehu.care.models import Visit
from dakehu.care.policies import VIEW
from dakehu.care.values import Stop
from dakehu.customers.queries import contacts_of
from dakehu.people.policies import reach
from dakehu.people.queries import colleagues_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff

Visits = QuerySet[Visit]
DAYS_OF_WEEK = 7


def visits_visible_to(actor: "Staff") -> Visits:
    """Return the visits within the actor's reach, and those on which they go along."""
    if not actor.may(VIEW):
        return Visit.objects.none()
    within = reach(actor, unit="unit", owner="staff", customer="customer")
    found = Visit.objects.filter(removed_at__isnull=True)
    if within:
        along = Visit.companions.through.objects.filter(visit=OuterRef("pk"), staff=actor.pk)
        found = found.filter(within | Exists(along))
    return found.select_related("customer", "staff", "unit")


def get_visit(actor: "Staff", pk: int) -> Visit:
    """
    Return one visit.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found = visits_visible_to(actor).select_related(
        "customer__unit", "recorded_by", "cancelled_by", "planned_by"
    )
    visit: Visit | None = found.filter(pk=pk).first()
    if visit is None:
        raise Http404
    return visit


def agenda_of(actor: "Staff", person: "Staff", *, first: date, days: int) -> list[Visit]:
    """Return what somebody has planned or done on some days, as far as the actor may see it."""
    along = Visit.companions.through.objects.filter(visit=OuterRef("pk"), staff=person.pk)
    found = visits_visible_to(actor).filter(Q(staff=person) | Exists(along))
    found = found.filter(day__gte=first, day__lt=first + timedelta(days=days))
    found = found.exclude(state=VisitState.CANCELLED)
    return list(
        found.select_related("customer__unit", "customer__profile").order_by("day", "time", "pk")
    )


def unrecorded_of(actor: "Staff", person: "Staff", *, on: date) -> Visits:
    """Return somebody's visits whose day has passed and of which nothing was recorded (R8)."""
    found = visits_visible_to(actor).filter(staff=person, state=VisitState.PLANNED)
    return found.filter(day__lt=on).order_by("day", "pk")


def stop_of(visit: Visit) -> Stop:
    """Return a visit as the route knows it: district and street, never shown."""
    profile = getattr(visit.customer, "profile", None)
    street = profile.address.plain if profile and profile.address else ""
    return Stop(visit.pk, visit.time, visit.minutes, str(visit.customer.unit), street)


def visits_of_customer(actor: "Staff", customer_id: int) -> Visits:
    """Return a customer's visits within the actor's reach."""
    return visits_visible_to(actor).filter(customer_id=customer_id)


def companions_for(actor: "Staff") -> QuerySet["Staff"]:
    """Return whom somebody may take along: the people of their unit and those below."""
    found: QuerySet[Staff] = colleagues_of(actor, permission=VIEW).exclude(pk=actor.pk)
    return found


def people_of(customer: Any) -> QuerySet[Any]:
    """Return whom of a customer's people one may want to meet."""
    known = contacts_of(customer)
    model = Visit.people.field.related_model
    return model._default_manager.filter(pk__in=[each.pk for each in known]).order_by("pk")


def planned_count_of(customers: QuerySet[Any]) -> int:
    """Return how many visits are planned at the customers whose numbers a query gives (M3)."""
    return Visit.objects.filter(customer__in=customers, state=VisitState.PLANNED).count()


def customers_returned_to(*, since: datetime, until: datetime) -> QuerySet[Any]:
    """Return the numbers of customers met at a return visit, for use in a condition (O10)."""
    found = Visit.objects.filter(
        purpose=VisitPurpose.RETURN, state=VisitState.DONE, removed_at__isnull=True
    )
    met = found.filter(happened_at__gte=since, happened_at__lt=until)
    return met.exclude(result=VisitResult.NOBODY_MET).values("customer")
