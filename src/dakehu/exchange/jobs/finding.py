"""Step RECEIVE: which deliveries are complete, which of them are new, and which are waited for."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from re import ASCII, fullmatch
from typing import Any

from django.utils.translation import gettext as _

from dakehu.common.filespace import Filespace
from dakehu.exchange.choices import DeliveryState, RunKind, StepName
from dakehu.exchange.jobs.logbook import Logbook
from dakehu.exchange.jobs.orders import RunOrder
from dakehu.exchange.jobs.tally import Tally
from dakehu.exchange.queries.deliveries import KnownDelivery, known_deliveries
from dakehu.exchange.rules.dialects import DIALECTS
from dakehu.exchange.rules.manifests import LONGEST_CHECK_FILE, missing_parts, read_manifest
from dakehu.exchange.rules.names import announcements_in, day_of_folder, is_city_folder
from dakehu.exchange.rules.sends import judge_send
from dakehu.exchange.values import Announcement, CheckForm, Manifest, SendVerdict, TakenSend
from dakehu.facts.intake.values import Refusal
from dakehu.facts.interfaces import INTERFACES

DAYS_WATCHED = 35
"""So many data days back, what was taken is compared with what lies in the inbox now."""

RANKS = {name: rank for rank, name in enumerate(INTERFACES)}
Sent = tuple[str, date, str]
"""City, data day and scope: within them send numbers count."""


@dataclass(frozen=True)
class Found:
    """A complete delivery that has to be dealt with: taken, or refused for its number."""

    manifest: Manifest
    present: frozenset[str]
    refusal: Refusal | None = None

    @property
    def order(self) -> tuple[Any, ...]:
        """Days in their order, cities in theirs; then sends, or units and their sends."""
        said = self.manifest.announcement
        rank = min((RANKS[name] for name in self.manifest.interfaces), default=0)
        return (said.day, said.city, rank if said.scope else 0, said.send, said.scope)


@dataclass
class Inbox:
    """The inbox as one run looks at it."""

    place: Filespace
    order: RunOrder
    tally: Tally
    known: dict[Sent, list[KnownDelivery]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        first = self.order.first_day if self.order.kind == RunKind.LOAD else None
        for each in known_deliveries(first, self.order.last_day):
            self.known[each.city, each.day, each.scope].append(each)

    def folders(self) -> list[tuple[date, str]]:
        """Return data day and city of every folder that the order covers, oldest first."""
        found = []
        for city in filter(is_city_folder, self.names("", folders=True)):
            for name in self.names(city, folders=True):
                day = day_of_folder(name)
                if day is not None and self.covers(day):
                    found.append((day, city))
        return sorted(found)

    def names(self, folder: str, *, folders: bool) -> list[str]:
        """Return the names in a folder: of its folders, or of its files."""
        found = self.place.entries(folder)
        return [entry.name for entry in found if entry.is_folder == folders]

    def covers(self, day: date) -> bool:
        """Tell whether the order asks for a data day."""
        if self.order.kind == RunKind.LOAD and day < self.order.first_day:
            return False
        return day <= self.order.last_day

    def look_into(self, day: date, city: str) -> Iterator[Found]:
        """Yield the deliveries of one folder that have to be dealt with."""
        names = self.names(f"{city}/{day:%Y%m%d}", folders=False)
        said = announcements_in(names, city=city, day=day, dialects=tuple(DIALECTS.values()))
        self.wait_for_checks(names, said, city=city, day=day)
        for each in said:
            if self.is_settled(each):
                self.tally.deliveries["already_taken"] += 1
                continue
            found = self.judge(self.read(each), names)
            if found is not None:
                yield found

    def is_settled(self, said: Announcement) -> bool:
        """Tell whether a delivery was taken so long ago that it is not looked at again."""
        if said.day >= self.order.last_day - timedelta(days=DAYS_WATCHED):
            return False
        return any(each.send == said.send for each in self.taken(said))

    def taken(self, said: Announcement) -> list[KnownDelivery]:
        """Return what was taken before under the numbers of the same city, day and scope."""
        known = self.known[said.city, said.day, said.scope]
        return [each for each in known if each.state != DeliveryState.REFUSED]

    def read(self, said: Announcement) -> Manifest:
        """Read the check files of a delivery."""
        folder = f"{said.city}/{said.day:%Y%m%d}"
        contents = {
            # One byte more than may be, so that too long a file shows itself.
            name: self.place.read(f"{folder}/{name}", limit=LONGEST_CHECK_FILE + 1)
            for name in said.check_files
        }
        return read_manifest(said, contents, dialect=DIALECTS[said.dialect])

    def judge(self, manifest: Manifest, names: Sequence[str]) -> Found | None:
        """Return the delivery if it has to be dealt with; count or list it if not."""
        said = manifest.announcement
        known = self.known[said.city, said.day, said.scope]
        if any(
            each.fingerprint == manifest.fingerprint and each.state == DeliveryState.REFUSED
            for each in known
        ):
            self.tally.deliveries["refused_before"] += 1
            return None
        present = frozenset(names)
        taken = [TakenSend(each.send, each.fingerprint) for each in self.taken(said)]
        verdict, refusal = judge_send(manifest, taken)
        if verdict == SendVerdict.ALREADY_TAKEN:
            self.tally.deliveries["already_taken"] += 1
            return None
        if verdict == SendVerdict.REFUSE:
            return Found(manifest, present, refusal)
        lacking = missing_parts(manifest, names)
        if lacking:
            self.wait_for(said.city, said.day, lacking)
            return None
        return Found(manifest, present)

    def wait_for_checks(
        self, names: Sequence[str], said: Sequence[Announcement], *, city: str, day: date
    ) -> None:
        """List the data files whose check file has not come yet."""
        check_files = {name for each in said for name in each.check_files}
        lacking = sorted({check for check in map(check_of, names) if check} - check_files)
        speaks_for_all = any(not each.scope for each in said)
        lacking = [name for name in lacking if name != MANIFEST or not speaks_for_all]
        if lacking:
            self.wait_for(city, day, lacking)

    def wait_for(self, city: str, day: date, lacking: Sequence[str]) -> None:
        """List an incomplete delivery."""
        self.tally.deliveries["incomplete"] += 1
        words = _("City %(city)s, %(day)s is incomplete, waiting for: %(lacking)s.") % {
            "city": city,
            "day": day.isoformat(),
            "lacking": _(", ").join(lacking),
        }
        entry = {"city": city, "day": day.isoformat(), "lacking": list(lacking), "words": words}
        self.tally.incomplete.append(entry)


MANIFEST = "manifest"


def check_of(name: str) -> str | None:
    """Return the check file that a data file waits for; None if it is no data file."""
    for dialect in DIALECTS.values():
        if fullmatch(dialect.data_name, name, ASCII):
            if dialect.check_form == CheckForm.CSV:
                return MANIFEST
            return name.rsplit("_", 1)[0] + ".verf"
    return None


def find_deliveries(
    place: Filespace, *, order: RunOrder, logbook: Logbook, tally: Tally
) -> list[Found]:
    """Look through the inbox and return what has to be dealt with, in the order to take it."""
    with logbook.step(StepName.RECEIVE) as meter:
        inbox = Inbox(place, order, tally)
        folders = inbox.folders()
        meter.expect(len(folders))
        found: list[Found] = []
        for day, city in folders:
            found.extend(inbox.look_into(day, city))
            meter.advance()
        found.sort(key=lambda each: each.order)
        meter.count(rows_in=len(folders), rows_out=len(found))
        return found
