"""Customers for those who may see them, and where customers belong (V1, V4)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from dakehu.common.words import plain_phone
from dakehu.customers.choices import CardLevel, CustomerKind
from dakehu.customers.models import Customer, CustomerMonth, ServiceLog, Subscription
from dakehu.customers.queries.fields import with_custom_values
from dakehu.customers.querysets import CustomerQuerySet
from dakehu.customers.values import CustomerPlace
from dakehu.people.choices import ShareSubject
from dakehu.people.policies import reach, within_role

if TYPE_CHECKING:
    from dakehu.people.models import Staff

MEMBERS_SHOWN = 20
LOGS_SHOWN = 20
MONTHS_SHOWN = 24
# A pre-deregistered subscriber of whom nothing was heard for so long has left.
LEFT_DAYS = 30


def customers_in_reach(actor: "Staff") -> CustomerQuerySet:
    """Return every customer row within the actor's reach, whatever became of it (promise 3)."""
    within = reach(actor, unit="unit", owner="manager", customer="pk", city="city_code")
    found: CustomerQuerySet = Customer.objects.filter(within)
    return found.select_related("unit", "manager")


def customers_visible_to(actor: "Staff") -> CustomerQuerySet:
    """
    Return the customers within the actor's reach, with unit and manager at hand (promise 3).

    Removed, merged and former ones are left out; these have lists of their own.
    """
    return customers_in_reach(actor).current()


def former_customers(actor: "Staff") -> CustomerQuerySet:
    """Return the retained archive: former customers within the actor's reach (V6)."""
    return customers_in_reach(actor).present().filter(retained_at__isnull=False)


def removed_customers(actor: "Staff") -> CustomerQuerySet:
    """Return the prospects within the actor's reach that were removed and can be restored."""
    return customers_in_reach(actor).filter(removed_at__isnull=False, merged_into__isnull=True)


def customers_with_levels(actor: "Staff") -> CustomerQuerySet:
    """Return the customers within the actor's reach with group and standings, for a list."""
    found = customers_visible_to(actor).select_related("group")
    return found.with_card_levels()


def individuals(actor: "Staff") -> CustomerQuerySet:
    """Return the individuals within the actor's reach with all that their list shows."""
    rows = customers_with_levels(actor).individuals()
    return with_custom_values(rows, CustomerKind.INDIVIDUAL)


def groups(actor: "Staff") -> CustomerQuerySet:
    """Return the groups within the actor's reach with all that their list shows."""
    rows = customers_visible_to(actor).filter(kind=CustomerKind.GROUP)
    return with_custom_values(rows.select_related("profile"), CustomerKind.GROUP)


def prospects(actor: "Staff") -> CustomerQuerySet:
    """Return the prospects within the actor's reach with all that their list shows."""
    rows = customers_visible_to(actor).filter(kind=CustomerKind.PROSPECT)
    return with_custom_values(rows.select_related("profile"), CustomerKind.PROSPECT)


def leaving_customers(actor: "Staff", *, on: date) -> CustomerQuerySet:
    """
    Return individuals who may belong into the retained archive (V6).

    The city told long ago that they are pre-deregistered, and nothing since.
    """
    long_ago = on - timedelta(days=LEFT_DAYS)
    rows = customers_visible_to(actor).pre_deregistered()
    return rows.filter(kind=CustomerKind.INDIVIDUAL, source_day__lte=long_ago)


def by_level() -> list[Q]:
    """Return what tells the customers of each card level, lowest first, then those without."""
    rows = Customer.objects.all()
    return [*map(rows.at_level, CardLevel.values), rows.without_level()]


def rank_of(customer: Customer) -> int | None:
    """Return the rank of the card level in force among those fetched with a customer."""
    standings: Any = customer.standings
    ranks = (each.level.rank for each in standings.all() if each.active_to is None)
    return next(ranks, None)


def get_customer(actor: "Staff", pk: int) -> Customer:
    """
    Return one customer, also a former one.

    :raises Http404: if there is none with that number within the actor's reach, or it was removed
        or merged into another.
    """
    visible = customers_in_reach(actor).present().select_related("group", "profile", "person")
    found: Customer | None = visible.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def is_in_reach(actor: "Staff", customer: Customer) -> bool:
    """Tell whether the actor may see a customer that another record names."""
    return customers_in_reach(actor).present().filter(pk=customer.pk).exists()


def seen_by_shares_of(customer: Customer) -> list[tuple[str, int | None]]:
    """Return by whose share a customer is seen: its own, its manager's, those of its units."""
    above = [number for number in (customer.unit.path or "").split("/") if number]
    return [
        (ShareSubject.CUSTOMER.value, customer.pk),
        (ShareSubject.MANAGER.value, customer.manager_id),
        *((ShareSubject.UNIT.value, int(number)) for number in above),
    ]


def customer_named(actor: "Staff", words: str) -> Customer | None:
    """Return the one customer whose whole number or whole telephone number was typed (V1)."""
    typed = words.strip()
    if not typed:
        return None
    visible = customers_in_reach(actor).present()
    for exact in ({"number": typed, "kind__in": CustomerKind.values}, {"phone": typed}):
        found: list[Customer] = list(visible.filter(**exact)[:2])
        if len(found) == 1:
            return found[0]
    return None


def members_of(actor: "Staff", group: Customer) -> list[Customer]:
    """Return the first members of a group that the actor may see, with their levels (T10)."""
    found = customers_with_levels(actor).filter(group=group).order_by("pk")
    return list(found[:MEMBERS_SHOWN])


def months_of(customer: Customer) -> list[CustomerMonth]:
    """Return the newest months of a customer, oldest first; the customer comes from a query."""
    found = CustomerMonth.objects.filter(customer=customer).order_by("-ym")[:MONTHS_SHOWN]
    return list(found)[::-1]


def subscriptions_of(customer: Customer) -> list[Subscription]:
    """Return the products of a customer, those still held first (V1)."""
    found = Subscription.objects.filter(customer=customer)
    return sorted(found, key=lambda each: (each.until is not None, each.product_code))


def service_logs_of(customer: Customer) -> list[ServiceLog]:
    """Return the newest acts of managers for a customer (P11)."""
    return list(service_logs_until(customer, until=None)[:LOGS_SHOWN])


def service_logs_until(customer: Customer, *, until: datetime | None) -> QuerySet[ServiceLog]:
    """Return the acts of managers for a customer up to an instant, the newest first (P11)."""
    found = ServiceLog.objects.filter(customer=customer).select_related("staff")
    return (found if until is None else found.filter(at__lte=until)).order_by("-at", "-pk")


def places_of(numbers: Iterable[str]) -> Iterator[CustomerPlace]:
    """Yield where the individuals with these numbers belong; unknown numbers are left out.

    Former customers are left out too: nobody is asked to act on somebody who has left. For the
    nightly run, which acts on nobody's behalf.
    """
    known = Customer.objects.filter(kind=CustomerKind.INDIVIDUAL, number__in=list(numbers))
    found = known.current()
    rows = found.values_list("pk", "number", "city_code", "unit_id", "manager_id")
    for row in rows:
        yield CustomerPlace(*row)


def places_reported(actor: Any, *, number: str, phone: str) -> tuple[list[CustomerPlace], bool]:
    """
    Return where the individuals belong whom another system names, and whether others exist.

    By ``number``, by telephone number, or by both, which then have to agree. Only those within
    the actor's scope are told; of others no more than that there are some.
    """
    asked = {"number": number, "phone": plain_phone(phone)}
    named = {field: value for field, value in asked.items() if value}
    meant = Customer.objects.filter(kind=CustomerKind.INDIVIDUAL, **named).current()
    within = within_role(actor, unit="unit", owner="manager", city="city_code")
    rows = meant.filter(within).order_by("pk")
    fields = ("pk", "number", "city_code", "unit_id", "manager_id")
    places = [CustomerPlace(*row) for row in rows.values_list(*fields)[:2]]
    return places, bool(places) or meant.exists()


def customer_reported(actor: Any, *, number: str, phone: str) -> tuple[list[Customer], bool]:
    """
    Return the customers whom another system names, and whether others exist.

    Of any kind, by ``number``, by telephone number, or by both, which then have to agree; only
    those within the actor's scope are told, two at most.
    """
    asked = {"number": number, "phone": plain_phone(phone)}
    named = {field: value for field, value in asked.items() if value}
    meant = Customer.objects.filter(kind__in=CustomerKind.values, **named).current()
    within = within_role(actor, unit="unit", owner="manager", city="city_code")
    rows = meant.filter(within).select_related("unit", "manager")
    found = list(rows.order_by("pk")[:2])
    return found, bool(found) or meant.exists()


def customer_calling(phone: str, *, city: str) -> Customer | None:
    """
    Return the one customer of a city to whom a telephone number leads: the group of whose person
    it is, else the individual who has it.

    Without an actor: it decides where a contact goes, and is told to nobody outside.
    """
    if not phone:
        return None
    present = Customer.objects.current().filter(city_code=city).select_related("unit", "manager")
    groups = present.filter(contacts__phone=phone, contacts__removed_at__isnull=True).distinct()
    people = present.filter(kind=CustomerKind.INDIVIDUAL, phone=phone)
    for rows in (groups, people):
        found: list[Customer] = list(rows.order_by("pk")[:2])
        if len(found) == 1:
            return found[0]
    return None


def rests(pk: int) -> bool:
    """Tell whether a customer rests in the retained archive, where nothing is added (V6)."""
    return Customer.objects.filter(pk=pk, retained_at__isnull=False).exists()


def managed_by_unit() -> Iterator[tuple[int, int]]:
    """Yield how many managed customers each unit itself has, for the figures of the night."""
    counted = Customer.objects.current().filter(managed=True).order_by().values("unit")
    yield from counted.annotate(count=Count("pk")).values_list("unit", "count")
