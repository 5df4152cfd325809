"""Support request orders to the operations centre, with a clock of their own (CH11)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record
from dakehu.cases.choices import ActKind, CaseKind, Move, SupportNeed
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case, SupportOrder
from dakehu.cases.operations import promising
from dakehu.cases.operations.joining import ask_for_support
from dakehu.cases.operations.keeping import held, write_act
from dakehu.cases.operations.opening import Taker, opened
from dakehu.cases.policies import CREATE, HANDLE
from dakehu.cases.values import Done, NewCase
from dakehu.clocks.choices import TimeUnit
from dakehu.clocks.queries.calendars import work_days
from dakehu.clocks.values import Standard
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

FURTHEST = 366


@transaction.atomic
def order_support(
    *, case: Case, need: str, text: str, wanted_on: date, by: "Staff", at: datetime
) -> Case:
    """
    Order support for a case from the operations centre until a day; a clock runs until then.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if the case is not open, belongs to another one, or the day is not
        a working day to come.
    """
    part = ask_for_support(case=case, text=text, by=by, at=at)
    create_record(
        SupportOrder(case=part, need=SupportNeed(need), wanted_on=wanted_on), by=by, at=at
    )
    promising.begin_until(part, standard_until(part.unit, wanted_on, at), by=by, at=at)
    return part


@transaction.atomic
def open_support(*, new: NewCase, need: str, wanted_on: date, by: "Staff", at: datetime) -> Case:
    """
    Order support for what is no case, such as an opportunity, until a day, with a clock.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: without words, or if the day is not a working day to come.
    """
    require(by, CREATE)
    if not new.text.strip():
        raise UnableToKeepCase(_("Say what is to be done."), "text")
    case = opened(replace(new, kind=CaseKind.SUPPORT), Taker(by.unit, staff=by), at=at)
    order = SupportOrder(case=case, need=SupportNeed(need), wanted_on=wanted_on)
    create_record(order, by=by, at=at)
    promising.begin_until(case, standard_until(case.unit, wanted_on, at), by=by, at=at)
    return case


def standard_until(unit: Any, wanted_on: date, at: datetime) -> Standard:
    """
    Return the promised time that ends when a day closes, by the calendar of the team.

    :raises UnableToKeepCase: if the day has passed, is too far, or is not worked.
    """
    today = localdate(at)
    if not today <= wanted_on <= today + timedelta(days=FURTHEST):
        raise UnableToKeepCase(_("Name a day from today on, within a year."), "wanted_on")
    days = work_days([unit], today, wanted_on)[unit.pk]
    if not days[-1].is_worked:
        raise UnableToKeepCase(_("The team does not work on that day."), "wanted_on")
    worked = sum(day.is_worked for day in days[1:])
    return Standard(worked, TimeUnit.WORKING_DAY) if worked else Standard(1, TimeUnit.SAME_DAY)


@transaction.atomic
def report_progress(*, case: Case, text: str, by: "Staff", at: datetime) -> None:
    """
    Report how far a support order is; it is written here and on the case that ordered it.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: without words, or if the order is closed or none.
    """
    require(by, HANDLE)
    stored, _state = held(case, Move.TALK)
    if not SupportOrder.objects.filter(case=stored).exists():
        raise UnableToKeepCase(_("This is no support request order."))
    if not text.strip():
        raise UnableToKeepCase(_("Write how far it is."), "text")
    write_act(stored, Done(ActKind.SUPPORT, text, facts={"report": True}), by=by, at=at)
    if stored.parent is None:
        return
    told = {"number": stored.number, "report": True}
    write_act(stored.parent, Done(ActKind.SUPPORT, text, facts=told), by=by, at=at)
