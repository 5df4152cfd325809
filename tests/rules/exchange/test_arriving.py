"""What was known of a past day when it was evaluated for the first time."""

from datetime import UTC, date, datetime

from dakehu.exchange.rules.arriving import Arrival, Night, known_on, known_until
from dakehu.facts.store import Partition


def instant(day, hour=3):
    """Return a moment in November."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def arrival(day, taken_at, *, from_history=False):
    """Return the usage of a day that was taken at a moment."""
    return Arrival(
        Partition("usage", date(2026, 11, day), "01", f"v{day}", 1), taken_at, from_history
    )


NIGHTS = [Night(date(2026, 11, day), instant(day + 1, 4)) for day in range(1, 11)]


def known_days(day, arrivals, nights=NIGHTS):
    """Return the days whose deliveries were known on a day."""
    return [each.day.day for each in known_on(date(2026, 11, day), arrivals, nights)]


def test_what_came_before_the_night_is_known_and_what_came_later_is_not():
    arrivals = [arrival(4, instant(5)), arrival(5, instant(6)), arrival(3, instant(9))]

    assert known_days(5, arrivals) == [4, 5]
    assert known_days(8, arrivals) == [4, 5, 3]


def test_a_day_knows_nothing_of_later_days():
    assert known_days(5, [arrival(6, instant(5)), arrival(5, instant(5))]) == [5]


def test_running_a_night_again_makes_late_data_no_earlier():
    again = [*NIGHTS, Night(date(2026, 11, 5), instant(20))]

    assert known_days(5, [arrival(5, instant(6)), arrival(4, instant(19))], again) == [5]


def test_a_night_that_was_made_up_for_knew_what_was_there_by_then():
    nights = [Night(date(2026, 11, 7), instant(8))]

    assert known_until(date(2026, 11, 5), nights) == instant(8)
    assert known_days(5, [arrival(5, instant(7))], nights) == [5]


def test_loaded_history_counts_as_in_time():
    assert known_days(5, [arrival(4, instant(25), from_history=True)]) == [4]


def test_without_any_night_everything_taken_is_known():
    assert known_days(5, [arrival(4, instant(25))], []) == [4]
