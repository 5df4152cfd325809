"""The public days of a year as they were announced: entered by one person, published by another.

A provisional year becomes official by it. Every open clock is reckoned anew, and each deadline
that moves is kept with where it stood before.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.clocks import rules
from dakehu.clocks.errors import UnableToSetCalendar
from dakehu.clocks.models import AnnouncedYear
from dakehu.clocks.operations.calendars import HOURS, require_reach
from dakehu.clocks.operations.recounting import want_recount
from dakehu.clocks.values import Announced
from dakehu.people.queries import top_unit

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit


def required_top(by: "Staff") -> "Unit":
    """
    Return the topmost unit, whose calendar all units have, if somebody may set it.

    :raises PermissionDenied: otherwise: the days are the same for everybody.
    """
    top = top_unit()
    if top is None:
        raise PermissionDenied(HOURS)
    require_reach(by, HOURS, top)
    return top


@transaction.atomic
def propose_year(*, announced: Announced, source: str, by: "Staff", at: datetime) -> AnnouncedYear:
    """
    Ask a second person to make the announced days of a year official.

    :raises PermissionDenied: if ``by`` may not set the calendar of all units.
    :raises UnableToSetCalendar: if the days cannot be, the year is over, or waits already.
    """
    required_top(by)
    if announced.year < localdate(at).year:
        raise UnableToSetCalendar(_("This year is over; what happened is judged as it was."))
    if not announced.free:
        raise UnableToSetCalendar(_("Name at least one holiday."))
    for wrong, day in rules.misfits_of_year(announced):
        raise UnableToSetCalendar(words_of(wrong) % {"day": day.isoformat()})
    row = AnnouncedYear(
        year=announced.year,
        free=[[day.isoformat(), name] for day, name in sorted(announced.free.items())],
        make_up=[day.isoformat() for day in sorted(announced.make_up)],
        source=source,
        proposed_by=by,
        proposed_at=at,
    )
    try:
        with transaction.atomic():
            create_record(row, by=by, at=at, reason=source)
    except IntegrityError as clash:
        words = _("Days of %(year)s wait for a second person already. Withdraw those first.")
        raise UnableToSetCalendar(words % {"year": announced.year}) from clash
    return row


def words_of(wrong: str) -> str:
    """Return what is wrong with a day, in words."""
    return {
        "year": _("%(day)s lies in another year."),
        "both": _("%(day)s cannot be both a holiday and a make-up working day."),
        "weekday": _("%(day)s is worked anyway; make-up days are Saturdays and Sundays."),
    }[wrong]


@transaction.atomic
def publish_year(*, proposed: AnnouncedYear, version: int, by: "Staff", at: datetime) -> None:
    """
    Make the announced days of a year official; open clocks are reckoned anew by them.

    :raises PermissionDenied: if ``by`` may not set the calendar of all units.
    :raises UnableToSetCalendar: if ``by`` entered them, or they were dealt with meanwhile.
    """
    top = required_top(by)
    held = AnnouncedYear.objects.select_for_update().get(pk=proposed.pk)
    if held.proposed_by_id == by.pk:
        raise UnableToSetCalendar(_("Somebody else must publish the days that you entered."))
    if held.published_at or held.removed_at or held.version != version:
        raise UnableToSetCalendar(_("These days were dealt with meanwhile. Look again."))
    held.published_by, held.published_at = by, at
    save_record(held, by=by, at=at, reason=held.source)
    cause = _("Holidays of %(year)s announced: %(source)s")
    facts = {"year": held.year, "source": held.source}
    want_recount(unit=top, cause=cause % facts, by=by, at=at)


@transaction.atomic
def withdraw_year(*, kept: AnnouncedYear, by: "Staff", at: datetime) -> None:
    """
    Withdraw days that were entered; of a year that has not begun also those that were published.

    :raises PermissionDenied: if ``by`` may not set the calendar of all units.
    :raises UnableToSetCalendar: if the year has begun.
    """
    top = required_top(by)
    held = AnnouncedYear.objects.select_for_update().get(pk=kept.pk)
    if held.published_at and held.year <= localdate(at).year:
        raise UnableToSetCalendar(_("The year has begun; enter what is right instead."))
    remove_record(held, by=by, at=at)
    if held.published_at:
        cause = _("Holidays of %(year)s withdrawn") % {"year": held.year}
        want_recount(unit=top, cause=cause, by=by, at=at)
