"""The addresses of events for other systems in the permission matrix."""

from typing import Any

from tests.web.asked import Address


def about(name: str, **options: Any) -> Address:
    """Return an address about a subscription or a delivery."""
    return Address(
        "api.manage", arguments=lambda things: [getattr(things.hooks, name).pk], **options
    )


def acts(name: str = "subscription", **options: Any) -> Address:
    """Return an address that takes POST alone."""
    return about(name, get=None, post={}, **options)


HOOKS: dict[str, Address] = {
    "hooks:list": Address("api.manage"),
    "hooks:add": Address("api.manage", post={}, posted=422),
    "hooks:subscription": about("subscription"),
    "hooks:change": about("subscription", post={}, posted=422),
    "hooks:release": acts(),
    "hooks:pause": acts(),
    "hooks:resume": acts(),
    "hooks:secret": acts(posted=200),
    "hooks:test": acts(),
    "hooks:replay_period": acts(posted=422),
    "hooks:end": acts(),
    "hooks:delivery_list": Address("api.manage"),
    "hooks:delivery": about("delivery"),
    "hooks:replay": acts("delivery"),
}
