"""
Where facts rest: paths of the Parquet files of each interface, day, city and version.

The store holds no state and opens nothing.  Which versions are live is decided by whoever commits
them; the engines are handed the live partitions as values, so a crash between writing files and
committing records never shows half a delivery (capability F5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dakehu.facts.interfaces import INTERFACES


@dataclass(frozen=True, order=True)
class Partition:
    """One live piece of facts: what one delivery said for one interface, day and city."""

    interface: str
    day: date
    city: str
    version: str
    rows: int


@dataclass(frozen=True)
class FactStore:
    """
    The folder tree under ``home``; every path of facts and results is spelt here only.

    What is worked out from the delivered facts can rest under ``derived`` instead, so that work
    aside (training on past days) neither disturbs the nights nor is disturbed by them.
    """

    home: Path
    derived: Path | None = None

    @property
    def facts(self) -> Path:
        """The root of the delivered facts."""
        return self.home / "facts"

    @property
    def worked_out(self) -> Path:
        """The root of what can be built again from the delivered facts."""
        return self.facts if self.derived is None else self.derived / "facts"

    def folder(self, interface: str, *, day: date, city: str) -> Path:
        """The folder that holds every version of one interface, day and city."""
        return self.facts / interface / f"day={day.isoformat()}" / f"city={city}"

    def path(self, partition: Partition, part: str = "data") -> Path:
        """The Parquet file of one part of one partition, whether or not it exists."""
        folder = self.folder(partition.interface, day=partition.day, city=partition.city)
        return folder / f"{partition.version}-{part}.parquet"

    def files(self, partitions: Iterable[Partition], part: str | None = None) -> list[Path]:
        """
        The existing files of these partitions, in the order given.

        Without ``part``, all parts.  A partition in which nothing was accepted has no files.
        """
        found: list[Path] = []
        for partition in partitions:
            parts = INTERFACES[partition.interface].parts if part is None else (part,)
            candidates = (self.path(partition, name) for name in parts)
            found.extend(path for path in candidates if path.exists())
        return found

    def master_folder(self, day: date) -> Path:
        """The folder of the subscriber master as of ``day``; derived, can be built again."""
        return self.worked_out / "master" / f"asof={day.isoformat()}"

    @property
    def snapshots(self) -> Path:
        """The root of the month-to-date figures; derived, can be built again."""
        return self.worked_out / "snapshots"

    def snapshot_folder(self, *, day: date, city: str) -> Path:
        """The folder of the month-to-date figures of one city at one day."""
        return self.snapshots / f"day={day.isoformat()}" / f"city={city}"

    @property
    def strays_folder(self) -> Path:
        """What is remembered of the earlier rows of subscribers who became managed; derived."""
        return self.worked_out / "strays"

    def result_folder(self, name: str, day: date) -> Path:
        """The folder of one result of the nightly run (``signals``, ``card_level`` …)."""
        return (self.derived or self.home) / "results" / name / f"day={day.isoformat()}"

    @property
    def decisions(self) -> Path:
        """The root of what tier evaluations decided about every customer."""
        return self.home / "decisions"

    def decision_file(self, scheme: str, *, day: date, token: str) -> Path:
        """The decisions of one scheme as of a data day."""
        return self.decisions / scheme / f"day={day.isoformat()}" / f"{token}.parquet"

    @property
    def simulations(self) -> Path:
        """The root of what simulations of tiers gave; none of it counts."""
        return self.home / "simulations"

    def simulation_file(self, token: str) -> Path:
        """The outcomes of one simulation."""
        return self.simulations / f"{token}.parquet"
