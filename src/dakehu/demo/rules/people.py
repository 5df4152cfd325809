"""The subscribers of a city: who they are, what they pay, and how they usually use the network.

One array per trait, one place per subscriber, in the order of their numbers. The traits that a
subscriber file shows may change while days are drawn; the habits stay.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from dakehu.demo.rules import staff, words
from dakehu.demo.rules.dice import Dice, Real, Scope, Truth, Whole
from dakehu.demo.rules.plan import City, ProvincePlan, StaffMember, day_number

NEVER = 10_000_000
"""A day number that no day reaches."""

OPENED_PER_DAY = 0.0005
YEARS_ON_NET = 12
LEVEL_LIMITS = (5_000, 10_000, 20_000, 40_000)
CREDIT_BY_LEVEL = (0, 5_000, 10_000, 30_000, 100_000)
NOBODY = -1


@dataclass
class People:
    """
    Everyone of one city, those who open in the period last.

    Dates are day numbers, money is fen, ``manager`` and ``group`` are positions in the city's
    lists or :data:`NOBODY`. Habits: ``bill`` a month's usual bill, ``calls`` calls of a usual day,
    ``seconds`` length of a call, ``away`` the share of talk that leaves the network, ``data``
    kilobytes a day, ``period`` days between top-ups.
    """

    city: City
    surname: Whole
    given: Whole
    female: Truth
    district: Whole
    brand: Whole
    plan: Whole
    born: Whole
    lunar: Truth
    opened: Whole
    contract: Whole
    contract_end: Whole
    credit: Whole
    level: Whole
    managed: Truth
    manager: Whole
    group: Whole
    bill: Whole
    calls: Real
    seconds: Real
    away: Real
    data: Real
    messages: Real
    outgoing: Real
    toll: Real
    period: Whole

    def __len__(self) -> int:
        return len(self.bill)


def people_of(
    city: City,
    *,
    size: int,
    groups: int,
    plan: ProvincePlan,
) -> People:
    """
    Draw the people of ``city``: ``size`` on the first day, and those who open in the period.

    Managers are named later by :func:`give_managers`, when it is known how many are needed.
    """
    newcomers = round(size * OPENED_PER_DAY * (plan.days - 1))
    count = size + newcomers
    dice = Dice(plan.seed, Scope.PEOPLE, int(city.code))
    member, district, group = belonging(dice, city=city, count=count, groups=groups)
    bill = (dice.spread(count, 0.72) * np.where(member, 7_400, 5_600)).astype(np.int64) + 900
    managed = managed_of(dice, bill=bill, member=member, percent=plan.managed_percent)
    level = np.searchsorted(LEVEL_LIMITS, bill, side="right").astype(np.int64)
    tariff = tariff_for(bill)
    contract, contract_end = contracts_of(dice, count=count, first=plan.first)
    female = dice.chance(count, 0.47)
    surname, given = names_of(dice, count=count, female=female)
    return People(
        city=city,
        surname=surname,
        given=given,
        female=female,
        district=district,
        brand=np.array([brand for _, brand, _ in words.PLANS])[tariff],
        plan=tariff,
        born=births_of(dice, count=count, first=plan.first),
        lunar=dice.chance(count, 0.2),
        opened=openings_of(dice, size=size, newcomers=newcomers, plan=plan),
        contract=contract,
        contract_end=contract_end,
        credit=credit_of(dice, level=level, managed=managed),
        level=level,
        managed=managed,
        manager=np.full(count, NOBODY, dtype=np.int64),
        group=group,
        bill=bill,
        calls=(bill / 1100).astype(np.float32) * dice.spread(count, 0.3) + np.float32(0.8),
        seconds=70 * dice.spread(count, 0.3) + np.float32(12),
        away=np.clip(0.34 + dice.bell(count, 0.1), 0.08, 0.62).astype(np.float32),
        data=(bill * 55).astype(np.float32) * dice.spread(count, 0.8),
        messages=np.float32(1.5) * dice.spread(count, 0.9),
        outgoing=np.clip(0.48 + dice.bell(count, 0.07), 0.2, 0.8).astype(np.float32),
        toll=np.float32(0.12) * dice.spread(count, 0.5),
        period=period_of(dice, count),
    )


def belonging(dice: Dice, *, city: City, count: int, groups: int) -> tuple[Truth, Whole, Whole]:
    """Tell who is a member of a group, and give everyone a district and a group or none."""
    member = dice.chance(count, 0.32)
    # The first groups of a city are its large offices.
    group = dice.pick(count, 1 / (np.arange(groups) + 6.0))
    home = dice.pick(count, [5, 4, 3, 2][: len(city.districts)])
    district = np.where(member, group % len(city.districts), home)
    return member, district, np.where(member, group, NOBODY)


def managed_of(dice: Dice, *, bill: Whole, member: Truth, percent: int) -> Truth:
    """Choose the managed ones: those who pay most, members before others, with some chance."""
    worth = bill * dice.spread(len(bill), 0.35) * np.where(member, 1.3, 1.0)
    count = len(bill) * percent // 100
    managed = np.zeros(len(bill), dtype=np.bool_)
    managed[np.argsort(-worth, kind="stable")[:count]] = True
    return managed


def tariff_for(bill: Whole) -> Whole:
    """Return the position of the dearest plan whose fee is within four fifths of ``bill``."""
    fees = np.array([fee for _, _, fee in words.PLANS])
    by_fee = np.argsort(fees, kind="stable")
    reached = np.searchsorted(fees[by_fee], bill * 4 // 5, side="right")
    return by_fee[np.maximum(reached - 1, 0)].astype(np.int64)


def contracts_of(dice: Dice, *, count: int, first: date) -> tuple[Whole, Whole]:
    """Return contract and its last day for everyone; 45 % have one, some of it run out."""
    start = day_number(first)
    contract = dice.whole(count, 1, len(words.CONTRACTS))
    end = dice.whole(count, start - 60, start + 730)
    has = dice.chance(count, 0.45)
    return np.where(has, contract, 0), np.where(has, end, NEVER)


def names_of(dice: Dice, *, count: int, female: Truth) -> tuple[Whole, Whole]:
    """Return positions of surname and given name; a given name is rare once in some hundreds."""
    surname = dice.pick(count, staff.surname_weights())
    women, men = len(words.GIVEN_FEMALE), len(words.GIVEN_MALE)
    usual = dice.whole(count, 0, 1_000_000)
    rare = dice.chance(count, 1 / 400)
    lists = np.where(female, women, men)
    common = lists - words.RARE_NAMES
    place = np.where(rare, common + usual % words.RARE_NAMES, usual % common)
    return surname, place


def births_of(dice: Dice, *, count: int, first: date) -> Whole:
    """Return days of birth of people between 18 and 78; one in thirteen is unknown."""
    youngest = day_number(first) - 18 * 365
    age = dice.whole(count, 0, 30 * 365) + dice.whole(count, 0, 30 * 365)
    return np.where(dice.chance(count, 1 / 13), NEVER, youngest - age)


def openings_of(dice: Dice, *, size: int, newcomers: int, plan: ProvincePlan) -> Whole:
    """Return opening days: over twelve years for those of the first day, then one by one."""
    start = day_number(plan.first)
    before = start - 1 - dice.whole(size, 0, YEARS_ON_NET * 365)
    later = start + 1 + np.arange(newcomers) * (plan.days - 1) // max(newcomers, 1)
    return np.concatenate([before, later]).astype(np.int64)


def credit_of(dice: Dice, *, level: Whole, managed: Truth) -> Whole:
    """Return credit limits: by level for most of the managed, none for most others."""
    has = dice.unit(len(level)) < np.where(managed, 0.6, 0.12)
    return np.where(has, np.array(CREDIT_BY_LEVEL)[level], 0)


def period_of(dice: Dice, count: int) -> Whole:
    """Return days between top-ups: some pay every few days, most once a month."""
    habit = dice.pick(count, (35, 25, 40))
    shortest = np.array((4, 11, 28))[habit]
    longest = np.array((6, 16, 35))[habit]
    extra = dice.whole(count, 0, 1000) % (longest - shortest + 1)
    return np.asarray(shortest + extra, dtype=np.int64)


def give_managers(people: People, team: tuple[StaffMember, ...], plan: ProvincePlan) -> None:
    """
    Give every managed subscriber a manager of ``team``.

    Account managers take the two highest levels and the members of groups, in their district;
    telephone managers take the others. One in fifty waits to be assigned.
    """
    dice = Dice(plan.seed, Scope.CHANGES, int(people.city.code))
    by_phone = places_in(team, role="TELEPHONE_MANAGER", district="")
    turn = dice.whole(len(people), 0, 1_000_000)
    in_person = (people.level >= 3) | (people.group != NOBODY)
    chosen = by_phone[turn % len(by_phone)]
    for number, district in enumerate(people.city.districts):
        local = places_in(team, role="ACCOUNT_MANAGER", district=district)
        here = in_person & (people.district == number)
        if len(local):
            chosen[here] = local[turn[here] % len(local)]
    waiting = dice.chance(len(people), 0.02)
    people.manager[:] = np.where(people.managed & ~waiting, chosen, NOBODY)


def places_in(team: tuple[StaffMember, ...], *, role: str, district: str) -> Whole:
    """Return the positions in ``team`` of those with ``role`` in ``district``."""
    found = [
        place for place, one in enumerate(team) if one.role == role and one.district == district
    ]
    return np.array(found, dtype=np.int64)


def managed_on_first_day(people: People, plan: ProvincePlan) -> int:
    """Return how many managed subscribers the city starts with."""
    return int(np.count_nonzero(people.managed & (people.opened <= day_number(plan.first))))
