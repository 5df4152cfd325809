"""The addresses of target groups in the permission matrix (:mod:`tests.web.permission_matrix`)."""

from typing import Any

from tests.web.asked import NEAR_MANAGER, NEAR_UNIT, Address

# A draft concerns whoever defines groups of the city; a locked one all who work in it or above.
DRAFTERS = frozenset({"supervisor", "operations_center", "administrator"}) | frozenset(
    {"province_analyst", "headquarters_analyst"}
)


def of_draft(things: Any) -> list[Any]:
    return [things.targets.draft.pk]


def of_group(things: Any) -> list[Any]:
    return [things.targets.group.pk]


def of_hand_out(things: Any) -> list[Any]:
    return [things.targets.hand_out.pk]


def of_task(things: Any) -> list[Any]:
    return [things.targets.task.pk]


def taking(permission: str, arguments: Any, reached: frozenset[str], **options: Any) -> Address:
    """Return an address that takes POST alone."""
    return Address(permission, reached=reached, get=None, post={}, arguments=arguments, **options)


TARGETS: dict[str, Address] = {
    "targets:group_list": Address("targets.view"),
    "targets:group_new": Address("targets.define", post={}, posted=422),
    "targets:member_list": Address("targets.view"),
    "targets:group": Address("targets.view", NEAR_UNIT, arguments=of_group),
    "targets:group_edit": Address(
        "targets.define", DRAFTERS, post={}, posted=422, arguments=of_draft
    ),
    "targets:condition": Address("targets.define", DRAFTERS, post={}, arguments=of_draft),
    "targets:counts": Address("targets.define", DRAFTERS, arguments=of_draft),
    "targets:group_lock": taking("targets.define", of_draft, DRAFTERS),
    "targets:group_unlock": taking("targets.define", of_group, NEAR_UNIT),
    "targets:group_close": taking("targets.define", of_group, NEAR_UNIT),
    "targets:group_refresh": taking("targets.define", of_group, NEAR_UNIT),
    "targets:group_remove": taking("targets.define", of_draft, DRAFTERS),
    "targets:hand_out_new": Address(
        "targets.assign", NEAR_UNIT, post={}, posted=422, arguments=of_group
    ),
    "targets:hand_out": Address("targets.view", NEAR_UNIT, arguments=of_hand_out),
    "targets:hand_out_undo": taking("targets.assign", of_hand_out, NEAR_UNIT),
    "targets:hand_out_go_on": taking("targets.assign", of_hand_out, NEAR_UNIT),
    "targets:task_list": Address("targets.view"),
    "targets:task": Address("targets.view", NEAR_MANAGER, arguments=of_task),
    "targets:task_record": taking("targets.handle", of_task, NEAR_MANAGER, posted=422),
    "targets:customer_panel": Address(
        "targets.view", NEAR_MANAGER, arguments=lambda things: [things.customer.pk]
    ),
}
