"""
The individual card level a second time, in plain steps, sharing no code with the engine's.

Month figures come as (ym, revenue_fen, arrears_days) with the newest delivery of each month only.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from dakehu.tiering.values import CardNumbers

MonthRow = tuple[int, int | None, int | None]


def three_months(day: date, count: int) -> set[int]:
    """The whole months before the month of ``day`` as YYYYMM."""
    months = set()
    first = day.replace(day=1)
    for _ in range(count):
        first = (first - timedelta(days=1)).replace(day=1)
        months.add(first.year * 100 + first.month)
    return months


def reference_level(
    master: Mapping[str, Any], months: Iterable[MonthRow], *, day: date, numbers: CardNumbers
) -> tuple[int, int, int, int]:
    """Compute (old_level, new_level, avg3, arr) of one subscriber as of data day ``day``."""
    own: dict[str, int] = {}
    for city, named in numbers.local:
        if city == master["city_id"]:
            own.update(named)

    def number(name: str) -> int:
        return int(own[name] if name in own else getattr(numbers, name))

    wanted = three_months(day, number("months"))
    counted = [row for row in months if row[0] in wanted]
    avg3 = sum(revenue or 0 for _, revenue, _ in counted) // number("months")
    arr = max([0, *(days or 0 for _, _, days in counted)])
    old = master["level"] or 0
    opened = master["open_date"]
    tenure = None if opened is None else (day + timedelta(days=1) - opened).days

    limits = [number(f"limit_{level}") for level in (1, 2, 3, 4)]
    new = sum(1 for limit in limits if avg3 >= limit)
    if tenure is not None and tenure < number("new_tenure_days"):
        new = min(new, number("new_level_cap"))
    if arr > number("arrears_days"):
        new = max(new - 1, 0)
    elif tenure is not None and tenure >= number("new_tenure_days") and 1 <= old <= len(limits):
        nearly = avg3 * 100 >= number("keep_percent") * limits[old - 1]
        if new == old - 1 and nearly:
            new = old
    return old, new, avg3, arr
