"""Simulations and whom they would move, for those who may see them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import duckdb
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from dakehu.facts.engine import text_sql
from dakehu.people.choices import Scope
from dakehu.people.policies import reach, role_of
from dakehu.people.queries import staff_visible_to, units_within
from dakehu.tiering.choices import Basis
from dakehu.tiering.models import Level, RuleSet, SimulatedMove, Simulation
from dakehu.tiering.queries.sources import store
from dakehu.tiering.rules.simulation import Pair

if TYPE_CHECKING:
    from dakehu.people.models import Staff

FIELDS = {Basis.RULES: "base", Basis.PRESENT: "before"}
"""The rank that a mover is compared with, by basis."""

Held = tuple[int, int | None, int | None, int, int]
"""Unit, manager, rank before, rank after, and how many customers."""


def simulations_known(actor: "Staff") -> QuerySet[Simulation]:
    """Return all simulations: rules are the same for everybody, movers are not."""
    found = Simulation.objects.select_related("scheme", "rule_set", "base", "asked_by")
    return found if actor.may("tiers.simulate") else found.none()


def get_simulation(actor: "Staff", pk: int) -> Simulation:
    """
    Return one simulation.

    :raises Http404: if there is none with that number.
    """
    found = simulations_known(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_own_simulation(actor: "Staff", pk: int) -> Simulation:
    """
    Return a simulation that the actor asked for.

    :raises Http404: if there is none with that number.
    """
    found = simulations_known(actor).filter(pk=pk, asked_by=actor).first()
    if found is None:
        raise Http404
    return found


def simulated_moves(actor: "Staff") -> QuerySet[SimulatedMove]:
    """Return whom simulations would move, within the actor's reach."""
    within = reach(
        actor,
        unit="customer__unit",
        owner="customer__manager",
        customer="customer",
        city="customer__city_code",
    )
    present = Q(
        customer__removed_at__isnull=True,
        customer__merged_into__isnull=True,
        customer__retained_at__isnull=True,
    )
    found = SimulatedMove.objects.filter(within, present)
    return found.select_related(
        "customer__unit", "customer__manager", "simulation__scheme", "simulation__rule_set"
    )


def on_basis(rows: QuerySet[SimulatedMove], basis: str) -> QuerySet[SimulatedMove]:
    """Keep those whose level differs from what it is compared with."""
    field = FIELDS[Basis(basis)]
    return rows.filter(**{f"{field}__isnull": False}).exclude(**{field: F("level")})


def move_counts(actor: "Staff", simulation: Simulation, basis: str) -> dict[Pair, int]:
    """Count whom a simulation would move within the actor's reach, by both ranks."""
    rows = on_basis(simulated_moves(actor).filter(simulation=simulation), basis)
    field = FIELDS[Basis(basis)]
    counted = rows.order_by().values(field, "level").annotate(count=Count("pk"))
    return {(was, now): count for was, now, count in counted.values_list(field, "level", "count")}


def held_in(actor: "Staff", simulation: Simulation, basis: str) -> list[Held]:
    """
    Return how many customers of each pair of ranks each unit and manager holds.

    From the outcomes, of the units that concern the actor, or of the actor alone; nothing if the
    outcomes are gone.
    """
    path = store().simulation_file(simulation.token)
    if not simulation.token or not path.exists():
        return []
    field = FIELDS[Basis(basis)]
    query = (
        f"SELECT unit_id, manager_id, {field}, level, count(*) FROM "
        f"read_parquet({text_sql(str(path))}, hive_partitioning = false) "
        f"WHERE {_within(actor)} GROUP BY ALL ORDER BY ALL"
    )
    with duckdb.connect(":memory:") as con:
        return con.execute(query).fetchall()


def _within(actor: "Staff") -> str:
    if role_of(actor).scope == Scope.OWN:
        return f"manager_id = {int(actor.pk)}"
    return f"unit_id IN ({_listed(units_within(actor).values_list('pk', flat=True))})"


def _listed(numbers: Iterable[Any]) -> str:
    return ", ".join(str(int(number)) for number in numbers) or "NULL"


def levels_in(simulation: int | None) -> list[Level]:
    """Return the levels of a simulation's scheme from the top; none of an unknown one."""
    found = Level.objects.filter(scheme__simulations=simulation, removed_at__isnull=True)
    return list(found.order_by("-rank"))


def moved_by(
    actor: "Staff", simulation: Simulation, basis: str
) -> list[tuple[int, int | None, int]]:
    """Return how many would move of the customers of each unit and manager now."""
    rows = on_basis(simulated_moves(actor).filter(simulation=simulation), basis)
    counted = rows.order_by().values("customer__unit", "customer__manager")
    return list(
        counted.annotate(count=Count("pk")).values_list(
            "customer__unit", "customer__manager", "count"
        )
    )


def versions_to_try() -> QuerySet[RuleSet]:
    """Return every version of the rules, by scheme, the newest first."""
    found = RuleSet.objects.filter(scheme__removed_at__isnull=True).select_related("scheme")
    return found.order_by("scheme__position", "scheme", "-number")


def managers_seen(actor: "Staff", numbers: Iterable[int | None]) -> dict[int | None, str]:
    """Return the names of those among some managers whom the actor sees, by number."""
    wanted = [number for number in numbers if number is not None]
    found = staff_visible_to(actor).filter(pk__in=wanted)
    return {person.pk: str(person) for person in found}
