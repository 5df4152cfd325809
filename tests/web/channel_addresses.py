"""The addresses of channels in the permission matrix (:mod:`tests.web.permission_matrix`)."""

from typing import Any

from tests.web.asked import Address


def of_draft(things: Any) -> list[Any]:
    return [things.matrix.number]


def taking() -> Address:
    """Return an address that takes POST alone."""
    return Address("channels.rules", get=None, post={}, arguments=of_draft)


CHANNELS: dict[str, Address] = {
    "channels:matrix": Address("channels.view"),
    "channels:try": Address("channels.view"),
    "channels:gaps": Address("channels.view"),
    "channels:version": Address("channels.view", arguments=of_draft),
    "channels:draft": taking(),
    "channels:add": Address("channels.rules", post={}, posted=422, arguments=of_draft),
    "channels:product": Address(
        "channels.rules", post={}, posted=422, arguments=lambda things: [*of_draft(things), "MAS"]
    ),
    "channels:stages": Address("channels.rules", post={}, posted=422, arguments=of_draft),
    "channels:propose": taking(),
    "channels:publish": taking(),
    "channels:withdraw": taking(),
}
