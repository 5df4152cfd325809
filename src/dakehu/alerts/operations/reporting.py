"""Another system reports that a customer wants to leave: alert, to-do and ring at once (W14)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from dakehu.alerts.choices import SOURCE, AlertState, Rule, Verdict
from dakehu.alerts.errors import UnableToTakeReport
from dakehu.alerts.models import Alert, LeavingReport
from dakehu.alerts.operations.asking import asks_of
from dakehu.alerts.rules.reports import BITS, is_timely
from dakehu.alerts.values import NewReport
from dakehu.audit.operations import create_record, save_record
from dakehu.customers.queries import places_reported
from dakehu.customers.values import CustomerPlace
from dakehu.live.operations import ring
from dakehu.people.queries import person_on_duty, staff_above
from dakehu.signin.choices import ApiRight
from dakehu.worklist.operations import ask_now

if TYPE_CHECKING:
    from dakehu.signin.models import ApiClient


@dataclass(frozen=True)
class Taken:
    """A report as it is kept, and whether it was news: the same event again changes nothing."""

    report: LeavingReport
    is_new: bool


@transaction.atomic
def take_report(report: NewReport, *, client: "ApiClient", at: datetime) -> Taken:
    """
    Keep a report of leaving; raise an urgent alert for whoever can act now, and ring (W14).

    A report that names nobody within the client's reach is kept with its verdict, and looked at
    anew when it is sent again.

    :raises PermissionDenied: if the client was not given the right.
    :raises UnableToTakeReport: if the event is too old or to come, or its number was used for
        another event.
    """
    if not client.may(ApiRight.REPORT_LEAVING):
        raise PermissionDenied(ApiRight.REPORT_LEAVING)
    if not is_timely(report.happened_at, at=at):
        raise UnableToTakeReport("not_timely", "at")
    kept = _kept(report, client=client, at=at)
    if kept.verdict == Verdict.TAKEN:
        return Taken(kept, is_new=False)
    places, is_known = places_reported(client, number=report.sub_id, phone=report.phone)
    kept.verdict = _verdict(places, is_known=is_known)
    if kept.verdict == Verdict.TAKEN:
        reason = f"{client.name}: {kept.source} {kept.event_id}"
        kept.alert = _raised(places[0], BITS[kept.kind], at=at, reason=reason)
        _ask_at_once(kept.alert, at=at, reason=reason)
    kept.received_at = at
    kept.save()
    return Taken(kept, is_new=True)


def _kept(report: NewReport, *, client: "ApiClient", at: datetime) -> LeavingReport:
    """Return the row of an event, new or as it was kept, under lock."""
    digest = hashlib.sha256(report.words.encode()).hexdigest()
    found, _is_new = LeavingReport.objects.select_for_update().get_or_create(
        client=client,
        event_id=report.event_id,
        defaults={
            "sub_id": report.sub_id,
            "phone": report.phone,
            "kind": report.kind,
            "happened_at": report.happened_at,
            "source": report.source,
            "reason": report.reason,
            "received_at": at,
            "verdict": Verdict.UNKNOWN,
            "digest": digest,
        },
    )
    if found.digest != digest:
        raise UnableToTakeReport("event_id_reused", "event_id")
    return found


def _verdict(places: list[CustomerPlace], *, is_known: bool) -> Verdict:
    if len(places) == 1:
        return Verdict.TAKEN
    if places:
        return Verdict.SEVERAL
    return Verdict.OUTSIDE if is_known else Verdict.UNKNOWN


def _raised(place: CustomerPlace, bit: int, *, at: datetime, reason: str) -> Alert:
    """Return the customer's alert with the report in its evidence; one settled today goes on."""
    alert = _going_on(place, at=at)
    if alert is None:
        try:
            with transaction.atomic():
                return create_record(_new(place, bit, at=at), by=None, at=at, reason=reason)
        except IntegrityError:
            # Another report of the same customer was quicker.
            alert = _going_on(place, at=at)
            if alert is None:
                raise
    alert.a, alert.b, alert.last_day = alert.a | bit, alert.b + 1, localdate(at)
    alert.cleared_day, alert.follow_up_date, alert.state = None, None, AlertState.NEW
    save_record(alert, by=None, at=at, reason=reason)
    return alert


def _going_on(place: CustomerPlace, *, at: datetime) -> Alert | None:
    """Return the alert of a customer that goes on, or began today and was settled since."""
    theirs = Alert.objects.select_for_update().filter(customer_id=place.pk, rule=Rule.W14)
    going_on = theirs.filter(cleared_day__isnull=True).first()
    return going_on or theirs.filter(opened_day=localdate(at)).first()


def _new(place: CustomerPlace, bit: int, *, at: datetime) -> Alert:
    owner_id = person_on_duty(
        manager_id=place.manager_id, unit_id=place.unit_id, permission="alerts.handle", at=at
    )
    # The night lets untouched alerts (version 1) follow the manager; one that went to a deputy
    # stays there.
    is_passed_on = place.manager_id is not None and owner_id != place.manager_id
    return Alert(
        rule=Rule.W14,
        customer_id=place.pk,
        city_code=place.city_code,
        unit_id=place.unit_id,
        owner_id=owner_id,
        opened_day=localdate(at),
        last_day=localdate(at),
        a=bit,
        b=1,
        version=2 if is_passed_on else 1,
    )


def _ask_at_once(alert: Alert, *, at: datetime, reason: str) -> None:
    """Ask the owner today, and ring at their page; where nobody owns it, at those who assign."""
    (ask,) = asks_of(Alert.objects.filter(pk=alert.pk))
    todo = ask_now(source=SOURCE, ask=ask, at=at, reason=reason)
    called = [todo.owner_id] if todo.owner_id else staff_above(
        todo.unit_id, permission="alerts.assign"
    )  # fmt: skip
    ring(todo=todo, staff_ids=called, at=at)
