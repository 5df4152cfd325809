"""What happens to people: who drifts away, who is only on leave, who loses a telephone.

Stories make the twelve warnings fire for a believable few. Each is planted at a rate per day and
spread evenly over the period, so that a small province has its share on every day too.
"""

from dataclasses import dataclass

import numpy as np

from dakehu.demo.rules.dice import Dice, Real, Scope, Truth, Whole
from dakehu.demo.rules.people import NEVER, People
from dakehu.demo.rules.plan import ProvincePlan, day_number

# Stories already under way when the period begins.
RUN_UP = 45
LONGEST_TELLING = 0.8

LEAVING_PER_DAY = 0.0004
SLUMP_PER_DAY = 0.0002
SWITCH_PER_DAY = 0.0002
RARER_PER_DAY = 0.0001
HOTLINE_PER_DAY = 0.0004
FORWARD_PER_DAY = 0.0003
EVENT_PER_DAY = 0.0015

LOSS, STOP, PRE_CANCEL = 2, 4, 1


@dataclass(frozen=True)
class Stories:
    """
    The stories of one city, one place per subscriber; dates are day numbers or ``NEVER``.

    A leaver's use sinks from ``leave`` over ``leave_days`` to ``leave_rest`` of what it was.
    Those who ``go`` are pre-deregistered at ``gone``; the others come back. The four ``with_…``
    say which signs a leaver shows. ``event_bit`` is the bit of the event mask on ``event``.
    """

    leave: Whole
    leave_days: Whole
    leave_rest: Real
    gone: Whole
    with_hotline: Truth
    with_forward: Truth
    with_switch: Truth
    with_complaint: Truth
    slump: Whole
    slump_days: Whole
    slump_rest: Real
    switch: Whole
    rarer: Whole
    hotline: Whole
    forward: Whole
    event: Whole
    event_bit: Whole


def stories_of(people: People, plan: ProvincePlan) -> Stories:
    """Plant the stories of one city."""
    dice = Dice(plan.seed, Scope.STORIES, int(people.city.code))
    count = len(people)
    leave, leave_days = planted(dice, people, LEAVING_PER_DAY, plan), dice.whole(count, 14, 28)
    stays = (leave == NEVER) | ~dice.chance(count, 0.45)
    # Nobody is gone before the first day: who would be goes soon after it.
    earliest = day_number(plan.first) + dice.whole(count, 1, 12)
    gone = np.maximum(leave + leave_days + dice.whole(count, 2, 14), earliest)
    return Stories(
        leave=leave,
        leave_days=leave_days,
        leave_rest=0.04 + 0.3 * dice.unit(count),
        gone=np.where(stays, NEVER, gone),
        with_hotline=dice.chance(count, 0.6),
        with_forward=dice.chance(count, 0.55),
        with_switch=dice.chance(count, 0.65),
        with_complaint=dice.chance(count, 0.4),
        slump=planted(dice, people, SLUMP_PER_DAY, plan),
        slump_days=dice.whole(count, 6, 14),
        slump_rest=0.3 + 0.25 * dice.unit(count),
        switch=planted(dice, people, SWITCH_PER_DAY, plan),
        rarer=planted(dice, people, RARER_PER_DAY, plan),
        hotline=planted(dice, people, HOTLINE_PER_DAY, plan),
        forward=planted(dice, people, FORWARD_PER_DAY, plan),
        event=planted(dice, people, EVENT_PER_DAY, plan),
        event_bit=np.array((LOSS, STOP, PRE_CANCEL))[dice.pick(count, (60, 32, 8))],
    )


def planted(dice: Dice, people: People, per_day: float, plan: ProvincePlan) -> Whole:
    """
    Return for everyone the day on which a story begins, or ``NEVER``.

    Managed and other subscribers get their shares apart, each spread evenly from ``RUN_UP`` days
    before the first day to the last.
    """
    start, span = day_number(plan.first) - RUN_UP, plan.days + RUN_UP
    begins = np.full(len(people), NEVER, dtype=np.int64)
    for members in (np.flatnonzero(people.managed), np.flatnonzero(~people.managed)):
        told = round(len(members) * min(per_day * span, LONGEST_TELLING))
        offset = int(dice.whole(1, 0, span)[0])
        chosen = dice.order(members)[:told]
        begins[chosen] = start + (offset + np.arange(told) * span // max(told, 1)) % span
    return begins


def leaving_share(stories: Stories, today: int) -> Real:
    """Return how far each leaver has gone: 0 before, 1 when the use has sunk to its rest."""
    return np.clip((today - stories.leave) / stories.leave_days, 0, 1).astype(np.float32)


def returning_share(stories: Stories, today: int) -> Real:
    """Return how far those leavers who were won back have returned: 0 to 1, in ten days."""
    since = today - (stories.leave + stories.leave_days + 10)
    back = np.clip(since / 10, 0, 1).astype(np.float32)
    back[stories.gone != NEVER] = 0
    return back


def use_factor(stories: Stories, today: int) -> Real:
    """Return what the stories leave of everyone's usual use: 1 for those without one."""
    sunk = leaving_share(stories, today) - returning_share(stories, today)
    factor = 1 - (1 - stories.leave_rest) * sunk
    slumping = (stories.slump <= today) & (today < stories.slump + stories.slump_days)
    return (factor * np.where(slumping, stories.slump_rest, 1)).astype(np.float32)


def is_drifting(stories: Stories, today: int) -> Truth:
    """Tell who is more than a third of the way out and has not come back."""
    return (leaving_share(stories, today) > 0.35) & (returning_share(stories, today) < 0.5)


def switch_share(stories: Stories, today: int) -> Real:
    """Return what is added to everyone's off-net share."""
    moved = (stories.switch <= today) | (is_drifting(stories, today) & stories.with_switch)
    return np.where(moved, np.float32(0.3), np.float32(0))


def is_within_days(begin: Whole, today: int, days: int) -> Truth:
    """Tell for whom ``today`` is one of the ``days`` days from ``begin``."""
    return (begin <= today) & (today < begin + days)
