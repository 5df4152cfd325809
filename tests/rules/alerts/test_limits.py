"""Which numbers a warning can have."""

import pytest

from dakehu.alerts.rules.limits import Misfit, limits_of, misfits
from dakehu.alerts.values import PROVINCE, NumberBook, Override, Place, WarningNumbers

CITY, GOLD = Place("02"), Place("", 3)


def test_the_numbers_as_shipped_fit():
    assert misfits(NumberBook()) == []


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ({"hotline_calls": 0}, Misfit(PROVINCE, "hotline_calls", 1, 1_000)),
        ({"event_mask": 16}, Misfit(PROVINCE, "event_mask", 1, 15)),
        ({"recent_days": 8}, Misfit(PROVINCE, "fall_tenure_days", other="earlier_days")),
        ({"payment_days": 31}, Misfit(PROVINCE, "payment_tenure_days", other="payment_days")),
        ({"leaving_score": 101}, Misfit(PROVINCE, "leaving_score", other="leaving_cap")),
        (
            {"leaving_fall_percent_deep": 51},
            Misfit(PROVINCE, "leaving_fall_percent_deep", other="leaving_fall_percent_strong"),
        ),
    ],
)
def test_what_cannot_be_is_named_with_its_limits(numbers, found):
    assert misfits(NumberBook(WarningNumbers(**numbers))) == [found]


def test_a_contradiction_of_two_places_is_found_where_they_meet():
    book = NumberBook(
        overrides=(
            Override(CITY, {"recent_days": 10, "fall_tenure_days": 40}),
            Override(GOLD, {"earlier_days": 31, "fall_tenure_days": 40}),
        )
    )

    assert misfits(book) == [Misfit(Place("02", 3), "fall_tenure_days", other="earlier_days")]


def test_every_number_has_limits_around_what_is_shipped():
    for name, value in vars(WarningNumbers()).items():
        low, high = limits_of(name)
        assert low <= value <= high, name


def test_a_narrower_place_says_more_and_a_wider_one_the_rest():
    book = NumberBook(
        overrides=(
            Override(GOLD, {"hotline_calls": 4, "forwarded_calls": 5}),
            Override(CITY, {"hotline_calls": 6}),
            Override(Place("02", 3), {"idle_calls": 7}),
        )
    )

    numbers = book.at("02", 3)

    assert (numbers.hotline_calls, numbers.forwarded_calls, numbers.idle_calls) == (6, 5, 7)
    assert book.at("01", 3).hotline_calls == 4
    assert book.at("01", None) == WarningNumbers()
    assert book.places() == (Place("02", 3), CITY, GOLD)
    assert book.of_variant(2) == (CITY, book.at("02", None))
    assert book.of_variant(0) == (PROVINCE, WarningNumbers())
