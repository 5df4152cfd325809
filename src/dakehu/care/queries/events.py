"""Events and invitations for those who may see them (C8, C10, C12, G7)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import Http404

from dakehu.care.choices import SEATED, EventState, InvitationState
from dakehu.care.models import Event, Invitation
from dakehu.care.policies import VIEW
from dakehu.people.policies import reach

if TYPE_CHECKING:
    from dakehu.people.models import Staff

STAYING = Q(invitations__removed_at__isnull=True)


def events_visible_to(actor: "Staff") -> QuerySet[Event]:
    """Return the events within the actor's reach, and those of the units above theirs."""
    found = Event.objects.filter(removed_at__isnull=True).select_related("host", "unit")
    if not actor.may(VIEW):
        return found.none()
    within = reach(actor, unit="unit", owner="host")
    if not within:
        return found
    line = [int(each) for each in (actor.unit.path or "").strip("/").split("/") if each]
    return found.filter(within | Q(unit__in=line))


def events_kept_by(actor: "Staff") -> QuerySet[Event]:
    """Return the events that the actor may change: those within their reach."""
    return events_visible_to(actor).filter(reach(actor, unit="unit", owner="host"))


def events_counted(actor: "Staff") -> QuerySet[Event]:
    """Return the events for their list, with how many were invited, come, wait and were there."""
    return events_visible_to(actor).annotate(
        invited=Count("invitations", filter=STAYING),
        seated=Coalesce(
            Sum("invitations__seats", filter=STAYING & Q(invitations__state__in=SEATED)), 0
        ),
        waiting=Count(
            "invitations", filter=STAYING & Q(invitations__state=InvitationState.WAITING)
        ),
        attended=Count(
            "invitations", filter=STAYING & Q(invitations__state=InvitationState.ATTENDED)
        ),
    )


def get_event(actor: "Staff", pk: int) -> Any:
    """
    Return one event with its counts.

    :raises Http404: if there is none with that number that the actor may see.
    """
    return found_or_404(events_counted(actor).select_related("closed_by"), pk)


def get_kept_event(actor: "Staff", pk: int) -> Event:
    """
    Return one event that the actor may change.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found: Event = found_or_404(events_kept_by(actor), pk)
    return found


def found_or_404(rows: QuerySet[Any], pk: int) -> Any:
    """
    Return the row with a number.

    :raises Http404: if there is none.
    """
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def open_events(actor: "Staff") -> QuerySet[Event]:
    """Return the events to which the actor may invite, the next one first."""
    return events_visible_to(actor).filter(state=EventState.PLANNED).order_by("day", "time", "pk")


def events_between(actor: "Staff", first: date, last: date) -> list[Any]:
    """Return the events of some days that were not cancelled, with their counts."""
    found = events_counted(actor).filter(day__gte=first, day__lte=last)
    return list(found.exclude(state=EventState.CANCELLED).order_by("day", "time", "pk"))


def invitations_visible_to(actor: "Staff") -> QuerySet[Invitation]:
    """Return the invitations of the customers within the actor's reach."""
    found = Invitation.objects.filter(removed_at__isnull=True)
    if not actor.may(VIEW):
        return found.none()
    within = reach(
        actor,
        unit="customer__unit",
        owner="customer__manager",
        customer="customer",
        city="customer__city_code",
    )
    found = found.filter(within)
    return found.select_related(
        "event__unit", "customer__unit", "customer__manager", "contact", "invited_by"
    )


def get_invitation(actor: "Staff", pk: int) -> Invitation:
    """
    Return one invitation.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found: Invitation = found_or_404(invitations_visible_to(actor), pk)
    return found


def invitations_of(actor: "Staff", customer_id: int) -> QuerySet[Invitation]:
    """Return the invitations of a customer within the actor's reach, the newest event first."""
    found = invitations_visible_to(actor).filter(customer=customer_id)
    return found.order_by("-event__day", "-pk")
