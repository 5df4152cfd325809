"""What an alert asks of its owner."""

from datetime import date

import pytest

from dakehu.alerts.rules.duties import DUTIES, HIGH, LOW, NORMAL, URGENT, Duty, duty_for

OPENED = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("rule", "a", "expected"),
    [
        pytest.param("W10", 65, Duty(URGENT, date(2026, 3, 2)), id="likely to leave: at once"),
        pytest.param("W11", -100, Duty(URGENT, date(2026, 3, 2)), id="suspension: at once"),
        pytest.param("W12", 2, Duty(URGENT, date(2026, 3, 2)), id="loss report: at once"),
        pytest.param("W02", 4, Duty(HIGH, date(2026, 3, 3)), id="forwarding: a day later"),
        pytest.param("W01", 4, Duty(NORMAL, date(2026, 3, 4)), id="hotline: two days later"),
        pytest.param("W07", 5, Duty(LOW, date(2026, 3, 7)), id="birthday: on the day"),
        pytest.param("W08", 30, Duty(NORMAL, date(2026, 3, 9)), id="contract: within a week"),
        pytest.param("W08", 2, Duty(NORMAL, date(2026, 3, 4)), id="contract: before it ends"),
    ],
)
def test_each_warning_has_its_urgency_and_due_day(rule, a, expected):
    assert duty_for(rule, opened=OPENED, last=OPENED, a=a) == expected


def test_a_birthday_keeps_its_day_while_the_alert_goes_on():
    first = duty_for("W07", opened=OPENED, last=OPENED, a=5)
    later = duty_for("W07", opened=OPENED, last=date(2026, 3, 4), a=2)

    assert first == later


def test_every_warning_asks_for_something():
    from dakehu.alerts.choices import Rule

    assert set(DUTIES) == set(Rule.values)
