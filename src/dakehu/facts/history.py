"""
Point look-ups for screens: what one subscriber used, day by day, and brought, month by month.

Files are sorted by subscriber, so from each only the piece that can hold the number is read, and
only the files of the subscriber's own city are opened (capabilities P8, W13).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from dakehu.facts.engine import EngineLimits, connect
from dakehu.facts.interfaces import SUBSCRIBER
from dakehu.facts.rows import read_parquet
from dakehu.facts.store import FactStore, Partition

DAYS_AT_ONCE = 31


@dataclass(frozen=True)
class UsageDay:
    """
    One day of one subscriber: seconds, counts, kB and fen.

    ``is_delivered`` tells a day the city sent nothing from a day without use; ``status`` and
    ``balance_fen`` are missing when there is no row.
    """

    day: date
    is_delivered: bool
    voice_s: int = 0
    calls: int = 0
    data_kb: int = 0
    charge_fen: int = 0
    recharge_fen: int = 0
    hotline_calls: int = 0
    status: int | None = None
    balance_fen: int | None = None


@dataclass(frozen=True)
class MonthOfSubscriber:
    """One month of one subscriber, as the newest delivery tells it; amounts in fen."""

    ym: int
    revenue_fen: int
    arrears_fen: int
    arrears_days: int


_USAGE = (
    "day, TRUE, coalesce(voice_onnet_s, 0) + coalesce(voice_offnet_s, 0) "
    "+ coalesce(voice_fixed_s, 0), coalesce(out_calls, 0) + coalesce(in_calls, 0), "
    "coalesce(data_kb, 0), coalesce(charge_fen, 0), coalesce(recharge_fen, 0), "
    "coalesce(hotline_calls, 0), status, balance_fen"
)
_MONTH = "day, ym, coalesce(revenue_fen, 0), coalesce(arrears_fen, 0), coalesce(arrears_days, 0)"


@dataclass(frozen=True)
class History:
    """Reads the past of single subscribers from one fact store."""

    store: FactStore
    limits: EngineLimits

    def days(
        self, partitions: Collection[Partition], *, sub_id: str, city: str, day: date, count: int
    ) -> list[UsageDay]:
        """The ``count`` days up to ``day``, oldest first, one entry for each day."""
        first = day - timedelta(days=count - 1)
        usage = [
            partition
            for partition in partitions
            if partition.interface == "usage"
            and partition.city == city
            and first <= partition.day <= day
        ]
        found = {row.day: row for row in self._usage(sorted(usage), sub_id)}
        delivered = {partition.day for partition in usage}
        days = (first + timedelta(days=offset) for offset in range(count))
        return [found.get(each) or UsageDay(each, each in delivered) for each in days]

    def _usage(self, partitions: Sequence[Partition], sub_id: str) -> list[UsageDay]:
        """Look among the managed first; among the rest only for the days not found there."""
        found: list[UsageDay] = []
        with connect(self.limits) as con:
            for part in ("managed", "rest"):
                days = {row.day for row in found}
                left = [partition for partition in partitions if partition.day not in days]
                rows = _look_up(con, self.store.files(left, part), _USAGE, sub_id)
                found += [UsageDay(*row) for row in rows]
        return found

    def delivered(
        self, partitions: Collection[Partition], *, sub_id: str, city: str, day: date
    ) -> tuple[date, dict[str, Any]] | None:
        """What the city's files said of a subscriber on a day, or before if they were silent."""
        known = sorted(
            partition
            for partition in partitions
            if partition.interface == SUBSCRIBER.name
            and partition.city == city
            and partition.day <= day
        )
        with connect(self.limits) as con:
            # The newest files first: the row is mostly in the very last one.
            while known:
                chunk, known = known[-DAYS_AT_ONCE:], known[:-DAYS_AT_ONCE]
                columns = ", ".join(("day", *SUBSCRIBER.names))
                rows = _look_up(con, self.store.files(chunk), columns, sub_id)
                if rows:
                    newest = max(rows, key=lambda row: row[0])
                    return newest[0], dict(zip(SUBSCRIBER.names, newest[1:], strict=True))
        return None

    def months(
        self, partitions: Collection[Partition], *, sub_id: str, city: str, day: date, count: int
    ) -> list[MonthOfSubscriber]:
        """The newest ``count`` months that deliveries up to ``day`` tell, oldest first."""
        known = [
            partition
            for partition in partitions
            if partition.interface == "month" and partition.city == city and partition.day <= day
        ]
        with connect(self.limits) as con:
            rows = _look_up(con, self.store.files(sorted(known)), _MONTH, sub_id)
        newest = {ym: MonthOfSubscriber(ym, *figures) for _, ym, *figures in sorted(rows)}
        return [newest[ym] for ym in sorted(newest)[-count:]]


def _look_up(
    con: duckdb.DuckDBPyConnection, files: Sequence[Path], columns: str, sub_id: str
) -> list[tuple[Any, ...]]:
    if not files:
        return []
    query = f"SELECT {columns} FROM {read_parquet(files)} WHERE sub_id = $sub_id"
    return con.execute(query, {"sub_id": sub_id}).fetchall()
