"""Answers about customers, for those who may see them (V1–V6)."""

from dakehu.customers.queries.customers import (
    CHANGES_SHOWN,
    LOGS_SHOWN,
    MEMBERS_SHOWN,
    MONTHS_SHOWN,
    customer_named,
    customers_visible_to,
    customers_with_levels,
    get_customer,
    history_of,
    managed_by_unit,
    members_of,
    months_of,
    places_of,
    service_logs_of,
    service_logs_until,
    subscriptions_of,
)

__all__ = [
    "CHANGES_SHOWN",
    "LOGS_SHOWN",
    "MEMBERS_SHOWN",
    "MONTHS_SHOWN",
    "customer_named",
    "customers_visible_to",
    "customers_with_levels",
    "get_customer",
    "history_of",
    "managed_by_unit",
    "members_of",
    "months_of",
    "places_of",
    "service_logs_of",
    "service_logs_until",
    "subscriptions_of",
]
