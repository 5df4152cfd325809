"""
Derived facts about subscribers, named after what they were made of (F5).

Each file bears a digest of the partitions it was built from. A file under the right name is right,
whoever wrote it and whatever was killed since; a late or re-sent delivery changes the digest, and
so the file is built anew.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from dakehu.facts.engine import EngineLimits
from dakehu.facts.master import advance_master, build_master, known_subscribers
from dakehu.facts.store import FactStore, Partition


def digest_of(partitions: Iterable[Partition]) -> str:
    """Return a short name for exactly these partitions in these versions."""
    listed = sorted((each.day.isoformat(), each.city, each.version) for each in partitions)
    return sha256(repr(listed).encode()).hexdigest()[:20]


def master_path(store: FactStore, partitions: Sequence[Partition], day: date) -> Path:
    """Return where the master as of ``day`` lies if it is built from these partitions."""
    return store.master_folder(day) / f"{digest_of(until(partitions, day))}.parquet"


def until(partitions: Iterable[Partition], day: date) -> list[Partition]:
    """Return the partitions of data days up to ``day``."""
    return [partition for partition in partitions if partition.day <= day]


def ensure_master(
    store: FactStore, partitions: Sequence[Partition], *, day: date, limits: EngineLimits
) -> Path:
    """Return the master as of ``day`` over the live subscriber partitions, built if missing.

    It is advanced from the newest earlier master that is still right, if there is one.
    """
    path = master_path(store, partitions, day)
    if path.exists():
        return path
    for earlier in earlier_days(store, day):
        previous = master_path(store, partitions, earlier)
        if previous.exists():
            return advance_master(
                store,
                previous,
                partitions,
                days=(earlier, day),
                token=path.stem,
                limits=limits,
            )
    return build_master(store, partitions, day=day, token=path.stem, limits=limits)


def earlier_days(store: FactStore, day: date) -> list[date]:
    """Return the days before ``day`` that have any master, newest first."""
    folders = store.master_folder(day).parent.glob("asof=*")
    days = (date.fromisoformat(folder.name.removeprefix("asof=")) for folder in folders)
    return sorted((found for found in days if found < day), reverse=True)


def known_path(store: FactStore, partitions: Iterable[Partition], city: str) -> Path:
    """Return where the subscribers known to a city through these partitions are listed."""
    return store.facts / "known" / f"city={city}" / f"{digest_of(partitions)}.parquet"


def ensure_known(
    store: FactStore,
    live: Sequence[Partition],
    *,
    arrived: Sequence[Partition],
    city: str,
    limits: EngineLimits,
) -> Path:
    """Return the list of subscribers known to a city, made if missing.

    ``live`` are its subscriber partitions before the delivery at hand, ``arrived`` the one that
    the delivery brings, if any; of a data day sent again the arrived one counts as well.
    """
    path = known_path(store, (*live, *arrived), city)
    if path.exists():
        return path
    base = known_path(store, live, city)
    if arrived and base.exists():
        known_subscribers(store, arrived, into=path, limits=limits, base=base)
    else:
        known_subscribers(store, [*live, *arrived], into=path, limits=limits)
    return path
