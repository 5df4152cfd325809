"""Setting calendars: hours are proposed and published by two people; days are set by one."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.clocks import rules
from dakehu.clocks.errors import UnableToSetCalendar
from dakehu.clocks.models import CalendarDay, CalendarHours
from dakehu.clocks.operations.recounting import want_recount
from dakehu.clocks.values import Hours, Intervals
from dakehu.people.policies import require
from dakehu.people.queries import units_within

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit

HOURS = "clocks.rules"
DAYS = "clocks.edit"


def require_reach(by: "Staff", permission: str, unit: "Unit") -> None:
    """
    Pass in silence if ``by`` may set the calendar of a unit.

    :raises PermissionDenied: if the role may not, or the unit lies outside its reach.
    """
    require(by, permission)
    if not units_within(by).filter(pk=unit.pk).exists():
        raise PermissionDenied(permission)


@transaction.atomic
def propose_hours(
    *, unit: "Unit", hours: Hours, active_from: date, reason: str, by: "Staff", at: datetime
) -> CalendarHours:
    """
    Ask a second person to let a unit work other hours from a day on.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToSetCalendar: if the hours cannot be, or the day has gone by.
    """
    require_reach(by, HOURS, unit)
    if rules.misfits_of(hours):
        raise UnableToSetCalendar(_("These hours cannot be. A week needs some working time."))
    require_to_come(active_from, at)
    proposed = CalendarHours(
        unit=unit,
        active_from=active_from,
        ordinary=hours.ordinary,
        week=hours.week,
        follows_holidays=hours.follows_holidays,
        reason=reason,
        proposed_by=by,
        proposed_at=at,
    )
    return create_record(proposed, by=by, at=at, reason=reason)


@transaction.atomic
def publish_hours(*, proposed: CalendarHours, version: int, by: "Staff", at: datetime) -> None:
    """
    Let proposed hours hold from their day on.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToSetCalendar: if ``by`` proposed them, they were dealt with meanwhile, or their
        day has gone by.
    """
    require_reach(by, HOURS, proposed.unit)
    held = CalendarHours.objects.select_for_update().get(pk=proposed.pk)
    if held.proposed_by_id == by.pk:
        raise UnableToSetCalendar(_("Somebody else must publish your hours."))
    if held.published_at or held.removed_at or held.version != version:
        raise UnableToSetCalendar(_("These hours were dealt with meanwhile. Look again."))
    require_to_come(held.active_from, at)
    held.published_by, held.published_at = by, at
    save_record(held, by=by, at=at)
    want_recount(unit=held.unit, cause=held.reason, by=by, at=at)


@transaction.atomic
def withdraw_hours(*, kept: CalendarHours, by: "Staff", at: datetime) -> None:
    """
    Withdraw hours that do not hold yet.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToSetCalendar: if they hold or held already.
    """
    require_reach(by, HOURS, kept.unit)
    held = CalendarHours.objects.select_for_update().get(pk=kept.pk)
    if held.published_at and held.active_from <= localdate(at):
        raise UnableToSetCalendar(_("Hours in force cannot be withdrawn; propose others."))
    remove_record(held, by=by, at=at)
    if held.published_at:
        want_recount(unit=held.unit, cause=_("Hours withdrawn"), by=by, at=at)


@transaction.atomic
def set_day(
    *, unit: "Unit", day: date, intervals: Intervals, reason: str, by: "Staff", at: datetime
) -> CalendarDay:
    """
    Let a unit, and all below it, work other hours on one day, or none; also on a day gone by.

    What was set for the day before is taken back.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToSetCalendar: if somebody else sets the same day at this moment.
    """
    require_reach(by, DAYS, unit)
    before = CalendarDay.objects.select_for_update().filter(
        unit=unit, day=day, removed_at__isnull=True
    )
    for each in before:
        remove_record(each, by=by, at=at)
    found = CalendarDay(unit=unit, day=day, intervals=intervals, reason=reason)
    try:
        with transaction.atomic():
            create_record(found, by=by, at=at, reason=reason)
    except IntegrityError as clash:
        raise UnableToSetCalendar(
            _("Somebody else has just set this day. Look at it, then set it again if need be.")
        ) from clash
    want_recount(unit=unit, cause=f"{day.isoformat()} {reason}", by=by, at=at)
    return found


@transaction.atomic
def clear_day(*, kept: CalendarDay, by: "Staff", at: datetime) -> None:
    """
    Take back what was set for a day; it is again what the calendar makes of it.

    :raises PermissionDenied: if ``by`` may not.
    """
    require_reach(by, DAYS, kept.unit)
    remove_record(kept, by=by, at=at)
    cause = _("%(day)s set back") % {"day": kept.day.isoformat()}
    want_recount(unit=kept.unit, cause=cause, by=by, at=at)


def require_to_come(day: date, at: datetime) -> None:
    """
    Pass in silence if a day is today or later.

    :raises UnableToSetCalendar: if it has gone by; what happened is judged by the hours it had.
    """
    if day < localdate(at):
        raise UnableToSetCalendar(_("Name today or a later day."))
