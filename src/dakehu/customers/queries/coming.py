"""Days of customers and their key persons that come again soon (C9)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dakehu.customers.choices import BirthCalendar, ContactRole, CustomerKind
from dakehu.customers.models import Anniversary, Contact, Customer
from dakehu.customers.querysets import CustomerQuerySet
from dakehu.customers.rules import next_day, years_since

KEY_ROLES = (ContactRole.LEADER, ContactRole.KEY_PERSON)


@dataclass(frozen=True)
class ComingDay:
    """A day to remember that comes again: whose, what it is called, which time it comes.

    ``title`` is empty for the birthday of a person.
    """

    key: str
    customer_id: int
    contact_id: int | None
    person: str
    title: str
    day: date
    years: int


def customers_to_care_for() -> CustomerQuerySet:
    """Return the groups that somebody looks after, with that person, whoever asks (C9)."""
    found = Customer.objects.current().filter(kind=CustomerKind.GROUP, manager__isnull=False)
    rows: CustomerQuerySet = found.select_related("manager__unit", "unit").order_by("pk")
    return rows


def days_coming(customers: Collection[int], *, first: date, last: date) -> list[ComingDay]:
    """
    Return the anniversaries and the birthdays of key persons that come within some days.

    The numbers of the customers come from a query for whoever asks, or from background work.
    """
    kept = Anniversary.objects.filter(customer__in=customers, removed_at__isnull=True)
    born = Contact.objects.filter(
        customer__in=customers,
        removed_at__isnull=True,
        role__in=KEY_ROLES,
        birth_date__isnull=False,
    )
    found = [
        ComingDay(
            f"anniversary:{each.pk}",
            each.customer_id,
            each.contact_id,
            each.contact.name if each.contact else "",
            each.title,
            *coming(each.on, each.calendar, first),
        )
        for each in kept.select_related("contact").order_by("pk")
    ] + [
        ComingDay(
            f"birthday:{each.pk}",
            each.customer_id,
            each.pk,
            each.name,
            "",
            *coming(date.fromisoformat(each.birth_date.plain), each.birth_calendar, first),
        )
        for each in born.order_by("pk")
        if each.birth_date is not None
    ]
    return [each for each in found if each.day <= last and each.years >= 0]


def coming(kept: date, calendar: str, first: date) -> tuple[date, int]:
    """Return when a day comes next from ``first`` on, and which time it is."""
    day = next_day(kept, is_lunar=calendar == BirthCalendar.LUNAR, on=first)
    return day, years_since(kept, day)
