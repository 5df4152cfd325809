"""Set up the demonstration: draw it once, read it in, live through its last nights."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from dakehu.demo import operations
from dakehu.demo.rules import casting
from dakehu.demo.rules.plan import CityDay, ProvincePlan
from dakehu.demo.rules.province import simulate
from dakehu.demo.values import DemoBook

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PASSWORD = "dakehu-demo"  # noqa: S105 - printed on purpose; the server listens on loopback only
NIGHTS = 10
MORNING = time(9, 40)
Say = Callable[[str, int, int], None]


class Furnishing(Protocol):
    """Fills the pages of one area with believable data, through that area's own operations.

    It does the same every time (seeded by what it finds), and nothing where it was done already.
    ``at`` is now: the day after the last night.
    """

    def __call__(self, *, book: DemoBook, administrator: "Staff", at: datetime) -> None: ...


FURNISHINGS: tuple[Furnishing, ...] = (
    operations.furnish_people,
    operations.furnish_archives,
    operations.furnish_duplicates,
    operations.furnish_ownership,
    operations.furnish_papers,
    operations.furnish_imports,
    operations.furnish_systems,
    operations.furnish_tiers,
    operations.furnish_laboratory,
    operations.furnish_warnings,
    operations.furnish_targets,
    operations.furnish_work,
    operations.furnish_knowledge,
    operations.furnish_cases,
    operations.furnish_looks,
    operations.furnish_calendars,
    operations.furnish_errands,
    operations.furnish_care,
    operations.furnish_obligations,
    operations.furnish_messages,
    operations.furnish_opportunities,
    operations.furnish_surveys,
    operations.furnish_campaigns,
)
"""What furnishes the demonstration when its nights are over, in this order."""


def book_path() -> Path:
    """Return where the book of the demonstration is kept."""
    return Path(settings.HOME) / "demo.json"


def demo_plan(*, until: date, subscribers: int, days: int) -> ProvincePlan:
    """Return the province of the demonstration: one late city, one spoiled file, both dialects."""
    return ProvincePlan(
        until=until,
        subscribers=subscribers,
        days=days,
        managed_percent=40,
        late=(CityDay("03", until),),
        spoil=(CityDay("02", until - timedelta(days=2)),),
        gb18030=("02",),
        verf_dat=("03",),
    )


def open_book(plan: ProvincePlan, say: Say) -> DemoBook:
    """Return the book of the demonstration; its deliveries are drawn if that was not done yet."""
    if book := DemoBook.read(book_path()):
        return book
    # Without a book the drawing was cut short: what lies there is neither whole nor read yet.
    inbox = Path(settings.HOME) / "inbox"
    clear_away(inbox)
    book = casting.book_of(simulate(plan, inbox, say))
    book.write(book_path())
    return book


def clear_away(inbox: Path) -> None:
    """Remove the deliveries of a drawing that was cut short."""
    for folder in (inbox, inbox.with_name(f"{inbox.name}-held")):
        shutil.rmtree(folder, ignore_errors=True)


def live_through(book: DemoBook, say: Say) -> DemoBook:
    """Read in the history of the book, then run its last nights, each followed by a morning."""
    administrator = operations.found_organisation(book=book, password=PASSWORD, at=timezone.now())
    nights_from = max(book.first, book.until - timedelta(days=NIGHTS - 1))
    if book.lived is None and nights_from > book.first:
        run("load", "--from", book.first, "--to", nights_from - timedelta(days=1))
    if book.lived is None:
        # Some days before the end, so that there are alerts of both versions.
        operations.publish_numbers(
            administrator=administrator,
            active_from=min(nights_from + timedelta(days=4), book.until),
            at=morning_after(nights_from - timedelta(days=1)),
        )
    day = nights_from if book.lived is None else book.lived + timedelta(days=1)
    while day <= book.until:
        say(str(day), (day - nights_from).days + 1, (book.until - nights_from).days + 1)
        run("nightly", "--date", day)
        if day < book.until:
            at = morning_after(day)
            operations.act_out(administrator=administrator, day=day, at=at, seed=day.toordinal())
            operations.begin_targets(administrator=administrator, at=at)
        book = replace(book, lived=day)
        book.write(book_path())
        day += timedelta(days=1)
    for furnish in FURNISHINGS:
        furnish(book=book, administrator=administrator, at=timezone.now())
    call_command("worker", "--until-idle")
    return book


def key_to_try(book: DemoBook) -> tuple[str, str] | None:
    """Return a fresh key with which a visitor can report, and a subscriber to report (W14)."""
    at = timezone.now()
    administrator = operations.found_organisation(book=book, password=PASSWORD, at=at)
    return operations.fresh_key(administrator, at)


def morning_after(day: date) -> datetime:
    """Return the moment at which people have looked at the alerts of a data day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), MORNING))


def run(command: str, *arguments: object) -> None:
    """Run one of Dakehu's commands on the inbox and outbox of the demonstration."""
    home = Path(settings.HOME)
    places = ("--inbox", str(home / "inbox"), "--outbox", str(home / "outbox"))
    call_command(command, *map(str, arguments), *places)
