"""Handing alerts out to people, one by one or as a whole list (M7, P7)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, QuerySet

from dakehu.alerts.choices import SOURCE, AlertState
from dakehu.alerts.errors import UnableToAssignAlerts
from dakehu.alerts.models import Alert
from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import record_changes
from dakehu.common.batches import batched
from dakehu.people.policies import require
from dakehu.people.queries import colleagues_of
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
        Alert.objects.filter(pk__in=handed.source_ids).update(
            owner_id=handed.owner_id, version=F("version") + 1
        )


def _assign(ids: list[int], *, owner: "Staff", by: "Staff", at: datetime) -> int:
    found = list(Alert.objects.filter(pk__in=ids).only("pk", "owner_id"))
    Alert.objects.filter(pk__in=ids).update(owner=owner, version=F("version") + 1)
    reassign_todos(source=SOURCE, source_ids=ids, owner=owner)
    record_changes(
        verb=ChangeVerb.CHANGED,
        changes=[(alert, {"owner": (alert.owner_id, owner.pk)}) for alert in found],
        by=by,
        at=at,
    )
    return len(found)
