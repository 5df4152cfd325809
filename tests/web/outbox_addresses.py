"""The addresses of messages in the permission matrix (:mod:`tests.web.permission_matrix`)."""

from typing import Any

from tests.web.asked import NEAR_MANAGER, Address


def of_customer(things: Any) -> list[Any]:
    return [things.customer.pk]


def of_message(things: Any) -> list[Any]:
    return [things.outbox.message.pk]


def acting() -> Address:
    """Return an address that does something with the manager's message."""
    return Address("outbox.write", NEAR_MANAGER, get=None, post={}, arguments=of_message)


OUTBOX: dict[str, Address] = {
    "outbox:list": Address("outbox.view"),
    # Whoever holds the link, signed in or not; this one was made up.
    "outbox:progress": Address(get=404, arguments=lambda things: ["case-1-1-made-up"]),
    "outbox:message": Address("outbox.view", NEAR_MANAGER, arguments=of_message),
    "outbox:write": Address(
        "outbox.write", NEAR_MANAGER, post={}, posted=422, arguments=of_customer
    ),
    "outbox:withdraw": acting(),
    "outbox:again": acting(),
    "outbox:customer_panel": Address("outbox.view", NEAR_MANAGER, arguments=of_customer),
    "outbox:refusal_list": Address("outbox.view"),
    "outbox:refusal_add": Address("outbox.edit", post={}, posted=422),
    "outbox:refusal": Address("outbox.view", arguments=lambda things: [things.outbox.refusal.pk]),
    "outbox:limit_list": Address("outbox.view"),
    "outbox:limit_edit": Address(
        "outbox.rules", post={}, posted=422, arguments=lambda things: ["TOP"]
    ),
    "outbox:limit_drop": Address(
        "outbox.rules", get=None, post={}, arguments=lambda things: ["TOP"]
    ),
    "outbox:refusal_lift": Address(
        "outbox.restore",
        get=None,
        post={},
        arguments=lambda things: [things.outbox.refusal.pk],
    ),
}
