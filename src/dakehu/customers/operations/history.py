"""What belongs to a customer: months of money, products held, acts of managers (V1, P11, T7)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.db import connection
from django.utils import timezone

from dakehu.customers.models import UNKNOWN_SINCE
from dakehu.customers.operations.loading import KEY_LENGTH, Delivered, Load, Merge, apply
from dakehu.customers.operations.staging import STAGED_FIRST, Row
from dakehu.customers.values import Applied
from dakehu.facts.interfaces import GROUP_MONTH, MONTH, SERVICE_LOG, SUBSCRIPTION

OWNER_KIND = "CASE s.{} WHEN 'group' THEN 'GROUP' ELSE 'INDIVIDUAL' END"


def owner(kind: str, number: str) -> str:
    """Return the join that finds the customer a row belongs to."""
    return (
        f"{STAGED_FIRST} customers_customer c ON c.kind = {kind} AND c.number = s.{number} "
        "AND c.number BETWEEN %(first)s AND %(last)s"
    )


def bounded(column: str) -> str:
    """Return a whole number that fits the records, else unknown."""
    return f"CASE WHEN s.{column} < 2000000000 THEN s.{column} END"


NEARBY = "t.customer_id BETWEEN %(low)s AND %(high)s"

MONTH_TABLE = "customers_customermonth"
MONTH_KEY = ("customer_id", "ym")

MONTH_LOAD = Load(
    interface=MONTH,
    merges=(
        Merge(
            table=MONTH_TABLE,
            key=MONTH_KEY,
            columns={
                "customer_id": "c.id",
                "ym": "s.ym",
                "revenue_fen": "s.revenue_fen",
                "arrears_fen": "s.arrears_fen",
                "arrears_days": bounded("arrears_days"),
                "source_day": "%(day)s",
            },
            nearby=NEARBY,
            owner=owner("'INDIVIDUAL'", "sub_id") + " AND c.managed",
        ),
    ),
)
GROUP_MONTH_LOAD = Load(
    interface=GROUP_MONTH,
    merges=(
        Merge(
            table=MONTH_TABLE,
            key=MONTH_KEY,
            columns={
                "customer_id": "c.id",
                "ym": "s.ym",
                "revenue_fen": "s.revenue_fen",
                "it_revenue_fen": "s.it_revenue_fen",
                "it_products": bounded("it_products"),
                "source_day": "%(day)s",
            },
            nearby=NEARBY,
            owner=owner("'GROUP'", "group_no"),
        ),
    ),
)
SUBSCRIPTION_LOAD = Load(
    interface=SUBSCRIPTION,
    merges=(
        Merge(
            table="customers_subscription",
            key=("customer_id", "product_code", "since"),
            columns={
                "customer_id": "c.id",
                "product_code": "s.product_code",
                "since": "coalesce(s.since, %(unknown_since)s)",
                "until": "s.until",
                "source_day": "%(day)s",
            },
            nearby=NEARBY,
            owner=owner(OWNER_KIND.format("owner_kind"), "owner_no"),
            condition="length(s.product_code) <= 40",
        ),
    ),
)
SERVICE_LOG_LOAD = Load(
    interface=SERVICE_LOG,
    added={"instant": "timestamp with time zone"},
    by_hash=False,
    merges=(
        Merge(
            table="customers_servicelog",
            key=("city_code", "log_no"),
            columns={
                "city_code": "%(city)s",
                "log_no": "s.log_no",
                "manager_no": "coalesce(substr(s.manager_no, 1, 40), '')",
                "staff_id": "m.id",
                "customer_id": "c.id",
                "at": "s.instant",
                "category": "coalesce(substr(s.category, 1, 60), '')",
                "content": "coalesce(s.content, '')",
                "source_day": "%(day)s",
            },
            nearby="1 = 1",
            lookups="LEFT JOIN customers_customer c "
            f"ON c.kind = {OWNER_KIND.format('customer_kind')} AND c.number = s.customer_no "
            "LEFT JOIN people_staff m ON m.staff_no = s.manager_no",
            condition=f"length(s.log_no) <= {KEY_LENGTH} AND s.instant IS NOT NULL",
        ),
    ),
)


def apply_months(rows: Iterable[Row], *, city_code: str, day: date, at: datetime) -> Applied:
    """Bring the months of managed individuals up to date; rows of others change nothing (V1)."""
    return apply(MONTH_LOAD, rows, Delivered(city_code, day))


def apply_group_months(rows: Iterable[Row], *, city_code: str, day: date, at: datetime) -> Applied:
    """Bring the months of groups up to date: revenue, and what informatisation brought (T7)."""
    return apply(GROUP_MONTH_LOAD, rows, Delivered(city_code, day))


def apply_subscriptions(
    rows: Iterable[Row], *, city_code: str, day: date, at: datetime
) -> Applied:
    """Bring the products that customers hold up to date; a new end date closes one (V1)."""
    values = {"unknown_since": UNKNOWN_SINCE}
    return apply(SUBSCRIPTION_LOAD, rows, Delivered(city_code, day, values))


def apply_service_logs(rows: Iterable[Row], *, city_code: str, day: date, at: datetime) -> Applied:
    """
    Take in the acts that managers recorded in the city's own system (P11, F6).

    An instant without a zone is local time of this installation; a row without a readable one
    concerns nothing.
    """
    return apply(SERVICE_LOG_LOAD, map(with_instant, rows), Delivered(city_code, day))


def with_instant(row: Row) -> Row:
    """Add the instant of an act as the database keeps it."""
    try:
        instant = datetime.fromisoformat(row[2] or "")
    except ValueError:
        return (*row, None)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=timezone.get_default_timezone())
    return (*row, connection.ops.adapt_datetimefield_value(instant.astimezone(UTC)))
