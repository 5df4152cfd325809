"""Whom to send: a proposal with its reason, and why the others are passed over (R1, R6).

Who is on leave, has another order then, does not work then, or lacks a skill cannot go. Of the
others: for customers of the upper levels whoever was there before; then the nearest, then who has
the least to do on that day, then whoever was there before, then the first in the list.
"""

from collections.abc import Sequence

from dakehu.cases.choices import Judgement
from dakehu.cases.values import Engineer, Judged, Need, Proposal

Rank = tuple[bool, int, int, bool, int]
CHOSEN_BY = (
    Judgement.ORIGINAL, Judgement.NEAR, Judgement.FREE, Judgement.KNOWN, Judgement.FIRST,
)  # fmt: skip
PASSED_BY = (
    Judgement.ORIGINAL, Judgement.AREA, Judgement.LOAD, Judgement.KNOWN, Judgement.LATER,
)  # fmt: skip
"""Why the first goes, and why another one stays, by the place at which their ranks differ."""


def proposal_for(need: Need, engineers: Sequence[Engineer]) -> Proposal:
    """Return whom to send for a need, and everybody in the order of their fitness."""
    hindered = {each.key: hindrances(need, each) for each in engineers}
    able = sorted(
        (each for each in engineers if not hindered[each.key]), key=lambda each: rank(need, each)
    )
    judged = [
        judged_as(need, each, reasons_of(need, place, able)) for place, each in enumerate(able)
    ]
    others = sorted(
        (each for each in engineers if hindered[each.key]),
        key=lambda each: (len(hindered[each.key]), rank(need, each)),
    )
    judged += [judged_as(need, each, hindered[each.key], is_able=False) for each in others]
    return Proposal(able[0].key if able else None, tuple(judged))


def hindrances(need: Need, engineer: Engineer) -> tuple[str, ...]:
    """Return why an engineer cannot go, the weightiest first; empty if they can."""
    found = {
        Judgement.AWAY: any(need.time.touches(each) for each in engineer.away),
        Judgement.BUSY: any(need.time.touches(each) for each in engineer.busy),
        Judgement.OFF_HOURS: not any(each.holds(need.time) for each in engineer.works),
        Judgement.SKILL: bool(lacking(need, engineer)),
    }
    return tuple(reason for reason, holds in found.items() if holds)


def lacking(need: Need, engineer: Engineer) -> tuple[str, ...]:
    """Return the skills that are needed and that an engineer has not."""
    return tuple(sorted(need.skills - engineer.skills))


def rank(need: Need, engineer: Engineer) -> Rank:
    """Return what able engineers are compared by, the lowest first."""
    is_original = engineer.key == need.original
    return (
        not (need.is_key and is_original),
        -nearness(need.area, engineer.area),
        load_of(engineer),
        not is_original,
        engineer.key,
    )


def nearness(area: Sequence[int], other: Sequence[int]) -> int:
    """Return how many units two ways down the tree have in common."""
    common = 0
    for one, another in zip(area, other, strict=False):
        if one != another:
            break
        common += 1
    return common


def load_of(engineer: Engineer) -> int:
    """Return for how many minutes of the day an engineer has orders."""
    return sum(each.minutes for each in (*engineer.busy, *engineer.done))


def reasons_of(need: Need, place: int, able: Sequence[Engineer]) -> tuple[str, ...]:
    """Return why the able engineer at a place is proposed, or passed over for the first."""
    if place:
        return (PASSED_BY[differing(need, able[0], able[place])],)
    if len(able) == 1:
        return (Judgement.ONLY,)
    return (CHOSEN_BY[differing(need, able[0], able[1])],)


def differing(need: Need, one: Engineer, other: Engineer) -> int:
    """Return the first place at which two ranks differ."""
    pairs = zip(rank(need, one), rank(need, other), strict=True)
    return next(place for place, (left, right) in enumerate(pairs) if left != right)


def judged_as(
    need: Need, engineer: Engineer, reasons: tuple[str, ...], *, is_able: bool = True
) -> Judged:
    """Return an engineer with the reasons found."""
    return Judged(engineer.key, reasons, is_able, load_of(engineer), lacking(need, engineer))
