"""Everyone's money from day to day: charges, top-ups, credit, arrears and stops for debt.

One signed sum per subscriber is kept: above zero it is the balance, below zero first the credit is
used and then arrears grow. So ``balance - credit used - arrears + credit limit`` is always that
sum plus the limit, which is what the suspension warning looks at.
"""

from dataclasses import dataclass

import numpy as np

from dakehu.demo.rules.dice import Dice, Real, Scope, Truth, Whole
from dakehu.demo.rules.people import People
from dakehu.demo.rules.plan import ProvincePlan

SMALLEST_TOP_UP = 1_000
CARELESS = 0.02


@dataclass
class Ledger:
    """
    The money of one city's people, in fen.

    ``sum`` is the signed sum, ``careless`` are those who let the present cycle run out,
    ``month`` is what was charged since the 1st, ``owing`` counts days in arrears.
    """

    daily: Whole
    low: Whole
    top_up: Whole
    sum: Whole
    careless: Truth
    month: Whole
    owing: Whole


@dataclass(frozen=True)
class Payments:
    """One day's movements: how often and how much was paid in, and what was charged."""

    count: Whole
    paid: Whole
    charged: Whole


@dataclass(frozen=True)
class Habits:
    """
    How everyone behaves on one day.

    ``use`` is the day's use against the usual one, 0 for those who are stopped. ``rarer`` payers
    pay three times as much a third as often; ``reluctant`` ones are on their way out.
    """

    use: Real
    can_pay: Truth
    rarer: Truth
    reluctant: Truth


def open_ledger(people: People, plan: ProvincePlan) -> Ledger:
    """Return everyone's money before the first day, somewhere within a top-up's life."""
    dice = Dice(plan.seed, Scope.START, int(people.city.code))
    count = len(people)
    daily = people.bill // 30
    low = daily * dice.whole(count, 6, 9) - people.credit // 2
    top_up = np.maximum(SMALLEST_TOP_UP, rounded_up(daily * people.period))
    share = (dice.unit(count) * 1000).astype(np.int64)
    owing = np.where(dice.chance(count, 0.004), 61 + share // 20, 0)
    return Ledger(
        daily=daily,
        low=low,
        top_up=top_up,
        sum=low + top_up * share // 1000,
        careless=dice.chance(count, CARELESS),
        month=np.zeros(count, dtype=np.int64),
        owing=owing,
    )


def rounded_up(fen: Whole) -> Whole:
    """Return ``fen`` rounded up to whole tens of yuan, the steps in which people pay."""
    return -(-fen // SMALLEST_TOP_UP) * SMALLEST_TOP_UP


def available(ledger: Ledger, people: People) -> Whole:
    """Return what everyone can still spend before being suspended."""
    return ledger.sum + people.credit


def is_exhausted(ledger: Ledger, people: People) -> Truth:
    """Tell who is overdrawn by more than three usual days, and is stopped for debt."""
    return available(ledger, people) < -3 * ledger.daily


def live_a_day(
    ledger: Ledger,
    *,
    people: People,
    dice: Dice,
    habits: Habits,
) -> Payments:
    """
    Charge and pay one day.

    Those whose sum is low pay within a day or two; the careless and the reluctant only when
    nothing is left.
    """
    count = len(people)
    charged = (ledger.daily * (0.5 + 0.5 * np.minimum(habits.use, 4))).astype(np.int64)
    charged[habits.use <= 0] = 0
    left = available(ledger, people)
    late = ledger.careless | habits.reluctant
    due = np.where(late, left < -ledger.daily, ledger.sum < ledger.low)
    pays = due & habits.can_pay & (dice.unit(count) < np.where(late, 0.35, 0.75))
    missing = rounded_up(np.maximum(0, ledger.low - ledger.sum - ledger.daily * 3))
    paid = np.where(pays, ledger.top_up * np.where(habits.rarer, 3, 1) + missing, 0)
    ledger.sum += paid - charged
    ledger.month += charged
    ledger.careless = np.where(pays, dice.chance(count, CARELESS), ledger.careless)
    ledger.owing = np.where(available(ledger, people) < 0, ledger.owing + 1, 0)
    twice = dice.chance(count, 0.003)
    return Payments(np.where(pays, 1 + twice, 0), paid, charged)


def balances(ledger: Ledger, people: People) -> tuple[Whole, Whole, Whole]:
    """Return balance, credit used and arrears."""
    below = np.maximum(-ledger.sum, 0)
    credit_used = np.minimum(below, people.credit)
    return np.maximum(ledger.sum, 0), credit_used, below - credit_used
