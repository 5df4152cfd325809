"""Entering, changing, ending and cancelling leave, with a deputy who stands in (M1, M7)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.people.errors import UnableToPlanLeave
from dakehu.people.models import Leave, Staff
from dakehu.people.values import Absence

LONGEST = timedelta(days=732)


@transaction.atomic
def plan_leave(staff: Staff, *, absence: Absence, by: Staff | None, at: datetime) -> Leave:
    """
    Enter a time in which a person is away; from its beginning the deputy sees their customers.

    :raises UnableToPlanLeave: if the period is impossible or taken, or the deputy cannot stand in.
    """
    refuse_absence(staff, absence)
    leave = Leave(
        staff=staff,
        deputy=absence.deputy,
        starts_at=absence.starts_at,
        ends_at=absence.ends_at,
        reason=absence.reason,
    )
    return create_record(leave, by=by, at=at)


@transaction.atomic
def change_leave(
    leave: Leave,
    *,
    absence: Absence,
    version: int | None = None,
    by: Staff | None,
    at: datetime,
) -> bool:
    """
    Change period, deputy or reason of a leave that is not over.

    :return: whether anything changed.
    :raises UnableToPlanLeave: as :func:`plan_leave`, and if the leave is over.
    :raises EditedMeanwhile: if somebody else changed the same fields since ``version``.
    """
    refuse_past(leave, at=at)
    refuse_absence(leave.staff, absence, but=leave)
    leave.deputy, leave.reason = absence.deputy, absence.reason
    leave.starts_at, leave.ends_at = absence.starts_at, absence.ends_at
    return save_record(leave, version=version, by=by, at=at)


@transaction.atomic
def end_leave(leave: Leave, *, by: Staff | None, at: datetime) -> None:
    """
    End a leave now because the person is back; one that has not begun is cancelled.

    :raises UnableToPlanLeave: if it is over already.
    """
    refuse_past(leave, at=at)
    if leave.starts_at >= at:
        remove_record(leave, by=by, at=at)
        return
    leave.ends_at = at
    save_record(leave, by=by, at=at)


def refuse_past(leave: Leave, *, at: datetime) -> None:
    """Pass in silence if a leave is still to come or going on.

    :raises UnableToPlanLeave: otherwise.
    """
    if leave.removed_at or leave.ends_at <= at:
        raise UnableToPlanLeave.over()


def refuse_absence(staff: Staff, absence: Absence, *, but: Leave | None = None) -> None:
    """Pass in silence if a person can be away then, and the deputy is there.

    Both are locked, so that two entries at once cannot overlap.

    :raises UnableToPlanLeave: otherwise.
    """
    if not absence.starts_at < absence.ends_at <= absence.starts_at + LONGEST:
        raise UnableToPlanLeave.impossible()
    deputy = absence.deputy
    concerned = [staff.pk, deputy.pk] if deputy else [staff.pk]
    locked = Staff.objects.select_for_update().filter(pk__in=concerned).order_by("pk")
    found = {person.pk: person for person in locked}
    for other in leaves_during(staff, absence, but=but):
        raise UnableToPlanLeave.overlapping(*days_of(other))
    if deputy:
        refuse_deputy(found[deputy.pk], staff, absence)


def refuse_deputy(deputy: Staff, staff: Staff, absence: Absence) -> None:
    """Pass in silence if somebody can stand in for a person in that time.

    :raises UnableToPlanLeave: otherwise.
    """
    if deputy.pk == staff.pk or not deputy.is_active or deputy.removed_at:
        raise UnableToPlanLeave.unfit_deputy(deputy)
    for other in leaves_during(deputy, absence):
        raise UnableToPlanLeave.deputy_away(deputy, *days_of(other))


def leaves_during(staff: Staff, absence: Absence, *, but: Leave | None = None) -> list[Leave]:
    """Return a person's leaves that share a moment with an absence, except ``but``."""
    found = Leave.objects.touching(absence.starts_at, absence.ends_at).filter(staff=staff)
    return list(found.exclude(pk=but.pk) if but else found)


def days_of(leave: Leave) -> tuple[date, date]:
    """Return the first and the last day of a leave."""
    return localdate(leave.starts_at), localdate(leave.ends_at - timedelta(microseconds=1))
