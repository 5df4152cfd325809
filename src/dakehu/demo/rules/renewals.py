"""Records that change by and by: contracts renewed, plans changed, credit raised, groups grown."""

from dataclasses import replace
from datetime import date

import numpy as np

from dakehu.demo.rules import words
from dakehu.demo.rules.dice import Dice, Scope
from dakehu.demo.rules.groups import Group
from dakehu.demo.rules.life import CityLife, is_present
from dakehu.demo.rules.people import CREDIT_BY_LEVEL
from dakehu.demo.rules.plan import ProvincePlan, day_number

RENEWED_PER_DAY = 0.02
RENEWAL_WINDOW = 40
PLAN_CHANGED_PER_DAY = 0.0003
CREDIT_RAISED_PER_DAY = 0.0001
GROUP_CHANGED_PER_DAY = 0.01
TWO_YEARS = 730


def renew(life: CityLife, on: date) -> None:
    """Let some renew a contract that is about to end, and some change plan or credit limit."""
    people, today = life.people, day_number(on)
    count = len(people)
    dice = Dice(life.plan.seed, Scope.CHANGES, int(people.city.code), today)
    present = is_present(life, today)
    ending = present & (np.abs(people.contract_end - today) < RENEWAL_WINDOW)
    renews = ending & dice.chance(count, RENEWED_PER_DAY)
    people.contract_end[renews] += TWO_YEARS
    moves = present & dice.chance(count, PLAN_CHANGED_PER_DAY)
    people.plan[moves] = dice.whole(count, 0, len(words.PLANS) - 1)[moves]
    people.brand[moves] = np.array([brand for _, brand, _ in words.PLANS])[people.plan[moves]]
    raised = present & people.managed & dice.chance(count, CREDIT_RAISED_PER_DAY)
    people.credit[raised] += CREDIT_BY_LEVEL[1]
    life.changed |= renews | moves | raised


def regrown_groups(groups: tuple[Group, ...], on: date, plan: ProvincePlan) -> dict[str, Group]:
    """Return the groups whose record changed on ``on``, by number: more employees."""
    dice = Dice(plan.seed, Scope.GROUPS, int(groups[0].city_id), day_number(on))
    grows = dice.chance(len(groups), GROUP_CHANGED_PER_DAY)
    return {
        group.group_no: replace(group, employees=group.employees + 1 + group.employees // 20)
        for group, grown in zip(groups, grows, strict=True)
        if grown
    }
