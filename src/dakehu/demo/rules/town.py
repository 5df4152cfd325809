"""One city while it is drawn: its people, team and groups, and what it says each day (F5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from dakehu.demo.rules import feeds, renewals
from dakehu.demo.rules.acts import acts_of, figures_of
from dakehu.demo.rules.dice import Truth
from dakehu.demo.rules.feeds import Feed
from dakehu.demo.rules.groups import Group, group_count, groups_of
from dakehu.demo.rules.holdings import Holdings, change_holdings, holdings_of
from dakehu.demo.rules.life import CityLife, begin_life, live_day
from dakehu.demo.rules.months import Bills, close_month, corrected, past_bills
from dakehu.demo.rules.people import give_managers, managed_on_first_day, people_of
from dakehu.demo.rules.plan import City, ProvincePlan, StaffMember, day_number, months_before
from dakehu.demo.rules.staff import staff_of

CORRECTIONS_ON = 3


@dataclass
class Town:
    """
    A city's present: ``unsent`` are the people whose record changed since one was sent.

    ``closed`` are the bills of the last month that ended within the period.
    """

    plan: ProvincePlan
    city: City
    team: tuple[StaffMember, ...]
    groups: tuple[Group, ...]
    life: CityLife
    holdings: Holdings
    unsent: Truth
    managed: int
    closed: Bills | None = None


def found_town(city: City, *, size: int, plan: ProvincePlan) -> Town:
    """Draw a city as it is before the first day, with ``size`` subscribers."""
    groups = group_count(size)
    people = people_of(city, size=size, groups=groups, plan=plan)
    managed = managed_on_first_day(people, plan)
    team = staff_of(city, managed=managed, plan=plan)
    give_managers(people, team, plan)
    managers = tuple(one for one in team if one.role == "ACCOUNT_MANAGER")
    drawn = groups_of(city, count=groups, managers=managers, plan=plan)
    return Town(
        plan=plan,
        city=city,
        team=team,
        groups=drawn,
        life=begin_life(people, plan),
        holdings=holdings_of(people, drawn, plan),
        unsent=people.opened <= day_number(plan.first),
        managed=managed,
    )


def feeds_of(town: Town, on: date, *, arrives: bool) -> Iterator[Feed]:
    """
    Live the day ``on`` and yield what the city has to deliver of it, subscribers first.

    Records of subscribers that do not arrive today, because the delivery is late, are sent again
    with the next one.
    """
    # Before the day is lived: its charges belong to the month that begins.
    months = list(month_feeds(town, on))
    usage = live_day(town.life, on)
    renewals.renew(town.life, on)
    town.unsent |= town.life.changed
    yield feeds.subscriber_feed(town.life, np.flatnonzero(town.unsent), town.team)
    if arrives:
        town.unsent = np.zeros_like(town.unsent)
    yield feeds.usage_feed(town.life, usage, on)
    yield from months
    yield from group_feeds(town, on)
    yield product_feed(town, on)
    acts = acts_of(town.life, team=town.team, groups=town.groups, on=on)
    yield feeds.service_log_feed(town.life, acts, team=town.team, on=on)
    yield feeds.city_stat_feed(figures_of(town.life, usage))


def month_feeds(town: Town, on: date) -> Iterator[Feed]:
    """Yield the bills that fall due on ``on``: all of the past, the last month's, corrections."""
    people, plan = town.life.people, town.plan
    if on == plan.first:
        # As many months at a time as fit into one file.
        step = max(1, plan.rows_per_file // len(people))
        months = months_before(on, plan.history_months)
        for start in range(0, len(months), step):
            bills = [past_bills(town.life, ym) for ym in months[start : start + step]]
            yield feeds.month_feed(people, bills)
    elif on.day == 1:
        town.closed = close_month(town.life, months_before(on, 1)[0])
        yield feeds.month_feed(people, [town.closed])
    elif on.day == CORRECTIONS_ON and town.closed is not None:
        yield feeds.month_feed(people, [corrected(town.life, town.closed)])


def group_feeds(town: Town, on: date) -> Iterator[Feed]:
    """Yield the groups' records and revenue on the first day, and revenue on each 1st."""
    if on == town.plan.first:
        yield feeds.group_feed(town.groups)
        months = months_before(on, town.plan.history_months)
        yield feeds.group_month_feed(town.groups, months, town.plan)
        return
    moved = renewals.regrown_groups(town.groups, on, town.plan)
    town.groups = tuple(moved.get(group.group_no, group) for group in town.groups)
    yield feeds.group_feed(tuple(moved.values()))
    if on.day == 1:
        yield feeds.group_month_feed(town.groups, months_before(on, 1), town.plan)


def product_feed(town: Town, on: date) -> Feed:
    """Return everything held on the first day, later what changed."""
    people, today = town.life.people, day_number(on)
    if on == town.plan.first:
        return feeds.subscription_feed(people, town.holdings)
    present = np.flatnonzero((people.opened <= today) & (town.life.left > today))
    changed = change_holdings(
        town.holdings, people=people, present=present, today=today, plan=town.plan
    )
    return feeds.subscription_feed(people, changed)
