"""Who is told what, for those who may see it; the front door."""

from dakehu.hooks.queries.reading import (
    deliveries_visible_to,
    failing_url,
    failing_words,
    get_delivery,
    get_subscription,
    subscription_named,
    subscriptions_visible_to,
    systems_known_to,
)
from dakehu.hooks.queries.subjects import people_behind, register_subject, url_of
from dakehu.hooks.queries.wanting import forget_wanted, wanted_kinds

__all__ = [
    "deliveries_visible_to",
    "failing_url",
    "failing_words",
    "forget_wanted",
    "get_delivery",
    "get_subscription",
    "people_behind",
    "register_subject",
    "subscription_named",
    "subscriptions_visible_to",
    "systems_known_to",
    "url_of",
    "wanted_kinds",
]
