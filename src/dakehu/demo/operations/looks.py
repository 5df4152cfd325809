"""Let the people of the demonstration look at customers, for the access log (promise 3)."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.utils.timezone import localdate, make_aware

from dakehu.audit.choices import AccessVerb, Purpose
from dakehu.audit.queries import accesses_by
from dakehu.common.events import announce
from dakehu.customers.queries import customers_visible_to
from dakehu.demo.rules.looks import Look, looks_of
from dakehu.demo.values import DemoBook
from dakehu.people.operations import reveal
from dakehu.people.queries import staff_who_may
from dakehu.ui.events import RecordOpened, RecordsSearched

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PEOPLE = 24
CUSTOMERS = 8
MORNING = time(9)
PURPOSES = (Purpose.CONTACT, Purpose.VERIFY, Purpose.CORRECT)

Act = tuple[datetime, Callable[[], object]]


def furnish_looks(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let people search, open files and reveal numbers for some weeks; twice changes nothing."""
    acts: list[Act] = []
    for place, staff in enumerate(staff_who_may("customers.reveal")[:PEOPLE]):
        if not accesses_by(staff.pk).exclude(verb=AccessVerb.SIGNED_IN).exists():
            acts += looks_by(staff, place, at=at)
    # The log is a chain: what was earlier stands earlier in it.
    for _moment, act in sorted(acts, key=lambda each: each[0]):
        act()


def looks_by(staff: "Staff", place: int, *, at: datetime) -> Iterator[Act]:
    """Yield what one person looks at, each with its instant."""
    customers = list(customers_visible_to(staff).order_by("pk")[:CUSTOMERS])
    for look in looks_of(place, len(customers)):
        customer, moment = customers[look.customer], moment_of(look, at)
        if look.is_search:
            found = RecordsSearched(actor=staff, typed=str(customer), count=1, at=moment)
            yield moment, partial(announce, found)
        opened = moment + timedelta(seconds=8)
        event = RecordOpened(actor=staff, subject=customer, at=opened)
        yield opened, partial(announce, event)
        if look.is_reveal and customer.phone:
            purpose = PURPOSES[look.customer % len(PURPOSES)]
            revealed = opened + timedelta(seconds=40)
            yield (
                revealed,
                partial(reveal, customer, value="phone", purpose=purpose, by=staff, at=revealed),
            )


def moment_of(look: Look, at: datetime) -> datetime:
    """Return the instant of a look: some days ago, within the working hours of that day."""
    day = localdate(at) - timedelta(days=look.days_ago)
    return make_aware(datetime.combine(day, MORNING)) + timedelta(minutes=look.minutes)
