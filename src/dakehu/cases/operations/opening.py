"""Opening a case: priority by level and kind, a queue, clocks, and who took it first (CH13)."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dakehu.audit.operations import create_record
from dakehu.cases.choices import ActKind, CaseKind, CaseState, CloseResult
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.events import CaseOpened
from dakehu.cases.models import BatchRow, Case, CoverageStage
from dakehu.cases.operations import promising
from dakehu.cases.operations.asking import ask_owner
from dakehu.cases.operations.closing import Ending, close_case
from dakehu.cases.operations.keeping import keep, turned, write_act
from dakehu.cases.operations.telling import tell_case
from dakehu.cases.operations.working import talk_to_customer
from dakehu.cases.policies import CREATE, HANDLE
from dakehu.cases.queries.levels import level_of
from dakehu.cases.queries.routing import queue_for
from dakehu.cases.rules.batches import GREEN, is_green
from dakehu.cases.rules.priorities import priority_for
from dakehu.cases.rules.wording import subject_of
from dakehu.cases.values import Done, NewCase, Talk
from dakehu.common import events
from dakehu.hooks.choices import EventKind
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit
    from dakehu.signin.models import ApiClient

UNKNOWN_CITY = "00"


@dataclass(frozen=True)
class Taker:
    """Who takes a request: a person, or another system with what it calls its request;
    ``parent`` is the case it belongs to."""

    unit: "Unit"
    staff: "Staff | None" = None
    client: "ApiClient | None" = None
    request_id: str = ""
    digest: str = ""
    parent: Case | None = None
    bond: str = ""


@transaction.atomic
def open_case(*, new: NewCase, by: "Staff", at: datetime) -> Case:
    """
    Open a case, and settle it at once if what was asked could be answered on the spot.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if the list of a batch is too short for the green channel.
    """
    require(by, CREATE)
    case = opened(new, Taker(by.unit, staff=by), at=at)
    if new.keep or new.is_solved:
        take_at_once(case, by=by, at=at)
    if new.is_solved:
        solved = Ending(CloseResult.SOLVED, "", new.answer)
        return close_case(case=case, version=None, ending=solved, by=by, at=at)
    if new.answer:
        told = Talk(ActKind.CALL, new.answer)
        talk_to_customer(case=case, talk=told, by=by, at=at)
    return case


def opened(new: NewCase, taker: Taker, *, at: datetime) -> Case:
    """Store a new case with its rows and clocks."""
    refuse_short_list(new)
    case = placed(new, taker, at=at)
    create_record(case, by=taker.staff, at=at)
    BatchRow.objects.bulk_create(
        [
            BatchRow(case=case, line=place, number=line.number, wish=line.wish)
            for place, line in enumerate(new.lines, start=1)
        ],
        batch_size=500,
    )
    if case.kind == CaseKind.COVERAGE:
        create_record(CoverageStage(case=case, place=case.subject[:200]), by=taker.staff, at=at)
    promising.begin(case, by=taker.staff, at=at)
    tell_case(case, EventKind.CASE_OPENED, at=at)
    event = CaseOpened(case.pk, case.kind, case.customer_id, case.unit_id, at)
    transaction.on_commit(partial(events.announce, event))
    return case


def refuse_short_list(new: NewCase) -> None:
    """Pass in silence if a batch has the rows that the green channel asks for (C3).

    :raises UnableToKeepCase: otherwise.
    """
    if new.kind != CaseKind.BATCH:
        if new.lines:
            raise UnableToKeepCase(_("Only batch business has a list of rows."), "lines")
        return
    if is_green(len(new.lines)):
        return
    words = ngettext(
        "The green channel begins at %(least)s rows of the same kind; here is %(count)s row. "
        "Open it as an installation instead.",
        "The green channel begins at %(least)s rows of the same kind; here are %(count)s rows. "
        "Open it as an installation instead.",
        len(new.lines),
    )
    raise UnableToKeepCase(words % {"least": GREEN, "count": len(new.lines)}, "lines")


def placed(new: NewCase, taker: Taker, *, at: datetime) -> Case:
    """Return a case that is not stored yet: whose it is, how urgent, and in which queue."""
    customer = new.customer
    home = customer.unit if customer else taker.unit
    tier, grade = level_of(customer, at=at)
    case = Case(
        kind=new.kind,
        channel=new.channel,
        priority=priority_for(new.kind, grade),
        subject=new.subject or subject_of(new.text),
        text=new.text,
        product_code=new.product_code,
        customer=customer,
        manager=customer.manager if customer else None,
        city_code=customer.city_code if customer else city_of(taker.unit),
        caller_name=new.caller_name,
        caller_phone=new.caller_phone,
        tier=tier,
        grade=grade,
        unit=queue_for(new.kind, home),
        first_taker=taker.staff,
        opened_at=at,
        client=taker.client,
        request_id=taker.request_id,
        digest=taker.digest,
        parent=taker.parent,
        bond=taker.bond,
    )
    return turned(case)


def city_of(unit: "Unit") -> str:
    """Return the code of the city to which a unit belongs; of those above all cities, 00."""
    head = unit.code.split("/")[0]
    return head if head.isdigit() and len(head) == len(UNKNOWN_CITY) else UNKNOWN_CITY


def take_at_once(case: Case, *, by: "Staff", at: datetime) -> None:
    """Let whoever opened a case keep it; they have to be somebody who handles cases."""
    require(by, HANDLE)
    keep(case, CaseState.TAKEN, by=by, at=at, owner=by)
    write_act(case, Done(ActKind.TAKEN), by=by, at=at)
    ask_owner(case, by=by, at=at)
