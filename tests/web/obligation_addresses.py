"""The addresses of obligations in the permission matrix (:mod:`tests.web.permission_matrix`)."""

from typing import Any

from tests.web.asked import NEAR_MANAGER, Address


def about(name: str, permission: str = "obligations.view", **options: Any) -> Address:
    """Return an address about one of the things owed to the manager's customer."""
    return Address(
        permission,
        NEAR_MANAGER,
        arguments=lambda things: [getattr(things.owed, name).pk],
        **options,
    )


def of_customer(permission: str, *more: str, **options: Any) -> Address:
    """Return an address about the manager's customer."""
    return Address(
        permission, NEAR_MANAGER, arguments=lambda things: [things.customer.pk, *more], **options
    )


OBLIGATIONS: dict[str, Address] = {
    "obligations:list": Address("obligations.view"),
    "obligations:board": Address("obligations.view"),
    "obligations:calendar": Address("obligations.view"),
    "obligations:missing": Address("obligations.view"),
    "obligations:provisions": Address("obligations.view"),
    "obligations:trials": Address("obligations.view"),
    "obligations:launches": Address("obligations.view"),
    "obligations:customer_panel": of_customer("obligations.view"),
    "obligations:standard_panel": Address(
        "obligations.view", arguments=lambda things: [things.catalogue.draft.pk]
    ),
    "obligations:provide": of_customer("obligations.edit", "C4", post={}, posted=422),
    "obligations:trial_start": of_customer("obligations.edit", post={}, posted=422),
    "obligations:detail": about("obligation"),
    "obligations:waive": about("obligation", "obligations.approve", get=None, post={}, posted=422),
    "obligations:move": about("obligation", "obligations.edit", get=None, post={}, posted=422),
    "obligations:provision": about("provision"),
    "obligations:provision_end": about("provision", "obligations.edit", get=None, post={}),
    "obligations:trial": about("trial"),
    "obligations:trial_close": about("trial", "obligations.edit", get=None, post={}, posted=422),
    "obligations:rewards": Address("obligations.view"),
    "obligations:reward": about("reward"),
    "obligations:reward_propose": of_customer("obligations.edit", post={}, posted=422),
    "obligations:reward_decide": about(
        "reward", "obligations.approve", get=None, post={}, posted=422
    ),
    "obligations:reward_hand": about("reward", "obligations.edit", get=None, post={}, posted=422),
    "obligations:launch_enter": Address("obligations.edit", post={}, posted=422),
    "obligations:launch_mark": Address(
        "obligations.edit",
        get=None,
        post={},
        arguments=lambda things: [things.owed.launch.pk, "told"],
    ),
}
