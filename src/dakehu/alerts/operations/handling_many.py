"""What people do with several alerts at once: one outcome for all, each told on its own (W13)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from dakehu.alerts.choices import Act, AlertState
from dakehu.alerts.errors import UnableToHandleAlert
from dakehu.alerts.models import Alert
from dakehu.alerts.operations.handing_out import assign_alerts
from dakehu.alerts.operations.handling import Contact, handle_alert
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class Acted:
    """What became of one of several alerts; ``customer`` and ``rule`` name it on the page."""

    number: int
    customer: str
    rule: str
    act: Act


def handle_several(
    *, alerts: Iterable[tuple[Alert, int]], contact: Contact, by: "Staff", at: datetime
) -> list[Acted]:
    """
    Record one act on several alerts of any customers, each for itself; tell what became of each.

    Each alert comes with its version as it stood on the screen: what somebody changed in the
    meantime, or the night withdrew, stays as it is and is told of.

    :raises PermissionDenied: if ``by`` may not handle alerts.
    :raises UnableToFollowUp: if the outcome asks for another contact without a later day.
    """
    require(by, "alerts.handle")
    told = []
    for alert, version in alerts:
        act = Act.DONE
        try:
            handle_alert(alert=alert, contact=contact, version=version, by=by, at=at)
        except UnableToHandleAlert:
            act = Act.WITHDRAWN if alert.state == AlertState.WITHDRAWN else Act.CHANGED
        told.append(acted(alert, act))
    return told


def assign_several(
    *, alerts: QuerySet[Alert], owner: "Staff", by: "Staff", at: datetime
) -> list[Acted]:
    """
    Give alerts to somebody and tell what became of each.

    :raises PermissionDenied: if ``by`` may not hand out alerts.
    :raises UnableToAssignAlerts: if ``by`` may not give work to ``owner``.
    """
    found: Sequence[Alert] = list(alerts)
    assign_alerts(alerts=alerts, owner=owner, by=by, at=at)
    return [acted(alert, assigned(alert, owner)) for alert in found]


def assigned(alert: Alert, owner: "Staff") -> Act:
    """Return what handing out makes of an alert as it was before."""
    if alert.state == AlertState.WITHDRAWN:
        return Act.WITHDRAWN
    return Act.THEIRS if alert.owner_id == owner.pk else Act.DONE


def acted(alert: Alert, act: Act) -> Acted:
    """Name an alert with what became of it."""
    return Acted(alert.pk, str(alert.customer), alert.get_rule_display(), act)
