"""What the night reads to know what is owed: who stood where, versions, what is planned."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet

from dakehu.catalogue.queries.promises import body_named, versions_published
from dakehu.clocks.choices import DayKind
from dakehu.clocks.queries import default_days
from dakehu.obligations.choices import EVIDENCED, RUNNING
from dakehu.obligations.models import Act, Obligation
from dakehu.obligations.rules.plans import Diary, festival_days
from dakehu.obligations.rules.stretches import Version, versions_of

Reach = tuple[int, str]
"""A customer and a service."""


def versions_held(*, until: date) -> list[Version]:
    """Return all published versions of all services with the time in which each holds."""
    rows = [
        (row.service, row.number, date.fromisoformat(row.active_from), body_named(row.digest))
        for row in versions_published()
    ]
    return versions_of(rows, end=until)


def known_obligations(customers: Collection[int], *, on: date) -> QuerySet[Obligation]:
    """Return the obligations of customers whose periods a day lies in."""
    return Obligation.objects.filter(customer__in=customers, starts_on__lte=on, ends_on__gt=on)


def acts_done(found: Iterable[Obligation]) -> dict[int, int]:
    """Return how many acts lie in the periods of obligations, by their numbers."""
    rows: QuerySet[Any] = Obligation.objects.filter(
        pk__in=[each.pk for each in found],
        customer__acts__service=F("service"),
        customer__acts__happened_on__gte=F("starts_on"),
        customer__acts__happened_on__lt=F("ends_on"),
        customer__acts__withdrawn_at__isnull=True,
    )
    counted = rows.order_by().values("pk").annotate(count=Count("customer__acts"))
    return dict(counted.values_list("pk", "count"))


def acts_within(customer: int, service: str, *, start: date, end: date) -> int:
    """Return how often something was done for a customer in a period."""
    found = Act.objects.filter(
        customer=customer, service=service, happened_on__gte=start, happened_on__lt=end
    )
    return found.filter(withdrawn_at__isnull=True).count()


def acts_counted(customer: int, *, first: date, last: date) -> Counter[str]:
    """Return how often each service was done for a customer, from one day to another."""
    found = Act.objects.filter(
        customer=customer, happened_on__range=(first, last), withdrawn_at__isnull=True
    )
    return Counter(found.values_list("service", flat=True))


class Diaries:
    """The diaries of managers, read once each: what they have planned from a day on."""

    def __init__(self, *, on: date) -> None:
        self.on = on
        days = default_days(on, date(on.year + 1, 12, 31))
        self.workdays = [each.day for each in days if each.is_worked]
        self.avoided = festival_days([each.day for each in days if each.kind == DayKind.HOLIDAY])
        self.known: dict[int, Diary] = {}

    def read(self, managers: Collection[int]) -> None:
        """Read what some managers have planned."""
        new = set(managers) - self.known.keys()
        if not new:
            return
        for manager in new:
            self.known[manager] = Diary(self.workdays, self.avoided)
        planned: QuerySet[Any] = Obligation.objects.filter(
            customer__manager__in=new, state__in=RUNNING, ends_on__gt=self.on
        ).order_by()
        rows = planned.values_list("customer__manager", "customer__unit", "planned")
        for manager, unit, days in rows.iterator(chunk_size=2000):
            for day in days:
                self.known[manager].note(date.fromisoformat(day), unit)


def services_told_by_visits(customer: int, *, on: date) -> list[str]:
    """Return what is owed to a customer on a day that a visit counts for if its record says so."""
    found = Obligation.objects.filter(customer=customer, starts_on__lte=on, ends_on__gt=on)
    codes = found.filter(state__in=RUNNING).exclude(service__in=EVIDENCED)
    return sorted(set(codes.values_list("service", flat=True)))
