"""
Days replayed in one pass must say what plain Python says day by day, with what was known then.

The province is that of :mod:`tests.generative.test_engines`; subscribers move, come under
management and change their level between the days, and the days after each are full of facts that
must not be seen.
"""

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.facts import Facts
from tests.generative.test_engines import BOOKS, CITIES, DAYS, World

from dakehu.alerts.rules import program_for
from dakehu.alerts.rules.backtesting import DIALS
from dakehu.alerts.values import NumberBook, Override
from dakehu.facts.engine import EngineLimits
from dakehu.facts.master import build_master
from dakehu.facts.replay import Dial, Past, Replay

REPLAYED = 5
HORIZON = 3


class Changing(World):
    """The world, with a master that changes between the days."""

    def live_on(self) -> dict[date, list[dict]]:
        """Deliver the subscribers of each replayed day, some changed; return them as of each."""
        known: dict[date, list[dict]] = {}
        for back in reversed(range(REPLAYED)):
            day = self.day - timedelta(days=back)
            for person in self.random.sample(self.master, 3) if known else ():
                person["city_id"] = self.random.choice(CITIES)
                person["managed"] = self.random.choice([0, 1, 1])
                person["level"] = self.random.choice([0, 3, 4])
            rows = [dict(person) for person in self.master]
            self.facts.deliver_subscribers(day, "01", rows)
            known[day] = rows
        return known

    def expected_on(self, day: date, people: list[dict], book: NumberBook) -> set:
        """What plain Python says of one day."""
        now, self.day = self.day, day
        today, self.master = self.master, people
        signals, _ = self.expected(book)
        self.day, self.master = now, today
        return {(sub_id, code) for sub_id, code, _, _ in signals}


def replayed(world: World, book: NumberBook, days: list[date], dials: tuple[Dial, ...] = ()):
    """Return what the replay says, by day, and what it fires with other numbers."""
    live = tuple(sorted(world.facts.live.values()))
    (world.facts.home / "work").mkdir(exist_ok=True)
    limits = EngineLimits(world.facts.home / "work", "256MB", 2)
    master = build_master(world.facts.store, live, day=days[0], token="replay", limits=limits)
    programs = {day: program_for(day, book) for day in days}
    past = Past(programs, live, master, HORIZON, dials)
    fired = {day: set() for day in days}
    dialled: dict[tuple[str, int], set] = {}
    for _, block in Replay(world.facts.store, limits, past, people_at_once=5).blocks():
        for code, found in block.fired.items():
            for person, place in zip(*found.nonzero(), strict=True):
                fired[days[place]].add((block.sub_ids[person], code))
        for key, found in block.dialled.items():
            pairs = zip(*found.nonzero(), strict=True)
            dialled.setdefault(key, set()).update(
                (block.sub_ids[person], days[place]) for person, place in pairs
            )
    return fired, dialled


@given(day=DAYS, seed=st.integers(0, 2**32), book=st.sampled_from(BOOKS))
@settings(max_examples=4)
def test_a_replay_says_what_the_reference_says_day_by_day(day, seed, book):
    with tempfile.TemporaryDirectory() as folder:
        world = Changing(Facts(Path(folder)), day, seed)
        world.deliver_history()
        for _ in range(HORIZON):
            world.advance()
        world.day = day
        known = world.live_on()

        fired, dialled = replayed(world, book, list(known), DIALS)

        for each, people in known.items():
            assert fired[each] == world.expected_on(each, people, book)
        dial = world.random.choice(DIALS)
        value = world.random.choice(dial.values)
        wanted = turned_on(world, day, known[day], book, dial, value)
        assert {who for who, on in dialled[dial.rule, value] if on == day} == wanted


def turned_on(world, day, people, book, dial, value) -> set:
    """Whom a rule names in plain Python with its dial turned, wherever they belong."""
    everywhere = NumberBook(
        replace(book.province, **{dial.parameter: value}),
        tuple(
            Override(each.place, {**each.numbers, dial.parameter: value})
            for each in book.overrides
        ),
    )
    found = world.expected_on(day, people, everywhere)
    return {sub_id for sub_id, code in found if code == dial.rule}
