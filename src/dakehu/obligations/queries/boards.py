"""Obligations, provisions, trials and launches for those who may see them; shares by unit."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.http import Http404

from dakehu.catalogue.queries import coverage_targets
from dakehu.catalogue.queries.populations import within_population
from dakehu.catalogue.values import CoverageTarget
from dakehu.obligations.choices import LASTING, RUNNING, SPARED, RewardState, State
from dakehu.obligations.models import Act, Launch, Obligation, Provision, Reward, Trial
from dakehu.obligations.rules.quotas import Progress, periods_left
from dakehu.people.queries import units_within
from dakehu.tiering.queries.moves import within
from dakehu.tiering.queries.standings import held_at

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff


def obligations_for(actor: "Staff") -> QuerySet[Obligation]:
    """Return what is or was owed to the customers within the actor's reach."""
    found = Obligation.objects.filter(within(actor))
    return found.select_related("customer__unit", "customer__manager", "waived_by")


def get_obligation(actor: "Staff", pk: int) -> Obligation:
    """
    Return one obligation within the actor's reach.

    :raises Http404: if there is none.
    """
    found: Obligation = found_in(obligations_for(actor), pk)
    return found


def found_in(rows: QuerySet[Any], pk: int) -> Any:
    """
    Return one row of a query.

    :raises Http404: if it is not among them.
    """
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def obligations_of(customer: "Customer", *, on: date) -> list[Obligation]:
    """Return what is owed to a customer in the periods of a day; from a query."""
    found = Obligation.objects.filter(customer=customer, starts_on__lte=on, ends_on__gt=on)
    return list(found.order_by("next_on", "service"))


def owed_by_source(actor: "Staff", service: str) -> dict[str, tuple[int, int]]:
    """Return how often a service is still owed within reach, by standard: in how many periods,
    and how many times are still to be done in them.
    """
    rows = Obligation.objects.filter(within(actor), service=service, state__in=RUNNING)
    counted = (
        rows.order_by()
        .values("source")
        .annotate(count=Count("pk"), left=Sum("required") - Sum("done"))
    )
    found = counted.values_list("source", "count", "left")
    return {source: (count, left) for source, count, left in found}


def planned_between(
    actor: "Staff", person: "Staff", *, first: date, last: date
) -> list[tuple[date, Obligation]]:
    """Return what is planned for somebody's customers, from one day to another; from a query."""
    rows = obligations_for(actor).filter(
        customer__manager=person, state__in=RUNNING, starts_on__lte=last, ends_on__gt=first
    )
    found = []
    for each in rows.order_by("next_on", "pk"):
        days = [date.fromisoformat(day) for day in each.planned[each.done :]]
        found += [(day, each) for day in days if first <= day <= last]
    return found


def missed_by(customer: "Customer", *, since: date) -> int:
    """Return how often a customer was owed something in vain, in periods ended since a day."""
    return Obligation.objects.filter(customer=customer, state="MISSED", ends_on__gt=since).count()


def provisions_for(actor: "Staff") -> QuerySet[Provision]:
    """Return what the customers within the actor's reach are or were provided with."""
    found = Provision.objects.filter(within(actor), removed_at__isnull=True)
    return found.select_related("customer__unit", "customer__manager", "staff")


def provisions_of(customer: "Customer") -> list[Provision]:
    """Return what a customer is provided with now; from a query."""
    found = Provision.objects.filter(customer=customer, removed_at__isnull=True)
    return list(found.filter(ends_on__isnull=True).select_related("staff").order_by("service"))


def held_counts(actor: "Staff") -> dict[str, int]:
    """Return how many customers within the actor's reach have each lasting service now."""
    rows: QuerySet[Any] = provisions_for(actor).filter(ends_on__isnull=True)
    counted = rows.order_by().values("service").annotate(count=Count("pk"))
    return dict(counted.values_list("service", "count"))


def trial_counts(actor: "Staff", *, on: date) -> dict[str, int]:
    """Return how many trials run, and of how many that are over nobody said what came of them."""
    waiting = trials_for(actor).filter(closed_on__isnull=True)
    return waiting.aggregate(
        running=Count("pk", filter=Q(ends_on__gte=on)), late=Count("pk", filter=Q(ends_on__lt=on))
    )


def trials_for(actor: "Staff") -> QuerySet[Trial]:
    """Return the trials of the customers within the actor's reach."""
    found = Trial.objects.filter(within(actor), removed_at__isnull=True)
    return found.select_related("customer__unit", "customer__manager", "entered_by")


def rewards_for(actor: "Staff") -> QuerySet[Reward]:
    """Return the rewards of the customers within the actor's reach."""
    found = Reward.objects.filter(within(actor), removed_at__isnull=True)
    return found.select_related("customer__unit", "customer__manager", "proposed_by", "decided_by")


def open_rewards_of(customer: "Customer") -> list[Reward]:
    """Return the rewards of a customer that wait for something; from a query."""
    states = (RewardState.PROPOSED, RewardState.APPROVED)
    found = Reward.objects.filter(customer=customer, state__in=states, removed_at__isnull=True)
    return list(found.order_by("pk"))


def is_spared(customers: Collection[int], *, on: date) -> bool:
    """Tell whether any of some customers is spared the suspension for arrears on a day (C24)."""
    held = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    found = Provision.objects.filter(held, service=SPARED, starts_on__lte=on)
    return found.filter(customer__in=customers, removed_at__isnull=True).exists()


def launches_for(actor: "Staff") -> QuerySet[Launch]:
    """Return the launches of the units that concern the actor, and of those above them."""
    line = [int(each) for each in (actor.unit.path or "").strip("/").split("/") if each]
    concerned = Q(unit__in=units_within(actor).values("pk")) | Q(unit__in=line)
    found = Launch.objects.filter(concerned, removed_at__isnull=True)
    return found.select_related("unit", "entered_by")


def standings_of_target(actor: "Staff", target: CoverageTarget, *, on: date) -> QuerySet[Any]:
    """Return the standings of a target's population within the actor's reach on a day."""
    places = {(target.scheme, rank) for rank in target.ranks}
    whom = within_population(target.coverage.population, "customer__")
    return held_at(places, on=on).filter(within(actor), whom)


def provided(service: str, *, on: date) -> Q:
    """
    Return the condition that a standing's customer has a service on a day.

    What does not last is had as well by those for whom it was done in the year: who was at a
    lecture or club event (C8), or got a service of the operator's own.
    """
    held = Provision.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on),
        customer=OuterRef("customer"),
        service=service,
        starts_on__lte=on,
        removed_at__isnull=True,
    )
    if service in LASTING:
        return Q(Exists(held))
    served = Act.objects.filter(
        customer=OuterRef("customer"),
        service=service,
        happened_on__range=(date(on.year, 1, 1), on),
        withdrawn_at__isnull=True,
    )
    return Q(Exists(held)) | Q(Exists(served))


GROUPS = {"unit": "customer__unit", "manager": "customer__manager", "level": "level"}
"""By what shares are broken down, and where a standing names it."""


def shares_by(
    actor: "Staff", target: CoverageTarget, *, on: date, by: str
) -> Mapping[int | None, tuple[int, int]]:
    """Return population and covered customers of a target, by one of :data:`GROUPS`."""
    rows: QuerySet[Any] = standings_of_target(actor, target, on=on)
    key, has = GROUPS[by], provided(target.service, on=on)
    counted = (
        rows.order_by()
        .values(key)
        .annotate(population=Count("pk"), covered=Count("pk", filter=has))
    )
    return {
        each: (population, covered)
        for each, population, covered in counted.values_list(key, "population", "covered")
    }


def customers_missing(actor: "Staff", target: CoverageTarget, *, on: date) -> QuerySet[Any]:
    """Return the standings of a target's population that lack the service on a day."""
    rows = standings_of_target(actor, target, on=on).exclude(provided(target.service, on=on))
    return rows.select_related("customer__unit", "customer__manager", "level")


def target_named(name: str, *, on: date) -> CoverageTarget | None:
    """Return a coverage target by its name in addresses, if there is one on a day."""
    return next((each for each in coverage_targets(on=on) if name_of_target(each) == name), None)


def name_of_target(target: CoverageTarget) -> str:
    """Return the name of a target in addresses: ``C4-group-abc-5-4-GOVERNMENT``."""
    ranks = "-".join(map(str, target.ranks))
    return f"{target.service}-{target.scheme}-{ranks}-{target.coverage.population}"


def paces(actor: "Staff", *, on: date) -> Iterator[tuple[str, Progress]]:
    """Yield what is and was owed within the actor's reach in the year of a day, by service."""
    rows: QuerySet[Any] = Obligation.objects.filter(
        within(actor), starts_on__gte=date(on.year, 1, 1), starts_on__lte=on
    ).exclude(state=State.WAIVED)
    names = ("service", "cycle", "required", "done", "since", "ends_on")
    counted = (
        rows.order_by().values(*names).annotate(count=Count("pk")).values_list(*names, "count")
    )
    for service, cycle, required, done, since, end, count in counted.iterator(5000):
        yield (
            service,
            Progress(
                required * count,
                min(done, required) * count,
                max((on - since).days, 0),
                (end - since).days,
                periods_left(cycle, end, year=on.year),
            ),
        )


def state_counts(actor: "Staff", *, on: date) -> dict[tuple[str, str], int]:
    """Return how many obligations of the year stand where, by service and state."""
    rows = Obligation.objects.filter(
        within(actor), starts_on__gte=date(on.year, 1, 1), starts_on__lte=on
    )
    counted = rows.order_by().values("service", "state").annotate(count=Count("pk"))
    return {
        (s, state): count for s, state, count in counted.values_list("service", "state", "count")
    }


def nobody_missing() -> QuerySet[Any]:
    """Return no standing at all, to be replaced by those of a target."""
    return held_at((), on=date.min).none()
