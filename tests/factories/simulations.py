"""Simulations without an engine: as they stand once a worker has done them."""

from datetime import date, datetime
from typing import Any

from dakehu.tiering.models import SimulatedMove, Simulation
from dakehu.tiering.queries.schemes import get_scheme, rules_in_force

DAY = date(2026, 3, 1)


def make_simulation(by: Any, *, at: datetime, movers: Any = ()) -> Any:
    """Make a simulation that is done; ``movers`` are customers who fall from A1 to B1."""
    scheme = get_scheme("group-abc")
    rules = rules_in_force(scheme, on=DAY)
    simulation = Simulation.objects.create(
        scheme=scheme,
        rule_set=rules,
        body=rules.body,
        base=rules,
        base_body=rules.body,
        levels={"level": {"3": 1}, "base": {"5": 1}, "before": {}},
        day=DAY,
        state="DONE",
        done=4,
        customers=len(movers),
        asked_by=by,
        asked_at=at,
        ended_at=at,
    )
    evidence = dict.fromkeys(
        (
            "tax_rank",
            "headquarters",
            "admin_level",
            "industry",
            "org_kind",
            "employees",
            "revenue_12m",
            "strategic",
            "group_products",
        )
    )
    SimulatedMove.objects.bulk_create(
        SimulatedMove(
            simulation=simulation,
            customer=customer,
            base=5,
            before=None,
            level=3,
            turn="FIRST",
            evidence={**evidence, "employees": 90},
        )
        for customer in movers
    )
    return simulation
