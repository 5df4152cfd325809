"""Let the managers of the demonstration write to their customers, some of whom want nothing."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries import customers_visible_to
from dakehu.demo.rules.messages import MESSAGES, REFUSALS, WITHDRAWN_EVERY
from dakehu.demo.values import DemoBook
from dakehu.outbox import operations
from dakehu.outbox.queries import addresses_of, messages_visible_to
from dakehu.outbox.values import NewMessage
from dakehu.people.queries import staff_who_may

if TYPE_CHECKING:
    from dakehu.people.models import Staff

CUSTOMERS = 4


@transaction.atomic
def furnish_messages(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Fill the outbox with messages of the last hours, and the refusal list, once."""
    if messages_visible_to(administrator).exists():
        return
    written = [
        (staff, *reach)
        for staff in staff_who_may("outbox.write")
        if staff.role == "ACCOUNT_MANAGER"
        for reach in reached(staff)
    ]
    for count, (staff, customer, way, to) in enumerate(written):
        write(staff, customer, way, to, count, at=at)
    for (staff, _customer, _way, to), (purpose, source, note) in zip(
        written, REFUSALS, strict=False
    ):
        operations.note_refusal(to=to, purpose=purpose, source=source, note=note, by=staff, at=at)


def reached(staff: "Staff") -> list[tuple[Any, str, str]]:
    """Return the first groups of a manager that can be reached, each with an address."""
    groups = customers_visible_to(staff).filter(manager=staff, kind=CustomerKind.GROUP)
    found = [
        (customer, addresses[0][1], addresses[0][2].plain)
        for customer in groups.order_by("pk")[: CUSTOMERS * 2]
        if (addresses := addresses_of(customer))
    ]
    return found[:CUSTOMERS]


def write(staff: "Staff", customer: Any, way: str, to: str, count: int, *, at: datetime) -> None:
    """Write one message; some are taken back."""
    purpose, text = MESSAGES[count % len(MESSAGES)]
    asked_at = at - timedelta(minutes=7 * (count % 40) + 3)
    message = NewMessage(way=way, purpose=purpose, text=text, to=to, customer=customer)
    kept = operations.send_message(message=message, by=staff, at=asked_at)
    if count % WITHDRAWN_EVERY == WITHDRAWN_EVERY - 1:
        operations.withdraw_message(message=kept, by=staff, at=asked_at + timedelta(minutes=1))
