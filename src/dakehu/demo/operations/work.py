"""Let the managers of the demonstration keep their work logs (P9)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dakehu.customers.queries import customers_visible_to
from dakehu.demo.rules.work import ENTRIES, UNBOUND
from dakehu.demo.values import DemoBook
from dakehu.people.queries import staff_who_may
from dakehu.worklist.operations import record_work, unsaved_work
from dakehu.worklist.queries import work_visible_to

if TYPE_CHECKING:
    from dakehu.people.models import Staff

KEEPERS = ("ACCOUNT_MANAGER", "CHIEF_REPRESENTATIVE", "TELEPHONE_MANAGER")
CUSTOMERS = 12
DAYS = 40
FIRST_HOUR = 9


def furnish_work(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let managers who handle alerts write down some weeks of work; twice changes nothing."""
    if work_visible_to(administrator).exists():
        return
    for place, staff in enumerate(staff_who_may("worklist.act")):
        if staff.role in KEEPERS:
            write_down(staff, place, at=at)


def write_down(staff: "Staff", place: int, *, at: datetime) -> None:
    """Let one person write down what they did for their customers, and what beside."""
    own = customers_visible_to(staff).filter(manager=staff)
    customers = list(own.order_by("kind", "pk")[:CUSTOMERS])
    for step, customer in enumerate(customers):
        name, minutes, words = ENTRIES[(place + step) % len(ENTRIES)]
        day = (7 * place + 3 * step) % DAYS
        entry = unsaved_work(
            class_name=name,
            customer=customer,
            at=hour_of(at, day, step),
            minutes=minutes,
            text=words.format(name=customer),
        )
        record_work(entry=entry, by=staff, at=at)
    for step, (name, minutes, words) in enumerate(UNBOUND if customers else ()):
        moment = hour_of(at, (place + 9 * step) % DAYS, step)
        entry = unsaved_work(class_name=name, at=moment, minutes=minutes, text=words)
        record_work(entry=entry, by=staff, at=at)


def hour_of(at: datetime, days_ago: int, step: int) -> datetime:
    """Return a working hour some days ago; never later than now."""
    morning = at.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days_ago)
    return min(at, morning + timedelta(hours=FIRST_HOUR + step % 8 - 8, minutes=10 * (step % 6)))
