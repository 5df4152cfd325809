"""Exports of personal data, asked for through the operations."""

from datetime import UTC, datetime

from dakehu.files.models import ExportRequest
from dakehu.files.operations import exports as operations
from dakehu.files.values import ExportOrder

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
COLUMNS = ("number", "name", "phone", "manager")
PURPOSE = "三月回访名单"


def order(**changes) -> ExportOrder:
    """What somebody wants: the list of customers, masked."""
    wanted = {
        "screen": "customers:list",
        "query": "",
        "columns": COLUMNS,
        "language": "zh-hans",
        "purpose": PURPOSE,
        "rows": 2,
        **changes,
    }
    return ExportOrder(**wanted)


def ask(by, *, at=AT, **changes) -> ExportRequest:
    """Ask for an export."""
    return operations.request_export(order=order(**changes), by=by, at=at)


def decide(export, by, *, release=True, note="", at=AT) -> ExportRequest:
    """Release or refuse an export."""
    operations.decide_export(export=export, release=release, note=note, by=by, at=at)
    return fresh(export)


def fresh(export) -> ExportRequest:
    """Return an export as it is stored now."""
    found = ExportRequest.objects.select_related("requested_by__unit", "decided_by")
    return found.get(pk=export.pk)
