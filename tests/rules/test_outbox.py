"""When messages leave, and what is an address."""

from datetime import datetime

import pytest

from dakehu.outbox.rules import leaves_at, mail_in, next_try, phone_in
from dakehu.outbox.values import Hours

DAY = Hours(8, 21)


@pytest.mark.parametrize(
    ("purpose", "now", "leaves"),
    [
        ("SERVICE", "2026-03-01T23:00", "2026-03-01T23:00"),
        ("CARE", "2026-03-01T08:00", "2026-03-01T08:00"),
        ("CARE", "2026-03-01T20:59", "2026-03-01T20:59"),
        ("CARE", "2026-03-01T21:00", "2026-03-02T08:00"),
        ("MARKETING", "2026-03-01T02:10", "2026-03-01T08:00"),
    ],
)
def test_only_what_was_asked_for_leaves_at_night(purpose, now, leaves):
    found = leaves_at(purpose, DAY, datetime.fromisoformat(now))

    assert found == datetime.fromisoformat(leaves)


def test_every_further_try_waits_longer_and_the_last_ends():
    now = datetime.fromisoformat("2026-03-01T10:00")
    waits = [next_try(tries, now) for tries in range(1, 7)]

    assert waits[-1] is None
    assert sorted(waits[:-1]) == waits[:-1]


@pytest.mark.parametrize(
    ("typed", "phone", "mail"),
    [
        ("136 1234-0077", "13612340077", ""),
        ("+86 13612340077", "+8613612340077", ""),
        (" Zhang@Example.COM ", "", "zhang@example.com"),
        ("a@b", "", ""),
        ("a@b.cn\nBcc: c@d.cn", "", ""),
        ("12", "", ""),
    ],
)
def test_what_is_typed_is_a_number_an_address_or_nothing(typed, phone, mail):
    assert (phone_in(typed), mail_in(typed)) == (phone, mail)
