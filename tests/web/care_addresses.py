"""The addresses of care in the permission matrix (:mod:`tests.web.permission_matrix`)."""

from typing import Any

from tests.web.asked import NEAR_MANAGER, Address


def of_visit(things: Any) -> list[Any]:
    return [things.care.visit.pk]


def writes(arguments: Any, **options: Any) -> Address:
    """Return the address of a form about something of the manager."""
    told = {"post": {}, "posted": 422, "arguments": arguments, **options}
    return Address("care.write", NEAR_MANAGER, **told)


CARE: dict[str, Address] = {
    "care:agenda": Address("care.view"),
    "care:visit_list": Address("care.view"),
    "care:visit_new": Address("care.write", post={}, posted=422),
    "care:visit": Address("care.view", NEAR_MANAGER, arguments=of_visit),
    "care:visit_edit": writes(of_visit),
    "care:visit_cancel": writes(of_visit),
    "care:visit_record": writes(of_visit),
    "care:visit_panel": Address(
        "care.view", NEAR_MANAGER, arguments=lambda things: [things.customer.pk]
    ),
}
