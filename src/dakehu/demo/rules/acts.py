"""What managers write into their city's own system, and the figures the city reports (F5)."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from dakehu.demo.rules import words
from dakehu.demo.rules.dice import Dice, Scope, Whole
from dakehu.demo.rules.groups import Group
from dakehu.demo.rules.life import CityLife, UsageColumns
from dakehu.demo.rules.people import NOBODY
from dakehu.demo.rules.plan import StaffMember, day_number
from dakehu.demo.rules.rhythm import rhythm_of

ACTS_ON_A_WORKING_DAY = 3
OFFICE_OPENS, OFFICE_MINUTES = 8 * 60 + 30, 9 * 60


@dataclass(frozen=True)
class Acts:
    """One day's acts: whose (position in the team), when (minute), for whom and what."""

    manager: Whole
    minute: Whole
    for_group: Whole
    customer: Whole
    act: Whole


def acts_of(
    life: CityLife, *, team: tuple[StaffMember, ...], groups: tuple[Group, ...], on: date
) -> Acts:
    """Draw the acts of ``on``: up to six per account manager on a working day, else hardly any."""
    city = int(life.people.city.code)
    dice = Dice(life.plan.seed, Scope.ACTS, city, day_number(on))
    busy = ACTS_ON_A_WORKING_DAY if rhythm_of(on).working else 0
    doers = np.array([i for i, one in enumerate(team) if one.role == "ACCOUNT_MANAGER"])
    times = dice.whole(len(doers), 0, 2 * busy)
    manager = np.repeat(doers, times)
    count = len(manager)
    minute = OFFICE_OPENS + dice.whole(count, 0, OFFICE_MINUTES)
    minute = minute[np.lexsort((minute, manager))]
    for_group = dice.chance(count, 0.3).astype(np.int64)
    customers = np.flatnonzero(life.people.manager != NOBODY)
    by_manager = customers[np.argsort(life.people.manager[customers], kind="stable")]
    keys = life.people.manager[by_manager]
    begin = np.searchsorted(keys, manager, side="left")
    end = np.searchsorted(keys, manager, side="right")
    # A manager without customers of their own speaks for a group.
    for_group = np.where(end > begin, for_group, 1)
    step = dice.whole(count, 0, 1_000_000)
    own = by_manager[np.where(end > begin, begin + step % np.maximum(end - begin, 1), 0)]
    return Acts(
        manager=manager,
        minute=minute,
        for_group=for_group,
        customer=np.where(for_group == 1, step % len(groups), own),
        act=dice.whole(count, 0, len(words.ACTS) - 1),
    )


def figures_of(life: CityLife, usage: UsageColumns) -> list[tuple[str, str, int]]:
    """Return the day's figures, each of which can be counted again from the delivered rows."""
    place = usage["place"]
    voice = sum(int(usage[f"voice_{net}_s"].sum()) for net in ("onnet", "offnet", "fixed"))
    figures = [
        ("SUBSCRIBERS", "", len(place)),
        ("MANAGED", "", int(np.count_nonzero(life.people.managed[place]))),
        ("ACTIVE", "", int(np.count_nonzero(usage["status"] == 0))),
        ("VOICE_SECONDS", "", voice),
        ("DATA_KB", "", int(usage["data_kb"].sum())),
        ("CHARGE_FEN", "", int(usage["charge_fen"].sum())),
        ("RECHARGE_FEN", "", int(usage["recharge_fen"].sum())),
    ]
    brands = np.bincount(life.people.brand[place], minlength=len(words.BRANDS))
    figures += [
        ("SUBSCRIBERS", brand, int(count))
        for brand, count in zip(words.BRANDS, brands, strict=True)
    ]
    return figures
