"""The addresses of campaigns in the permission matrix (:mod:`tests.web.permission_matrix`)."""

from typing import Any

from tests.web.asked import NEAR_MANAGER, NEAR_UNIT, Address


def of_draft(things: Any) -> list[Any]:
    return [things.campaigns.draft.pk]


def of_proposed(things: Any) -> list[Any]:
    return [things.campaigns.proposed.pk]


def of_running(things: Any) -> list[Any]:
    return [things.campaigns.running.pk]


def of_row(things: Any) -> list[Any]:
    return [things.campaigns.row.pk]


def of_picked(things: Any) -> list[Any]:
    return [things.campaigns.picked.pk]


def acting(permission: str, arguments: Any, **options: Any) -> Address:
    """Return an address that takes POST alone."""
    return Address(permission, get=None, post={}, arguments=arguments, **options)


CAMPAIGNS: dict[str, Address] = {
    "campaigns:list": Address("campaigns.view"),
    "campaigns:rows": Address("campaigns.view"),
    "campaigns:calls": Address("campaigns.handle"),
    "campaigns:add": Address("campaigns.write", post={}, posted=422),
    "campaigns:campaign": Address("campaigns.view", NEAR_UNIT, arguments=of_running),
    "campaigns:results": Address("campaigns.view", NEAR_UNIT, arguments=of_running),
    "campaigns:preview": Address("campaigns.write", NEAR_UNIT, arguments=of_draft),
    "campaigns:judged": Address("campaigns.write", NEAR_UNIT, arguments=of_draft),
    "campaigns:edit": Address(
        "campaigns.write", NEAR_UNIT, post={}, posted=422, arguments=of_draft
    ),
    "campaigns:drop": acting("campaigns.write", of_draft, reached=NEAR_UNIT),
    "campaigns:copy": acting("campaigns.write", of_running, reached=NEAR_UNIT),
    "campaigns:propose": acting("campaigns.write", of_draft, reached=NEAR_UNIT),
    "campaigns:release": acting("campaigns.publish", of_proposed, reached=NEAR_UNIT),
    "campaigns:give_back": acting("campaigns.write", of_proposed, reached=NEAR_UNIT),
    "campaigns:stop": acting("campaigns.publish", of_running, reached=NEAR_UNIT),
    "campaigns:row": Address("campaigns.view", NEAR_MANAGER, arguments=of_row),
    "campaigns:row_drop": acting("campaigns.write", of_picked, reached=NEAR_MANAGER),
    "campaigns:begin": acting("campaigns.handle", of_row, reached=NEAR_MANAGER),
    "campaigns:record": Address(
        "campaigns.handle", NEAR_MANAGER, get=None, post={}, posted=422, arguments=of_row
    ),
    "campaigns:compare": Address("campaigns.view", get=None, post={}, posted=400),
    "campaigns:pick": Address("campaigns.write", get=None, post={}, posted=400),
    "campaigns:assign": Address("campaigns.publish", get=None, post={}, posted=400),
    "campaigns:next": Address("campaigns.handle", get=None, post={}),
    "campaigns:customer_panel": Address(
        "campaigns.view", NEAR_MANAGER, arguments=lambda things: [things.customer.pk]
    ),
}
