"""
Values of the clocks: calendars, promised times, pauses, and the trail of a deadline.

Hours of a day are pairs of minutes from its midnight, ascending and apart: ``((540, 720), (810,
1080))`` is 9:00 to 12:00 and 13:30 to 18:00. An interval holds its first instant and not its last.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dakehu.clocks.choices import ClockKind, DayKind, TimeUnit

Intervals = tuple[tuple[int, int], ...]

DAY_MINUTES = 24 * 60
WEEKDAYS = 7
ZONE = "Asia/Shanghai"
ORDINARY: Intervals = ((9 * 60, 12 * 60), (13 * 60 + 30, 18 * 60))
"""The default hours of a working day: seven and a half."""


@dataclass(frozen=True)
class Hours:
    """The hours of a week.

    ``ordinary`` are those of a usual working day: a make-up day has them, and half of them is half
    a working day. ``week`` has the hours of Monday to Sunday. Who works without holidays, as a
    hotline does, does not follow them.
    """

    ordinary: Intervals = ORDINARY
    week: tuple[Intervals, ...] = (ORDINARY,) * 5 + ((), ())
    follows_holidays: bool = True

    @property
    def daily_minutes(self) -> int:
        """The length of a usual working day."""
        return sum(end - start for start, end in self.ordinary)


@dataclass(frozen=True)
class PublicDays:
    """Holidays and make-up working days by name, and the years the state has announced."""

    free: Mapping[date, str] = field(default_factory=dict)
    make_up: Mapping[date, str] = field(default_factory=dict)
    official: frozenset[int] = frozenset()
    made_of: tuple[object, ...] = ()
    """What tells these days from others that were put together otherwise."""


@dataclass(frozen=True)
class Announced:
    """The public days of a year as the state has announced them; ``mark`` tells it from others."""

    year: int
    free: Mapping[date, str]
    make_up: frozenset[date]
    mark: object = None


@dataclass(frozen=True)
class Override:
    """Other hours of one day, none of them on a day off, and why."""

    intervals: Intervals
    reason: str = ""


@dataclass(frozen=True)
class WorkCalendar:
    """When is worked: hours from their days on, public days, and days set by hand.

    ``hours`` begin with those that held from the beginning; the days ascend.
    """

    hours: tuple[tuple[date, Hours], ...] = ((date.min, Hours()),)
    public: PublicDays = field(default_factory=PublicDays)
    overrides: Mapping[date, Override] = field(default_factory=dict)
    zone: str = ZONE

    def hours_on(self, day: date) -> Hours:
        """Return the hours that hold on ``day``."""
        return next(hours for since, hours in reversed(self.hours) if since <= day)


@dataclass(frozen=True)
class WorkDay:
    """One day of a calendar: its hours and why they are so.

    ``is_provisional`` says that the state has not announced the holidays of its year yet.
    """

    day: date
    intervals: Intervals
    kind: DayKind
    note: str
    is_provisional: bool

    @property
    def is_worked(self) -> bool:
        """Whether there is any working time."""
        return bool(self.intervals)


@dataclass(frozen=True)
class Standard:
    """A promised time: so many of a unit; ``same_day`` has an amount of one."""

    amount: int
    unit: TimeUnit


@dataclass(frozen=True)
class Pause:
    """A time in which the clock stood still; without an end it still does."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Deadline:
    """When a promise is due.

    ``allotted`` is the promised time in seconds, of working time unless ``round_the_clock``;
    ``used`` is what had run off when the clock was stopped last. ``due`` and ``warn`` are missing
    while it stands still before them.
    """

    started: datetime
    counts_from: datetime
    due: datetime | None
    warn: datetime | None
    allotted: int
    used: int
    round_the_clock: bool


@dataclass(frozen=True)
class TrailDay:
    """What one day added to a clock: its nature, what was worked of it, and the pauses in it."""

    day: WorkDay
    spans: tuple[tuple[datetime, datetime], ...]
    pauses: tuple[tuple[datetime, datetime | None], ...]
    seconds: int
    total: int


@dataclass(frozen=True)
class Promised:
    """What a service standard promises: the kind of clock, how long, and whose words they are.

    ``source`` names the standard and its version, such as "C13 A v3".
    """

    kind: ClockKind
    standard: Standard
    source: str


@dataclass(frozen=True)
class Timed:
    """A thing for which clocks run: its kind and number, where it belongs, who answers for it.

    The clocks run by the calendar of the unit.
    """

    subject: str
    subject_id: int
    unit: Any
    owner: Any = None
    customer: Any = None


@dataclass(frozen=True)
class Moments:
    """What the calendar makes of a clock by an instant.

    ``passed`` are the instants at which it was to warn, at which it was due, and at which full
    periods beyond had run off, as far as they lie behind; ``next_at`` is the one to come, if any.
    ``left`` are the seconds that were left when it was stopped last.
    """

    due: datetime | None
    warn: datetime | None
    left: int
    passed: tuple[datetime, ...]
    next_at: datetime | None


@dataclass(frozen=True)
class Chip:
    """A clock at a glance: how much is left of it, or by how much it is late, in seconds.

    ``tone`` is a colour, ``state`` one of "running", "soon", "late", "paused", "met", "missed",
    "dropped". The seconds are working time unless ``round_the_clock``.
    """

    pk: int
    kind: ClockKind
    state: str
    tone: str
    due: datetime | None
    seconds: int
    round_the_clock: bool
