"""Calendars are set; clocks start, are paused, corrected and stopped."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.calendars import announce, close, propose
from tests.factories.clocks import Runner, standard, wall
from tests.factories.people import StaffFactory

from dakehu.clocks import operations as clocks
from dakehu.clocks.choices import ClockKind


@scenario("form", "clocks.calendarhours", "clocks.calendarday")
def hours_are_proposed_published_and_withdrawn_and_days_set(w: Any) -> Iterator[None]:
    second = StaffFactory(unit=w.by.unit, role=w.by.role)
    yield
    row = propose(w.people.units.city, w.by, active_from=date(2099, 7, 1), at=w.at)
    yield
    clocks.publish_hours(proposed=fresh(row), version=row.version, by=second, at=w.at)
    yield
    clocks.withdraw_hours(kept=fresh(row), by=w.by, at=w.at)
    yield
    day = close(w.people.units.city, w.by, date(2026, 5, 20), at=w.at)
    yield
    clocks.clear_day(kept=fresh(day), by=w.by, at=w.at)


@scenario("form", "clocks.announcedyear")
def holidays_are_entered_published_and_withdrawn(w: Any) -> Iterator[None]:
    second = StaffFactory(unit=w.by.unit, role=w.by.role)
    yield
    row = announce(w.by, at=w.at)
    yield
    clocks.publish_year(proposed=fresh(row), version=row.version, by=second, at=w.at)
    yield
    clocks.withdraw_year(kept=fresh(row), by=w.by, at=w.at)


@scenario("form", "clocks.clock", "clocks.clockpause")
def clocks_start_are_paused_resumed_corrected_handed_over_and_stopped(w: Any) -> Iterator[None]:
    run = Runner(w.people, w.people.units.district)
    yield
    clock = run.start()
    yield
    run.pause(clock, "10:00")
    yield
    run.resume(clock, "11:00")
    yield
    better = {ClockKind.RESOLVE: (standard("3 working_hour"), "C17 VIP v2")}
    run.act(clocks.rebase_clocks, clock, "11:10", promised=better)
    yield
    options = {"reason": "x", "by": w.people.supervisor, "at": wall("12:00")}
    clocks.move_start(clock=clock, started_at=wall("08:30"), **options)
    yield
    times = {"paused_at": wall("09:00"), "resumed_at": wall("09:30")}
    clocks.add_pause(clock=clock, **times, **options)
    yield
    pause = fresh(clock.pauses.earliest("pk"))
    times = {"paused_at": wall("10:10"), "resumed_at": wall("10:30")}
    clocks.correct_pause(pause=pause, **times, **options)
    yield
    clocks.remove_pause(pause=fresh(pause), **options)
    yield
    unit = w.people.units.city
    run.act(clocks.hand_over_clocks, clock, "12:10", owner=w.people.colleague, unit=unit)
    yield
    run.stop(clock, "15:00")
    yield
    run.act(clocks.drop_clocks, run.start(), "10:00")
