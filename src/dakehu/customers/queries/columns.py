"""Columns of all present customers, for whoever chooses among them in one pass (T23)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dakehu.customers.models import Customer, CustomField, CustomValue

AT_ONCE = 20_000
DECIMALS = 10_000


def columns_of(
    kinds: Iterable[str], names: Sequence[str], *, units: Iterable[int] | None = None
) -> Iterator[tuple[Any, ...]]:
    """
    Yield key, number, unit, manager and more columns of the present customers of some kinds.

    With ``units`` those of these units alone.
    """
    found = Customer.objects.current().filter(kind__in=list(kinds)).order_by()
    if units is not None:
        found = found.filter(unit__in=list(units))
    yield from found.values_list("pk", "number", "unit", "manager", *names).iterator(
        chunk_size=AT_ONCE
    )


def custom_column(field: CustomField) -> Iterator[tuple[int, int | str]]:
    """Yield who has what in a custom field: text, or a number as conditions compare it."""
    found = CustomValue.objects.filter(field=field).order_by()
    rows = found.values_list("customer", "text", "number", "day", "yes")
    for customer, text, *others in rows.iterator(chunk_size=AT_ONCE):
        value = next((each for each in others if each is not None), text)
        if value != "":
            yield customer, plain(value)


def plain(value: Any) -> int | str:
    """Return a value as conditions compare it: a day as 20260131, a decimal ten-thousandfold."""
    if isinstance(value, date):
        return value.year * 10_000 + value.month * 100 + value.day
    if isinstance(value, Decimal):
        return round(value * DECIMALS)
    return int(value) if isinstance(value, bool) else value
