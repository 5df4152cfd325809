"""Which products people and groups hold, since when and until when (F5)."""

from dataclasses import dataclass

import numpy as np

from dakehu.demo.rules import words
from dakehu.demo.rules.dice import Dice, Scope, Truth, Whole
from dakehu.demo.rules.groups import Group
from dakehu.demo.rules.people import NEVER, People
from dakehu.demo.rules.plan import ProvincePlan, day_number

# How many of the managed hold each personal product; of the others a third as many do.
PERSONAL_SHARES = (0.35, 0.4, 0.45, 0.3, 0.25, 0.08, 0.2)
TAKEN_PER_DAY = 0.0004
GIVEN_UP_PER_DAY = 0.0002
REWARD_AFTER = 730
AGE_REWARD = 2


@dataclass
class Holdings:
    """Everything held in one city; ``by_group`` tells whose position ``owner`` is."""

    by_group: Truth
    owner: Whole
    product: Whole
    since: Whole
    until: Whole


def holdings_of(people: People, groups: tuple[Group, ...], plan: ProvincePlan) -> Holdings:
    """Draw what is held on the first day."""
    dice = Dice(plan.seed, Scope.PRODUCTS, int(people.city.code))
    first = day_number(plan.first)
    parts = [
        held_by_people(dice, people=people, product=product, first=first)
        for product in range(len(words.PERSONAL_PRODUCTS))
    ]
    owner = np.concatenate([owners for owners, _ in parts])
    since = np.concatenate([begun for _, begun in parts])
    product = np.repeat(np.arange(len(parts)), [len(owners) for owners, _ in parts])
    # A group takes its products in an order of its own, starting at one of them.
    sizes = [group.products for group in groups]
    holder = np.repeat(np.arange(len(groups)), sizes)
    order = np.concatenate([np.arange(size) for size in sizes])
    taken = (holder + order) % len(words.GROUP_PRODUCTS)
    begun = first - dice.whole(len(holder), 30, 2500)
    return Holdings(
        by_group=np.repeat([False, True], [len(owner), len(holder)]),
        owner=np.concatenate([owner, holder]),
        product=np.concatenate([product, taken]),
        since=np.concatenate([since, begun]),
        until=np.full(len(owner) + len(holder), NEVER, dtype=np.int64),
    )


def held_by_people(dice: Dice, *, people: People, product: int, first: int) -> tuple[Whole, Whole]:
    """Return who holds a personal product on the day ``first``, and since when."""
    share = np.where(people.managed, 1.0, 0.33) * PERSONAL_SHARES[product]
    age = first - people.opened
    holds = (dice.unit(len(people)) < share) & (age > 0)
    if product == AGE_REWARD:
        holds &= age > REWARD_AFTER
    since = people.opened + (age * dice.unit(len(people))).astype(np.int64)
    return np.flatnonzero(holds), since[holds]


def change_holdings(
    holdings: Holdings, *, people: People, present: Whole, today: int, plan: ProvincePlan
) -> Holdings:
    """
    Let some take or give up a product today; return only what changed.

    At least two of the people in ``present`` take one, so that no day's file is empty.
    """
    dice = Dice(plan.seed, Scope.PRODUCTS, int(people.city.code), today)
    count = max(2, round(len(present) * TAKEN_PER_DAY))
    taken = Holdings(
        by_group=np.zeros(count, dtype=np.bool_),
        owner=np.unique(dice.order(present)[:count]),
        product=dice.whole(count, 0, len(words.PERSONAL_PRODUCTS) - 1),
        since=np.full(count, today, dtype=np.int64),
        until=np.full(count, NEVER, dtype=np.int64),
    )
    ends = (holdings.until == NEVER) & dice.chance(len(holdings.owner), GIVEN_UP_PER_DAY)
    holdings.until[ends] = today
    ended = chosen(holdings, np.flatnonzero(ends))
    for name, values in vars(taken).items():
        setattr(holdings, name, np.concatenate([getattr(holdings, name), values]))
    return Holdings(
        **{
            name: np.concatenate([getattr(ended, name), values])
            for name, values in vars(taken).items()
        }
    )


def chosen(holdings: Holdings, places: Whole) -> Holdings:
    """Return the holdings at ``places``."""
    return Holdings(**{name: values[places] for name, values in vars(holdings).items()})
