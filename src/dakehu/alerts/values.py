"""
The numbers of the twelve warnings, and what an explanation of one says.

Every threshold is a field, so that it can be set per level and city, versioned and tried on past
days; the defaults are those shipped.  Times are seconds, traffic is kB, shares are per cent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from dakehu.rulekit.explanation import Finding, Seen

CODES = (
    "W01",
    "W02",
    "W03",
    "W04",
    "W05M",
    "W05Y",
    "W06",
    "W07",
    "W08",
    "W09",
    "W10",
    "W11",
    "W12",
)
"""The codes of the warnings; W05 has two comparisons."""

SHIPPED = 1
"""The version of the numbers as shipped."""


@dataclass(frozen=True)
class WarningNumbers:
    """
    The thresholds of the warnings, in the order of the rules.

    ``recent_days`` are the last days looked at, ``earlier_days`` those just before them that they
    are compared with.  A ``percent`` is what is left of the earlier average when a fall counts.
    """

    version: int = SHIPPED

    alive_days: int = 7
    recent_days: int = 7
    earlier_days: int = 30

    hotline_calls: int = 3  # W01
    forwarded_calls: int = 3  # W02

    payment_days: int = 30  # W03: this many days against as many before them
    payment_tenure_days: int = 60
    payments_before: int = 4
    payment_percent: int = 50

    fall_tenure_days: int = 37  # W04, and the same guard in W06 and W10
    fall_voice_s: int = 1800
    fall_percent: int = 70

    last_month_voice_s: int = 1800  # W05M
    last_month_percent: int = 70
    last_year_voice_s: int = 1800  # W05Y
    last_year_percent: int = 60

    offnet_recent_s: int = 600  # W06
    offnet_earlier_s: int = 1800
    offnet_points: int = 15

    birthday_days: int = 7  # W07
    contract_days: int = 30  # W08

    idle_days: int = 7  # W09: calls on the days before yesterday
    idle_calls: int = 5

    leaving_score: int = 50  # W10 and its parts
    leaving_cap: int = 100
    leaving_fall_percent_deep: int = 30
    leaving_fall_points_deep: int = 30
    leaving_fall_percent_strong: int = 50
    leaving_fall_points_strong: int = 20
    leaving_fall_percent_mild: int = 70
    leaving_fall_points_mild: int = 10
    leaving_hotline_calls: int = 3
    leaving_hotline_points: int = 10
    leaving_forwarded_calls: int = 1
    leaving_forwarded_points: int = 15
    leaving_offnet_rise: int = 10
    leaving_offnet_points: int = 15
    leaving_payment_points: int = 10
    leaving_contract_days_past: int = 30
    leaving_contract_days_ahead: int = 60
    leaving_contract_points: int = 10
    leaving_complaint_days: int = 30
    leaving_complaint_points_each: int = 5
    leaving_complaint_points: int = 10
    leaving_new_days: int = 180
    leaving_new_points: int = 10
    leaving_data_kb: int = 10240
    leaving_data_percent: int = 50
    leaving_data_points: int = 10
    leaving_zero_call_rows: int = 3
    leaving_zero_call_points: int = 15

    funds_days: int = 3  # W11: enough for fewer days than this
    funds_charge_days: int = 30

    event_mask: int = 15  # W12


@dataclass(frozen=True, order=True)
class Place:
    """Whose numbers differ: those of a city ("" for any), at a level of the scheme, or both."""

    city: str = ""
    level: int | None = None

    @property
    def key(self) -> str:
        """The place as one word, for addresses and forms."""
        return f"{self.city or 'all'}-{'all' if self.level is None else self.level}"

    def field(self, name: str) -> str:
        """The name of the field of one number at this place."""
        return f"{self.key}.{name}"


PROVINCE = Place()
"""Everybody for whom nothing else is said."""


@dataclass(frozen=True)
class Override:
    """The numbers that differ at one place; all others are those of wider places."""

    place: Place
    numbers: Mapping[str, int]


@dataclass(frozen=True)
class NumberBook:
    """
    One version of all numbers: those of the province, and what differs by level and city.

    A city and level together say more than a city, a city more than a level, a level more than
    the province.
    """

    province: WarningNumbers = WarningNumbers()
    overrides: tuple[Override, ...] = ()

    @property
    def version(self) -> int:
        """The version that an alert keeps."""
        return self.province.version

    def at(self, city: str | None, level: int | None) -> WarningNumbers:
        """The numbers of a subscriber of ``city`` whom the master names at ``level``."""
        numbers = self.province
        for place in self._from_wide_to_narrow(city, level):
            for override in self.overrides:
                if override.place == place:
                    numbers = replace(numbers, **override.numbers)
        return numbers

    @staticmethod
    def _from_wide_to_narrow(city: str | None, level: int | None) -> Iterator[Place]:
        if level is not None:
            yield Place("", level)
        if city:
            yield Place(city)
            if level is not None:
                yield Place(city, level)

    def places(self) -> tuple[Place, ...]:
        """
        The places whose numbers together say what holds anywhere, the narrowest first.

        A city and a level that are named apart meet in a place of their own.
        """
        cities = {override.place.city for override in self.overrides}
        levels = {override.place.level for override in self.overrides}
        pairs = {Place(city, level) for city in cities | {""} for level in levels | {None}}
        found = sorted(pairs - {PROVINCE}, key=lambda place: (place.city, place.level or 0))
        return tuple(
            sorted(found, key=lambda place: -(2 * bool(place.city) + (place.level is not None)))
        )

    def at_place(self, place: Place) -> WarningNumbers:
        """The numbers that hold at a place."""
        return self.at(place.city, place.level)

    def of_variant(self, number: int) -> tuple[Place, WarningNumbers]:
        """The place whose numbers the engine used, by its position counted from 1; 0 is none."""
        place = self.places()[number - 1] if number else PROVINCE
        return place, self.at_place(place)


@dataclass(frozen=True)
class ScorePart:
    """One part of the leaving score: its points, what it looked at, and why it counted or not."""

    name: str
    points: int
    findings: tuple[Finding, ...]
    seen: tuple[Seen, ...]


@dataclass(frozen=True)
class Explanation:
    """
    Why a warning fired or did not: its evidence, every comparison, and the parts of a score.

    ``version`` is that of the numbers applied.  ``a`` and ``b`` are the two numbers of the
    evidence, missing when what they are computed from is unknown.
    """

    code: str
    version: int
    fired: bool
    a: int | None
    b: int | None
    finding: Finding
    parts: tuple[ScorePart, ...] = ()


@dataclass(frozen=True)
class NewReport:
    """
    What another system reports of a customer who wants to leave (W14).

    ``event_id`` is that system's own number of the event: the same number is the same event.
    """

    event_id: str
    sub_id: str
    phone: str
    kind: str
    happened_at: datetime
    source: str
    reason: str = ""

    @property
    def words(self) -> str:
        """All that was reported, as one text by which a repetition is told from another event."""
        when = self.happened_at.astimezone(UTC).isoformat()
        parts = (self.sub_id, self.phone, self.kind, when, self.source, self.reason)
        return "\n".join(parts)
