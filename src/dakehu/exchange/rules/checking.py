"""
Checking deliveries before they are sent: the verdicts of the nightly run without its records.

A city runs this on its own files.  Who its subscribers are is taken from the subscriber rows in
the folder itself; where there are none, that one check is left out and the outcome says so (F5).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from dakehu.exchange.rules.dialects import DAKEHU_1, VERF_DAT
from dakehu.exchange.rules.manifests import LONGEST_CHECK_FILE, missing_parts, read_manifest
from dakehu.exchange.rules.names import (
    announcements_in,
    day_of_folder,
    is_city_folder,
    is_data_name,
    places_in,
)
from dakehu.exchange.rules.receipts import rejected_name
from dakehu.exchange.values import Announcement, Dialect, Listed, Manifest
from dakehu.facts.engine import EngineLimits
from dakehu.facts.intake import (
    DeliveredFile,
    FileVerdict,
    IntakeLimits,
    IntakeOrder,
    IntakeTarget,
    take_in,
)
from dakehu.facts.interfaces import INTERFACES
from dakehu.facts.master import known_subscribers
from dakehu.facts.store import FactStore, Partition

DEFAULT_DIALECTS = (DAKEHU_1, VERF_DAT)


@dataclass(frozen=True)
class CheckedDelivery:
    """
    One announced delivery with its verdicts.

    ``lacking`` names listed files or parts that are not there; then nothing was read, since the
    delivery is not complete.  ``knows_subscribers`` is False if nobody could be looked up.
    """

    folder: Path
    manifest: Manifest
    verdicts: tuple[tuple[str, FileVerdict], ...] = ()
    lacking: tuple[str, ...] = ()
    knows_subscribers: bool = True

    @property
    def is_good(self) -> bool:
        """Tell whether every file would be taken, be it with some rejected rows."""
        whole = self.manifest.refusal is None and not self.manifest.refused and not self.lacking
        return whole and all(verdict.refusal is None for _, verdict in self.verdicts)

    @property
    def is_flawless(self) -> bool:
        """Tell whether every row would be taken."""
        return self.is_good and not any(verdict.rejected for _, verdict in self.verdicts)


@dataclass(frozen=True)
class CheckedFolder:
    """
    A folder with its deliveries, and the data files that no check file announces.

    Without a city or a day, which neither names nor options told, nothing could be checked.
    """

    folder: Path
    city: str
    day: date | None
    deliveries: tuple[CheckedDelivery, ...]
    unannounced: tuple[str, ...]


@dataclass(frozen=True)
class CheckOptions:
    """
    What the folders do not say themselves, and where rejected rows go if they are wanted.

    With ``changed_only`` the subscriber files hold only the changed ones, so nothing here says who
    is known, and that one check is left out.
    """

    dialects: Sequence[Dialect] = DEFAULT_DIALECTS
    city: str = ""
    day: date | None = None
    rejected: Path | None = None
    changed_only: bool = False


def check_delivery(
    folder: Path, *, limits: IntakeLimits, options: CheckOptions | None = None
) -> list[CheckedFolder]:
    """
    Check a delivery folder, or all delivery folders below a folder.

    City and day are read from the folder names ``<city>/<YYYYMMDD>``, else from the names of the
    check files.  Nothing in the folders is changed.

    :raises NotADirectoryError: if there is no such folder.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    chosen = options or CheckOptions()
    limits.scratch.mkdir(parents=True, exist_ok=True)
    found = []
    for candidate in (folder, *sorted(path for path in folder.rglob("*") if path.is_dir())):
        names = sorted(path.name for path in candidate.iterdir() if path.is_file())
        if any(is_data_name(name, chosen.dialects) for name in names) or places_in(
            names, chosen.dialects
        ):
            with TemporaryDirectory(prefix="check-", dir=limits.scratch) as scratch:
                own_limits = replace(limits, scratch=Path(scratch))
                found.append(_Check(candidate, names, chosen, own_limits).run())
    return found


class _Check:
    """The check of one folder: what it has shown about subscribers so far serves what follows."""

    def __init__(
        self, folder: Path, names: Sequence[str], options: CheckOptions, limits: IntakeLimits
    ) -> None:
        self._folder = folder
        self._names = names
        self._options = options
        self._limits = limits
        self._dialects = {dialect.name: dialect for dialect in options.dialects}
        self._store = FactStore(limits.scratch)
        self._subscribers: list[Partition] = []

    def run(self) -> CheckedFolder:
        city, day = self._whose()
        announcements = (
            announcements_in(self._names, city=city, day=day, dialects=self._options.dialects)
            if city and day is not None
            else []
        )
        manifests = [self._read(announcement) for announcement in announcements]
        # Subscribers first: with a check file for each unit they are a delivery of their own.
        manifests.sort(key=lambda one: "subscriber" not in one.interfaces)
        return CheckedFolder(
            folder=self._folder,
            city=city,
            day=day,
            deliveries=tuple(self._judge(manifest) for manifest in manifests),
            unannounced=self._unannounced(manifests),
        )

    def _whose(self) -> tuple[str, date | None]:
        """Find city and day: given, from the folder names, or from the first check file."""
        city, day = next(iter(places_in(self._names, self._options.dialects)), ("", None))
        folder = self._folder.resolve()
        if (own_day := day_of_folder(folder.name)) is not None:
            day = own_day
            city = folder.parent.name if is_city_folder(folder.parent.name) else city
        return (self._options.city or city, self._options.day or day)

    def _read(self, announcement: Announcement) -> Manifest:
        contents = {}
        for name in announcement.check_files:
            with (self._folder / name).open("rb") as file:
                contents[name] = file.read(LONGEST_CHECK_FILE)
        dialect = self._dialects[announcement.dialect]
        return read_manifest(announcement, contents, dialect=dialect)

    def _judge(self, manifest: Manifest) -> CheckedDelivery:
        lacking = missing_parts(manifest, self._names)
        if lacking:
            return CheckedDelivery(self._folder, manifest, lacking=tuple(lacking))
        verdicts: list[tuple[str, FileVerdict]] = []
        knows = True
        for interface in INTERFACES:
            files = [file for file in manifest.files if file.interface == interface]
            if files:
                known = self._known() if INTERFACES[interface].subscriber_column else None
                knows &= known is not None or not INTERFACES[interface].subscriber_column
                taken = self._take_in(manifest.announcement, interface, files, known)
                verdicts += [(interface, verdict) for verdict in taken]
        return CheckedDelivery(
            self._folder, manifest, verdicts=tuple(verdicts), knows_subscribers=knows
        )

    def _known(self) -> Path | None:
        if not self._subscribers or self._options.changed_only:
            return None
        path = self._limits.scratch / "known.parquet"
        limits = EngineLimits(
            temp_directory=self._limits.scratch,
            memory=self._limits.memory,
            threads=self._limits.threads,
        )
        known_subscribers(self._store, self._subscribers, into=path, limits=limits)
        return path

    def _take_in(
        self,
        announcement: Announcement,
        interface: str,
        files: Sequence[Listed],
        known: Path | None,
    ) -> tuple[FileVerdict, ...]:
        version = f"{announcement.send:02d}-{len(self._subscribers)}"
        order = IntakeOrder(
            interface=INTERFACES[interface],
            day=announcement.day,
            city=announcement.city,
            layout=files[0].layout,
            files=tuple(delivered(file, self._folder / file.name) for file in files),
            known=known,
        )
        folder = self._store.folder(interface, day=announcement.day, city=announcement.city)
        rejected = self._options.rejected or self._limits.scratch
        target = IntakeTarget(folder, version, rejected / rejected_name(announcement, interface))
        verdict = take_in(order, target=target, limits=self._limits)
        if interface == "subscriber" and verdict.accepted:
            self._subscribers.append(
                Partition(
                    interface, announcement.day, announcement.city, version, verdict.accepted
                )
            )
        return verdict.files

    def _unannounced(self, manifests: Sequence[Manifest]) -> tuple[str, ...]:
        listed = {file.name for manifest in manifests for file in manifest.files}
        listed |= {file.name for manifest in manifests for file in manifest.refused}
        return tuple(
            name
            for name in self._names
            if name not in listed and is_data_name(name, self._options.dialects)
        )


def delivered(file: Listed, path: Path) -> DeliveredFile:
    """Join what the manifest says about a file with where it lies."""
    return DeliveredFile(
        name=file.name,
        path=path,
        rows=file.rows,
        size=file.size,
        sha256=file.sha256,
        encoding=file.encoding,
    )
