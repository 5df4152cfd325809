"""Draw a province and write what its cities deliver (F5)."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from dakehu.demo.errors import FolderInUse
from dakehu.demo.rules import words
from dakehu.demo.rules.delivery import Delivery
from dakehu.demo.rules.envelope import ContractEnvelope, Envelope, Sending, VerfEnvelope
from dakehu.demo.rules.plan import (
    CityDay,
    HeldDelivery,
    ProvincePlan,
    ProvinceSummary,
    StaffMember,
)
from dakehu.demo.rules.press import Press
from dakehu.demo.rules.staff import cities_of, city_sizes, staff_above
from dakehu.demo.rules.town import Town, feeds_of, found_town

Progress = Callable[[str, int, int], None]
"""Called with a city's name, the city-days written so far, and how many there will be."""

# Deliveries that may still be packed while the next is drawn.
OPEN_DELIVERIES = 2


@dataclass
class Tally:
    """What has been drawn and written so far."""

    staff: list[StaffMember] = field(default_factory=list)
    subscribers: int = 0
    managed: int = 0
    groups: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    files: int = 0
    bytes: int = 0
    done: int = 0


def held_folder(out: Path) -> Path:
    """Return where withheld deliveries are put: beside the folder of the others."""
    return out.with_name(f"{out.name}-held")


def simulate(plan: ProvincePlan, out: Path, progress: Progress) -> ProvinceSummary:
    """
    Draw the province of ``plan`` and write its deliveries under ``out``.

    Late deliveries and repaired re-sends go to :func:`held_folder`, in the same layout, to be
    dropped in later. Memory holds one city at a time, disk a few printed files beside ``out``.

    :raises FolderInUse: if a folder of the plan's city-days is there already.
    """
    refuse_used_folders(plan, out)
    out.mkdir(parents=True, exist_ok=True)
    tally = Tally()
    with (
        TemporaryDirectory(prefix=".printing-", dir=out.parent) as work,
        Press(Path(work)) as press,
    ):
        for city, size in zip(cities_of(plan), city_sizes(plan), strict=True):
            town = found_town(city, size=size, plan=plan)
            count_town(tally, town)
            write_town(town, out=out, press=press, tally=tally, progress=progress)
    return ProvinceSummary(
        plan=plan,
        province=words.PROVINCE,
        cities=cities_of(plan),
        staff=(*staff_above(plan), *tally.staff),
        held=held_deliveries(plan, out),
        subscribers=tally.subscribers,
        managed=tally.managed,
        groups=tally.groups,
        rows=dict(tally.rows),
        files=tally.files,
        bytes=tally.bytes,
    )


def refuse_used_folders(plan: ProvincePlan, out: Path) -> None:
    """
    Make sure that nothing that has been delivered is written over.

    :raises FolderInUse: if a folder of the plan's city-days is there already.
    """
    for root in (out, held_folder(out)):
        for city in plan.city_codes:
            for day in plan.every_day:
                if (folder := root / city / f"{day:%Y%m%d}").exists():
                    raise FolderInUse(folder)


def count_town(tally: Tally, town: Town) -> None:
    """Add what a city consists of."""
    tally.staff += town.team
    tally.subscribers += len(town.life.people)
    tally.managed += town.managed
    tally.groups += len(town.groups)


def write_town(town: Town, *, out: Path, press: Press, tally: Tally, progress: Progress) -> None:
    """Write every delivery of a city, sealing each while a later one is drawn."""
    total = town.plan.days * town.plan.cities
    packing: deque[list[Delivery]] = deque()

    def seal_oldest() -> None:
        for delivery in packing.popleft():
            count_delivery(tally, delivery)
        tally.done += 1
        progress(town.city.name, tally.done, total)

    for day in town.plan.every_day:
        packing.append(write_day(town, day, out=out, press=press))
        if len(packing) > OPEN_DELIVERIES:
            seal_oldest()
    while packing:
        seal_oldest()


def count_delivery(tally: Tally, delivery: Delivery) -> None:
    """Seal a delivery and add what it contains."""
    for line in delivery.seal():
        tally.rows[line.interface] += line.rows
        tally.files += 1
        tally.bytes += line.bytes


def write_day(town: Town, day: date, *, out: Path, press: Press) -> list[Delivery]:
    """Have a city's delivery of ``day`` written; also returns the repair of a spoiled one."""
    plan, code = town.plan, town.city.code
    held, late = held_folder(out), CityDay(code, day) in plan.late
    envelope = envelope_of(plan, code)
    repair = None
    if CityDay(code, day) in plan.spoil:
        repair = Delivery(held, Sending(code, day, 1), envelope)
    delivery = Delivery(
        held if late else out,
        Sending(code, day, 0),
        envelope,
        whole=day == plan.first,
        repair=repair,
    )
    for feed in feeds_of(town, day, arrives=not late):
        delivery.send_feed(press, feed, plan.rows_per_file)
    return [delivery, repair] if repair else [delivery]


def envelope_of(plan: ProvincePlan, city: str) -> Envelope:
    """Return the envelope that ``city`` sends in."""
    if city in plan.verf_dat:
        return VerfEnvelope()
    return ContractEnvelope("gb18030" if city in plan.gb18030 else "utf-8")


def held_deliveries(plan: ProvincePlan, out: Path) -> tuple[HeldDelivery, ...]:
    """Return what waits in the held folder: first what is late, then the repairs."""
    held = held_folder(out)
    return tuple(
        HeldDelivery(one.city, one.day, held / one.city / f"{one.day:%Y%m%d}", reason)
        for reason, city_days in (("late", plan.late), ("resend", plan.spoil))
        for one in city_days
    )
