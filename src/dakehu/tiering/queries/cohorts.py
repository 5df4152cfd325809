"""Cohorts and what became of their members, for those who may see them (T17, S4)."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from dakehu.people.policies import reach
from dakehu.tiering.models import Cohort, CohortStay
from dakehu.tiering.policies import VIEW
from dakehu.tiering.rules.cohorts import counts_by_day

if TYPE_CHECKING:
    from dakehu.people.models import Staff

Part = tuple[int, int | None, int | None, str, int]
"""Unit, manager, card level, state, and how many members."""


def cohorts_known(actor: "Staff") -> QuerySet[Cohort]:
    """Return all cohorts: what was frozen is the same for everybody, members are not."""
    found = Cohort.objects.filter(removed_at__isnull=True).select_related("created_by", "work")
    return found if actor.may(VIEW) else found.none()


def get_cohort(actor: "Staff", pk: int) -> Cohort:
    """
    Return one cohort.

    :raises Http404: if there is none with that number.
    """
    found = cohorts_known(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def stays_visible_to(actor: "Staff") -> QuerySet[CohortStay]:
    """
    Return the stays of members within the actor's reach, whatever became of the customers.

    Former and merged ones count: leavers stay in the denominator.
    """
    within = reach(
        actor,
        unit="customer__unit",
        owner="customer__manager",
        customer="customer",
        city="customer__city_code",
    )
    found = CohortStay.objects.filter(within)
    return found.select_related("customer__unit", "customer__manager", "cohort")


def holding_on(day: date) -> Q:
    """Return the condition that a stay holds on a day."""
    return Q(active_from__lte=day) & (Q(active_to__isnull=True) | Q(active_to__gt=day))


def stays_on(actor: "Staff", cohort: Cohort, day: date) -> QuerySet[CohortStay]:
    """Return the state of every member on a day, as far as the actor sees them."""
    return stays_visible_to(actor).filter(holding_on(day), cohort=cohort)


def counts_on(actor: "Staff", cohort: Cohort, day: date) -> Counter[str]:
    """Count the members by state on a day, as far as the actor sees them."""
    counted = stays_on(actor, cohort, day).order_by().values("state")
    return Counter(dict(counted.annotate(count=Count("pk")).values_list("state", "count")))


def parts_on(actor: "Staff", cohort: Cohort, day: date) -> list[Part]:
    """Count the members on a day by unit, manager, card level and state."""
    names = ("customer__unit", "customer__manager", "level", "state")
    counted = stays_on(actor, cohort, day).order_by().values(*names).annotate(count=Count("pk"))
    return list(counted.values_list(*names, "count"))


def followed_days(cohort: Cohort) -> list[date]:
    """Return the days on which a cohort was looked at, in order; the first is that of freezing."""
    return list(cohort.days.order_by("day").values_list("day", flat=True))


def retention_days(actor: "Staff", cohort: Cohort) -> dict[date, Counter[str]]:
    """Count the members by state on every day that was followed, within the actor's reach."""
    return days_counted(stays_visible_to(actor), cohort)


def all_cohorts() -> QuerySet[Cohort]:
    """Return every cohort, for the terminal, which sees everything."""
    found = Cohort.objects.filter(removed_at__isnull=True).select_related("work")
    return found.order_by("pk")


def all_retention_days(cohort: Cohort) -> dict[date, Counter[str]]:
    """Count all members by state on every followed day, for the terminal."""
    return days_counted(CohortStay.objects.all(), cohort)


def days_counted(stays: QuerySet[CohortStay], cohort: Cohort) -> dict[date, Counter[str]]:
    """Count some stays of a cohort by state on every day that was followed."""
    stays = stays.filter(cohort=cohort).order_by()
    entered = stays.values("active_from", "state").annotate(count=Count("pk"))
    left = (
        stays.filter(active_to__isnull=False)
        .values("active_to", "state")
        .annotate(count=Count("pk"))
    )
    return counts_by_day(
        entered.values_list("active_from", "state", "count"),
        (
            (day, state, n)
            for day, state, n in left.values_list("active_to", "state", "count")
            if day
        ),
        followed_days(cohort),
    )


def newest_days(cohorts: Iterable[Cohort]) -> dict[int, date]:
    """Return the last followed day of some cohorts, by number."""
    days = Cohort.objects.filter(pk__in=[each.pk for each in cohorts]).values_list(
        "pk", "days__day"
    )
    return {pk: day for pk, day in days.order_by("days__day") if day is not None}
