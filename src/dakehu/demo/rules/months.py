"""Bills: the months before the first day, and each month that ends within the period (F5)."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from dakehu.demo.rules import ledger
from dakehu.demo.rules.dice import Dice, Scope, Whole
from dakehu.demo.rules.life import CityLife
from dakehu.demo.rules.plan import day_number, month_after, month_start

# Bills differ by season: people travel and telephone more around the Spring Festival.
SEASON = (1.03, 1.06, 0.98, 0.99, 1.0, 1.0, 1.01, 1.02, 0.99, 1.02, 1.0, 1.01)
CORRECTED = 0.004


@dataclass(frozen=True)
class Bills:
    """The bills of one month: who (position), what was charged, what is owed and since when."""

    ym: int
    place: Whole
    revenue: Whole
    arrears: Whole
    owing: Whole


def past_bills(life: CityLife, ym: int) -> Bills:
    """Return the bills of a month before the first day, for those who were on net in it."""
    people = life.people
    dice = Dice(life.plan.seed, Scope.MONTH, int(people.city.code), ym)
    revenue = people.bill * dice.spread(len(people), 0.12) * SEASON[ym % 100 - 1]
    owing = np.maximum(0, life.ledger.owing - 31 * months_between(ym, life.plan.first))
    arrears = np.where(owing > 0, people.bill, 0)
    return known_in(life, Bills(ym, people.bill, revenue.astype(np.int64), arrears, owing))


def months_between(ym: int, on: date) -> int:
    """Return how many whole months lie between the month ``ym`` and the month of ``on``."""
    return on.year * 12 + on.month - (ym // 100 * 12 + ym % 100) - 1


def close_month(life: CityLife, ym: int) -> Bills:
    """Return the bills of the month that has just ended, and start the next one."""
    people, money, first = life.people, life.ledger, life.plan.first
    # What was used before the first drawn day was never charged in the ledger.
    unseen = max(0, (first - month_start(ym)).days)
    earlier = people.bill * unseen // 30 * (people.opened < day_number(first))
    _, _, arrears = ledger.balances(money, people)
    bills = Bills(ym, people.bill, money.month + earlier, arrears, money.owing.copy())
    money.month = np.zeros_like(money.month)
    return known_in(life, bills)


def known_in(life: CityLife, bills: Bills) -> Bills:
    """Return ``bills`` of those only who had opened by the month's end and had not left before."""
    start = day_number(month_start(bills.ym))
    end = day_number(month_start(month_after(bills.ym)) - timedelta(days=1))
    place = np.flatnonzero((life.people.opened <= end) & (life.left >= start))
    return Bills(bills.ym, place, bills.revenue[place], bills.arrears[place], bills.owing[place])


def corrected(life: CityLife, bills: Bills) -> Bills:
    """Return the few bills that are corrected two days later: a part is taken back."""
    dice = Dice(life.plan.seed, Scope.MONTH, int(life.people.city.code), bills.ym, 3)
    found = np.flatnonzero(dice.chance(len(bills.place), CORRECTED))
    return Bills(
        bills.ym,
        bills.place[found],
        bills.revenue[found] * 9 // 10,
        bills.arrears[found],
        bills.owing[found],
    )
