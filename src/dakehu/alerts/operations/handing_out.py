"""Handing alerts out to people, one by one or as a whole list (M7, P7)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q, QuerySet

from dakehu.alerts.choices import SOURCE, AlertState
from dakehu.alerts.errors import UnableToAssignAlerts
from dakehu.alerts.models import Alert
from dakehu.alerts.queries.asking import members_of
from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import record_changes
from dakehu.common.batches import batched
from dakehu.ownership.events import CustomersMoved
from dakehu.people.policies import require
from dakehu.people.queries import colleagues_of, fallback_owners
from dakehu.worklist.events import TodosHandedOver
from dakehu.worklist.operations import reassign_todos

if TYPE_CHECKING:
    from dakehu.people.models import Staff

BATCH = 1_000


@transaction.atomic
def assign_alerts(*, alerts: QuerySet[Alert], owner: "Staff", by: "Staff", at: datetime) -> int:
    """
    Give ``alerts`` to ``owner``, with their open to-dos, and return how many changed hands.

    ``alerts`` come from a query for ``by``, so they are within their reach. Alerts that are
    withdrawn or belong to ``owner`` already stay as they are.

    :raises PermissionDenied: if ``by`` may not hand out alerts.
    :raises UnableToAssignAlerts: if ``by`` may not give work to ``owner``.
    """
    require(by, "alerts.assign")
    if not colleagues_of(by, permission="alerts.handle").filter(pk=owner.pk).exists():
        raise UnableToAssignAlerts
    moving = alerts.exclude(owner=owner).exclude(state=AlertState.WITHDRAWN).order_by("pk")
    return sum(
        _assign(batch, owner=owner, by=by, at=at)
        for batch in batched(list(moving.values_list("pk", flat=True)), BATCH)
    )


def follow_handed_over(handed: TodosHandedOver) -> None:
    """Let alerts follow their to-dos, which somebody passed on; each counts as changed by hand."""
    if handed.source == SOURCE:
        standing = Q(pk__in=handed.source_ids) | Q(pk__in=members_of(handed.source_ids))
        Alert.objects.filter(standing).update(owner_id=handed.owner_id, version=F("version") + 1)


def _assign(ids: list[int], *, owner: "Staff", by: "Staff", at: datetime) -> int:
    cards = Alert.objects.filter(pk__in=ids, card__isnull=False).values_list("card", flat=True)
    # A card goes as a whole: its to-do is one.
    together = (
        members_of(card for card in cards if card).exclude(pk__in=ids).values_list("pk", flat=True)
    )
    ids = [*ids, *together]
    found = list(Alert.objects.filter(pk__in=ids).only("pk", "owner_id"))
    Alert.objects.filter(pk__in=ids).update(owner=owner, version=F("version") + 1)
    reassign_todos(source=SOURCE, source_ids=ids, owner=owner, by=by, at=at)
    record_changes(
        verb=ChangeVerb.CHANGED,
        changes=[(alert, {"owner": (alert.owner_id, owner.pk)}) for alert in found],
        by=by,
        at=at,
    )
    return len(found)


@transaction.atomic
def follow_moved_customers(moved: CustomersMoved) -> int:
    """
    Let the alerts that hold follow their customers to the new owner; return how many did (M3).

    Alerts that have ended stay with whoever handled them. An alert nobody has touched stays so:
    the night goes on letting it follow its customer.
    """
    stand_ins = fallback_owners()
    passages = {line.customer_id: line for line in moved.lines}
    followed = 0
    for batch in batched(passages, BATCH):
        found = Alert.objects.filter(customer__in=batch, cleared_day__isnull=True)
        holding = found.exclude(state=AlertState.WITHDRAWN).order_by("pk").select_for_update()
        heirs = {
            alert: passages[alert.customer_id].heir_of(
                alert.owner_id, stand_in=stand_ins.get(alert.unit_id)
            )
            for alert in holding
        }
        moving = {alert: heir for alert, heir in heirs.items() if heir != alert.owner_id}
        for heir in set(moving.values()):
            theirs = [alert.pk for alert, owner in moving.items() if owner == heir]
            Alert.objects.filter(pk__in=theirs).update(owner=heir)
        changes = [(alert, {"owner": (alert.owner_id, heir)}) for alert, heir in moving.items()]
        record_changes(verb=ChangeVerb.CHANGED, changes=changes, by=moved.by, at=moved.at)
        followed += len(moving)
    return followed
