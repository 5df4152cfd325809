"""What a simulated province shall be, and what came of it.

A plan is a value: how many cities, people and days, which city-days arrive late or spoiled, and
which city speaks another encoding or dialect. The summary is what the demonstration needs to
open log-ins and to drop the withheld deliveries in later.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from dakehu.demo.errors import NotInThePlan, NumberOutOfRange

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, order=True)
class CityDay:
    """One city's data day."""

    city: str
    day: date


@dataclass(frozen=True)
class ProvincePlan:
    """
    A province to be drawn, up to and including the data day ``until``.

    ``subscribers`` are those on the first day; more open in the period. ``managed_percent`` of
    them have a manager. ``history_months`` whole months of bills precede the first day. A late
    city-day is withheld whole; a spoiled one carries every kind of bad row and three files that
    must be refused, and its repaired re-send is withheld. ``gb18030`` and ``verf_dat`` name the
    cities that send in that encoding or dialect.

    :raises NumberOutOfRange: if a number is too small or too large.
    :raises NotInThePlan: if a named city or city-day is not drawn.
    """

    until: date
    cities: int = 3
    subscribers: int = 5000
    days: int = 60
    seed: int = 7
    managed_percent: int = 25
    managed_per_manager: int = 120
    history_months: int = 13
    late: tuple[CityDay, ...] = ()
    spoil: tuple[CityDay, ...] = ()
    gb18030: tuple[str, ...] = ()
    verf_dat: tuple[str, ...] = ()
    rows_per_file: int = 500_000

    def __post_init__(self) -> None:
        """Refuse a plan that contradicts itself."""
        limits = {
            "cities": (1, 40),
            "subscribers": (self.cities * 20, 9_000_000 * self.cities),
            "days": (1, 1200),
            "seed": (0, 2**63),
            "managed_percent": (1, 100),
            "managed_per_manager": (1, 100_000),
            "history_months": (3, 36),
            "rows_per_file": (100, 7_500_000),
        }
        for name, (low, high) in limits.items():
            if not low <= getattr(self, name) <= high:
                raise NumberOutOfRange(name, low, high)
        for city_day in (*self.late, *self.spoil):
            self._check_known(city_day)
        for city in (*self.gb18030, *self.verf_dat):
            if city not in self.city_codes:
                raise NotInThePlan(city, None)

    def _check_known(self, city_day: CityDay) -> None:
        # Everything later builds on the first day's whole lists, so that one must arrive well.
        if city_day.city not in self.city_codes or not self.first < city_day.day <= self.until:
            raise NotInThePlan(city_day.city, city_day.day)

    @property
    def first(self) -> date:
        """The first data day."""
        return self.until - timedelta(days=self.days - 1)

    @property
    def every_day(self) -> tuple[date, ...]:
        """Every data day, oldest first."""
        return tuple(self.first + timedelta(days=step) for step in range(self.days))

    @property
    def city_codes(self) -> tuple[str, ...]:
        """The two-digit codes of the cities."""
        return tuple(f"{number:02d}" for number in range(1, self.cities + 1))


@dataclass(frozen=True)
class City:
    """A city with its districts, by name."""

    code: str
    name: str
    districts: tuple[str, ...]


@dataclass(frozen=True)
class StaffMember:
    """
    Someone who can be given a log-in; ``staff_no`` is the ``manager_no`` of the files.

    ``role`` is one of the organisation's role codes. ``city`` is empty above the cities,
    ``district`` is empty above the districts.
    """

    staff_no: str
    name: str
    role: str
    city: str
    district: str


@dataclass(frozen=True)
class HeldDelivery:
    """A delivery that was withheld: late, or the repaired re-send of a spoiled day."""

    city: str
    day: date
    folder: Path
    reason: str


@dataclass(frozen=True)
class ProvinceSummary:
    """What was drawn and written."""

    plan: ProvincePlan
    province: str
    cities: tuple[City, ...]
    staff: tuple[StaffMember, ...]
    held: tuple[HeldDelivery, ...]
    subscribers: int
    managed: int
    groups: int
    rows: dict[str, int]
    files: int
    bytes: int


def day_number(on: date) -> int:
    """Return the days since 1970-01-01, the form in which dates are drawn."""
    return (on - EPOCH).days


def months_before(on: date, count: int) -> list[int]:
    """Return the ``count`` whole months before ``on``'s month as YYYYMM, oldest first."""
    last = on.year * 12 + on.month - 1
    return [(month // 12) * 100 + month % 12 + 1 for month in range(last - count, last)]


def month_start(ym: int) -> date:
    """Return the first day of the month ``ym`` (YYYYMM)."""
    return date(ym // 100, ym % 100, 1)


def month_after(ym: int) -> int:
    """Return the month after ``ym``, as YYYYMM."""
    return ym + 1 if ym % 100 < 12 else ym + 89
