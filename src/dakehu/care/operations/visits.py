"""Planning visits, changing and cancelling them, and recording what came of them (G6, R7, R8)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import (
    change_rows,
    create_record,
    record_change,
    remove_record,
    save_record,
)
from dakehu.care.choices import (
    FOLLOW_UP,
    SERVICES,
    TO_VISIT,
    VISITING,
    VisitPurpose,
    VisitResult,
    VisitState,
)
from dakehu.care.errors import UnableToVisit
from dakehu.care.models import Visit
from dakehu.care.policies import WRITE
from dakehu.care.values import AS_IT_IS, Party, VisitReport
from dakehu.common.records import is_beforehand
from dakehu.customers.choices import DetailKind, OpinionSource
from dakehu.customers.operations import add_detail, unsaved
from dakehu.customers.queries import is_in_reach
from dakehu.files.operations.attachments import Upload, attach_file
from dakehu.obligations.operations import record_act
from dakehu.obligations.queries.owing import services_told_by_visits
from dakehu.ownership.events import CustomersMoved
from dakehu.people.policies import require
from dakehu.people.queries import fallback_owners
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import (
    ask_now,
    drop_todo,
    finish_todo,
    record_work,
    unsaved_work,
)
from dakehu.worklist.queries import categories
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff

LATE_DAYS = 7
FURTHEST_AHEAD = timedelta(days=366)
LONGEST_AGO = timedelta(days=366)
CLASS_OF_WORK = "客户走访"
LINKS = ("people", "companions")
EVIDENCE = "visit"
NOTE_LENGTH = 200


def unsaved_visit(**values: Any) -> Visit:
    """Return a visit that is not kept yet, for callers who do not know the models."""
    return Visit(**values)


@transaction.atomic
def plan_visit(
    *,
    visit: Visit,
    party: Party = AS_IT_IS,
    by: "Staff",
    at: datetime,
    reason: str = "",
) -> Visit:
    """
    Plan a visit at a customer, made by ``by`` unless the visit names somebody else.

    What has begun already is refused unless the visit says why it is entered afterwards; it is
    marked then (R7).

    :raises PermissionDenied: if ``by`` may not plan visits.
    :raises UnableToVisit: if the day lies too far off, the customer beyond reach, or it has begun.
    """
    require(by, WRITE)
    if not visit.staff_id:
        visit.staff = by
    visit.unit = visit.staff.unit
    visit.planned_by, visit.planned_at = by, at
    refuse_customer(visit, by)
    refuse_day(visit, at)
    refuse_begun(visit, at)
    create_record(visit, by=by, at=at, reason=reason)
    link(visit, party, by=by, at=at)
    ask_for(visit, at=at)
    return visit


@transaction.atomic
def change_visit(
    *,
    visit: Visit,
    version: int,
    reason: str = "",
    party: Party = AS_IT_IS,
    by: "Staff",
    at: datetime,
) -> bool:
    """
    Store what changed about a planned visit; returns whether anything but its people did.

    :raises PermissionDenied: if ``by`` may not plan visits.
    :raises UnableToVisit: if it is planned no more, or is moved to another day without a reason.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, WRITE)
    stored = refuse_over(visit)
    if stored.day != visit.day:
        refuse_day(visit, at)
        if not reason:
            raise UnableToVisit(_("Say why the visit is moved to another day."), "reason")
        if not is_beforehand(at, visit.begins_at):
            visit.afterwards = visit.afterwards or reason
    changed = save_record(visit, version=version, by=by, at=at, reason=reason)
    link(visit, party, by=by, at=at)
    ask_for(visit, at=at)
    return changed


@transaction.atomic
def cancel_visit(*, visit: Visit, reason: str, by: "Staff", at: datetime) -> None:
    """
    Cancel a planned visit.

    :raises PermissionDenied: if ``by`` may not plan visits.
    :raises UnableToVisit: if it is planned no more, or no reason is given.
    """
    require(by, WRITE)
    stored = refuse_over(visit)
    if not reason:
        raise UnableToVisit(_("Say why the visit is cancelled."), "reason")
    stored.state, stored.cancel_reason = VisitState.CANCELLED, reason
    stored.cancelled_by, stored.cancelled_at = by, at
    save_record(stored, by=by, at=at, reason=reason)
    drop_todo(source=TO_VISIT, source_id=visit.pk, by=by, at=at)


@transaction.atomic
def remove_visit(*, visit: Visit, by: "Staff", at: datetime, reason: str = "") -> None:
    """
    Take back a planned visit that an import entered.

    :raises UnableToVisit: if it is planned no more.
    """
    require(by, WRITE)
    remove_record(refuse_over(visit), by=by, at=at, reason=reason)
    drop_todo(source=TO_VISIT, source_id=visit.pk, by=by, at=at)


@transaction.atomic
def record_visit(
    *, visit: Visit, report: VisitReport, photo: "Upload | None" = None, by: "Staff", at: datetime
) -> Visit:
    """
    Record what came of a visit: it stands in the work log, what it left to do among the to-dos.

    :raises PermissionDenied: if ``by`` may not record visits.
    :raises UnableToVisit: if it lies in the future or too far back, was recorded or cancelled
        already, or nothing says where it was and what came of it.
    :raises UnableToAttach: if the photo is not fit to be kept.
    """
    require(by, WRITE)
    stored = refuse_over(visit)
    refuse_report(report, at)
    stored.state, stored.recorded_by, stored.recorded_at = VisitState.DONE, by, at
    stored.happened_at, stored.spent_minutes = report.happened_at, report.minutes
    stored.seen_place, stored.result, stored.report = report.place, report.result, report.text
    stored.running_state, stored.plans = report.running_state.strip(), report.plans.strip()
    stored.counts_for = owed_service(stored, report)
    stored.follow_up, stored.follow_up_day = report.follow_up, report.follow_up_day
    save_record(stored, by=by, at=at)
    if photo is not None:
        attach_file(record=stored, upload=photo, by=by, at=at)
    finish_todo(source=TO_VISIT, source_id=stored.pk, by=by, at=at)
    log_work(stored, by=by, at=at)
    keep_opinion(stored, report, by=by, at=at)
    ask_follow_up(stored, at=at)
    count_visit(stored, by=by, at=at)
    return stored


def count_visit(visit: Visit, *, by: "Staff", at: datetime) -> None:
    """Tell what is owed to the customer of a visit at which somebody was met (O1, O2, O3, O5)."""
    if visit.result == VisitResult.NOBODY_MET or visit.happened_at is None:
        return
    purpose = VisitPurpose(visit.purpose)
    for service in filter(None, (VISITING, SERVICES.get(purpose), visit.counts_for)):
        record_act(
            customer=visit.customer,
            service_code=service,
            happened_at=visit.happened_at,
            evidence=EVIDENCE,
            evidence_id=visit.pk,
            note=str(visit.report)[:NOTE_LENGTH],
            by=by,
            at=at,
        )


def owed_service(visit: Visit, report: VisitReport) -> str:
    """
    Return the service of the operator's own that a visit counts for; none, if none is told.

    :raises UnableToVisit: if it was not owed to the customer on that day.
    """
    code, on = report.counts_for, localdate(report.happened_at)
    if code and code not in services_told_by_visits(visit.customer_id, on=on):
        raise UnableToVisit(_("This service was not owed to the customer then."), "counts_for")
    return code


def refuse_report(report: VisitReport, at: datetime) -> None:
    """Pass in silence if a visit may be recorded like that.

    :raises UnableToVisit: otherwise.
    """
    if report.happened_at > at:
        raise UnableToVisit(
            _("This lies in the future. A visit is recorded once it was made."), "happened_at"
        )
    if report.happened_at < at - LONGEST_AGO:
        raise UnableToVisit(_("This lies more than a year back."), "happened_at")
    if not report.text:
        raise UnableToVisit(_("Write what came of the visit; it is the evidence."), "report")
    if not report.place:
        raise UnableToVisit(_("Say where the visit was; it is the evidence."), "place")
    if bool(report.follow_up) != bool(report.follow_up_day):
        missing = "follow_up" if report.follow_up_day else "follow_up_day"
        raise UnableToVisit(_("What is to follow needs both: what, and until when."), missing)


def refuse_customer(visit: Visit, by: "Staff") -> None:
    """Pass in silence if a customer can be visited.

    :raises UnableToVisit: otherwise.
    """
    customer = visit.customer
    if not is_in_reach(by, customer):
        raise UnableToVisit(_("This customer is beyond your reach."), "customer")
    if customer.retained_at or customer.merged_into_id:
        raise UnableToVisit(_("This customer has left; nobody is visited there."), "customer")


def refuse_day(visit: Visit, at: datetime) -> None:
    """Pass in silence if a visit may be planned for its day.

    :raises UnableToVisit: otherwise.
    """
    today = localdate(at)
    if visit.day < today - timedelta(days=LATE_DAYS):
        words = _("Visits are planned beforehand; at most %(days)s days back are entered.")
        raise UnableToVisit(words % {"days": LATE_DAYS}, "day")
    if visit.day > today + FURTHEST_AHEAD:
        raise UnableToVisit(_("This day lies more than a year ahead."), "day")


def refuse_begun(visit: Visit, at: datetime) -> None:
    """
    Pass in silence if a visit is entered beforehand, or says why it is not (R7).

    :raises UnableToVisit: otherwise.
    """
    if is_beforehand(at, visit.begins_at):
        visit.afterwards = ""
    elif not visit.afterwards.strip():
        words = _(
            "This has begun already. Enter it beforehand, or say why it is entered afterwards: "
            "it is then marked."
        )
        raise UnableToVisit(words, "afterwards")


def refuse_over(visit: Visit) -> Visit:
    """Return a planned visit as it is stored, held until the end of the transaction.

    :raises UnableToVisit: if it was recorded, cancelled or removed.
    """
    stored = Visit.objects.select_for_update().get(pk=visit.pk)
    if stored.state != VisitState.PLANNED or stored.removed_at:
        raise UnableToVisit(_("This visit was recorded or cancelled already."))
    return stored


def link(visit: Visit, party: Party, *, by: "Staff", at: datetime) -> None:
    """Set whom one meets and who comes along, and log what changed; None leaves them alone."""
    for name in LINKS:
        wanted = getattr(party, name)
        if wanted is None:
            continue
        links = getattr(visit, name)
        before = sorted(str(each) for each in links.all())
        links.set(wanted)
        after = sorted(str(each) for each in wanted)
        if before != after:
            fields = {name: (", ".join(before), ", ".join(after))}
            record_change(verb=ChangeVerb.CHANGED, subject=visit, fields=fields, by=by, at=at)


def ask_for(visit: Visit, *, at: datetime) -> None:
    """Ask whoever makes a visit to make it and to record it on its day (R8)."""
    ask = Ask(
        source_id=visit.pk,
        facts={"day": visit.day.isoformat(), "about": visit.about},
        customer_id=visit.customer_id,
        owner_id=visit.staff_id,
        unit_id=visit.unit_id,
        urgency=Urgency.NORMAL,
        due_date=visit.day,
    )
    ask_now(source=TO_VISIT, ask=ask, at=at)


def ask_follow_up(visit: Visit, *, at: datetime) -> None:
    """Ask for what a visit left to do."""
    if not visit.follow_up:
        return
    ask = Ask(
        source_id=visit.pk,
        facts={"day": visit.day.isoformat(), "text": visit.follow_up},
        customer_id=visit.customer_id,
        owner_id=visit.staff_id,
        unit_id=visit.unit_id,
        urgency=Urgency.NORMAL,
        due_date=visit.follow_up_day,
    )
    ask_now(source=FOLLOW_UP, ask=ask, at=at)


def log_work(visit: Visit, *, by: "Staff", at: datetime) -> None:
    """Write a visit into the work log of whoever records it (P9)."""
    names = list(categories().values_list("name", flat=True))
    if not names or not by.may("worklist.act"):
        return
    entry = unsaved_work(
        class_name=CLASS_OF_WORK if CLASS_OF_WORK in names else names[0],
        customer=visit.customer,
        at=visit.happened_at,
        minutes=visit.spent_minutes,
        text=f"{visit.about}\n{visit.report}",
    )
    record_work(entry=entry, by=by, at=at)


def keep_opinion(visit: Visit, report: VisitReport, *, by: "Staff", at: datetime) -> None:
    """Keep what the customer said among the customer's opinions (V1)."""
    if not report.opinion:
        return
    opinion = unsaved(
        DetailKind.OPINION,
        source=OpinionSource.VISIT,
        text=report.opinion,
        satisfaction=report.satisfaction,
        at=report.happened_at,
    )
    add_detail(customer=visit.customer, detail=opinion, by=by, at=at)


@transaction.atomic
def hand_over_visits(
    *, visit_ids: Sequence[int], owner: "Staff", by: "Staff | None", at: datetime
) -> None:
    """Let planned visits follow their to-dos to another person."""
    rows = Visit.objects.filter(pk__in=list(visit_ids), state=VisitState.PLANNED)
    values = {"staff": owner, "unit": owner.unit}
    change_rows(rows.exclude(staff=owner), values=values, by=by, at=at)


@transaction.atomic
def follow_moved_customers(moved: CustomersMoved) -> None:
    """Let planned visits of the former owner follow their customers; the to-dos do the same."""
    passages = {line.customer_id: line for line in moved.lines}
    planned = Visit.objects.filter(customer__in=passages, state=VisitState.PLANNED)
    stand_ins = fallback_owners()
    for visit in planned.select_related("customer").order_by("pk"):
        stand_in = stand_ins.get(visit.customer.unit_id)
        heir = passages[visit.customer_id].heir_of(visit.staff_id, stand_in=stand_in)
        if heir and heir != visit.staff_id:
            person = type(visit.staff)._default_manager.select_related("unit").get(pk=heir)
            hand_over_visits(visit_ids=[visit.pk], owner=person, by=moved.by, at=moved.at)


def local_minute(at: datetime) -> datetime:
    """Return an instant to the minute, in the installation's time zone."""
    return localtime(at).replace(second=0, microsecond=0)
