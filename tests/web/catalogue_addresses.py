"""The addresses of the catalogue in the permission matrix (:mod:`tests.web.permission_matrix`)."""

from typing import Any

from tests.web.asked import NEAR_MANAGER, Address


def of_draft(things: Any) -> list[Any]:
    return ["C1", things.catalogue.draft.number]


def of_proposed(things: Any) -> list[Any]:
    return ["C12", things.catalogue.proposed.number]


def taking(arguments: Any) -> Address:
    """Return an address that takes POST alone."""
    return Address("catalogue.rules", get=None, post={}, arguments=arguments)


CATALOGUE: dict[str, Address] = {
    "catalogue:services": Address("catalogue.view"),
    "catalogue:export": Address("catalogue.export"),
    "catalogue:customer_panel": Address(
        "catalogue.view", NEAR_MANAGER, arguments=lambda things: [things.customer.pk]
    ),
    "catalogue:service": Address("catalogue.view", arguments=lambda things: ["C13"]),
    "catalogue:version": Address("catalogue.view", arguments=of_draft),
    "catalogue:load": Address("catalogue.view", arguments=of_draft),
    "catalogue:clocks_panel": Address(
        "catalogue.view", arguments=lambda things: [things.catalogue.draft.pk]
    ),
    "catalogue:add": Address("catalogue.rules", post={}, posted=422),
    "catalogue:draft": taking(lambda things: ["C13", 1]),
    "catalogue:frame": Address("catalogue.rules", post={}, posted=422, arguments=of_draft),
    "catalogue:terms": Address(
        "catalogue.rules", post={}, posted=422,
        arguments=lambda things: [*of_draft(things), "group-abc", 5],
    ),
    "catalogue:propose": taking(of_draft),
    "catalogue:publish": taking(of_proposed),
    "catalogue:withdraw": taking(of_proposed),
}  # fmt: skip
