"""What to-dos do when something happens to customers."""

from dakehu.ownership.choices import HANDOVER
from dakehu.ownership.events import CustomersMoved, ReceiptConfirmed
from dakehu.worklist.operations import ask_for_receipts, finish_todo, follow_moved_customers


def customers_moved(event: CustomersMoved) -> None:
    """Let to-dos follow their customers, and ask the people concerned to look at it."""
    follow_moved_customers(event)
    ask_for_receipts(event)


def receipt_confirmed(event: ReceiptConfirmed) -> None:
    """Mark the to-do of a receipt as done."""
    finish_todo(source=HANDOVER, source_id=event.receipt_id, by=event.by, at=event.at)
