"""Numbers of customers for whoever evaluates all of them; no rows of files are shown."""

from collections.abc import Iterable, Iterator
from typing import Any

from dakehu.customers.choices import CustomerKind
from dakehu.customers.models import Customer, Merger

PROFILE = ("industry", "org_kind", "admin_level", "tax_rank", "strategic", "employees")


def absent_numbers(kind: CustomerKind) -> frozenset[str]:
    """Return the numbers of a kind that files may still tell of: former, merged, removed ones."""
    customers = Customer.objects.order_by()
    merged = Merger.objects.order_by().values("gone")
    # Asked for one after the other, and of all kinds: each has an index, all together have none.
    away = (
        customers.filter(retained_at__isnull=False),
        customers.filter(removed_at__isnull=False),
        customers.filter(pk__in=merged, merged_into__isnull=False),
    )
    return frozenset(
        number for each in away for of, number in each.values_list("kind", "number") if of == kind
    )


def managed_among(numbers: Iterable[str]) -> set[str]:
    """Return those of some individuals' numbers whose customers are managed; for the intake."""
    found = Customer.objects.filter(
        kind=CustomerKind.INDIVIDUAL, managed=True, number__in=list(numbers)
    )
    return set(found.order_by().values_list("number", flat=True))


def prospect_rows() -> list[dict[str, Any]]:
    """Return the prospects with what was entered of them, as rows of the file of groups."""
    found = Customer.objects.current().filter(kind=CustomerKind.PROSPECT).order_by("number")
    columns = {name: f"profile__{name}" for name in PROFILE}
    rows = found.values_list("number", "city_code", *columns.values())
    names = ("number", "city_id", *columns)
    return [dict(zip(names, row, strict=True)) for row in rows]


def holders_of(kinds: Iterable[str]) -> Iterator[tuple[str, int, int | None]]:
    """Yield the number, unit and manager of all present customers of some kinds."""
    found = Customer.objects.current().filter(kind__in=list(kinds)).order_by()
    yield from found.values_list("number", "unit", "manager").iterator(chunk_size=20_000)
