"""
Random facts through three evaluators: plain Python, the full pass and the snapshots must agree.

The facts are small but mean: cities that do not deliver, late and re-sent files, rows missing and
figures missing, subscribers who move, become managed late or are managed no more, and last data
days at the ends of months and around 29 February.
"""

import tempfile
from collections import defaultdict
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.facts import Facts, master_row, month_row, read_rows, signals_of, usage_row

from dakehu.alerts.rules import program_for
from dakehu.alerts.rules.reference import Case, evaluate
from dakehu.alerts.values import NumberBook, Override, Place, WarningNumbers
from dakehu.tiering.rules import card_program
from dakehu.tiering.rules.reference import reference_level, three_months
from dakehu.tiering.values import CardNumbers

CITIES = ("01", "02", "03")
PEOPLE = tuple(f"{number:05d}" for number in range(14))
DAYS = st.sampled_from(
    [
        date(2026, 3, 2),
        date(2026, 3, 31),
        date(2026, 5, 30),
        date(2025, 12, 31),
        date(2026, 1, 1),
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2024, 3, 1),
        date(2025, 7, 27),
    ]
)

NUMBERS = (
    WarningNumbers(),
    WarningNumbers(
        version=2,
        alive_days=3,
        recent_days=5,
        earlier_days=12,
        payment_days=10,
        payments_before=1,
        idle_days=3,
        idle_calls=1,
        fall_voice_s=100,
        last_month_voice_s=200,
        last_year_voice_s=200,
        birthday_days=12,
        funds_charge_days=8,
        leaving_complaint_days=9,
        leaving_score=30,
    ),
)

BOOKS = (
    *map(NumberBook, NUMBERS),
    NumberBook(
        NUMBERS[0],
        (
            Override(Place("02"), {"hotline_calls": 1, "recent_days": 4, "earlier_days": 9}),
            Override(Place("", 3), {"hotline_calls": 2, "leaving_score": 20, "alive_days": 2}),
            Override(Place("02", 3), {"payment_days": 12, "payments_before": 1, "idle_days": 2}),
            Override(Place("01", 0), {"birthday_days": 11, "funds_charge_days": 5}),
        ),
    ),
)


def numbers_of(book: NumberBook, person: dict[str, Any]) -> WarningNumbers:
    """The numbers of one person, looked up apart from the book's own way."""
    kept = {override.place: override.numbers for override in book.overrides}
    city, level = person["city_id"], person["level"]
    wide_to_narrow = [Place("", level), Place(city), Place(city, level)]
    if level is None:
        wide_to_narrow = [Place(city)]
    numbers = asdict(book.province)
    for place in wide_to_narrow:
        numbers |= kept.get(place, {})
    return WarningNumbers(**numbers)


class World:
    """A random province and its deliveries, all drawn from one seed."""

    def __init__(self, facts: Facts, day: date, seed: int) -> None:
        self.random = Random(seed)
        self.facts = facts
        self.day = day
        self.rows: dict[tuple[date, str], list[dict[str, Any]]] = {}
        self.months: dict[tuple[date, str], list[dict[str, Any]]] = {}
        self.master = [self._person(sub_id) for sub_id in PEOPLE]
        self.habits = {sub_id: self._habits() for sub_id in PEOPLE}

    def _person(self, sub_id: str) -> dict[str, Any]:
        r, day = self.random, self.day
        near = day + timedelta(days=r.randint(-2, 12))
        return master_row(
            sub_id,
            r.choice(CITIES),
            managed=r.choice([1, 1, 1, 0, None]),
            open_date=r.choice(
                [None, date(2015, 5, 5), day - timedelta(days=r.choice([35, 36, 37, 59, 60, 179]))]
            ),
            contract_end=r.choice([None, day + timedelta(days=r.randint(-33, 65))]),
            birth_date=r.choice([None, date(1984, 2, 29), near.replace(year=1980)]),
            birth_calendar=r.choice([None, "solar", "lunar"]),
            credit_limit_fen=r.choice([None, 0, 0, 5_000]),
            level=r.choice([None, 0, 1, 2, 3, 4, 5]),
        )

    def _habits(self) -> dict[str, int]:
        r = self.random
        talk = r.choice([5, 60, 300])
        return {
            "then": talk,
            "now": talk * r.choice([20, 49, 69, 71, 100]) // 100,
            "offnet": r.choice([10, 50]),
            "offnet_now": r.choice([10, 50, 90]),
            "calls": r.choice([0, 1, 4]),
            "data": r.choice([0, 600, 2_000]),
            "pays": r.choice([0, 5, 20]),
        }

    def draw_usage(self, day: date, city: str) -> list[dict[str, Any]]:
        """The rows a city sends for a day; mostly its own people's, now and then another's."""
        rows = []
        for person in self.master:
            own = person["city_id"] == city
            if self.random.random() < (0.9 if own else 0.08):
                rows.append(self._usage(person["sub_id"], day, city))
        return rows

    def _usage(self, sub_id: str, day: date, city: str) -> dict[str, Any]:
        r, habit = self.random, self.habits[sub_id]
        recent = (self.day - day).days < 7
        talk = habit["now"] if recent else habit["then"]
        share = habit["offnet_now"] if recent else habit["offnet"]
        calls = 0 if recent and r.random() < 0.4 else habit["calls"]
        row = usage_row(
            sub_id,
            day,
            city,
            voice_onnet_s=talk * (100 - share) // 100,
            voice_offnet_s=talk * share // 100,
            voice_fixed_s=r.choice([0, 3]),
            out_calls=calls,
            in_calls=r.choice([0, calls]),
            hotline_calls=int(r.random() < 0.25),
            fwd_offnet_calls=int(r.random() < 0.25),
            recharge_cnt=int(r.random() * 100 < habit["pays"] * (0.4 if recent else 1)),
            charge_fen=r.choice([0, 100, 500]),
            balance_fen=r.choice([0, 900, 1_500, 60_000]),
            credit_used_fen=r.choice([0, 400]),
            arrears_fen=r.choice([0, 0, 2_000]),
            data_kb=habit["data"] * (40 if recent else 100) // 100,
            complaints=int(r.random() < 0.05),
            event_mask=r.choice([0, 0, 0, 1, 8, 16, None]),
            status=r.choice([0, 0, 0, 0, 0, 1, 3, 4, None]),
        )
        for column in ("voice_fixed_s", "out_calls", "in_calls", "charge_fen", "balance_fen"):
            if r.random() < 0.03:
                row[column] = None
        return row

    def deliver(self, day: date, city: str) -> None:
        """A city delivers a day, for the first time or again."""
        rows = self.draw_usage(day, city)
        self.rows[day, city] = rows
        managed = {p["sub_id"] for p in self.master if p["managed"] == 1}
        self.facts.deliver_usage(day, city, rows, managed=managed)

    def deliver_history(self) -> None:
        """Most days of the last sixty and of the same month last year, city by city."""
        year_ago = self.day.replace(year=self.day.year - 1, day=28)
        days = [self.day - timedelta(days=k) for k in range(62)]
        days += [year_ago - timedelta(days=k) for k in range(28)]
        for day in sorted(days):
            for city in CITIES:
                if self.random.random() < 0.88:
                    self.deliver(day, city)

    def deliver_months(self) -> None:
        """Month figures of several months, some of them told again later."""
        for back in (100, 60, 20, 0):
            day, city = self.day - timedelta(days=back), self.random.choice(CITIES)
            rows = [
                month_row(
                    sub_id,
                    ym,
                    self.random.choice([None, 0, 4_500, 5_000, 9_000, 20_001, 38_000]),
                    self.random.choice([None, 0, 60, 61]),
                )
                for sub_id in PEOPLE
                for ym in sorted({*three_months(self.day, 4), 202001})
                if self.random.random() < 0.7
            ]
            self.months[day, city] = rows
            self.facts.deliver_months(day, city, rows)

    def change(self) -> None:
        """Late and re-sent files; people who move, come under management or leave it."""
        r = self.random
        for _ in range(6):
            self.deliver(self.day - timedelta(days=r.randint(0, 61)), r.choice(CITIES))
        for person in r.sample(self.master, 4):
            person["city_id"] = r.choice(CITIES)
            person["managed"] = r.choice([0, 1, 1])

    def advance(self) -> None:
        """The next day comes, and most cities deliver it."""
        self.day += timedelta(days=1)
        for city in CITIES:
            if self.random.random() < 0.8:
                self.deliver(self.day, city)

    def expected(self, book: NumberBook) -> tuple[set[Any], dict[str, Any]]:
        """What plain Python says: the signals, and the leaving parts of those who may leave."""
        delivered = defaultdict(set)
        of_person = defaultdict(list)
        for (day, city), rows in self.rows.items():
            delivered[city].add(day)
            for row in rows:
                of_person[row["sub_id"]].append(row)
        signals, leaving = set(), {}
        for person in self.master:
            case = Case(
                day=self.day,
                rows=of_person[person["sub_id"]],
                master=person,
                delivered=delivered[person["city_id"]],
                numbers=numbers_of(book, person),
            )
            outcome = evaluate(case)
            signals |= {(person["sub_id"], *fired) for fired in outcome.fired}
            if any(code == "W10" for code, _, _ in outcome.fired):
                leaving[person["sub_id"]] = dict(outcome.parts)
        return signals, leaving

    def expected_levels(self, numbers: CardNumbers) -> dict[str, tuple[int, int, int, int]]:
        """What plain Python says about the card levels of the managed."""
        newest: dict[tuple[str, int], dict[str, Any]] = {}
        for _, rows in sorted(self.months.items(), key=lambda item: item[0]):
            for row in rows:
                newest[row["sub_id"], row["ym"]] = row
        levels = {}
        for person in self.master:
            if person["managed"] == 1:
                months = [
                    (ym, row["revenue_fen"], row["arrears_days"])
                    for (sub_id, ym), row in newest.items()
                    if sub_id == person["sub_id"]
                ]
                levels[person["sub_id"]] = reference_level(
                    person, months, day=self.day, numbers=numbers
                )
        return levels


CARDS = (
    CardNumbers(),
    CardNumbers()
    .with_own(CITIES[0], {"limit_1": 4_500, "months": 2, "arrears_days": 59, "keep_percent": 70})
    .with_own(CITIES[-1], {"limit_4": 38_000, "new_tenure_days": 30, "new_level_cap": 1}),
)
"""Numbers of the card level: the province's alone, and two cities with numbers of their own."""


def check(world: World, book: NumberBook, card: CardNumbers) -> None:
    programs = (program_for(world.day, book), card_program(card))
    sources = world.facts.sources(world.day, world.master)
    signals, leaving = world.expected(book)
    levels = world.expected_levels(card)

    for use_snapshots in (False, True):
        found = world.facts.evaluate(sources, *programs, use_snapshots=use_snapshots)

        assert signals_of(found) == signals
        assert found.signals == len(signals)
        rows = read_rows(found.files["leaving"])
        assert {row.pop("sub_id"): row for row in rows} == leaving
        rows = read_rows(found.files["card_level"])
        names = ("old_level", "new_level", "avg3", "arr")
        assert {row["sub_id"]: tuple(row[n] for n in names) for row in rows} == levels


@given(
    day=DAYS, seed=st.integers(0, 2**32), book=st.sampled_from(BOOKS), card=st.sampled_from(CARDS)
)
@settings(max_examples=6)
def test_python_full_pass_and_snapshots_agree_night_after_night(
    day: date, seed: int, book: NumberBook, card: CardNumbers
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Facts(Path(folder)), day, seed)
        world.deliver_history()
        world.deliver_months()

        check(world, book, card)
        world.change()
        check(world, book, card)
        world.advance()
        check(world, book, card)
