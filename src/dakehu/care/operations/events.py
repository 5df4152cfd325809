"""Planning events, changing, cancelling and closing them (C8, C10, C12, G7)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from dakehu.audit.operations import change_rows, create_record, save_record
from dakehu.care.choices import INVITE, SEATED, EventState, InvitationState
from dakehu.care.errors import UnableToInvite
from dakehu.care.models import Event, Invitation
from dakehu.care.policies import WRITE
from dakehu.people.policies import require
from dakehu.people.queries import units_within
from dakehu.worklist.operations import drop_todo

if TYPE_CHECKING:
    from dakehu.people.models import Staff

FURTHEST_AHEAD = timedelta(days=731)
LONGEST_AGO = timedelta(days=366)


def unsaved_event(**values: Any) -> Event:
    """Return an event that is not kept yet, for callers who do not know the models."""
    return Event(**values)


@transaction.atomic
def plan_event(*, event: Event, by: "Staff", at: datetime) -> Event:
    """
    Plan an event, held by ``by`` for the customers of its unit and of all below it.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToInvite: if its day lies too far off, or its unit beyond reach.
    """
    require(by, WRITE)
    event.host, event.planned_at = by, at
    refuse_event(event, by=by, at=at)
    create_record(event, by=by, at=at)
    return event


@transaction.atomic
def change_event(
    *, event: Event, version: int, reason: str = "", by: "Staff", at: datetime
) -> bool:
    """
    Store what changed about a planned event.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToInvite: if it is over, is moved without a reason, or has fewer seats than
        those who come.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, WRITE)
    stored = planned(event)
    is_moved = (stored.day, stored.time, stored.place) != (event.day, event.time, event.place)
    refuse_event(event, by=by, at=at, is_moved=is_moved)
    if is_moved and not reason and stored.invitations.exists():
        raise UnableToInvite(_("Guests were invited. Say why the event is moved."), "reason")
    taken = seats_taken(stored)
    if event.capacity < taken:
        words = _("%(taken)s seats are taken already. Name at least as many.")
        raise UnableToInvite(words % {"taken": taken}, "capacity")
    return save_record(event, version=version, by=by, at=at, reason=reason)


@transaction.atomic
def cancel_event(*, event: Event, reason: str, by: "Staff", at: datetime) -> None:
    """
    Cancel a planned event; nobody is asked any more.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToInvite: if it is over, or no reason is given.
    """
    require(by, WRITE)
    stored = planned(event)
    if not reason:
        raise UnableToInvite(_("Say why the event is cancelled."), "reason")
    stored.state, stored.cancel_reason = EventState.CANCELLED, reason
    stored.closed_by, stored.closed_at = by, at
    save_record(stored, by=by, at=at, reason=reason)
    ask_no_more(stored, by=by, at=at)


@transaction.atomic
def close_event(
    *, event: Event, cost_spent_fen: int | None, report: str, by: "Staff", at: datetime
) -> Event:
    """
    Close an event that was held: who said they would come and did not stayed away.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToInvite: if it is over already or has not begun, or nothing tells of it.
    """
    require(by, WRITE)
    stored = planned(event)
    if starts_at(stored) > at:
        raise UnableToInvite(_("The event has not begun yet. Close it once it was held."))
    if not report:
        raise UnableToInvite(_("Write what came of the event."), "report")
    stored.state, stored.closed_by, stored.closed_at = EventState.HELD, by, at
    stored.cost_spent_fen, stored.report = cost_spent_fen, report
    save_record(stored, by=by, at=at)
    missing = stored.invitations.filter(state=InvitationState.ACCEPTED, removed_at__isnull=True)
    change_rows(missing, values={"state": InvitationState.ABSENT}, by=by, at=at)
    ask_no_more(stored, by=by, at=at)
    return stored


def refuse_event(event: Event, *, by: "Staff", at: datetime, is_moved: bool = True) -> None:
    """Pass in silence if an event may stand like that.

    :raises UnableToInvite: otherwise.
    """
    if not units_within(by).filter(pk=event.unit_id).exists():
        raise UnableToInvite(_("This unit is beyond your reach."), "unit")
    today = localdate(at)
    if is_moved and event.day < today - LONGEST_AGO:
        raise UnableToInvite(_("This lies more than a year back."), "day")
    if event.day > today + FURTHEST_AHEAD:
        raise UnableToInvite(_("This day lies more than two years ahead."), "day")


def planned(event: Event) -> Event:
    """Return a planned event as it is stored, held until the end of the transaction.

    :raises UnableToInvite: if it was held or cancelled.
    """
    stored = Event.objects.select_for_update().get(pk=event.pk)
    if stored.state != EventState.PLANNED or stored.removed_at:
        raise UnableToInvite(_("This event was held or cancelled already."))
    return stored


def seats_taken(event: Event) -> int:
    """Return how many seats those take who come."""
    rows = Invitation.objects.filter(event=event, state__in=SEATED, removed_at__isnull=True)
    return int(rows.aggregate(seats=Sum("seats"))["seats"] or 0)


def starts_at(event: Event) -> datetime:
    """Return the instant at which an event begins."""
    return make_aware(datetime.combine(event.day, event.time))


def ask_no_more(event: Event, *, by: "Staff", at: datetime) -> None:
    """Drop what asks for the guests of an event that is over."""
    for number in event.invitations.values_list("pk", flat=True):
        drop_todo(source=INVITE, source_id=number, by=by, at=at)
