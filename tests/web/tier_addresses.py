"""The addresses of tiering in the permission matrix (:mod:`tests.web.permission_matrix`)."""

from typing import Any

from tests.web.asked import NEAR_MANAGER, Address


def of_customer(permission: str = "customers.view", **options: Any) -> Address:
    """Return an address about the manager's customer."""
    return Address(
        permission, NEAR_MANAGER, arguments=lambda things: [things.customer.pk], **options
    )


def taking(permission: str, **options: Any) -> Address:
    """Return an address that takes POST alone."""
    return Address(permission, get=None, post={}, **options)


def about_rules(permission: str = "tiers.rules", **options: Any) -> Address:
    """Return an address about the draft of the scheme of groups."""
    return Address(permission, arguments=lambda things: ["group-abc", 2], **options)


def of_grant(things: Any) -> list[Any]:
    return [things.tiers.grant.pk]


def of_simulation(things: Any) -> list[Any]:
    return [things.tiers.simulation.pk]


def of_cohort(things: Any) -> list[Any]:
    return [things.tiers.cohort.pk]


PAIR = ["group-abc", "it-service"]
TIERS: dict[str, Address] = {
    "tiering:schemes_panel": of_customer(),
    "tiering:schemes": Address("tiers.view"),
    "tiering:scheme_new": Address("tiers.rules", post={}, posted=422),
    "tiering:scheme_load": taking("tiers.rules", posted=422),
    "tiering:scheme_remove": taking("tiers.rules", arguments=lambda things: ["card-level"]),
    "tiering:version_file": about_rules("tiers.view"),
    "tiering:scheme": Address("tiers.view", arguments=lambda things: ["group-abc"]),
    "tiering:evaluate": taking("tiers.rules", arguments=lambda things: ["card-level"]),
    "tiering:runs": Address("tiers.view"),
    "tiering:run": Address("tiers.view", arguments=lambda things: [things.tiers.run.pk]),
    "tiering:version": about_rules("tiers.view"),
    "tiering:impact": about_rules("tiers.view"),
    "tiering:compare": Address("tiers.view", arguments=lambda things: ["group-abc", 1, 2]),
    "tiering:edit": about_rules(post={"act": "grace"}, posted=422),
    "tiering:own_limits": Address(
        "tiers.rules", post={}, posted=422, arguments=lambda things: ["group-abc", 2, "01"]
    ),
    "tiering:averages": about_rules("tiers.view"),
    "tiering:counts": about_rules(),
    "tiering:draft": about_rules(get=None, post={}),
    "tiering:propose": about_rules(get=None, post={}, posted=422),
    "tiering:publish": about_rules(get=None, post={}),
    "tiering:withdraw": about_rules(get=None, post={}),
    "tiering:mappings": Address("tiers.view"),
    "tiering:twin_list": Address("tiers.view"),
    "tiering:mapping": Address("tiers.view", arguments=lambda things: PAIR),
    "tiering:mapping_propose": Address(
        "tiers.rules", post={}, posted=422, arguments=lambda things: PAIR
    ),
    "tiering:mapping_decide": taking("tiers.rules", arguments=lambda things: [*PAIR, 1]),
    "tiering:measures": Address("tiers.view"),
    "tiering:measure_add": Address("tiers.rules", post={}, posted=422),
    "tiering:measure": Address("tiers.view", arguments=lambda things: ["employees"]),
    "tiering:measure_describe": Address(
        "tiers.rules", post={}, posted=422, arguments=lambda things: ["employees"]
    ),
    "tiering:measure_remove": taking("tiers.rules", arguments=lambda things: ["employees"]),
    "tiering:cohort_list": Address("tiers.view"),
    "tiering:cohort_new": Address("tiers.freeze", post={}, posted=422),
    "tiering:member_list": Address("tiers.view"),
    "tiering:cohort_file": Address("tiers.view", arguments=of_cohort),
    "tiering:cohort": Address("tiers.view", arguments=of_cohort),
    "tiering:cohort_follow": taking("tiers.freeze", arguments=of_cohort),
    "tiering:cohort_catch_up": taking("tiers.freeze", arguments=of_cohort),
    "tiering:cohort_remove": taking("tiers.freeze", arguments=of_cohort),
    "tiering:simulation_list": Address("tiers.simulate"),
    "tiering:simulation_new": Address("tiers.simulate", post={}, posted=422),
    "tiering:mover_list": Address("tiers.simulate"),
    "tiering:simulation": Address("tiers.simulate", arguments=of_simulation),
    "tiering:simulation_load": Address("tiers.simulate", arguments=of_simulation),
    "tiering:simulation_drop": taking(
        "tiers.simulate", reached=frozenset({"administrator"}), arguments=of_simulation
    ),
    "tiering:moves": Address("tiers.view"),
    "tiering:move": Address(
        "tiers.view", NEAR_MANAGER, arguments=lambda things: [things.tiers.move.pk]
    ),
    "tiering:grants": Address("tiers.view"),
    "tiering:grant": Address("tiers.view", NEAR_MANAGER, arguments=of_grant),
    "tiering:grant_decide": Address(
        "tiers.approve", NEAR_MANAGER, get=None, post={}, arguments=of_grant
    ),
    "tiering:grant_withdraw": Address(
        "tiers.grant", NEAR_MANAGER, get=None, post={}, arguments=of_grant
    ),
    "tiering:grant_propose": of_customer("tiers.grant", post={}, posted=422),
    "tiering:assess": of_customer("tiers.assess", post={}, posted=422),
}
