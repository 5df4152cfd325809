"""What to-dos do when something happens to customers, or to exports."""

from django.utils.timezone import localdate

from dakehu.files.choices import TO_KNOW, TO_RELEASE, TO_TAKE
from dakehu.files.events import (
    ExportBuilt,
    ExportDecided,
    ExportEnded,
    ExportLost,
    ExportRequested,
    ExportTaken,
)
from dakehu.ownership.choices import HANDOVER
from dakehu.ownership.events import CustomersMoved, ReceiptConfirmed
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import (
    ask_for_receipts,
    cancel_todos,
    finish_todo,
    follow_moved_customers,
    open_todos,
)
from dakehu.worklist.values import Ask


def customers_moved(event: CustomersMoved) -> None:
    """Let to-dos follow their customers, and ask the people concerned to look at it."""
    follow_moved_customers(event)
    ask_for_receipts(event)


def receipt_confirmed(event: ReceiptConfirmed) -> None:
    """Mark the to-do of a receipt as done."""
    finish_todo(source=HANDOVER, source_id=event.receipt_id, by=event.by, at=event.at)


def export_requested(event: ExportRequested) -> None:
    """Ask who is to release an export to decide."""
    ask = Ask(
        source_id=event.export_id,
        facts={"requester": event.requester, "list": event.screen, "rows": event.rows},
        customer_id=None,
        owner_id=event.releaser_id,
        unit_id=event.unit_id,
        urgency=Urgency.HIGH,
        due_date=None,
    )
    open_todos(source=TO_RELEASE, asks=[ask], at=event.at)


def export_decided(event: ExportDecided) -> None:
    """Mark the to-do of a release as done."""
    finish_todo(source=TO_RELEASE, source_id=event.export_id, by=event.by, at=event.at)


def export_built(event: ExportBuilt) -> None:
    """Tell who asked for an export that its file is there."""
    ask = Ask(
        source_id=event.export_id,
        facts={"list": event.screen},
        customer_id=None,
        owner_id=event.requester_id,
        unit_id=event.unit_id,
        urgency=Urgency.NORMAL,
        due_date=localdate(event.expires_at),
    )
    open_todos(source=TO_TAKE, asks=[ask], at=event.at)


def export_taken(event: ExportTaken) -> None:
    """Mark the to-do of a file that waits as done."""
    finish_todo(source=TO_TAKE, source_id=event.export_id, by=event.by, at=event.at)


def export_ended(event: ExportEnded) -> None:
    """Ask nobody any more about an export that is over."""
    for source in (TO_RELEASE, TO_TAKE):
        cancel_todos(source=source, source_ids=[event.export_id], at=event.at)


def export_lost(event: ExportLost) -> None:
    """Tell who asked for an export that no file will come."""
    ask = Ask(
        source_id=event.export_id,
        facts={"list": event.screen, "state": event.state},
        customer_id=None,
        owner_id=event.requester_id,
        unit_id=event.unit_id,
        urgency=Urgency.NORMAL,
        due_date=None,
    )
    open_todos(source=TO_KNOW, asks=[ask], at=event.at)
