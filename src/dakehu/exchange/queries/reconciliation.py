"""What a city says of itself beside what its delivered rows add up to (F6, promise 5)."""

from dataclasses import dataclass
from datetime import date

from dakehu.exchange.models import CityStat
from dakehu.exchange.queries.facts import live_partitions
from dakehu.facts.engine import EngineLimits, connect, paths_sql
from dakehu.facts.store import FactStore

COUNTED = {
    "SUBSCRIBERS": "count(*)",
    "ACTIVE": "count(*) FILTER (status = 0)",
    "VOICE_SECONDS": "sum(voice_onnet_s + voice_offnet_s + voice_fixed_s)",
    "DATA_KB": "sum(data_kb)",
    "CHARGE_FEN": "sum(charge_fen)",
    "RECHARGE_FEN": "sum(recharge_fen)",
}
"""Figures of a city that can be counted again from its usage rows, by their code."""


@dataclass(frozen=True)
class Reconciled:
    """One figure: what the city says, and what was counted here, if it can be."""

    code: str
    dimension: str
    said: int | None
    counted: int | None

    @property
    def differs(self) -> bool:
        """Tell whether both are known and not the same."""
        return None not in (self.said, self.counted) and self.said != self.counted


def reconciled(
    stats: list[CityStat], *, city: str, day: date, store: FactStore, limits: EngineLimits
) -> list[Reconciled]:
    """Put the figures of a city and day beside what its rows add up to."""
    if not stats:
        return []
    counted = counted_again(city=city, day=day, store=store, limits=limits)
    return [
        Reconciled(
            code=stat.stat_code,
            dimension=stat.dimension,
            said=stat.value,
            counted=None if stat.dimension else counted.get(stat.stat_code),
        )
        for stat in stats
    ]


def counted_again(
    *, city: str, day: date, store: FactStore, limits: EngineLimits
) -> dict[str, int]:
    """Count the figures of one city and day from its live usage rows."""
    files = store.files(live_partitions(["usage"], first=day, last=day, city=city))
    if not files:
        return {}
    listed = ", ".join(COUNTED.values())
    with connect(limits) as engine:
        row = engine.execute(
            f"SELECT {listed} FROM read_parquet({paths_sql(files)}, hive_partitioning = false)"
        ).fetchone()
    return {code: int(value or 0) for code, value in zip(COUNTED, row or (), strict=True)}
