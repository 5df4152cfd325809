"""What people do with an alert: contact the customer and say what came of it (W13)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from dakehu.alerts.choices import ASK_AGAIN, REPORTED, SOURCE, AlertState, Outcome
from dakehu.alerts.errors import UnableToFollowUp, UnableToHandleAlert
from dakehu.alerts.models import Alert, Handling
from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import record_change
from dakehu.people.policies import require
from dakehu.worklist.operations import finish_todo, put_off_todo

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
        day = contact.follow_up_date
        put_off_todo(source=SOURCE, source_id=alert.pk, due_date=day, by=by, at=at)
    else:
        finish_todo(source=SOURCE, source_id=alert.pk, by=by, at=at)
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


def _cleared_day(alert: Alert, state: str, at: datetime) -> date | None:
    """Return when the warning ended: one that others reported ends when it was handled (W14)."""
    if alert.rule in REPORTED and state == AlertState.HANDLED:
        return alert.cleared_day or localdate(at)
    return alert.cleared_day


def _require_later_day(contact: Contact, at: datetime) -> None:
    day = contact.follow_up_date
    if (day is None and contact.outcome in ASK_AGAIN) or (day and day < localdate(at)):
        raise UnableToFollowUp
