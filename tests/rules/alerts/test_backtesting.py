"""What a back-test counts, against plain loops."""

from random import Random

import numpy as np
import pytest

from dakehu.alerts.rules.backtesting import ANY, TOGETHER, Hindsight, median_of, openings
from dakehu.facts.replay import OUTCOMES, Block

PEOPLE, DAYS, HORIZON, JUDGED = 7, 9, 3, 5


def draw(random, width, odds):
    return np.array([[random.random() < odds for _ in range(width)] for _ in range(PEOPLE)])


@pytest.fixture(params=range(6))
def block(request):
    random = Random(request.param)
    return Block(
        sub_ids=[str(n) for n in range(PEOPLE)],
        counts=draw(random, DAYS, 0.9),
        delivered=draw(random, DAYS, 0.8),
        fired={"W01": draw(random, DAYS, 0.3), "W07": draw(random, DAYS, 0.5)},
        dialled={("W01", 5): draw(random, DAYS, 0.2)},
        onsets={name: draw(random, DAYS + HORIZON, 0.1) for name in OUTCOMES},
    )


def openings_of(block, fired, person):
    going_on, found = False, []
    for day in range(DAYS):
        if fired[person][day] and not going_on:
            found.append(day)
        going_on = bool(fired[person][day]) or (going_on and not block.delivered[person][day])
    return found


def onset_days(block, outcome, person):
    names = OUTCOMES if outcome == ANY else (outcome,)
    width = DAYS + HORIZON
    return [d for d in range(width) if any(block.onsets[n][person][d] for n in names)]


def next_after(days, day):
    return min((each - day for each in days if each > day), default=10**9)


@pytest.mark.parametrize("outcome", [*OUTCOMES, ANY])
def test_counts_are_those_of_plain_loops(block, outcome):
    found = Hindsight(DAYS, JUDGED, HORIZON)

    found.add(block)

    opened = judged = hits = named = events = pairs = chances = 0
    leads = [0] * (HORIZON + 1)
    for person in range(PEOPLE):
        days = onset_days(block, outcome, person)
        fired = block.fired["W01"][person]
        for day in openings_of(block, block.fired["W01"], person):
            opened += day >= 1
            if 1 <= day <= JUDGED:
                judged += 1
                ahead = next_after(days, day)
                if ahead <= HORIZON:
                    hits += 1
                    leads[ahead] += 1
        for day in days:
            if 2 <= day <= DAYS:
                events += 1
                named += any(fired[d] for d in range(max(0, day - HORIZON), day))
        for day in range(1, JUDGED + 1):
            if block.counts[person][day]:
                pairs += 1
                chances += next_after(days, day) <= HORIZON
    tally = found.rules["W01"]
    assert (tally.opened, tally.judged, tally.hits[outcome]) == (opened, judged, hits)
    assert (tally.named[outcome], found.events[outcome]) == (named, events)
    assert tally.leads[outcome] == leads
    assert (found.pairs, found.chances[outcome]) == (pairs, chances)
    assert sum(tally.by_day) == opened


def test_occasions_are_no_danger_and_do_not_count_together(block):
    found = Hindsight(DAYS, JUDGED, HORIZON)

    found.add(block)

    assert found.rules[TOGETHER].opened == found.rules["W01"].opened
    opened = openings(block.fired["W07"].T, block.delivered.T)
    assert found.rules["W07"].opened == opened[1:].sum()


def test_blocks_add_up(block):
    once, twice = Hindsight(DAYS, JUDGED, HORIZON), Hindsight(DAYS, JUDGED, HORIZON)

    once.add(block)
    twice.add(block)
    twice.add(block)

    assert twice.pairs == 2 * once.pairs
    assert twice.rules["W01"].hits[ANY] == 2 * once.rules["W01"].hits[ANY]
    assert twice.plain()["dials"][0]["opened"] == 2 * once.plain()["dials"][0]["opened"]


@pytest.mark.parametrize(
    ("counts", "median"), [([0, 0], None), ([0, 3, 1], 1), ([0, 1, 1, 2], 2), ([5], 0)]
)
def test_the_median_is_taken_from_counts(counts, median):
    assert median_of(counts) == median
