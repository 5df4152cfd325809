"""The organisations of a city: offices, schools, hospitals, newspapers and firms (F5)."""

from dataclasses import dataclass

import numpy as np

from dakehu.demo.rules import words
from dakehu.demo.rules.dice import Dice, Scope, Whole
from dakehu.demo.rules.plan import City, ProvincePlan, StaffMember

SUBSCRIBERS_PER_GROUP = 60
FEWEST_GROUPS = 4


@dataclass(frozen=True)
class Group:
    """One group customer, as its row in the ``group`` file; unknown values are ``None``."""

    group_no: str
    name: str
    city_id: str
    district: str
    industry: str
    org_kind: str
    admin_level: str
    tax_rank: int | None
    strategic: str
    employees: int
    address: str
    manager_no: str
    monthly_fen: int
    products: int


def group_count(subscribers: int) -> int:
    """Return how many group customers a city of so many subscribers has."""
    return max(FEWEST_GROUPS, subscribers // SUBSCRIBERS_PER_GROUP)


def groups_of(
    city: City, *, count: int, managers: tuple[StaffMember, ...], plan: ProvincePlan
) -> tuple[Group, ...]:
    """Return the ``count`` group customers of ``city``."""
    dice = Dice(plan.seed, Scope.GROUPS, int(city.code))
    draws = np.column_stack(
        [
            dice.spread(count, 1.1) * 60,
            dice.spread(count, 0.8) * 9_000,
            dice.whole(count, 1, 5000),
            dice.pick(count, (84, 12, 4)),
            dice.whole(count, 1, 398),
        ]
    ).astype(np.int64)
    return tuple(
        one_group(city, number=number, draw=draw, managers=managers)
        for number, draw in enumerate(draws)
    )


def one_group(city: City, *, number: int, draw: Whole, managers: tuple[StaffMember, ...]) -> Group:
    """Return the ``number``-th group of ``city`` from its line of draws."""
    size, monthly, tax, strategic, house = (int(value) for value in draw)
    name, kind, industry, level = group_identity(city, number)
    is_local = kind == "enterprise" and number % 3 == 0
    districts = len(city.districts)
    turn, district = number // districts, city.districts[number % districts]
    nearby = [one for one in managers if one.district == district] or list(managers)
    # The city's own offices and hospitals are the large ones.
    employees = max(8, size * 6 if number < len(words.OFFICES) else size)
    # Of the local firms some are courted and hold nothing yet.
    products = 0 if is_local and number % 9 == 6 else 1 + min(5, employees // 60)
    return Group(
        group_no=f"G{city.code}{number + 1:06d}",
        name=name,
        city_id=city.code,
        district=district,
        industry=industry,
        org_kind=kind,
        admin_level="county" if is_local else level,
        # Only the largest taxpayers among the firms are ranked at all.
        tax_rank=tax if kind == "enterprise" and tax <= 800 and not is_local else None,
        strategic=("none", "prefecture", "provincial")[strategic],
        employees=employees,
        address=f"{city.name}{district}{words.STREETS[number % len(words.STREETS)]}{house}号",
        manager_no=nearby[turn % len(nearby)].staff_no,
        monthly_fen=(monthly * employees // 10 + 20_000) * times(number) if products else 20_000,
        products=products,
    )


def times(number: int) -> int:
    """Return how many times the usual a group spends: a few rent halls of servers."""
    if number % 23 == 0:
        return 60
    return 20 if number % 11 == 3 else 1


def group_identity(city: City, number: int) -> tuple[str, str, str, str]:
    """
    Return name, kind of organisation, industry and administrative level of a city's group.

    The city's own offices come first, then firms and the offices of its districts take turns. When
    every name is used, branches are numbered.
    """
    offices, firms = len(words.OFFICES), len(words.FIRMS)
    if number < offices:
        title, kind, industry = words.OFFICES[number]
        return f"{city.name}{title}", kind, industry, "prefecture"
    rest = number - offices
    if rest % 4 == 0 and rest // 4 < offices * len(city.districts):
        title, kind, industry = words.OFFICES[rest // 4 % offices]
        district = city.districts[rest // 4 // offices]
        return f"{city.name}{district}{title}", kind, industry, "county"
    form, industry = words.FIRMS[rest % firms]
    lap, owner = divmod(rest // firms, len(words.FIRM_NAMES))
    branch = f"第{lap + 1}分公司" if lap else ""
    title = f"{city.name[:-1]}{words.FIRM_NAMES[owner]}{form}{branch}"
    return title, "enterprise", industry, "prefecture" if rest % 5 else "provincial"
