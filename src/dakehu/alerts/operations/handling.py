"""What people do with an alert: contact the customer and say what came of it (W13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from dakehu.alerts.choices import ASK_AGAIN, REPORTED, SOURCE, AlertState, Outcome
from dakehu.alerts.errors import UnableToFollowUp, UnableToHandleAlert
from dakehu.alerts.models import Alert, Handling
from dakehu.alerts.operations.asking import ask_about
from dakehu.alerts.queries import Books
from dakehu.alerts.queries.evidence import alert_facts
from dakehu.alerts.rules.duties import duty_for
from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import record_change
from dakehu.people.policies import require
from dakehu.worklist.operations import finish_todo, open_todos, put_off_todo
from dakehu.worklist.queries import has_todo
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class Contact:
    """One act on an alert: was the customer reached, what came of it, when to look again."""

    outcome: Outcome
    contacted: bool = False
    note: str = ""
    follow_up_date: date | None = None


@transaction.atomic
def handle_alert(
    *, alert: Alert, contact: Contact, version: int, by: "Staff", at: datetime
) -> Handling:
    """
    Record one act on an alert; its to-do is finished, or waits for the follow-up day.

    ``version`` is the alert's as it stood on the screen of whoever acts.

    :raises PermissionDenied: if ``by`` may not handle alerts.
    :raises UnableToFollowUp: if the outcome asks for another contact without a later day.
    :raises UnableToHandleAlert: if somebody changed the alert in the meantime, or it is withdrawn.
    """
    require(by, "alerts.handle")
    _require_later_day(contact, at)
    state = AlertState.FOLLOW_UP if contact.follow_up_date else AlertState.HANDLED
    ended = (alert.cleared_day, _cleared_day(alert, state, at))
    changed = (
        Alert.objects.filter(pk=alert.pk, version=version)
        .exclude(state=AlertState.WITHDRAWN)
        .update(
            state=state,
            follow_up_date=contact.follow_up_date,
            cleared_day=ended[1],
            version=version + 1,
        )
    )
    if not changed:
        raise UnableToHandleAlert
    handling = Handling.objects.create(
        alert=alert,
        by=by,
        at=at,
        contacted=contact.contacted,
        outcome=contact.outcome,
        note=contact.note,
        follow_up_date=contact.follow_up_date,
    )
    if contact.follow_up_date:
        put_off_alert(alert, contact.follow_up_date, by=by, at=at)
    else:
        finish_todo(source=SOURCE, source_id=alert.pk, by=by, at=at)
    ask_about([alert.customer_id], at=at)
    record_change(
        verb=ChangeVerb.CHANGED,
        subject=alert,
        fields={
            "state": (alert.state, state),
            "follow_up_date": (alert.follow_up_date, contact.follow_up_date),
            **({"cleared_day": ended} if ended[0] != ended[1] else {}),
        },
        by=by,
        at=at,
        reason=contact.outcome,
    )
    return handling


@transaction.atomic
def handle_card(
    *, alerts: Sequence[tuple[Alert, int]], contact: Contact, by: "Staff", at: datetime
) -> int:
    """
    Record one act on several alerts of a customer's card, all or none; return how many.

    Each alert comes with its version as it stood on the screen.

    :raises PermissionDenied: if ``by`` may not handle alerts.
    :raises UnableToFollowUp: if the outcome asks for another contact without a later day.
    :raises UnableToHandleAlert: if somebody changed one of them in the meantime.
    """
    for alert, version in alerts:
        handle_alert(alert=alert, contact=contact, version=version, by=by, at=at)
    return len(alerts)


def put_off_alert(alert: Alert, day: date, *, by: "Staff", at: datetime) -> None:
    """Let an alert wait until a day by a to-do of its own, which it may not have had on a card."""
    duty = duty_for(alert.rule, opened=alert.opened_day, last=alert.last_day, a=alert.a)
    if not has_todo(SOURCE, alert.pk):
        ask = Ask(
            source_id=alert.pk,
            facts=alert_facts(alert, Books()),
            customer_id=alert.customer_id,
            owner_id=alert.owner_id,
            unit_id=alert.unit_id,
            urgency=duty.urgency,
            due_date=day,
        )
        open_todos(source=SOURCE, asks=[ask], at=at)
    put_off_todo(source=SOURCE, source_id=alert.pk, due_date=day, by=by, at=at)


def _cleared_day(alert: Alert, state: str, at: datetime) -> date | None:
    """Return when the warning ended: one that others reported ends when it was handled (W14)."""
    if alert.rule in REPORTED and state == AlertState.HANDLED:
        return alert.cleared_day or localdate(at)
    return alert.cleared_day


def _require_later_day(contact: Contact, at: datetime) -> None:
    day = contact.follow_up_date
    if (day is None and contact.outcome in ASK_AGAIN) or (day and day < localdate(at)):
        raise UnableToFollowUp
